"""The right customer's people, but not those of the deal."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import same_mailbox, took_part
from app.checks.results import evidence, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Contact, Deal, Facts
from app.core.findings import Findings


def off_deal(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Whoever wrote in the thread, or was copied by the customer, has a part in the deal whatever the CRM says."""
    deal = facts.deal
    if deal is None or not deal.contacts:
        return
    accompanied = any(r.contact is not None and _is_on(deal, r.contact) for r in facts.recipients)
    direct, present = {address.casefold() for address in draft.to}, took_part(facts)
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is None or contact.account != deal.account or _is_on(deal, contact):
            continue
        if same_mailbox(recipient.email) in present:
            continue
        alone = recipient.email.casefold() in direct and not accompanied
        yield CheckResult(
            check="recipient.off_deal",
            severity=Severity.MEDIUM if alone else Severity.LOW,
            message=f"{name_of(recipient)} is not among the contacts of {deal.name}",
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].contacts", ", ".join(deal.contacts)),),
        )


def _is_on(deal: Deal, contact: Contact) -> bool:
    return not {contact.id, contact.email}.isdisjoint(deal.contacts)


CHECK = Check(
    id="recipient.off_deal",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="a contact of the deal's customer is not among the deal's contacts; low beside somebody who is, or in copy",
    run=off_deal,
    needs=("crm",),
)
