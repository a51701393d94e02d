"""`ledger.unclear`: asks whether a promise is an open one in other words, where that would make a difference."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.ledger.matching import Match, matches
from app.checks.ledger.said import amounts, days, entry_evidence, receiver, thing
from app.checks.words import content_words
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def unclear(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Only where the two name different days or amounts; said twice in the same way, it does no harm."""
    for match in matches(draft, findings, facts):
        asked = None if match.sure else _question(match, facts)
        if asked is not None:
            yield CheckResult(
                check="ledger.unclear",
                severity=Severity.LOW,
                message=asked,
                spans=((match.statement.start, match.statement.end),),
                evidence=entry_evidence(match.entry, facts),
            )


def _question(match: Match, facts: Facts) -> str | None:
    unit = match.other_amount
    if match.other_day:
        old, new = days(match, facts)
    elif unit is not None:
        old, new = amounts(match, unit)
    else:
        return None
    entry = match.entry
    who = "you" if entry.person == facts.sender.id else entry.person
    if content_words(match.statement.text).isdisjoint(content_words(entry.object or "")):
        return f"Is this what {who} promised {receiver(entry, facts)} ({old}), “{entry.text}”? This says {new}"
    return f"Is this {thing(entry)} that {who} promised {receiver(entry, facts)} ({old})? This says {new}"


CHECK = Check(
    id="ledger.unclear",
    severities=(Severity.LOW,),
    when="a promise may be an open one in other words, and names another day or amount",
    run=unclear,
    needs=("ledger",),
)
