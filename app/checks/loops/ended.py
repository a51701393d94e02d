"""A step past the end of its sequence."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.loops.course import by_people
from app.checks.recipients.audience import is_ours
from app.checks.results import evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def ended(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The sequence is over, has no such step, or the customer has answered, which ends it too."""
    step, plan = draft.sequence, facts.sequence
    if step is None:
        return
    if plan is not None and plan.ended:
        fact = evidence(facts, "sequences", f"sequences[{plan.id}].ended", "true")
        yield _result(f"The sequence {plan.id} has ended; this is its step {step.step}", fact)
    elif plan is not None and 0 < plan.steps < step.step:
        fact = evidence(facts, "sequences", f"sequences[{plan.id}].steps", plan.steps)
        yield _result(f"The sequence {plan.id} has {plan.steps} steps; this is step {step.step}", fact)
    else:
        yield from _answered(step.id, facts)


def _answered(sequence: str, facts: Facts) -> Iterator[CheckResult]:
    conversation = facts.conversation
    if conversation is None:
        return
    place, last = next(by_people(conversation), (0, None))
    if last is not None and not is_ours(last.sender, facts):
        field = f"conversations[{conversation.id}].messages[{place}]"
        yield _result(
            f"{last.sender} has answered, and the sequence {sequence} goes on as if nobody had",
            evidence(facts, "mailbox", field, f"{last.sender}, {last.at.isoformat()}"),
        )


def _result(message: str, fact: Evidence) -> CheckResult:
    return CheckResult(check="sequence.ended", severity=Severity.HIGH, message=message, evidence=(fact,))


CHECK = Check(
    id="sequence.ended",
    severities=(Severity.HIGH,),
    when="the mail's sequence has ended, has fewer steps, or was answered by the customer",
    run=ended,
    needs=("sequences",),
)
