"""What `ledger.moved_later` and `ledger.moved_earlier` share: deadlines that the draft itself says it moves."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.ledger.matching import Match, matches
from app.checks.ledger.said import days, entry_evidence, promised
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def moved(draft: Draft, findings: Findings, facts: Facts) -> Iterator[Match]:
    """The open promises whose day the draft says it moves; of several days the last is meant."""
    found: dict[str, Match] = {}
    for match in matches(draft, findings, facts):
        if match.sure and match.other_day and match.statement.moves:
            found[match.entry.id] = match
    yield from found.values()


def moved_result(match: Match, facts: Facts, *, check: str, severity: Severity, how: str) -> CheckResult:
    """The result that tells of it."""
    old, new = days(match, facts)
    return CheckResult(
        check=check,
        severity=severity,
        message=f"{promised(match.entry, facts)} for {old}; this moves it to {new}, {how}",
        spans=((match.statement.start, match.statement.end),),
        evidence=entry_evidence(match.entry, facts),
    )
