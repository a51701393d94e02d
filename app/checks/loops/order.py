"""The steps of a sequence, each once, in order and in time."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from app.checks.check import Check
from app.checks.loops.course import leaves_at
from app.checks.recipients.audience import is_ours
from app.checks.results import day_name, evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, SequencePlan
from app.core.findings import Findings


def order(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A step that went out before, comes late after its successor, or leaves one out."""
    if draft.sequence is None:
        return
    name, step, sent = draft.sequence.id, draft.sequence.step, facts.history.steps_sent
    fact = evidence(facts, "history", f"sequences[{name}].steps_sent", ", ".join(map(str, sorted(sent))) or "none")
    if step in sent:
        yield _result(f"Step {step} of the sequence {name} went out on {_day(step, facts)} already", fact)
    elif sent and step < max(sent):
        yield _result(f"Step {step} of the sequence {name} would come after its step {max(sent)}", fact)
    elif step > 1 and step - 1 not in sent and (sent or _never_begun(draft, facts)):
        last = f"the last that went out was step {max(sent)}" if sent else "nothing of it has gone out"
        yield _result(f"Step {step} of the sequence {name} comes before step {step - 1}; {last}", fact)
    elif facts.sequence is not None and step - 1 in sent:
        yield from _too_soon(draft, step - 1, facts.sequence, facts)


def _never_begun(draft: Draft, facts: Facts) -> bool:
    """Whether an empty record means that there was nothing, and not that the sequence is older than the record."""
    if facts.sequence is None or (draft.thread is not None and draft.thread.message_id is not None):
        return False
    messages = facts.conversation.messages if facts.conversation else ()
    return not any(is_ours(message.sender, facts) for message in messages)


def _too_soon(draft: Draft, last: int, plan: SequencePlan, facts: Facts) -> Iterator[CheckResult]:
    """Days are the sender's: a step that always goes at nine may go a second before nine."""
    zone, before = ZoneInfo(facts.sender.timezone), facts.history.steps_sent[last]
    passed = leaves_at(draft, facts).astimezone(zone).date() - before.astimezone(zone).date()
    if passed.days < plan.days_between:
        yield CheckResult(
            check="sequence.order",
            severity=Severity.MEDIUM,
            message=(
                f"Step {last} of the sequence {plan.id} went out on {_day(last, facts)};"
                f" the next is due {plan.days_between} days after it"
            ),
            evidence=(
                evidence(facts, "history", f"sequences[{plan.id}].steps_sent[{last}]", before.isoformat()),
                evidence(facts, "sequences", f"sequences[{plan.id}].days_between", plan.days_between),
            ),
        )


def _day(step: int, facts: Facts) -> str:
    return day_name(facts.history.steps_sent[step].astimezone(ZoneInfo(facts.sender.timezone)).date(), facts)


def _result(message: str, fact: Evidence) -> CheckResult:
    return CheckResult(check="sequence.order", severity=Severity.HIGH, message=message, evidence=(fact,))


CHECK = Check(
    id="sequence.order",
    severities=(Severity.HIGH, Severity.MEDIUM),
    when="a step is repeated, leaves one out or comes late; medium where it comes too soon after the last",
    run=order,
    needs=("sequences",),
)
