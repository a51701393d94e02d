"""The documents of the library that a draft means, and the results that one gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.documents.mentions import Mention, mentions
from app.checks.documents.shelf import match, nearest
from app.checks.documents.spoken import spoken
from app.checks.once import once
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Document, Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_DETERMINER = compiled(r"(?:(?P<kept>the|our)|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A document of the library, and where the draft speaks of it or carries it."""

    document: Document
    mention: Mention
    facts: Facts

    def result(self, check: str, severity: Severity, message: str, *, field: str) -> CheckResult:
        """What a check has to say of the document, by the field of the library's entry that it rests on."""
        value = getattr(self.document, field)
        return CheckResult(
            check=check,
            severity=severity,
            message=message,
            spans=(self.mention.statement,) if self.mention.statement else (),
            evidence=(evidence(self.facts, "library", f"{self.document.file}.{field}", value),),
            suggestion=instead(self.mention, nearest(self.mention, self.facts)),
        )


@once
def uses(draft: Draft, findings: Findings, facts: Facts) -> Iterator[Use]:
    """Each document of the library that is meant, once; words come before files."""
    seen: set[str] = set()
    for mention in mentions(draft, findings):
        document = match(mention, facts)
        if document is not None and document.file not in seen:
            seen.add(document.file)
            yield Use(document=document, mention=mention, facts=facts)
    for mention, document in spoken(findings, facts):
        if document.file not in seen:
            seen.add(document.file)
            yield Use(document=document, mention=mention, facts=facts)


def instead(mention: Mention, document: Document | None) -> Suggestion | None:
    """Another document's title in place of the words of the mention, with its determiner."""
    if document is None or mention.phrase is None:
        return None
    determiner = _DETERMINER.match(mention.name)
    article = (determiner["kept"] or "the") + " " if determiner else ""
    return Suggestion(
        start=mention.phrase[0],
        end=mention.phrase[1],
        replacement=f"{article}{document.title}",
        why=f"{document.title} is in the library and may be shared with them",
    )


def bare(name: str) -> str:
    """The noun phrase without its determiner."""
    return _DETERMINER.sub("", name, count=1) if _DETERMINER.match(name) else name
