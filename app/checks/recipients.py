"""Checks on who would receive the mail."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.results import evidence, is_own_domain, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def unknown(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Nobody knows the address. First contact with a stranger is what a cold outreach is for."""
    cold = draft.action == "cold_outreach"
    for recipient in facts.recipients:
        if not recipient.known and not is_own_domain(recipient.email, facts):
            yield CheckResult(
                check="recipient.unknown",
                severity=Severity.LOW if cold else Severity.MEDIUM,
                message=f"{recipient.email} is neither a contact in the CRM nor a colleague",
                evidence=(evidence(facts, "crm", f"contacts[{recipient.email}]", "none"),),
            )


def wrong_account(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A contact of another customer; one whom the deal itself lists, a partner say, is right."""
    deal = facts.deal
    if deal is None:
        return
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is None or contact.account in {None, deal.account} or contact.id in deal.contacts:
            continue
        theirs, expected = _account_name(contact.account, facts), _account_name(deal.account, facts)
        yield CheckResult(
            check="recipient.wrong_account",
            severity=Severity.BLOCK,
            message=f"{name_of(recipient)} works for {theirs}, but {deal.name} is a deal with {expected}",
            evidence=(
                evidence(facts, "crm", f"contacts[{contact.id}].account", contact.account),
                evidence(facts, "crm", f"deals[{deal.id}].account", deal.account),
            ),
        )


def sensitive(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A contact with whom every word is weighed."""
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is not None and contact.sensitive:
            yield CheckResult(
                check="recipient.sensitive",
                severity=Severity.HIGH,
                message=f"{name_of(recipient)} is marked as a sensitive contact",
                evidence=(evidence(facts, "crm", f"contacts[{contact.id}].sensitive", "true"),),
            )


def opted_out(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A contact who asked for no more mail."""
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is not None and contact.opted_out:
            yield CheckResult(
                check="recipient.opted_out",
                severity=Severity.BLOCK,
                message=f"{name_of(recipient)} has opted out of our mail",
                evidence=(evidence(facts, "crm", f"contacts[{contact.id}].opted_out", "true"),),
            )


def _account_name(id: str | None, facts: Facts) -> str:
    account = facts.accounts.get(id) if id else None
    return account.name if account else str(id)
