"""Too many mails to one contact."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.loops.course import is_unasked, leaves_at
from app.checks.recipients.audience import is_ours
from app.checks.results import evidence, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def frequency(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Whoever asks gets an answer, however many there were; what nobody asked for is counted."""
    if not (is_unasked(draft, facts) or draft.action == "invoice_reminder"):
        return
    limit, window, leaves = facts.thresholds.mails_per_contact, facts.thresholds.mails_window, leaves_at(draft, facts)
    for recipient in facts.recipients:
        email = recipient.email.casefold()
        sent = [at for at in facts.history.recent.get(email, ()) if leaves - window < at <= leaves]
        if len(sent) >= limit and not is_ours(email, facts):
            yield CheckResult(
                check="loop.frequency",
                severity=Severity.MEDIUM,
                message=(
                    f"{name_of(recipient)} had {len(sent)} mails from us in the last {window.days} days,"
                    f" where {limit} are allowed; nobody asked for this one"
                ),
                evidence=(evidence(facts, "history", f"recent[{email}]", ", ".join(at.isoformat() for at in sent)),),
            )


CHECK = Check(
    id="loop.frequency",
    severities=(Severity.MEDIUM,),
    when="an unasked mail would be one too many to a contact within the window that the thresholds set",
    run=frequency,
)
