"""Passages of a draft: where to look for them, and how to tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.checks.content.masking import without_secrets
from app.checks.content.scanning import Stems, flowing, holding
from app.checks.once import once
from app.checks.results import is_own_domain
from app.checks.turns import Sought, may_match
from app.core.checks import CheckResult, Evidence, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.authored.page import Page
from extractors.authored.quotes import drop_older_mail
from extractors.lazily import compiled

SHOWN = 60
"""Characters of a passage that a message quotes."""
_CODE = compiled(r"(?<!`)`[^`\n]+`(?!`)")
"""What is quoted as code is the subject of the mail and not its making."""
_ABBREVIATION = compiled(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|Corp|vs|approx|e\.g|i\.e)\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 8
_END = compiled(r"[.!?]+[\"'”’)\]]*(?=\s)|\n\s*\n|\n(?=\s*(?:[-*•–]|\d{1,2}[.)])\s)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A passage that a check has found. `span` is its place in the findings' text; None for the subject."""

    text: str
    span: tuple[int, int] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of the mail to look through: characters `start` to `end` of `text`, whose sentences flow."""

    text: str
    start: int
    end: int
    is_subject: bool = False

    def passage(self, start: int, end: int) -> Passage:
        """The characters from `start` to `end` of the text."""
        return Passage(text=self.text[start:end].strip(), span=None if self.is_subject else (start, end))

    def before(self, at: int, characters: int) -> str:
        """What stands directly before a place, as far as the stretch goes."""
        return self.text[max(self.start, at - characters) : at]

    def after(self, at: int, characters: int) -> str:
        """What stands directly behind a place, as far as the stretch goes."""
        return self.text[at : min(self.end, at + characters)]

    def line(self, at: int) -> tuple[int, int]:
        """The line in which a place lies."""
        end = self.text.find("\n", at, self.end)
        return self.text.rfind("\n", self.start, at) + 1 or self.start, self.end if end < 0 else end

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence in which a place lies."""
        for start, end in self.sentences():
            if at < end:
                return start, end
        return self.start, self.end

    def sentences(self) -> tuple[tuple[int, int], ...]:
        """All its sentences, in order; the white space behind each belongs to none."""
        return _sentences(self.text, self.start, self.end)


@once
def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(start, match.end() - _LONGEST_ABBREVIATION), match.end()):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    if words.strip():
        yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())


@once
def written(draft: Draft, findings: Findings) -> Iterator[Stretch]:
    """What the sender newly wrote, what is hidden, and the subject."""
    yield from _stretches(findings.text, [*findings.authored, *((h.start, h.end) for h in findings.hidden)])
    yield from _subject(draft)


@once
def written_and_signed(draft: Draft, findings: Findings) -> Iterator[Stretch]:
    """The same with signature and small print: all that is not older mail."""
    hidden = ((h.start, h.end) for h in findings.hidden)
    yield from _stretches(findings.text, [*findings.authored, *_without_older_mail(findings.text), *hidden])
    yield from _subject(draft)


def _stretches(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Stretch]:
    for start, end in _joined(spans):
        line = text.rfind("\n", 0, start) + 1
        begins_line = not text[line:start].strip()
        yield Stretch(text=flowing(text), start=line if begins_line else start, end=end)


@lru_cache(maxsize=64)
def _without_older_mail(text: str) -> tuple[tuple[int, int], ...]:
    page = Page(text)
    drop_older_mail(page)
    for index, line in enumerate(page.stripped):
        if line.startswith(">"):
            page.drop(index, index + 1)
    return page.spans()


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def _subject(draft: Draft) -> Iterator[Stretch]:
    if draft.subject.strip():
        yield Stretch(text=draft.subject, start=0, end=len(draft.subject), is_subject=True)


def search(
    pattern: Sought, stretches: Iterable[Stretch], needs: Stems, *, lines: int = 1
) -> Iterator[tuple[Stretch, re.Match[str]]]:
    """Every place in the stretches that the pattern fits, save what is quoted as code.

    Only lines that hold one of the stems are looked at, each with those behind it that `lines` says.
    """
    for stretch in stretches:
        if not may_match(pattern, stretch.text[stretch.start : stretch.end]):
            continue
        for start, end in holding(stretch.text, stretch.start, stretch.end, needs, lines=lines):
            for match in pattern.finditer(stretch.text, start, end):
                if match[0].strip() and not _is_code(stretch.text, start, end, match.start()):
                    yield stretch, match


def _is_code(text: str, start: int, end: int, at: int) -> bool:
    return any(code.start() <= at < code.end() for code in _CODE.finditer(text, start, end))


def leaves_the_house(facts: Facts) -> bool:
    """Whether anybody reads the mail who is not on our side."""
    return any(r.colleague is None and not is_own_domain(r.email, facts) for r in facts.recipients)


def told(
    check: str,
    severity: Severity,
    message: str,
    passage: Passage,
    facts: Facts,
    *,
    value: str | None = None,
    more: tuple[Evidence, ...] = (),
    suggestion: Suggestion | None = None,
) -> CheckResult:
    """A result about one passage. `value` is what the evidence keeps, where that is not the passage itself."""
    field = "text" if passage.span else "subject"
    return CheckResult(
        check=check,
        severity=severity,
        message=message if passage.span else f"{message}, in the subject",
        spans=(passage.span,) if passage.span else (),
        evidence=(quoted(field, passage.text if value is None else value, facts), *more),
        suggestion=suggestion if passage.span else None,
    )


def quoted(field: str, passage: str, facts: Facts) -> Evidence:
    """Words of the draft as evidence."""
    return Evidence(source="draft", field=field, value=shown(passage), as_of=facts.now)


def shown(passage: str) -> str:
    """A passage as a message may quote it: in one line, not too long, and without the secrets in it."""
    visible = " ".join("".join(c for c in without_secrets(passage) if c.isprintable() or c.isspace()).split())
    return visible if len(visible) <= SHOWN else visible[:SHOWN] + "…"
