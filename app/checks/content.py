"""Checks of what stands in the text: hidden words, instructions to a model, blanks left unfilled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from app.checks.leftovers import INJECTION, PLACEHOLDER, UNDECIDED, Leftover, search
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings, HiddenText, Kind

_HOW = {
    "display_none": "display: none",
    "visibility_hidden": "visibility: hidden",
    "zero_size": "letters of no size",
    "transparent": "transparent letters",
    "same_colour": "letters in the colour of their background",
    "off_screen": "a place off the screen",
    "comment": "an HTML comment",
    "zero_width": "characters of no width",
    "look_alike": "letters of another alphabet that look Latin",
}
_WORD = re.compile(r"[^\W_]+")
_DIFFERENT_WORDS = 3
"""How many words the plain part may have that the HTML part does not: a link spelled out, a bullet's number."""
_SHOWN = 60
"""Characters of a passage that a message quotes."""


def hidden_text(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Text that is in the mail and that its reader cannot see; one result for each way of hiding."""
    by_way: dict[str, list[HiddenText]] = {}
    for hidden in findings.hidden:
        by_way.setdefault(hidden.how, []).append(hidden)
    for how, passages in by_way.items():
        first = _shown(passages[0].text)
        quoted = f": “{first}”" if first else ""
        yield CheckResult(
            check="content.hidden_text",
            severity=Severity.BLOCK,
            message=f"The mail hides text in {_HOW.get(how, how)}{quoted}",
            spans=tuple((hidden.start, hidden.end) for hidden in passages),
            evidence=(_quoted("hidden", passages[0].text, facts),),
        )


def injection(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Words that are meant for a language model, seen or hidden."""
    for found in search(INJECTION, draft, findings):
        says = f"This is addressed to a language model, not to the reader: “{_shown(found.text)}”"
        yield _result("content.injection", Severity.BLOCK, says, found, facts)


def placeholder(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A blank that was never filled in. A TBD may be meant."""
    for pattern, severity in ((PLACEHOLDER, Severity.HIGH), (UNDECIDED, Severity.LOW)):
        for found in search(pattern, draft, findings):
            says = f"“{_shown(found.text)}” was never filled in"
            yield _result("content.placeholder", severity, says, found, facts)


def subject(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A promise in the subject line, where no other check looks. A meeting that the body names is looked at there."""
    met = {c.due_day for c in findings.commitments if c.kind is Kind.MEETING and c.due_day}
    for promise in findings.subject:
        if promise.kind is Kind.MEETING and promise.due_day in met:
            continue
        yield CheckResult(
            check="content.subject",
            severity=Severity.MEDIUM,
            message=f"The subject itself promises: “{_shown(promise.text)}”",
            evidence=(_quoted("subject", draft.subject, facts),),
        )


def parts_differ(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A mail with two bodies whose plain one says more than the HTML one, which is the one that was read here."""
    if draft.html is None or not draft.text.strip():
        return
    rendered = Counter(_words(findings.text))
    extra = [word for word, count in (Counter(_words(draft.text)) - rendered).items() for _ in range(count)]
    if len(extra) > _DIFFERENT_WORDS:
        quoted = _shown(" ".join(extra))
        yield CheckResult(
            check="content.parts_differ",
            severity=Severity.HIGH,
            message=f"The plain-text part says what the HTML part does not: “{quoted}”",
            evidence=(_quoted("text", quoted, facts),),
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _result(check: str, severity: Severity, message: str, found: Leftover, facts: Facts) -> CheckResult:
    field = "text" if found.span else "subject"
    return CheckResult(
        check=check,
        severity=severity,
        message=message if found.span else f"{message}, in the subject",
        spans=(found.span,) if found.span else (),
        evidence=(_quoted(field, found.text, facts),),
    )


def _quoted(field: str, passage: str, facts: Facts) -> Evidence:
    return Evidence(source="draft", field=field, value=_shown(passage), as_of=facts.now)


def _shown(passage: str) -> str:
    visible = " ".join("".join(c for c in passage if c.isprintable() or c.isspace()).split())
    return visible if len(visible) <= _SHOWN else visible[:_SHOWN] + "…"
