"""Whether what a draft says is covered by a statement that product or legal has approved.

Two texts are about one thing when most of the telling words of the shorter one are in the longer one: better to take
an approved statement for the one that was meant than to accuse a sender who only said it in other words. What is
compared strictly is what can be measured: percentages, spans of time, days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from app.checks.approved.claims import Claim
from app.checks.deal.numbers import NUMBER, value_of
from app.checks.discount import percentages
from app.checks.words import bag, content_words
from app.core.facts import ApprovedStatement, Facts
from extractors.lazily import compiled

SOURCE = "approved"
_GENERIC = bag(
    """ship release launch roll deliver available availability live land ga general generally beta build built
    develop support feature roadmap plan planned version update product platform customer client team
    guarantee guaranteed warrant warranty promise commit commitment ensure assure undertake offer provide
    give take keep make include new add accept agree agreed confirm fine work happy glad word least more
    than early access expect expected aim aiming hope target currently due slated schedule scheduled
    calendar business every each always never measured course term clause condition wording under pay deal only word
    though although but
    assured rely
    contract released shipping launching releasing coming shipped time"""
)
_ALIKE = {
    "availability": "uptime",
    "respond": "response",
    "reply": "response",
    "answer": "response",
    "replie": "response",
    "restored": "restore",
    "restoration": "restore",
    "recovered": "restore",
    "recovery": "restore",
    "refunded": "refund",
    "money": "refund",
    "back": "refund",
    "saving": "save",
    "saved": "save",
    "liable": "liability",
    "indemnify": "indemnity",
    "indemnification": "indemnity",
    "net": "payment",
}
_WEAK = bag(
    "mode app api connector integration module export import dashboard customer day service system tool level data"
)
"""Too little alone to tell what two statements share."""
_TIME = compiled(
    rf"(?P<count>{NUMBER})[\s-]*(?:business |working |calendar )?(?P<unit>minute|hour|day|week|month|year)s?\b", re.I
)
_NET = compiled(r"\bnet[- ]?(?P<days>\d{2,3})\b", re.IGNORECASE)
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
_QUICK = compiled(
    r"\b(?:respon\w+|repl(?:y|ies)|answer\w*|restor\w+|resol\w+|recover\w*|fix\w*|notif\w+|within|in under"
    r"|turn-?around|up-?time|outage\w*|down-?time)\b",
    re.I,
)
"""What is promised in less time is promised more; of anything else, such as a refund, more time is more."""
_MEASURED = bag("uptime response restore refund save")
"""What two statements are about in the same way, whatever else they say."""
_MOST = 0.5


def covering(claim: Claim, facts: Facts) -> tuple[ApprovedStatement, ...]:
    """The approved statements that allow the claim to be made to this customer today."""
    return tuple(statement for statement in about(claim, facts) if objection(claim, statement, facts) is None)


def about(claim: Claim, facts: Facts) -> Iterator[ApprovedStatement]:
    """The statements that are about what the claim is about, whether they cover it or not."""
    words = _subject(claim.text) or _subject(claim.context)
    for statement in facts.approved:
        if statement.kind is claim.kind and _alike(words, _subject(statement.text)):
            yield statement


def objection(claim: Claim, statement: ApprovedStatement, facts: Facts) -> str | None:
    """Why a statement about the same thing does not cover the claim; None where it does."""
    account = facts.deal.account if facts.deal else facts.account.id if facts.account else None
    if statement.customer is not None and statement.customer != account:
        return f"{statement.approved_by} has approved it for {statement.customer} alone"
    if statement.until is not None and _today(facts) > statement.until:
        return f"{statement.approved_by}'s approval ran out on {statement.until.isoformat()}"
    if statement.day is not None and claim.day is not None and claim.day < statement.day:
        return f"{statement.approved_by} has approved no day before {statement.day.isoformat()}"
    if not _within(claim.text, statement.text):
        return f"{statement.approved_by} has approved less: “{statement.text}”"
    return None


def _today(facts: Facts) -> date:
    return facts.now.astimezone(ZoneInfo(facts.sender.timezone)).date()


def _subject(text: str) -> frozenset[str]:
    """The words that tell what a statement is about; how much of it is compared elsewhere."""
    words = (_ALIKE.get(word, word) for word in content_words(_TIME.sub(" ", text)) if not word[0].isdigit())
    return frozenset(word for word in words if word not in _GENERIC)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    if not shared - _WEAK:
        return bool(one) and one == other
    return bool(shared & _MEASURED) or len(shared) / min(len(one), len(other)) > _MOST


def _within(claim: str, statement: str) -> bool:
    """Whether the claim promises no more of it than the statement allows."""
    percent, allowed = ([p.value for p in percentages(text)] for text in (claim, statement))
    if percent and (not allowed or max(percent) > max(allowed)):
        return False
    spans, allowed_spans = _spans(claim), _spans(statement)
    if not spans:
        return True
    if not allowed_spans:
        return False
    return min(spans) >= min(allowed_spans) if _QUICK.search(claim) else max(spans) <= max(allowed_spans)


def _spans(text: str) -> list[float]:
    """The spans of time in a text, in hours."""
    net = [24.0 * float(match["days"]) for match in _NET.finditer(text)]
    return net + [value_of(m["count"]) * _HOURS[m["unit"].lower()] for m in _TIME.finditer(text)]
