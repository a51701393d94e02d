"""Claims to be free for the whole of a stretch: "any time Thursday", "all afternoon", "my Tuesday is wide open"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from app.checks.calendar.phrases import WEEKDAY, Mention, sentence
from app.checks.turns import Turns
from app.checks.worktime import Span
from app.core.findings import DateMention
from extractors.lazily import compiled

_PART = rf"(?:day|week|morning|afternoon|evening|{WEEKDAY})"
_DEGREE = r"(?:wide|completely|totally|entirely|all|fully|pretty\s+much|quite)"
LEADING = compiled(
    r"\b(?:(?:(?:at|for)\s+)?any\s?time(?:\s+at\s+all)?|whenever(?:\s+(?:you\s+like|you\s+want"
    r"|it\s+suits(?:\s+you)?"
    r"|suits\s+you))?|any\s+(?:slot|hour)|anything|all\s+(?:day|week|of)|all|(?:the\s+)?(?:whole"
    r"|entire)(?:\s+(?:day|week|of))?)"
    r"\s+(?:(?:on|of|in|during)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
TRAILING = compiled(
    r"\s*,?\s*\b(?:at\s+)?(?:any\s?time(?:\s+at\s+all)?|all\s+day(?:\s+long)?|(?:the\s+)?(?:whole"
    r"|entire)\s+day|whenever(?:\s+(?:you\s+like|suits\s+you))?)\b"
    r"(?!\s+(?:on|of|in|after|before|between|from|next|this|tomorrow|today)\b)",
    re.IGNORECASE,
)
_SWEEPING = Turns(
    rf"""\b(?: any\s?time | whenever | any\s+(?:slot|hour)
      | all\s+(?:of\s+)?(?:(?:this|next|tomorrow|the)\s+)?{_PART}
      | (?:whole|entire)\s+(?:of\s+)?(?:{WEEKDAY}\s+)?{_PART}
      | anything\s+on
      | {_DEGREE}\s+(?:free|open|clear|empty|available) | wide\s+open
      | no\s+(?:other\s+|more\s+)?(?:meetings|appointments|calls|plans|commitments|engagements|obligations|entries)
      | (?:nothing|not\s+(?:a\s+(?:single\s+)?thing|an?\s+entry)|(?:n['’]t|not)\s+(?:have|got)\s+anything)\s+
        (?:at\s+all\s+|else\s+|whatsoever\s+|yet\s+|much\s+)*(?:on|planned|scheduled|booked|in|for|that)
      | (?:entirely|all|completely|totally|fully)\s+(?:yours|at\s+your\s+(?:disposal|service)) | (?:is
        |are)\s+yours | at\s+your\s+disposal
      | free\s+as\s+(?:a\s+bird|the\s+wind|air) | from\s+(?:morning|dawn|early|nine)\s+(?:to|till
        |until)\s+(?:evening|night|dusk|late|five)
      | (?:blank|empty|white)\s+(?:page|sheet|slate) | clean\s+slate | (?:the|your|free)\s+(?:pick
        |choice)\s+of | round\s+the\s+clock
      | (?:pick|choose|name|take|suggest)\s+(?:any|whichever|whatever|your)\s+(?:\w+\s+)?(?:hour|time|slot
        |moment) | whichever\s+(?:hour|time|slot)
      | whatever\s+(?:hour|time|slot|suits|is\s+convenient) | (?:do|make)\s+(?:all\s+of\s+them
        |any\s+of\s+it) | all\s+hours | have\s+me\s+(?:all|the\s+whole)
      | (?:diary|calendar|schedule|agenda|{_PART})\s+(?:is|are|looks
        |has\s+been\s+kept)\s+(?:both\s+)?(?:{_DEGREE}\s+)?(?:free|open|clear|empty)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_JOINED = compiled(r"\s*(?:,|/|&|or|and|, or|, and)?\s*(?:on\s+)?", re.IGNORECASE)
_EXCEPT = compiled(
    r"\b(?:except\w*|apart from|aside from|other than|but for|outside(?: of)?|bar|save)\b", re.IGNORECASE
)
_CLOSE = 12
"""Characters between a claim and the date beside it."""
_PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 22)}


def claim_to(mention: Mention, text: str, dates: Sequence[Mention]) -> str | None:
    """The words that claim all of what a date names, or None. `dates` are all those of the text, in order.

    Dates that are listed share one claim: "any time Tuesday or Wednesday".
    """
    start, end = sentence(text, mention)
    here = [date for date in dates if start <= date.start and date.end <= end]
    first = last = here.index(mention)
    while first > 0 and _JOINED.fullmatch(text, here[first - 1].end, here[first].start):
        first -= 1
    while last + 1 < len(here) and _JOINED.fullmatch(text, here[last].end, here[last + 1].start):
        last += 1
    left = here[first - 1].end if first > 0 else start
    right = here[last + 1].start if last + 1 < len(here) else end
    for claim in _SWEEPING.finditer(text, left, right):
        of_the_next = last + 1 < len(here) and claim.start() >= mention.end and right - claim.end() <= _CLOSE
        of_the_last = first > 0 and claim.start() - left <= _CLOSE and "," in text[claim.end() : mention.start]
        if not of_the_next and not of_the_last:
            return claim[0]
    return None


def part_claimed(claim: str, day: Span) -> Span:
    """The part of a day that a claim is about: "the entire afternoon free on Thursday"."""
    for part, (begin, end) in _PARTS.items():
        if part in claim.lower() and not claim.lower().startswith("from "):
            midnight = day.start
            return Span(start=midnight.replace(hour=begin), end=midnight.replace(hour=end))
    return day


def exceptions(text: str, mention: Mention, dates: Iterable[DateMention]) -> list[tuple[time, time]] | None:
    """The times of day that a claim leaves out; None where it leaves out something that has no time."""
    _, end = sentence(text, mention)
    start, _ = sentence(text, mention)
    word = _EXCEPT.search(text, start, end)
    if word is None:
        return []
    left_out = [d for d in dates if word.end() <= d.start and d.end <= end and d.grain in {"minute", "hour"}]
    return [(_clock(d.from_), _clock(_end(d))) for d in left_out if d.from_] or None


def _end(mention: DateMention) -> datetime | None:
    if mention.kind == "range" or mention.from_ is None:
        return mention.to
    return mention.from_ + timedelta(hours=1)


def _clock(moment: datetime | None) -> time:
    return moment.timetz().replace(tzinfo=None) if moment else time()
