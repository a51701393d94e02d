"""The list of checks, and the one way to run them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.checks import (
    attachments,
    calendar,
    content,
    deal,
    discount,
    documents,
    ledger,
    recipients,
    sequences,
    workload,
)
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, UnknownFact
from app.core.findings import Findings

CheckFunction = Callable[[Draft, Findings, Facts], Iterable[CheckResult]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One documented check. It is not run where a source that it `needs` has failed: it would have to guess."""

    id: str
    severities: tuple[Severity, ...]
    """What its results may be rated, worst first."""
    when: str
    """When it speaks, in one line."""
    run: CheckFunction
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What the checks say. `unknown` holds the checks that failed; facts that failed are in `Facts.unknown`."""

    results: tuple[CheckResult, ...]
    unknown: tuple[UnknownFact, ...] = ()


_LOW, _MEDIUM, _HIGH, _BLOCK = Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.BLOCK

CHECKS: tuple[Check, ...] = (
    Check(
        id="deal.hold",
        severities=(_HIGH,),
        when="the deal is on hold",
        run=deal.hold,
    ),
    Check(
        id="deal.closed",
        severities=(_HIGH,),
        when="the deal is lost; or it is won and the mail is no invoice reminder, meeting or reply",
        run=deal.closed,
    ),
    Check(
        id="deal.renegotiation",
        severities=(_HIGH,),
        when="an invoice reminder while the deal's terms are renegotiated",
        run=deal.renegotiation,
    ),
    Check(
        id="deal.amount",
        severities=(_MEDIUM,),
        when="a promise on a deal of 100,000 or more, in its own currency",
        run=deal.amount,
    ),
    Check(
        id="discount.cap",
        severities=(_HIGH,),
        when="a percentage is conceded above the deal's discount cap",
        run=discount.cap,
    ),
    Check(
        id="calendar.busy",
        severities=(_HIGH,),
        when="a proposed or accepted time is taken in the sender's calendar",
        run=calendar.busy,
        needs=("calendar",),
    ),
    Check(
        id="calendar.working_hours",
        severities=(_MEDIUM,),
        when="a proposed time or a due day lies outside the sender's working hours or days, or on a holiday",
        run=calendar.working_hours,
    ),
    Check(
        id="workload.week",
        severities=(_MEDIUM,),
        when="a promise is due in a week that leaves its sender less than two hours",
        run=workload.week,
        needs=("calendar", "ledger"),
    ),
    Check(
        id="ledger.contradiction",
        severities=(_HIGH,),
        when="the same thing was promised for another day or at another percentage",
        run=ledger.contradiction,
        needs=("ledger",),
    ),
    Check(
        id="ledger.duplicate",
        severities=(_LOW,),
        when="the same thing is promised already, for the same day",
        run=ledger.duplicate,
        needs=("ledger",),
    ),
    Check(
        id="attachment.missing",
        severities=(_HIGH,),
        when="the mail says that it carries a file and does not",
        run=attachments.missing,
    ),
    Check(
        id="attachment.wrong_file",
        severities=(_MEDIUM,),
        when="a file's name gives another customer, or another version than the mail speaks of",
        run=attachments.wrong_file,
    ),
    Check(
        id="document.unknown",
        severities=(_HIGH,),
        when="a document is promised or said to be attached that the library does not have",
        run=documents.unknown,
        needs=("library",),
    ),
    Check(
        id="document.not_approved",
        severities=(_HIGH,),
        when="a document is promised, mentioned as attached or attached that is not approved for sharing",
        run=documents.not_approved,
        needs=("library",),
    ),
    Check(
        id="document.expired",
        severities=(_HIGH,),
        when="a document is promised, mentioned as attached or attached that will have expired",
        run=documents.expired,
        needs=("library",),
    ),
    Check(
        id="document.other_customer",
        severities=(_BLOCK,),
        when="a document made for one customer would go to another",
        run=documents.other_customer,
        needs=("library", "crm"),
    ),
    Check(
        id="recipient.unknown",
        severities=(_MEDIUM, _LOW),
        when="an address belongs to no contact and no colleague; low in a cold outreach",
        run=recipients.unknown,
        needs=("crm", "people"),
    ),
    Check(
        id="recipient.wrong_account",
        severities=(_BLOCK,),
        when="a recipient works for another customer than the deal's",
        run=recipients.wrong_account,
    ),
    Check(
        id="recipient.sensitive",
        severities=(_HIGH,),
        when="a recipient is marked as sensitive",
        run=recipients.sensitive,
    ),
    Check(
        id="recipient.opted_out",
        severities=(_BLOCK,),
        when="a recipient has asked not to be written to",
        run=recipients.opted_out,
    ),
    Check(
        id="content.hidden_text",
        severities=(_BLOCK,),
        when="the mail holds text that its reader cannot see",
        run=content.hidden_text,
    ),
    Check(
        id="content.injection",
        severities=(_BLOCK,),
        when="the mail holds instructions to a language model, or remains of its markup",
        run=content.injection,
    ),
    Check(
        id="content.placeholder",
        severities=(_HIGH, _LOW),
        when="a blank was left unfilled; low for a TBD",
        run=content.placeholder,
    ),
    Check(
        id="content.subject",
        severities=(_MEDIUM,),
        when="the subject line makes a promise by itself",
        run=content.subject,
    ),
    Check(
        id="content.parts_differ",
        severities=(_HIGH,),
        when="the plain-text part of a mail says what its HTML part does not",
        run=content.parts_differ,
    ),
    Check(
        id="sequence.paused",
        severities=(_HIGH,),
        when="the mail's sequence was paused for the deal",
        run=sequences.paused,
    ),
)


def run_checks(draft: Draft, findings: Findings, facts: Facts, *, checks: Sequence[Check] = CHECKS) -> Checked:
    """Run every check whose facts are at hand. A check that fails is an unknown fact, and stops no other.

    What a check had found before it failed still counts: it may be the reason to block.
    """
    failed = {fact.source for fact in facts.unknown}
    results: list[CheckResult] = []
    broken: list[UnknownFact] = []
    for check in checks:
        if failed.intersection(check.needs):
            continue
        try:
            results += check.run(draft, findings, facts)
        except Exception as error:  # noqa: BLE001 - whatever a check trips over, the draft goes to a person
            reason = f"the check failed: {type(error).__name__}: {error}"
            broken.append(UnknownFact(source=f"check {check.id}", reason=reason))
    return Checked(results=tuple(results), unknown=tuple(broken))
