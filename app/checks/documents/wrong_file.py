"""The file that fits what the mail speaks of is another version of it."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.documents.carried import claims_of, customer_words, files_of
from app.checks.documents.filematch import why_not
from app.checks.documents.filenames import disagreement
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def wrong_file(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A file whose name gives another version, date or state than the mail speaks of."""
    files, customers = [file for file in files_of(draft, facts) if file.ornament is None], customer_words(facts)
    for wanted in claims_of(findings):
        fitting = [file for file in files if not why_not(wanted, file, customers)]
        differences = [how for file in fitting if (how := disagreement(wanted.phrase, file.readable))]
        if not fitting or len(differences) < len(fitting):
            continue
        value = f"{fitting[0].name}: {differences[0]}"
        yield CheckResult(
            check="attachment.wrong_file",
            severity=Severity.MEDIUM,
            message=(
                f"The mail speaks of {wanted.phrase}, but {fitting[0].name} has {differences[0]};"
                " attach the right file, or name this one"
            ),
            spans=((wanted.claim.start, wanted.claim.end),),
            evidence=(Evidence(source="draft", field="attachments", value=value, as_of=facts.now),),
        )


CHECK = Check(
    id="attachment.wrong_file",
    severities=(Severity.MEDIUM,),
    when="a file's name gives another version, date or state than the mail speaks of",
    run=wrong_file,
)
