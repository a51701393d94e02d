"""How answers look: JSON lines for programs, tables and plain words for people."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDTH_IN_A_PIPE = 160
_ROOMY = 140
"""Columns of a terminal from which nothing has to be cut short."""
_CUT_TO = 24
_KEPT = frozenset("\n\t")
_STYLES = {
    "auto_send": "green",
    "monitor": "cyan",
    "review": "yellow",
    "block": "bold red",
    "low": "green",
    "medium": "yellow",
    "high": "red",
    "critical": "bold red",
    "info": "dim",
    "ok": "green",
    "missing": "bold red",
    "optional": "dim",
    "overdue": "bold red",
    "due_soon": "yellow",
    "broken": "red",
    "kept": "green",
}


@cache
def console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for a table in a pipe."""
    plain = not sys.stdout.isatty()
    return Console(width=_WIDTH_IN_A_PIPE if plain else None, highlight=False, markup=False, emoji=False)


@cache
def side_console() -> Console:
    """Standard error, for progress."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def print_json(record: object) -> None:
    """One JSON value on one line, at once: a program may be waiting for it."""
    line = json.dumps(record, ensure_ascii=False)
    if not _is_utf8(line):
        line = json.dumps(record)
    print(line, flush=True)


def _is_utf8(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate, which JSON can only carry escaped
        return False
    return True


def say(words: str = "", *, style: str = "") -> None:
    """A line for people."""
    console().print(Text(clean(words), style=style), soft_wrap=True)


def clean(text: str) -> str:
    """Foreign text that cannot move the cursor, change colours or hide itself: control characters become visible."""
    return "".join(c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "\ufffd" for c in text)


def one_line(text: str, limit: int = 70) -> str:
    """Foreign text on one line, cut to `limit` characters."""
    short = " ".join(clean(text).split())
    return short if len(short) <= limit else short[: limit - 1] + "…"


def styled(word: str) -> Text:
    """A route, tier, severity or state in its colour."""
    return Text(word, style=_STYLES.get(word, ""))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, nothing: str) -> None:
    """A table; where there are no rows, a line that says so.

    A column whose name ends in `*` is never wrapped; one that ends in `~` is cut short where there is little room.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    narrow = console().width < _ROOMY
    for name in columns:
        cut = name.endswith("~")
        table.add_column(
            name.rstrip("*~"),
            overflow="ellipsis" if cut else "fold",
            no_wrap=cut or name.endswith("*"),
            max_width=_CUT_TO if cut and narrow else None,
        )
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row))
    if table.row_count:
        console().print(table)
    else:
        say(nothing)


def moment(at: datetime | None) -> str:
    """A moment to the minute, in UTC."""
    return at.strftime("%Y-%m-%d %H:%M UTC") if at else ""


def age(stretch: timedelta) -> str:
    """How old something is, roughly."""
    seconds = max(0, int(stretch.total_seconds()))
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"
