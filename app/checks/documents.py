"""Checks of documents that a mail promises, speaks of as attached, or carries, against the library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.mentions import Mention, mentions
from app.checks.results import day_name, evidence
from app.checks.shelf import is_expired, match, nearest, strangers
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Document, Facts
from app.core.findings import Findings

_DETERMINER = re.compile(r"(?:(?P<kept>the|our)|an?)\s+", re.IGNORECASE)


def unknown(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document of the kind that comes from a library, and that is not in it."""
    for mention in mentions(draft, findings):
        if not mention.comes_from_library(facts) or match(mention, facts) is not None:
            continue
        similar = nearest(mention, facts)
        hint = f"; the nearest it has is {similar.title}" if similar else ""
        yield CheckResult(
            check="document.unknown",
            severity=Severity.HIGH,
            message=f"The library has no “{_bare(mention.name)}”{hint}",
            spans=(mention.statement,) if mention.statement else (),
            evidence=(evidence(facts, "library", "titles", f"{len(facts.library)} documents, none of that name"),),
            suggestion=_instead(mention, similar),
        )


def not_approved(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document that may not be shared yet."""
    for use in _uses(draft, findings, facts):
        if not use.document.approved:
            message = f"{use.document.title} is not approved for sharing"
            yield use.result("document.not_approved", Severity.HIGH, message, field="approved")


def expired(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document that is out of date, or will be on the day for which it is promised."""
    now = today(facts)
    for use in _uses(draft, findings, facts):
        end = use.document.expires
        if end is not None and is_expired(use.document, max(use.mention.day or now, now)):
            verb = "expired" if end < now else "will expire"
            message = f"{use.document.title} {verb} on {day_name(end, facts)}"
            yield use.result("document.expired", Severity.HIGH, message, field="expires")


def other_customer(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document that was made for one customer and would go to another."""
    for use in _uses(draft, findings, facts):
        if others := strangers(use.document, facts):
            named = [facts.accounts[key].name if key in facts.accounts else key for key in others if key]
            reader = " and ".join(named) or "somebody whom the CRM does not know"
            message = f"{use.document.title} was made for another customer and would go to {reader}"
            yield use.result("document.other_customer", Severity.BLOCK, message, field="customer")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Use:
    """A document of the library, and where the draft speaks of it or carries it."""

    document: Document
    mention: Mention
    facts: Facts

    def result(self, check: str, severity: Severity, message: str, *, field: str) -> CheckResult:
        value = getattr(self.document, field)
        return CheckResult(
            check=check,
            severity=severity,
            message=message,
            spans=(self.mention.statement,) if self.mention.statement else (),
            evidence=(evidence(self.facts, "library", f"{self.document.file}.{field}", value),),
            suggestion=_instead(self.mention, nearest(self.mention, self.facts)),
        )


def _uses(draft: Draft, findings: Findings, facts: Facts) -> Iterator[_Use]:
    """Each document of the library that is meant, once; words come before files."""
    seen: set[str] = set()
    for mention in mentions(draft, findings):
        document = match(mention, facts)
        if document is not None and document.file not in seen:
            seen.add(document.file)
            yield _Use(document=document, mention=mention, facts=facts)


def _instead(mention: Mention, document: Document | None) -> Suggestion | None:
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


def _bare(name: str) -> str:
    return _DETERMINER.sub("", name, count=1) if _DETERMINER.match(name) else name
