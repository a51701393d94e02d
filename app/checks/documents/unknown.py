"""A document is promised, or said to be attached, that one would look for in the library and that is not in it."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.documents.carried import claims_of, customer_words, files_of
from app.checks.documents.claimed import Wanted
from app.checks.documents.filematch import could_be, why_not
from app.checks.documents.filenames import NamedFile
from app.checks.documents.mentions import Mention, mentions
from app.checks.documents.older_version import newer
from app.checks.documents.other_customer import files_of_others, phrases_of_others
from app.checks.documents.shelf import match, nearest
from app.checks.documents.uses import bare, instead
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def unknown(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document of the kind that comes from a library, and that is not in it."""
    for mention in mentions(draft, findings):
        if not mention.comes_from_library(facts) or match(mention, facts) is not None:
            continue
        if newer(mention, None, facts):
            # The library has had it: that it is an older one is another check's to say.
            continue
        if _is_accounted_for(mention, draft, findings, facts):
            continue
        similar = nearest(mention, facts)
        hint = f"; the nearest it has is {similar.title}" if similar else ""
        yield CheckResult(
            check="document.unknown",
            severity=Severity.HIGH,
            message=f"The library has no “{bare(mention.name)}”{hint}",
            spans=(mention.statement,) if mention.statement else (),
            evidence=(evidence(facts, "library", "titles", f"{len(facts.library)} documents, none of that name"),),
            suggestion=instead(mention, similar),
        )


def _is_accounted_for(mention: Mention, draft: Draft, findings: Findings, facts: Facts) -> bool:
    """Whether it is there as a library file of another name, or is another customer's: one fault, one id."""
    if any(other == mention for other, _ in phrases_of_others(draft, findings, facts)):
        return True
    wanted = [claim for claim in claims_of(findings) if mention.name in claim.phrase]
    if not wanted or not draft.attachments:
        return False
    customers, others = customer_words(facts), {file.sha256 for file in files_of_others(draft, facts)}
    return any(
        _stands_for(claim, file, customers, others, facts) for claim in wanted for file in files_of(draft, facts)
    )


def _stands_for(claim: Wanted, file: NamedFile, customers: frozenset[str], others: set[str], facts: Facts) -> bool:
    if file.file.sha256 in others:
        return could_be(claim, file) or not why_not(claim, file, customers)
    return match(Mention.of(file.file), facts) is not None and not why_not(claim, file, customers)


CHECK = Check(
    id="document.unknown",
    severities=(Severity.HIGH,),
    when="a document is promised or said to be attached that the library does not have",
    run=unknown,
    needs=("library",),
)
