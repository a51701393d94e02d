"""Somebody else's deal: the sender does not own it, and its owner does not get to see the mail."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.deal.offers import offers
from app.checks.deal.standing_in import stands_in
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Person
from app.core.findings import Findings

_SELLING = frozenset(
    [
        "account_executive",
        "account_manager",
        "sales",
        "sales_rep",
        "sales_representative",
        "seller",
        "sdr",
        "bdr",
        "manager",
        "admin",
        "founder",
    ]
)
"""Whoever has one of these roles, or none at all, sells. Others (engineers, billing, counsel) help on any deal."""


def owner(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result where the deal's owner is neither the sender nor a recipient, and is not stood in for."""
    deal = facts.deal
    if deal is None or not deal.owner or _is(facts.sender, deal.owner):
        return
    if _gets_the_mail(draft, facts, deal.owner) or stands_in(findings.text, deal.owner):
        return
    if _helps(facts.sender) and not any(offers(findings, deal_amount=deal.amount)):
        return
    yield CheckResult(
        check=CHECK.id,
        severity=Severity.MEDIUM,
        message=f"{deal.name} belongs to {deal.owner}, who is neither the sender nor in copy",
        evidence=(evidence(facts, "crm", f"deals[{deal.id}].owner", deal.owner),),
    )


def _is(person: Person, owner: str) -> bool:
    return owner.casefold() in {person.id.casefold(), person.email.casefold()}


def _gets_the_mail(draft: Draft, facts: Facts, owner: str) -> bool:
    colleagues = (recipient.colleague for recipient in facts.recipients)
    return any(_is(person, owner) for person in colleagues if person) or owner.casefold() in {
        address.casefold() for address in draft.recipients
    }


def _helps(sender: Person) -> bool:
    return bool(sender.roles) and not _SELLING.intersection(role.casefold() for role in sender.roles)


CHECK = Check(
    id="deal.owner",
    severities=(Severity.MEDIUM,),
    when="the sender sells, the deal is somebody else's, and its owner is neither in copy nor stood in for",
    run=owner,
    needs=("crm", "people"),
)
