"""The mail says that it carries a file, and does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.checks.check import Check
from app.checks.documents.carried import claims_of, customer_words, files_of
from app.checks.documents.claimed import Wanted
from app.checks.documents.filematch import could_be, why_not
from app.checks.documents.filenames import ARCHIVES, NamedFile
from app.checks.documents.mentions import Mention
from app.checks.documents.shelf import match
from app.checks.results import evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Document, Facts
from app.core.findings import Findings

_MOST_NAMED = 4
"""Files that a message goes through one by one; the evidence has them all."""


def missing(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Each document spoken of takes the files that fit it best; one that is left short is reported."""
    files, customers = files_of(draft, facts), customer_words(facts)
    left = [file for file in files if file.ornament is None]
    claims = [(w, [file for file in files if not why_not(w, file, customers)]) for w in claims_of(findings)]
    # What is surely one document stands for no other.
    for wanted, sure in sorted(claims, key=lambda claim: (claim[0].is_unnamed, not claim[1])):
        fitting = list(sure)
        if not _are_enough(fitting, wanted):
            possible = sorted((f for f in left if could_be(wanted, f)), key=lambda f: not f.says_nothing)
            fitting += [file for file in possible if file not in fitting][: wanted.count - len(fitting)]
        if not wanted.is_unnamed:
            left = [file for file in left if file not in fitting]
        if not _are_enough(fitting, wanted):
            yield _missing(wanted, fitting, files, facts)


def _are_enough(fitting: Sequence[NamedFile], wanted: Wanted) -> bool:
    """One archive may hold them all."""
    return len(fitting) >= wanted.count or any(file.suffix in ARCHIVES for file in fitting)


def _missing(wanted: Wanted, fitting: Sequence[NamedFile], files: Sequence[NamedFile], facts: Facts) -> CheckResult:
    what = wanted.phrase if wanted.words or wanted.names or wanted.forms else "a file"
    document = match(Mention(name=what, statement=None), facts) if wanted.words else None
    reasons = [(file.name, _role(wanted, file, fitting, facts)) for file in files]
    if fitting:
        rest = f"only {len(fitting)} of {wanted.count} files can be that"
    elif files:
        rest = "nothing attached is that: " + "; ".join(f"{name}, {why}" for name, why in reasons[:_MOST_NAMED])
    else:
        rest = "nothing is attached"
    advice = f"attach {document.file} from the library" if document else "attach it"
    return CheckResult(
        check="attachment.missing",
        severity=Severity.HIGH,
        message=f"The mail says that it carries {what}, but {rest}. Please {advice}, or take the words out",
        spans=((wanted.claim.start, wanted.claim.end),),
        evidence=(*_carried(reasons, facts), *_on_the_shelf(document, facts)),
    )


def _role(wanted: Wanted, file: NamedFile, fitting: Sequence[NamedFile], facts: Facts) -> str:
    if file in fitting:
        return "it can be that"
    return why_not(wanted, file, customer_words(facts)) or "it stands for something else"


def _carried(reasons: Sequence[tuple[str, str]], facts: Facts) -> Iterator[Evidence]:
    for name, why in reasons or [("none", "")]:
        yield Evidence(source="draft", field="attachments", value=f"{name}: {why}" if why else name, as_of=facts.now)


def _on_the_shelf(document: Document | None, facts: Facts) -> Iterator[Evidence]:
    if document is not None:
        yield evidence(facts, "library", f"{document.file}.title", document.title)


CHECK = Check(
    id="attachment.missing",
    severities=(Severity.HIGH,),
    when="the mail says that it carries a file and does not",
    run=missing,
)
