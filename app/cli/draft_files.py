"""The drafts that a command line names, each with its place, so that a complaint can say where."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from app.core.drafts import Draft
from app.core.errors import InvalidDraft, InvalidInput
from app.intake import read_drafts

STDIN = "-"


def drafts_in(name: str, *, jsonl: bool) -> Iterator[Draft | InvalidDraft]:
    """The drafts of a file or of standard input, in order, with what is none as the error that says why.

    Raises InvalidInput for a folder.
    """
    if name == STDIN:
        yield from read_drafts(sys.stdin.buffer.read(), jsonl=jsonl)
        return
    path = Path(name)
    if path.is_dir():
        raise InvalidInput(f"is a folder; name the files in it, such as {path / '*.json'}", field=name)
    yield from read_drafts(path, jsonl=jsonl)


def placed(name: str, error: Exception) -> str:
    """The complaint with the file's name, once."""
    words = str(error)
    return words if name == STDIN or words.startswith(name) else f"{name}: {words}"
