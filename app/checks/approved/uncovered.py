"""What both checks on approved statements have to say about a claim that none of them covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.checks.approved.claims import Claim
from app.checks.approved.coverage import SOURCE, about, covering, objection
from app.checks.results import evidence
from app.checks.wording import day_reworded
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.facts import ApprovedStatement, Facts


def uncovered(check: str, claims: Iterable[Claim], facts: Facts) -> Iterator[CheckResult]:
    """One result for each claim without an approved statement behind it; none where no list of such is kept."""
    if SOURCE not in facts.as_of:
        return
    for claim in claims:
        if not covering(claim, facts):
            yield _result(check, claim, facts)


def _result(check: str, claim: Claim, facts: Facts) -> CheckResult:
    nearest = next(about(claim, facts), None)
    reason = objection(claim, nearest, facts) if nearest else None
    what = "This speaks of what the product will do" if check.endswith("roadmap") else "This guarantees something"
    fact = (
        evidence(facts, SOURCE, f"statements[{nearest.id}].text", nearest.text)
        if nearest
        else evidence(facts, SOURCE, "statements", f"{len(facts.approved)} approved, none about this")
    )
    return CheckResult(
        check=check,
        severity=Severity.HIGH,
        message=f"{what}; {reason or 'nothing of the kind is approved'}",
        spans=((claim.start, claim.end),),
        evidence=(fact,),
        suggestion=_approved_day(claim, nearest, facts) if nearest else None,
    )


def _approved_day(claim: Claim, statement: ApprovedStatement, facts: Facts) -> Suggestion | None:
    """The approved day in place of an earlier one, where the day is all that is wrong."""
    due, day = claim.due, statement.day
    if (
        due is None
        or day is None
        or claim.day is None
        or due.due_day is None
        or due.grain != "day"
        or claim.day >= day
    ):
        return None
    if objection(replace(claim, day=day), statement, facts) is not None:
        return None
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, due.due_day, day, today=today(facts)),
        why=f"{statement.approved_by} has approved {day.isoformat()}",
    )
