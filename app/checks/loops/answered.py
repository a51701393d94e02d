"""Somebody has answered already."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.loops.course import by_people, is_answer, last_of_customer
from app.checks.recipients.audience import is_ours
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Message
from app.core.findings import Findings


def answered(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Two answers to one mail, by two people or by one person and an agent."""
    asked = last_of_customer(facts) if is_answer(draft) else None
    conversation = facts.conversation
    if asked is None or conversation is None:
        return
    place, question = asked
    for later, message in by_people(conversation):
        if later > place and is_ours(message.sender, facts) and _reaches(message, question, draft, facts):
            himself = message.sender.casefold() == facts.sender.email.casefold()
            who = facts.sender.name if himself else message.sender
            messages = f"conversations[{conversation.id}].messages"
            yield CheckResult(
                check="loop.answered",
                severity=Severity.MEDIUM if himself else Severity.HIGH,
                message=f"{who} has written in this thread since {question.sender} did; it may be answered already",
                evidence=(
                    evidence(facts, "mailbox", f"{messages}[{place}]", _line(question)),
                    evidence(facts, "mailbox", f"{messages}[{later}]", _line(message)),
                ),
            )
            return


def _reaches(message: Message, question: Message, draft: Draft, facts: Facts) -> bool:
    """Whether the one who asked, or whom the draft would answer, got it; colleagues' asides are no answer."""
    outside = {address.casefold() for address in draft.to if not is_ours(address, facts)} | {question.sender}
    return not outside.isdisjoint(address.casefold() for address in message.recipients)


def _line(message: Message) -> str:
    return f"{message.sender}, {message.at.isoformat()}"


CHECK = Check(
    id="loop.answered",
    severities=(Severity.HIGH, Severity.MEDIUM),
    when="a colleague has answered the customer's last mail; medium where the sender wrote since",
    run=answered,
    needs=("mailbox",),
)
