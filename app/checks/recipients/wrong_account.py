"""Somebody of another customer."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import account_name, outside, owners
from app.checks.recipients.domains import domain_of, is_free_mail
from app.checks.results import evidence, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts, Recipient
from app.core.findings import Findings


def wrong_account(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A contact of another customer, or a stranger with its domain; one whom the deal itself lists is right."""
    if facts.deal is None:
        return
    for recipient in facts.recipients:
        if recipient.contact is not None:
            yield from _known(recipient, facts.deal, facts)
    if any(r.contact is None for r in outside(facts)):
        yield from _strangers(facts.deal, facts)


def _known(recipient: Recipient, deal: Deal, facts: Facts) -> Iterator[CheckResult]:
    contact = recipient.contact
    if contact is None or contact.account in {None, deal.account} or contact.id in deal.contacts:
        return
    theirs, expected = account_name(contact.account, facts), account_name(deal.account, facts)
    yield CheckResult(
        check="recipient.wrong_account",
        severity=Severity.BLOCK,
        message=f"{name_of(recipient)} works for {theirs}, but {deal.name} is a deal with {expected}",
        evidence=(
            evidence(facts, "crm", f"contacts[{contact.id}].account", contact.account),
            evidence(facts, "crm", f"deals[{deal.id}].account", deal.account),
        ),
    )


def _strangers(deal: Deal, facts: Facts) -> Iterator[CheckResult]:
    known = owners(facts)
    for recipient in outside(facts):
        domain = domain_of(recipient.email)
        theirs = known.get(domain, ())
        if recipient.contact or not theirs or is_free_mail(domain) or deal.account in {a.id for a in theirs}:
            continue
        yield CheckResult(
            check="recipient.wrong_account",
            severity=Severity.BLOCK,
            message=(
                f"{recipient.email} has the domain of {theirs[0].name},"
                f" but {deal.name} is a deal with {account_name(deal.account, facts)}"
            ),
            evidence=(
                evidence(facts, "crm", f"accounts[{theirs[0].id}].domains", domain),
                evidence(facts, "crm", f"deals[{deal.id}].account", deal.account),
            ),
        )


CHECK = Check(
    id="recipient.wrong_account",
    severities=(Severity.BLOCK,),
    when="a recipient works for another customer than the deal's",
    run=wrong_account,
    needs=("crm",),
)
