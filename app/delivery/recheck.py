"""Whether what was true when a draft was let through is still true when it is about to leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.approvals import ApprovalRequest, ApprovalState, Requirement
from app.core.assessment import Assessment
from app.core.checks import CheckResult, Severity
from app.core.facts import UnknownFact
from app.core.routes import Route, Tier
from app.store.rows import Permit

CHANGED_RULE = "builtin.changed-since-approval"
FAILED_RULE = "builtin.cannot-be-judged"
REOPENED_RULE = "builtin.reopened"


def objections(permit: Permit | None, approved: Assessment, fresh: Assessment) -> tuple[str, ...]:
    """Why the draft must not leave under this permit, in plain words; empty where it may.

    A person's approval covers what that person was shown: a result that was there then is no objection now.
    """
    if permit is None or permit.digest != fresh.digest:
        return ("the content or the policy is no longer what was let through",)
    found = [f"new since then: {result.message}" for result in _new_results(approved, fresh)]
    found += [f"“{text}” now means {day}" for text, day in _shifted_days(approved, fresh)]
    found += [f"cannot be checked: {f.source}: {f.reason}" for f in fresh.unknown if f not in approved.unknown]
    if fresh.sender.email != approved.sender.email:
        found.append(f"it would now come from {fresh.sender.email}")
    if fresh.route is approved.route is Route.REVIEW and _demand(fresh) != _demand(approved):
        found.append(f"the policy now demands another approval: {fresh.ruling.why}")
    accepted = approved.risk.tier.rank if _by_consent(permit) else max(approved.risk.tier.rank, Tier.MEDIUM.rank)
    if fresh.risk.tier.rank > accepted:
        found.append(f"the risk is {fresh.risk.tier} by now")
    if fresh.route.strictness > approved.route.strictness:
        found.append(f"the policy now says {fresh.route}: {fresh.ruling.why}")
    return tuple(found)


def back_to_review(permit: Permit | None, approved: Assessment, fresh: Assessment) -> Assessment:
    """The fresh verdict for a draft that met objections.

    What a person had approved goes before people again, even where the policy alone would now let it pass.
    """
    by_person = permit is not None and permit.granted_by.startswith("approval:")
    if not (by_person and fresh.route.sends_unattended):
        return fresh
    why = "what a person had approved is no longer what would be sent"
    return _to_review(fresh, approved, rule=CHANGED_RULE, why=why)


def reopened(approved: Assessment, fresh: Assessment) -> Assessment:
    """The fresh verdict for a draft that expired and that a person wants decided after all: they are asked again."""
    if not fresh.route.sends_unattended:
        return fresh
    return _to_review(fresh, approved, rule=REOPENED_RULE, why="it expired, and a person had it reopened")


def after_a_stop(held: Assessment, fresh: Assessment, requests: Sequence[ApprovalRequest]) -> Assessment:
    """The fresh verdict for a draft that a stop held: where people had been asked about it before, they are again."""
    asked_before = any(r.decisions or r.state in (ApprovalState.APPROVED, ApprovalState.EXPIRED) for r in requests)
    if not (asked_before and fresh.route.sends_unattended):
        return fresh
    return _to_review(fresh, held, rule=CHANGED_RULE, why="people had been asked about it before it was stopped")


def failed_closed(approved: Assessment, reason: str) -> Assessment:
    """The verdict for a draft that could not be judged again: a person has to look."""
    unknown = replace(approved, unknown=(*approved.unknown, UnknownFact(source="verdict", reason=reason)))
    return _to_review(unknown, approved, rule=FAILED_RULE, why="it could not be judged again before sending")


def _to_review(verdict: Assessment, approved: Assessment, *, rule: str, why: str) -> Assessment:
    approvals = approved.ruling.approvals or Requirement()
    ruling = replace(verdict.ruling, route=Route.REVIEW, rule=rule, why=why, approvals=approvals)
    asked = approved.approvers or tuple(filter(None, (approved.sender.manager,)))
    return replace(verdict, ruling=ruling, approvers=asked)


def _by_consent(permit: Permit) -> bool:
    return permit.granted_by.startswith("consent:")


def _demand(verdict: Assessment) -> tuple[object, ...]:
    return (verdict.ruling.rule, verdict.ruling.approvals)


def _new_results(approved: Assessment, fresh: Assessment) -> Iterator[CheckResult]:
    seen = {_identity(result) for result in approved.checks}
    return (
        result
        for result in fresh.checks
        if result.severity.rank >= Severity.MEDIUM.rank and _identity(result) not in seen
    )


def _identity(result: CheckResult) -> tuple[object, ...]:
    facts = tuple((e.source, e.field, e.value) for e in result.evidence)
    return (result.check, result.severity, result.spans, facts)


def _shifted_days(approved: Assessment, fresh: Assessment) -> Iterator[tuple[str, str]]:
    """Promises such as “tomorrow” whose day is another one by now."""
    then = {(c.start, c.end): c.due_day for c in approved.findings.commitments}
    for commitment in fresh.findings.commitments:
        day = commitment.due_day
        if day is not None and then.get((commitment.start, commitment.end), day) != day:
            yield commitment.text, f"{day:%A %d %B %Y}"
