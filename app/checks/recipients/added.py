"""Somebody new in the thread."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import is_ours, people_wrote
from app.checks.recipients.thread import mentions, newcomers, says_who_joins
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Conversation, Facts
from app.core.findings import Findings


def added(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Whoever is brought in gets the whole story below; the mail says so where that is meant."""
    conversation = facts.conversation
    if conversation is None or not people_wrote(conversation.messages) or _stays_inside(conversation, facts):
        return
    new = [a for a in newcomers(draft, conversation, facts) if not mentions(a, findings, facts)]
    if not new or says_who_joins(findings):
        return
    contacts = {r.email.casefold(): r.contact for r in facts.recipients}
    accounts = {contact.account if (contact := contacts.get(a.casefold())) else None for a in new}
    at_home = facts.account is not None and accounts == {facts.account.id}
    names = ", ".join(new)
    yield CheckResult(
        check="recipient.added",
        severity=Severity.LOW if at_home else Severity.MEDIUM,
        message=f"{names} had none of this thread's mails and would get this one; the text does not say why",
        evidence=(evidence(facts, "mailbox", f"conversations[{conversation.id}].messages", "none of theirs"),),
    )


def _stays_inside(conversation: Conversation, facts: Facts) -> bool:
    """Whether the thread was internal so far: that is another matter, `recipient.mixed`."""
    return all(is_ours(a, facts) for m in conversation.messages for a in (m.sender, *m.recipients))


CHECK = Check(
    id="recipient.added",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="somebody outside is new in the thread and the text does not mention it; low for a contact of the customer",
    run=added,
    needs=("mailbox",),
)
