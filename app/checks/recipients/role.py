"""An office's mailbox instead of a person's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import outside, same_mailbox, took_part
from app.checks.recipients.mailboxes import BILLING, GENERAL, UNREAD, is_list, role_of
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Recipient
from app.core.findings import Findings
from extractors.lazily import compiled

_BUSINESS = {
    BILLING: compiled(
        r"\b(?:invoic|bill(?:ing|ed)?\b|payment|remittance|statement of account|account statement|overdue|credit note"
        r"|bank details|vat\b|purchase order|po (?:number|no)|rechnung|facture|w-?9\b)",
        re.IGNORECASE,
    ),
    "purchasing": compiled(
        r"\b(?:purchase order|po\b|order (?:form|confirmation)|quot(?:e|ation)\b|vendor|supplier|procurement|rfp\b"
        r"|rfq\b|tender|bestellung|angebot)",
        re.IGNORECASE,
    ),
    "legal": compiled(
        r"\b(?:contract|agreement|nda\b|msa\b|dpa\b|redline|terms|clause|gdpr|privacy|data protection|compliance)",
        re.IGNORECASE,
    ),
    "security": compiled(
        r"\b(?:security|vulnerabilit|penetration|pen ?test|soc ?2|iso ?27001|incident|questionnaire)", re.IGNORECASE
    ),
    "support": compiled(r"\b(?:ticket|case (?:number|no|#)|support request|outage|incident|bug\b)", re.IGNORECASE),
}
"""What each office is the right reader of."""


def role(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Nobody in particular reads it. An invoice to billing is where it belongs, and so is an answer to who wrote."""
    for recipient in outside(facts):
        kind = role_of(recipient.email)
        if kind is None or is_list(recipient.email) or _is_expected(kind, recipient, facts):
            continue
        if _is_its_business(kind, draft, findings):
            continue
        unread = kind == UNREAD
        said = "and nobody reads it" if unread else f"an office's mailbox ({kind}), not a person's"
        known = recipient.contact is not None or recipient.email not in draft.to
        yield CheckResult(
            check="recipient.role",
            severity=Severity.LOW if known and not unread else Severity.MEDIUM,
            message=f"{recipient.email} is {'a machine’s address, ' if unread else ''}{said}",
            evidence=(evidence(facts, "draft", "recipients", recipient.email),),
        )


def _is_expected(kind: str, recipient: Recipient, facts: Facts) -> bool:
    """Whether the customer wrote from there, or the deal has the front desk for its contact: it has no other."""
    contact, deal = recipient.contact, facts.deal
    named = contact is not None and deal is not None and contact.id in deal.contacts
    return (named and kind == GENERAL) or same_mailbox(recipient.email) in took_part(facts)


def _is_its_business(kind: str, draft: Draft, findings: Findings) -> bool:
    if kind == BILLING and draft.action == "invoice_reminder":
        return True
    words = _BUSINESS.get(kind)
    written = (draft.subject, *(findings.text[start:end] for start, end in findings.authored))
    return words is not None and any(words.search(text) for text in written)


CHECK = Check(
    id="recipient.role",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="an address is an office's, and the mail is not its business; low where the CRM has it, or in copy",
    run=role,
    needs=("crm", "people"),
)
