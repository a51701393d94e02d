"""A domain made to be taken for a customer's, or for ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.checks.check import Check
from app.checks.recipients.audience import outside, owners
from app.checks.recipients.domains import domain_of, is_free_mail, parts_of
from app.checks.recipients.resemblance import resemblance
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Account, Facts, Recipient
from app.core.findings import Findings


def lookalike(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """An address that the CRM has is no impostor's, and a known domain is not like another one."""
    strangers = [r for r in outside(facts) if r.contact is None and not is_free_mail(domain_of(r.email))]
    if not strangers:
        return
    known = owners(facts)
    registered = {parts_of(domain).registered for domain in (*known, *facts.own_domains)}
    expected = _expected(facts)
    for recipient in strangers:
        if parts_of(domain_of(recipient.email)).registered not in registered:
            yield from _likeness(recipient, known, expected, facts)


def _expected(facts: Facts) -> frozenset[str]:
    """The domains to which the mail is meant to go: the customer's, those of the other recipients, and ours."""
    theirs = facts.account.domains if facts.account else ()
    return frozenset((*theirs, *facts.own_domains, *(domain_of(r.email) for r in facts.recipients if r.known)))


def _likeness(
    recipient: Recipient, known: Mapping[str, tuple[Account, ...]], expected: frozenset[str], facts: Facts
) -> Iterator[CheckResult]:
    theirs = domain_of(recipient.email)
    models = [*facts.own_domains, *sorted(known, key=lambda domain: domain not in expected)]
    for domain in models:
        found = None if is_free_mail(domain) else resemblance(theirs, domain, expected=domain in expected)
        if found is None:
            continue
        account = known[domain][0] if domain in known else None
        whose, field = (account.name, f"accounts[{account.id}].domains") if account else ("us", "own_domains")
        yield CheckResult(
            check="recipient.lookalike",
            severity=Severity.BLOCK if found.deceitful else Severity.HIGH,
            message=f"{recipient.email} looks like an address of {whose} ({domain}) and is none: {found.how}",
            evidence=(evidence(facts, "crm" if account else "world", field, domain),),
        )
        return


CHECK = Check(
    id="recipient.lookalike",
    severities=(Severity.BLOCK, Severity.HIGH),
    when="an unknown address has a domain that looks like a customer's or ours; block where it can only be a trick",
    run=lookalike,
    needs=("crm", "people"),
)
