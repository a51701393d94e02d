"""An older version than the library's is promised, said to be attached, or attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.checks.check import Check
from app.checks.documents.editions import (
    Edition,
    edition_of,
    edition_of_document,
    families_of,
    family_of,
    spaced,
    without_edition,
)
from app.checks.documents.editions_said import bare_editions
from app.checks.documents.mentions import Mention, mentions
from app.checks.documents.shelf import is_fit, match
from app.checks.documents.uses import instead
from app.checks.results import evidence
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Document, Facts, FileText
from app.core.findings import Findings
from extractors.lazily import compiled

_HEAD = 600
_LONGEST_TITLE = 60
_SAYS_VERSION = compiled(
    r"^\W*(?:(?P<title>.{0,60})\s)?(?:version|revision|rev\.?|v)[ :.]*(?P<closing>\d{1,3}(?:\.\d{1,3}){0,2})\W*$"
    r"|^\W*(?:document )?(?:version|revision)[ :.]*(?P<leading>\d{1,3}(?:\.\d{1,3}){0,2})\b",
    re.IGNORECASE | re.MULTILINE,
)
_TITLED = compiled(
    r"\W*(?P<title>.{3,60}?)\W{1,3}(?:version|revision|rev\.?|v)[ :.]*(?P<version>\d{1,3}(?:\.\d{1,3}){0,2})\b",
    re.IGNORECASE,
)
_OVER = compiled(
    r"\b(?:superseded|obsolete|out of date|outdated|no longer valid|withdrawn|replaced by (?:version|the))\b",
    re.IGNORECASE,
)
"""What a document says in its first lines when it is not to be used any more."""


def older_version(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """By version or date in the words, the file's name, first lines or title; or by the bytes of an older entry."""
    read = {file.sha256: file for file in facts.files}
    seen: set[str] = set()
    for mention in (*mentions(draft, findings), *bare_editions(findings, facts)):
        found = newer(mention, read.get(mention.sha256 or ""), facts)
        if found is not None and found[0].file not in seen:
            seen.add(found[0].file)
            yield _result(mention, *found, facts)


def newer(mention: Mention, text: FileText | None, facts: Facts) -> tuple[Document, str] | None:
    """The library's newer document, and what the older one is; None where nothing says that it is older."""
    named = spaced(mention.attached_as) if mention.attached_as else mention.name
    held = next((d for d in facts.library if mention.sha256 and d.sha256 == mention.sha256), None)
    entitled = family_of(text.text.partition("\n")[0][:_LONGEST_TITLE]) if text else frozenset()
    newest = _newest(mention, {family_of(named), entitled} if not held else set(families_of(held)), facts)
    if newest is None:
        return None
    latest = edition_of_document(newest)
    # A name that says it is old misleads its reader, whatever the bytes.
    editions = [edition_of(named), edition_of_document(held) if held else Edition()]
    if text is not None and held is None:
        editions += _said(text, newest)
    older = next((edition for edition in editions if edition.is_older_than(latest)), None)
    if older is not None:
        return newest, str(older)
    # Other bytes alone prove nothing: the same edition is exported twice, or saved anew.
    if text is not None and held is None and _OVER.search(text.text[:_HEAD]):
        return newest, "marked as out of date"
    return None


def _newest(mention: Mention, families: set[frozenset[str]], facts: Facts) -> Document | None:
    """The newest edition of the same document that may go to these readers."""
    day = max(mention.day or today(facts), today(facts))
    if mention.attached_as is None:
        meant = match(replace(mention, name=without_edition(mention.name)), facts)
        families |= set(families_of(meant)) if meant else set()
    families.discard(frozenset())
    kin = [d for d in facts.library if is_fit(d, day, facts) and not families.isdisjoint(families_of(d))]
    best: Document | None = None
    for document in kin:
        if best is None or edition_of_document(best).is_older_than(edition_of_document(document)):
            best = document
    return best


def _said(text: FileText, document: Document) -> list[Edition]:
    """The editions that a file gives itself: in its first lines, and in a title that is the document's."""
    families = families_of(document) | {frozenset(), frozenset({"document"})}
    said = [
        edition_of(f"v{found['closing'] or found['leading']}")
        for found in _SAYS_VERSION.finditer(text.text[:_HEAD])
        # "We support TLS version 1.2" is not about itself.
        if family_of(found["title"] or "") in families
    ][:1]
    titles = (text.text.partition("\n")[0][:_LONGEST_TITLE], text.properties.get("title", "")[:_LONGEST_TITLE])
    if (first := _TITLED.match(text.text)) and family_of(first["title"]) in families_of(document):
        said.append(edition_of(f"v{first['version']}"))
    return said + [edition_of(title) for title in titles if family_of(title) in families_of(document)]


def _result(mention: Mention, newest: Document, older: str, facts: Facts) -> CheckResult:
    edition = edition_of_document(newest)
    has = f"{newest.title}{f' ({edition})' if edition and str(edition) not in newest.title else ''}"
    what = mention.attached_as or f"“{mention.name}”"
    advice = f"attach {newest.file} from the library" if mention.attached_as else "name that one"
    return CheckResult(
        check="document.older_version",
        severity=Severity.MEDIUM,
        message=f"{what} is {older}, and the library has {has}; {advice}",
        spans=(mention.statement,) if mention.statement else (),
        evidence=(evidence(facts, "library", f"{newest.file}.version", edition or newest.sha256 or newest.title),),
        suggestion=instead(mention, newest),
    )


CHECK = Check(
    id="document.older_version",
    severities=(Severity.MEDIUM,),
    when="an older version of a document than the library's is promised, mentioned as attached or attached",
    run=older_version,
    needs=("library",),
)
