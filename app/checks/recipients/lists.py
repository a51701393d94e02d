"""One address, many readers."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import outside, same_mailbox, took_part
from app.checks.recipients.mailboxes import is_list
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Recipient
from app.core.findings import Findings


def to_many(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A list on either side of a mail to a customer; what stays in the house may go to all of it."""
    if not any(True for _ in outside(facts)):
        return
    for recipient in facts.recipients:
        if recipient.colleague is None and is_list(recipient.email) and not _is_expected(recipient, facts):
            known = recipient.contact is not None
            yield CheckResult(
                check="recipient.list",
                severity=Severity.LOW if known else Severity.MEDIUM,
                message=f"{recipient.email} is a list: nobody can say who would read it",
                evidence=(evidence(facts, "draft", "recipients", recipient.email),),
            )


def _is_expected(recipient: Recipient, facts: Facts) -> bool:
    """Whether the deal itself names the list, or the customer brought it into the thread."""
    contact, deal = recipient.contact, facts.deal
    named = contact is not None and deal is not None and contact.id in deal.contacts
    return named or same_mailbox(recipient.email) in took_part(facts)


CHECK = Check(
    id="recipient.list",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="an address passes a mail for a customer on to many; low where the CRM has it",
    run=to_many,
    needs=("crm", "people"),
)
