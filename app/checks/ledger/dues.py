"""The day for which a promise is made, wherever its sentence names it.

`On Tuesday I'll send it` names the day first, and `instead of Friday you get it on Tuesday` names two, one of which
no longer holds.
"""

from __future__ import annotations

import re

from app.checks.deal.sentences import Sentence
from app.checks.turns import Turns
from app.core.findings import Commitment, DateMention, Due
from extractors.lazily import compiled

_LEADS = compiled(
    r"(?:\W*\b(?:and|so|but|then|also|ok|okay|well|yes|sure|now|no later than|at the latest|by|on|before|until|in|the"
    r"|as early as|already|come|right|early|late"
    r"|(?:please )?(?:give|allow|grant|let|bear with) (?:me|us)(?: have)?)\b)*\W*",
    re.IGNORECASE,
)
"""All that may stand before a day with which a sentence begins."""
_BINDS = compiled(
    r"\b(?:by|on|before|until|till|no later than|for|this|next|is|at|latest|due|eta|date|already|with you|sooner"
    r"|earlier"
    r"|make it|be|it['’]s)\s*[:,(–—-]*\s*(?:on |by |the )?$|[:(–—-]\s*$",
    re.IGNORECASE,
)
"""Ties a day to what is promised before it."""
_SET_ASIDE = Turns(
    r"\b(?:(?:instead of|in place of|rather than|not|no longer|from|(?<!no later )(?<!not later )than|originally"
    r"|initially|(?:was|were|been|be) (?:due|planned|scheduled|meant|announced|set)"
    r"|(?:i|we)(?:['’]d|['’]ve| had| have)? (?:\w+ )?(?:said|promised|planned|announced|named|quoted|told|gave|given)"
    r"(?: (?:you|it|them|this))?)(?: (?:for|on|by|until|till))?"
    r"|(?:wait|waiting)[^.!?\n]{0,12}) (?:the )?(?:original |old |previous )?$",
    re.IGNORECASE,
)
"""Stands before a day that holds no longer, or that is only told of."""
_NEAR = 25
"""Characters between a leading day and what is promised for it: `On Tuesday, at the latest, I'll …`."""


def due_of(commitment: Commitment, sentence: Sentence | None) -> Due | None:
    """The promise's own day; else, or where that one is set aside, the other day of its sentence."""
    own = commitment.due
    if sentence is None or not sentence.dates:
        return own
    leading = _leading(sentence)
    if own is not None and own.due_day is not None:
        before = sentence.text[: max(own.start - sentence.start, 0)]
        if _SET_ASIDE.search(before):
            others = holding_days(sentence)
            return _due(others[0]) if len(others) == 1 else own
        return own if leading is None or leading.start == own.start or _BINDS.search(before) else _due(leading)
    if leading is not None and commitment.start <= leading.end + _NEAR:
        return _due(leading)
    inside = [d for d in holding_days(sentence) if commitment.start <= d.start <= commitment.end + 3]
    if len(inside) == 1 and _BINDS.search(sentence.text[: inside[0].start - sentence.start]):
        return _due(inside[0])
    return own


def holding_days(sentence: Sentence) -> list[DateMention]:
    """The days of a sentence that are not set aside by its own words."""
    return [
        mention
        for mention in sentence.dates
        if mention.due_day is not None and mention.kind != "duration" and not is_set_aside(mention, sentence)
    ]


def is_set_aside(mention: DateMention, sentence: Sentence) -> bool:
    """Whether the sentence says that the day holds no longer, or only tells of it."""
    return _SET_ASIDE.search(sentence.text[: mention.start - sentence.start]) is not None


def _leading(sentence: Sentence) -> DateMention | None:
    found = next(iter(holding_days(sentence)), None)
    if found is None or not _LEADS.fullmatch(sentence.text[: found.start - sentence.start]):
        return None
    return found


def _due(mention: DateMention) -> Due:
    return Due(
        text=mention.text,
        start=mention.start,
        end=mention.end,
        grain=mention.grain,
        due_day=mention.due_day,
        from_=mention.from_,
        to=mention.to,
    )
