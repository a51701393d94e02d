"""One open mail a thread."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def open_mail(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Another draft of the thread came first and has not left yet: the two may say the same, or not the same."""
    waiting = facts.history.waiting_in_thread
    if draft.thread is None or not waiting:
        return
    ids = ", ".join(waiting)
    other = f"{len(waiting)} other mails" if len(waiting) > 1 else "Another mail"
    have = "have" if len(waiting) > 1 else "has"
    yield CheckResult(
        check="loop.open_mail",
        severity=Severity.MEDIUM,
        message=f"{other} of this thread {have} not left yet: {ids}",
        evidence=(evidence(facts, "history", f"threads[{draft.thread.id}].waiting", ids),),
    )


CHECK = Check(
    id="loop.open_mail",
    severities=(Severity.MEDIUM,),
    when="an earlier draft of the same thread still waits for a person or for its time",
    run=open_mail,
)
