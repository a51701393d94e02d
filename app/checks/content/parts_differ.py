"""A mail with two bodies whose plain one says more than the HTML one, which is the one that was read here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.passages import quoted, shown
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_WORD = compiled(r"[^\W_]+")
_DIFFERENT_WORDS = 3
"""How many words the plain part may have that the HTML part does not: a link spelled out, a bullet's number."""


def parts_differ(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """What the HTML part says more is read anyway."""
    if draft.html is None or not draft.text.strip():
        return
    plain, rendered = Counter(_words(draft.text)), Counter(_words(findings.text))
    extra, missing = list((plain - rendered).elements()), list((rendered - plain).elements())
    other_figure = any(map(str.isdigit, extra)) and any(map(str.isdigit, missing))
    if len(extra) > _DIFFERENT_WORDS or other_figure:
        words = " ".join(extra)
        yield CheckResult(
            check="content.parts_differ",
            severity=Severity.HIGH,
            message=f"The plain-text part says what the HTML part does not: “{shown(words)}”",
            evidence=(quoted("text", words, facts),),
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


CHECK = Check(
    id="content.parts_differ",
    severities=(Severity.HIGH,),
    when="the plain-text part of a mail says what its HTML part does not",
    run=parts_differ,
)
