"""`ledger.contradiction`: the same thing for another day or in another amount, as if nothing had been promised."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.ledger.matching import Match, matches
from app.checks.ledger.quantities import Quantity, in_unit
from app.checks.ledger.said import amounts, days, entry_evidence, promised
from app.checks.results import day_name
from app.checks.wording import day_reworded
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def contradiction(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A day that moves is no contradiction where the draft says so; another amount always is one."""
    for match in matches(draft, findings, facts):
        if not match.sure or not match.statement.undertakes:
            continue
        unit = match.other_amount
        if match.other_day and not match.statement.moves:
            old, new = days(match, facts)
            yield _result(match, f"for {old}; this says {new}", _standing_day(match, facts), facts)
        elif unit is not None:
            old, new = amounts(match, unit)
            yield _result(match, f"({old}); this says {new}", _standing_amount(match, unit), facts)


def _result(match: Match, told: str, suggestion: Suggestion | None, facts: Facts) -> CheckResult:
    return CheckResult(
        check="ledger.contradiction",
        severity=Severity.HIGH,
        message=f"{promised(match.entry, facts)} {told}",
        spans=((match.statement.start, match.statement.end),),
        evidence=entry_evidence(match.entry, facts),
        suggestion=suggestion,
    )


def _standing_day(match: Match, facts: Facts) -> Suggestion | None:
    """The day already promised, where it is the earlier one and still to come; nobody is told to be later."""
    due, old = match.statement.due, match.entry.due_day
    if due is None or due.due_day is None or old is None or not today(facts) <= old < due.due_day:
        return None
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, due.due_day, old, today=today(facts)),
        why=f"{day_name(old, facts)} is the day already promised",
    )


def _standing_amount(match: Match, unit: str) -> Suggestion | None:
    """The amount already promised, where each side names one, and the new one stands in digits."""
    new, old = (in_unit(found, unit) for found in match.amounts)
    values = {quantity.value for quantity in old}
    if len(new) != 1 or len(values) != 1 or not new[0].text[0].isdigit():
        return None
    text = _restated(new[0], old[0])
    if text is None:
        return None
    return Suggestion(
        start=match.statement.start + new[0].start,
        end=match.statement.start + new[0].end,
        replacement=text,
        why=f"{text}{'%' if unit == 'percent' else ''} is what was promised already",
    )


def _restated(new: Quantity, old: Quantity) -> str | None:
    """The old number in the form of the new one; a scale such as `k`, or another unit of time, is left alone."""
    if new.unit in {"day", "month"} or not new.text[-1].isdigit():
        return None
    return f"{old.value:,.0f}" if "," in new.text and old.value >= 1000 else f"{old.value:g}"


CHECK = Check(
    id="ledger.contradiction",
    severities=(Severity.HIGH,),
    when="the same thing was promised for another day, and the mail does not say that it moves; or in another amount",
    run=contradiction,
    needs=("ledger",),
)
