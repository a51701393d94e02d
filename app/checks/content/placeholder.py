"""A blank that was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.blanks import (
    BARE_GREETING,
    BUTTON,
    GREETING_STEMS,
    KEY,
    PLACEHOLDER,
    PLACEHOLDER_STEMS,
    PRESSED,
    TALKED_OF_AFTER,
    TALKED_OF_BEFORE,
    UNDECIDED,
    UNDECIDED_STEMS,
)
from app.checks.content.filling import filling
from app.checks.content.passages import Stretch, search, shown, told, written_and_signed
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_PATTERNS = (
    (PLACEHOLDER, PLACEHOLDER_STEMS, Severity.HIGH),
    (BARE_GREETING, GREETING_STEMS, Severity.HIGH),
    (UNDECIDED, UNDECIDED_STEMS, Severity.LOW),
)


def placeholder(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Blanks of the signature count too. A TBD may be meant."""
    stretches = list(written_and_signed(draft, findings))
    for pattern, needs, severity in _PATTERNS:
        for stretch, match in search(pattern, stretches, needs):
            if severity is Severity.HIGH and _is_talked_of(stretch, match):
                continue
            start, end = _trimmed(match)
            passage = stretch.passage(start, end)
            yield told(
                "content.placeholder",
                severity,
                f"“{shown(passage.text)}” was never filled in",
                passage,
                facts,
                suggestion=filling((start, end), stretch, draft, facts) if severity is Severity.HIGH else None,
            )


_SENTENCE = compiled(r"[a-z][.!?]\s*\]$")
"""An aside in brackets, and no blank."""


def _is_talked_of(stretch: Stretch, match: re.Match[str]) -> bool:
    """Whether the mail explains a placeholder, or names a key to press, instead of having a blank."""
    after, before = stretch.after(match.end(), 40), stretch.before(match.start(), 40)
    said = match[0].strip()
    if said.startswith("[") and _is_within_quotes(stretch.text[stretch.line(match.start())[0] : match.start()]):
        return True
    if KEY.fullmatch(said) or (BUTTON.fullmatch(said) and PRESSED.search(before)) or _SENTENCE.search(said):
        return True
    return bool(TALKED_OF_AFTER.match(after) or TALKED_OF_BEFORE.search(before))


def _is_within_quotes(before: str) -> bool:
    """Whether an editor's insertion is meant: “we [the drivers] love it”."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    words = match[0]
    return match.start() + len(words) - len(words.lstrip()), match.start() + len(words.rstrip())


CHECK = Check(
    id="content.placeholder",
    severities=(Severity.HIGH, Severity.LOW),
    when="a blank was left unfilled; low for a TBD",
    run=placeholder,
)
