"""A draft's text with its findings marked. Drafts are hostile input: everything here ends up escaped.

Offsets count characters of the text, as the findings do; a mark never changes what is between its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.core.assessment import Assessment
from app.core.checks import Suggestion
from app.core.findings import Findings
from app.ui.markup import Html, joined, tag
from extractors.lazily import compiled

# Characters that are not seen themselves but change what is: direction controls, zero-width ones, tags, controls.
# Joiners are part of emoji and of several scripts, so they are shown only between plain letters.
_UNSEEN = compiled(
    "[\u200b\u2060-\u2064\ufeff\u00ad\u180e\u061c\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f"
    "\x00-\x08\x0b-\x1f\x7f-\x9f]|(?<=[A-Za-z0-9])[\u200c-\u200f](?=[A-Za-z0-9])"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A stretch of text to point at. `number` ties it to the reason of the same number, 0 to none."""

    start: int
    end: int
    look: str
    """The CSS class: a severity, `promise` or `hidden`."""
    label: str
    rank: int
    number: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch between two ends of marks, with the marks that cover it, the weightiest first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks_of(assessment: Assessment) -> tuple[Mark, ...]:
    """The marks for a verdict: spans of check results, promises, and text that the reader cannot see."""
    findings = assessment.findings
    results = (
        Mark(
            start=start,
            end=end,
            look=result.severity.value,
            label=f"{result.check}: {result.message}",
            rank=10 + result.severity.rank,
            number=number,
        )
        for number, result in enumerate(assessment.checks, 1)
        for start, end in result.spans
    )
    promises = (
        Mark(start=c.start, end=c.end, look="promise", label=f"{c.strength} {c.kind}: {c.rule}", rank=1)
        for c in findings.commitments
    )
    return (*results, *promises, *_hidden_marks(findings))


def _hidden_marks(findings: Findings) -> tuple[Mark, ...]:
    return tuple(
        Mark(start=h.start, end=h.end, look="hidden", label=f"not seen by the reader: {h.how}", rank=5)
        for h in findings.hidden
    )


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The text cut at every end of a mark, in order and without gaps. Marks outside of the text are clipped."""
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < end:
            starts.setdefault(start, []).append(mark)
            ends.setdefault(end, []).append(mark)
    over: list[Mark] = []
    for start, end in pairwise(sorted({0, len(text), *starts, *ends})):
        over = [mark for mark in over if mark not in ends.get(start, ())] + starts.get(start, [])
        yield Piece(start=start, end=end, marks=tuple(sorted(over, key=lambda mark: -mark.rank)))


def body_html(text: str, marks: Sequence[Mark], authored: Sequence[tuple[int, int]] = ()) -> Html:
    """The text as its reader sees it, marked. What is quoted from others is dimmed, unseen characters are named."""
    quoted = _gaps(authored, len(text)) if authored else ()
    dim = (Mark(start=start, end=end, look="quoted", label="", rank=0) for start, end in quoted)
    last_pieces = {}
    parts = list(pieces(text, (*marks, *dim)))
    for piece in parts:
        last_pieces.update({mark: piece for mark in piece.marks if mark.number})
    shown = [_piece_html(text, piece, numbers=_numbers_ending(piece, last_pieces)) for piece in parts]
    return tag("div", *shown, cls="cs-body", dir="auto")


def changed_html(findings: Findings, changes: Iterable[Suggestion]) -> Html:
    """The text with changes shown in it: the old words struck out, the new ones after them.

    Changes of the same place are the same change; others do not overlap.
    """
    text, hidden = findings.text, _hidden_marks(findings)
    parts: list[str] = []
    at = 0
    for (start, end), new in sorted({(c.start, c.end): c.replacement for c in changes}.items()):
        struck = [tag("del", visible(text[start:end]))] if start < end else []
        parts += [_stretch_html(text, hidden, at, start), *struck, tag("ins", visible(new))]
        at = end
    return tag("div", *parts, _stretch_html(text, hidden, at, len(text)), cls="cs-body", dir="auto")


def _stretch_html(text: str, marks: Iterable[Mark], start: int, end: int) -> Html:
    stretch = text[start:end]
    here = [replace(mark, start=mark.start - start, end=mark.end - start) for mark in marks]
    return joined(*(_piece_html(stretch, piece, numbers="") for piece in pieces(stretch, here)))


def _numbers_ending(piece: Piece, last_pieces: dict[Mark, Piece]) -> str:
    ending = {mark.number for mark in piece.marks if mark.number and last_pieces[mark] is piece}
    return ",".join(str(number) for number in sorted(ending))


def _piece_html(text: str, piece: Piece, *, numbers: str) -> Html:
    content = visible(text[piece.start : piece.end])
    speaking = [mark for mark in piece.marks if mark.label]
    if not speaking:
        return tag("span", content, cls="cs-quoted") if piece.marks else content
    looks = " ".join(dict.fromkeys(f"cs-{mark.look}" for mark in (speaking[0], *piece.marks[1:]) if mark.look))
    title = "\n".join(dict.fromkeys(mark.label for mark in speaking))
    extra = {"data_n": numbers} if numbers else {}
    return tag("mark", content, cls=looks, title=title, **extra)


def visible(text: str) -> Html:
    """The text escaped, with a named token in place of every character that works unseen."""
    parts: list[str] = []
    at = 0
    for match in _UNSEEN.finditer(text):
        code = f"U+{ord(match[0]):04X}"
        token = tag("span", f"⟨{code}⟩", cls="cs-unseen", title="a character that is not seen")
        parts += [text[at : match.start()], token]
        at = match.end()
    return joined(*parts, text[at:])


def _gaps(spans: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted(spans):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length
