"""Checks that the files which a mail speaks of are there, and that they are the right ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.checks.claimed import Wanted, wanted_of
from app.checks.filematch import could_be, why_not
from app.checks.filenames import ARCHIVES, NamedFile, disagreement, tokens
from app.checks.mentions import Mention
from app.checks.results import evidence
from app.checks.shelf import match
from app.checks.words import content_words
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Document, Facts
from app.core.findings import Findings

_MOST_NAMED = 4
"""Files that a message goes through one by one; the evidence has them all."""
_BEHIND = 30
"""Characters behind a claim that may still say the form of its file."""


def missing(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Each document spoken of takes the files that fit it best; one that is left short is reported."""
    files, customers = _files(draft, facts), _own_names(facts)
    left = [file for file in files if file.ornament is None]
    for wanted in _wanted(findings):
        fitting = [file for file in files if not why_not(wanted, file, customers)]
        if not _are_enough(fitting, wanted):
            possible = sorted((f for f in left if could_be(wanted, f)), key=lambda f: not f.says_nothing)
            fitting += [file for file in possible if file not in fitting][: wanted.count - len(fitting)]
        if not wanted.is_unnamed:
            left = [file for file in left if file not in fitting]
        if not _are_enough(fitting, wanted):
            yield _missing(wanted, fitting, files, facts)


def wrong_file(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A file whose name gives another customer, or another version than the one that the mail speaks of."""
    files, customers = [file for file in _files(draft, facts) if file.ornament is None], _own_names(facts)
    for file in files:
        if stranger := _stranger(file, facts):
            message = f"{file.name} bears the name of another customer, {stranger}; look into it before it goes out"
            yield _doubtful(message, f"{file.name}: named after {stranger}", (), facts)
    for wanted in _wanted(findings):
        fitting = [file for file in files if not why_not(wanted, file, customers)]
        differences = [how for file in fitting if (how := disagreement(wanted.phrase, file.readable))]
        if fitting and len(differences) == len(fitting):
            message = (
                f"The mail speaks of {wanted.phrase}, but {fitting[0].name} has {differences[0]};"
                " attach the right file, or name this one"
            )
            span = (wanted.claim.start, wanted.claim.end)
            yield _doubtful(message, f"{fitting[0].name}: {differences[0]}", (span,), facts)


def _files(draft: Draft, facts: Facts) -> list[NamedFile]:
    """The attachments; those that have a library document's file name go by its title too."""
    titles = {document.file.rpartition("/")[2].casefold(): document.title for document in facts.library}
    return [NamedFile(file=file, title=titles.get(file.filename.casefold(), "")) for file in draft.attachments]


def _wanted(findings: Findings) -> list[Wanted]:
    """Every document that is claimed, those that are named before those that any file could be."""
    claimed = [w for c in findings.attachments for w in wanted_of(c, findings.text[c.end : c.end + _BEHIND])]
    return sorted(claimed, key=lambda wanted: wanted.is_unnamed)


def _are_enough(fitting: Sequence[NamedFile], wanted: Wanted) -> bool:
    """One archive may hold them all."""
    return len(fitting) >= wanted.count or any(file.suffix in ARCHIVES for file in fitting)


def _own_names(facts: Facts) -> frozenset[str]:
    parties = [facts.account, *(recipient.contact for recipient in facts.recipients)]
    return content_words(" ".join(party.name for party in parties if party))


def _stranger(file: NamedFile, facts: Facts) -> str | None:
    """Another customer whom the file's name gives. What the library has is judged by what the library says of it."""
    if facts.account is None or match(Mention(name=file.name, statement=None, attached_as=file.name), facts):
        return None
    words = tokens(file.readable)
    written = {*words, *(one + other for one, other in pairwise(words))} - set(tokens(facts.account.name))
    for key, name, labels in _other_customers(facts):
        if not written.isdisjoint(labels | {"".join(tokens(key))}) or set(tokens(name)) <= set(words):
            return name
    return None


def _other_customers(facts: Facts) -> Iterator[tuple[str, str, frozenset[str]]]:
    """(id, name, first words of the domains) of every customer known here but the mail's own."""
    own = facts.account.id if facts.account else None
    for account in facts.accounts.values():
        if account.id != own:
            yield account.id, account.name, frozenset(domain.partition(".")[0].lower() for domain in account.domains)
    for customer in dict.fromkeys(document.customer for document in facts.library):
        if customer and customer != own and customer not in facts.accounts:
            yield customer, customer, frozenset()


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
    return why_not(wanted, file, _own_names(facts)) or "it stands for something else"


def _carried(reasons: Sequence[tuple[str, str]], facts: Facts) -> Iterator[Evidence]:
    for name, why in reasons or [("none", "")]:
        yield Evidence(source="draft", field="attachments", value=f"{name}: {why}" if why else name, as_of=facts.now)


def _on_the_shelf(document: Document | None, facts: Facts) -> Iterator[Evidence]:
    if document is not None:
        yield evidence(facts, "library", f"{document.file}.title", document.title)


def _doubtful(message: str, value: str, spans: tuple[tuple[int, int], ...], facts: Facts) -> CheckResult:
    return CheckResult(
        check="attachment.wrong_file",
        severity=Severity.MEDIUM,
        message=message,
        spans=spans,
        evidence=(Evidence(source="draft", field="attachments", value=value, as_of=facts.now),),
    )
