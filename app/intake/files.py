"""Drafts from files: one JSON object, one RFC 5322 message, or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.core.drafts import Draft
from app.core.errors import InvalidDraft
from app.intake.eml import draft_from_eml
from app.intake.limits import MAX_INPUT
from app.intake.record import draft_from_json
from extractors.lazily import compiled

_HEADER = compiled(rb"[!-9;-~]+[ \t]*:")


def read_drafts(source: Path | bytes, *, jsonl: bool = False) -> Iterator[Draft | InvalidDraft]:
    """The drafts of a file or of its bytes, in order; what is no draft comes as the error that says why.

    A name that ends in .jsonl, .json or .eml says what is inside; otherwise the first bytes do. With JSON lines,
    blank lines are skipped, an error's field begins with its line, and the rest goes on.
    """
    suffix = source.suffix.lower() if isinstance(source, Path) else ""
    try:
        if jsonl or suffix == ".jsonl":
            yield from _lines(source)
        else:
            data = _read(source) if isinstance(source, Path) else source
            yield _one(data, suffix)
    except OSError as error:
        yield InvalidDraft(f"cannot be read: {error.strerror or error}", field=str(source))


def _read(file: Path) -> bytes:
    """At most one byte more than a draft may have: enough to see that it is too long."""
    with file.open("rb") as stream:
        return stream.read(MAX_INPUT + 1)


def _one(data: bytes, suffix: str) -> Draft | InvalidDraft:
    if len(data) > MAX_INPUT:
        return InvalidDraft(f"a draft may have {MAX_INPUT} bytes, this one has more; attach smaller files")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        if suffix == ".json" or (suffix != ".eml" and start.startswith((b"{", b"["))):
            return draft_from_json(data)
        if suffix == ".eml" or _HEADER.match(start):
            return draft_from_eml(data)
    except InvalidDraft as error:
        return error
    return InvalidDraft("is neither a JSON object nor an RFC 5322 message; hand in one of the two")


def _lines(source: Path | bytes) -> Iterator[Draft | InvalidDraft]:
    if isinstance(source, bytes):
        yield from _each(iter(source.split(b"\n")))
        return
    with source.open("rb") as stream:
        yield from _each(stream)


def _each(lines: Iterator[bytes]) -> Iterator[Draft | InvalidDraft]:
    first = next(lines, b"").removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(chain([first], lines), start=1):
        if not line.strip():
            continue
        try:
            yield draft_from_json(line)
        except InvalidDraft as error:
            yield _at_line(error, number)


def _at_line(error: InvalidDraft, number: int) -> InvalidDraft:
    message = str(error).removeprefix(f"{error.field}: ") if error.field else str(error)
    place = f"line {number}, {error.field}" if error.field else f"line {number}"
    return InvalidDraft(message, field=place.replace(", line 1, column", ", column"))
