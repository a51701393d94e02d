"""A file travels with the mail that cannot be read: what is in it, nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.documents.files import is_the_librarys, readings, told
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def unreadable(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:  # noqa: ARG001 - a check
    """What cannot be read may be anything, so a person has to open it."""
    for attachment, text in readings(draft, facts):
        if text.unreadable and not is_the_librarys(attachment, facts):
            yield CheckResult(
                check="document.unreadable",
                severity=Severity.HIGH,
                message=f"{attachment.filename} {text.unreadable}; open it and see that it may go to them",
                evidence=(told(attachment, "text", text.unreadable, facts),),
            )


CHECK = Check(
    id="document.unreadable",
    severities=(Severity.HIGH,),
    when="an attached file is protected by a password, damaged, or of a kind that cannot be read",
    run=unreadable,
    needs=("files",),
)
