"""Somebody who was in the thread and would not get the answer."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import outside, people_wrote, same_mailbox
from app.checks.recipients.thread import last_round, left_out, says_who_leaves
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def dropped(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A word to one alone, and a mail within the house, leave people out on purpose."""
    conversation = facts.conversation
    if conversation is None or not any(True for _ in outside(facts)) or says_who_leaves(findings):
        return
    last = last_round(conversation, facts)
    gone = left_out(draft, last, facts) if last else ()
    if last is None or not gone:
        return
    writers = {same_mailbox(message.sender) for message in people_wrote(conversation.messages)}
    place = conversation.messages.index(last)
    names = ", ".join(gone)
    yield CheckResult(
        check="recipient.dropped",
        severity=Severity.LOW if writers.isdisjoint(gone) else Severity.MEDIUM,
        message=f"{names} had the last mail of this thread and would not get this one",
        evidence=(evidence(facts, "mailbox", f"conversations[{conversation.id}].messages[{place}]", names),),
    )


CHECK = Check(
    id="recipient.dropped",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="somebody outside had the thread's last mail and would not get this one; medium for who wrote in it",
    run=dropped,
    needs=("mailbox",),
)
