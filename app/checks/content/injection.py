"""Words that are meant for a language model, seen or hidden, and what one says when it hands over a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.blobs import blobs
from app.checks.content.machine_orders import HANDED_OVER, HANDED_STEMS, ORDER_STEMS, ORDERS
from app.checks.content.machine_words import (
    CHATTER,
    CHATTER_STEMS,
    EXCUSE_STEMS,
    EXCUSES,
    INSTRUCTION_STEMS,
    INSTRUCTIONS,
    LANGUAGE_STEMS,
    MARKUP,
    MARKUP_STEMS,
    OPENING,
    OTHER_LANGUAGES,
    SUBJECT_LINE,
    SUBJECT_STEMS,
    TEMPLATE_LABEL,
    TEMPLATE_STEMS,
)
from app.checks.content.passages import Stretch, search, shown, told, written_and_signed
from app.checks.content.removal import without_line, without_sentence
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_ADDRESSED = "This is addressed to a language model, not to the reader"
_FOR_EVER = (
    (INSTRUCTIONS, INSTRUCTION_STEMS, _ADDRESSED),
    (ORDERS, ORDER_STEMS, _ADDRESSED),
    (OTHER_LANGUAGES, LANGUAGE_STEMS, _ADDRESSED),
    (MARKUP, MARKUP_STEMS, "These are the marks of a language model's conversation"),
    (EXCUSES, EXCUSE_STEMS, "A language model speaks of itself here"),
)
_LABELS_OF_A_PROMPT = 2
_TOP_LINES = 3
_HEADER = compiled(r"^.*\b(?:from|sent|date|cc)[ ]?:", re.IGNORECASE | re.MULTILINE)
"""Where the subject is one of an older mail's."""


def injection(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """What no reader may see blocks; a machine's words around its draft need only be cut off. Each is told once."""
    taken: list[tuple[int, int]] = []
    for result in _found(list(written_and_signed(draft, findings)), facts):
        if not any(start < end_of and start_of < end for start, end in result.spans for start_of, end_of in taken):
            taken += result.spans
            yield result


def _found(stretches: list[Stretch], facts: Facts) -> Iterator[CheckResult]:
    """The gravest first."""
    for pattern, needs, says in _FOR_EVER:
        for stretch, match in search(pattern, stretches, needs):
            yield _result(Severity.BLOCK, says, stretch, match.span(), facts)
    yield from _chatter(stretches, facts)
    yield from _headers(stretches, facts)
    for stretch in stretches:
        yield from _prompt(stretch, facts)
        yield from _blobs(stretch, facts)


def _chatter(stretches: list[Stretch], facts: Facts) -> Iterator[CheckResult]:
    says = "The writing machine speaks to whoever ordered the draft"
    for stretch in stretches:
        opening = OPENING.match(stretch.text, stretch.start, _first_line_end(stretch))
        if opening and _lines_above(stretch, opening.start()) == 0:
            yield _result(
                Severity.HIGH, says, stretch, opening.span(), facts, suggestion=_cut(stretch, opening.span())
            )
    for stretch, match in (
        *search(CHATTER, stretches, CHATTER_STEMS),
        *search(HANDED_OVER, stretches, HANDED_STEMS),
    ):
        yield _result(Severity.HIGH, says, stretch, match.span(), facts, suggestion=_cut(stretch, match.span()))


def _first_line_end(stretch: Stretch) -> int:
    return stretch.line(stretch.start)[1]


def _cut(stretch: Stretch, span: tuple[int, int]) -> Suggestion | None:
    why = "the mail is complete without it"
    line = stretch.line(span[0])
    is_whole_line = not (
        stretch.text[line[0] : span[0]] + stretch.text[span[1] : stretch.line(span[1] - 1)[1]]
    ).strip()
    return (without_line if is_whole_line else without_sentence)(stretch, *span, why)


def _headers(stretches: list[Stretch], facts: Facts) -> Iterator[CheckResult]:
    """A subject line at the top of the text; further down it is a word like another."""
    for stretch, match in search(SUBJECT_LINE, stretches, SUBJECT_STEMS):
        above = stretch.text[: match.start()]
        if _lines_above(stretch, match.start()) < _TOP_LINES and not (stretch.is_subject or _HEADER.search(above)):
            cut = without_line(stretch, *match.span(), "the subject has a line of its own")
            yield _result(
                Severity.HIGH, "A subject line stands in the text", stretch, match.span(), facts, suggestion=cut
            )


def _lines_above(stretch: Stretch, at: int) -> int:
    return sum(1 for line in stretch.text[:at].splitlines() if line.strip())


def _prompt(stretch: Stretch, facts: Facts) -> Iterator[CheckResult]:
    labels = [match for _, match in search(TEMPLATE_LABEL, [stretch], TEMPLATE_STEMS)]
    names = {match[0].partition(":")[0].strip(" -*#\t").casefold() for match in labels}
    if len(names) > _LABELS_OF_A_PROMPT or (
        len(names) == _LABELS_OF_A_PROMPT and names & {"tone", "audience", "persona"}
    ):
        span = (labels[0].start(), labels[-1].end())
        yield _result(Severity.BLOCK, "An order to a language model stands in the text", stretch, span, facts)


def _blobs(stretch: Stretch, facts: Facts) -> Iterator[CheckResult]:
    for blob in blobs(stretch):
        span = (blob.start, blob.end)
        if any(pattern.search(blob.words) for pattern, _, _ in _FOR_EVER):
            yield _result(Severity.BLOCK, f"{_ADDRESSED}, in base64", stretch, span, facts)
        elif blob.is_long:
            yield _result(Severity.HIGH, "A run of base64 stands in the text", stretch, span, facts)


def _result(
    severity: Severity,
    says: str,
    stretch: Stretch,
    span: tuple[int, int],
    facts: Facts,
    *,
    suggestion: Suggestion | None = None,
) -> CheckResult:
    passage = stretch.passage(*span)
    message = f"{says}: “{shown(passage.text)}”"
    return told("content.injection", severity, message, passage, facts, suggestion=suggestion)


CHECK = Check(
    id="content.injection",
    severities=(Severity.BLOCK, Severity.HIGH),
    when="the mail speaks to a language model or holds its markup; high for a model's words around its draft",
    run=injection,
)
