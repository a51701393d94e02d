"""Mail that nobody asked for, in somebody's night or weekend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.checks.check import Check
from app.checks.loops.course import is_unasked, leaves_at
from app.checks.results import day_name, evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Contact, Facts
from app.core.findings import Findings
from app.core.waking_hours import is_quiet


def quiet_hours(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """An answer may come at any hour. A recipient whose time zone nobody knows has no night here."""
    if not is_unasked(draft, facts):
        return
    direct = {address.casefold() for address in draft.to}
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is None or contact.timezone is None or recipient.email.casefold() not in direct:
            continue
        there = leaves_at(draft, facts).astimezone(ZoneInfo(contact.timezone))
        if is_quiet(there, facts.thresholds):
            yield _result(contact, there, facts)


def _result(contact: Contact, there: datetime, facts: Facts) -> CheckResult:
    morning = there.replace(
        hour=facts.thresholds.quiet_until.hour, minute=facts.thresholds.quiet_until.minute, second=0, microsecond=0
    )
    while morning <= there or is_quiet(morning, facts.thresholds):
        morning += timedelta(days=1)
    name = contact.name or contact.email
    return CheckResult(
        check="loop.quiet_hours",
        severity=Severity.MEDIUM,
        message=(
            f"It would reach {name} on {day_name(there.date(), facts)} at {there:%H:%M} their time, and nobody asked"
            f" for it; their next morning is {day_name(morning.date(), facts)}, {morning:%H:%M}"
        ),
        evidence=(evidence(facts, "crm", f"contacts[{contact.id}].timezone", contact.timezone),),
    )


CHECK = Check(
    id="loop.quiet_hours",
    severities=(Severity.MEDIUM,),
    when="cold outreach, a follow-up or a sequence's step would leave in the recipient's night or weekend",
    run=quiet_hours,
    needs=("crm",),
)
