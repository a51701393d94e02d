"""A private address, where the customer has a domain of its own."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.recipients.audience import outside, same_mailbox, took_part
from app.checks.recipients.domains import domain_of, is_free_mail
from app.checks.results import evidence, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def free_mail(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Business in somebody's private mailbox; or somebody else's, for anybody may take any name there."""
    account = facts.account
    company = next((d for d in account.domains if not is_free_mail(d)), None) if account else None
    if account is None or company is None:
        return
    for recipient in outside(facts):
        if not is_free_mail(domain_of(recipient.email)) or domain_of(recipient.email) in account.domains:
            continue
        expected = recipient.contact is not None or same_mailbox(recipient.email) in took_part(facts)
        yield CheckResult(
            check="recipient.free_mail",
            severity=Severity.LOW if expected else Severity.MEDIUM,
            message=f"{name_of(recipient)} would get it at a private address ({recipient.email});"
            f" {account.name} has addresses at {company}",
            evidence=(evidence(facts, "crm", f"accounts[{account.id}].domains", ", ".join(account.domains)),),
        )


CHECK = Check(
    id="recipient.free_mail",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="an address is of a free mail service, and the customer has a domain; low where the address is known",
    run=free_mail,
    needs=("crm", "people"),
)
