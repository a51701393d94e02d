"""`--since` and `--until`: a moment, a day, or how long ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar

import typer
from rich.progress import track

from app.cli.output import side_console
from app.core.errors import InvalidInput
from extractors.lazily import compiled

Since = Annotated[
    str | None, typer.Option(metavar="T", help="Drafts from then on: 2026-11-01, 2026-11-01T09:00Z, or 30d ago.")
]
Until = Annotated[str | None, typer.Option(metavar="T", help="Drafts before then, given in the same way.")]

_AGO = compiled(r"(\d{1,5})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

T = TypeVar("T")


def moment_of(text: str | None, *, option: str, now: datetime) -> datetime | None:
    """The moment that the option names; without a time zone, in UTC. Raises InvalidInput."""
    if text is None:
        return None
    ago = _AGO.fullmatch(text)
    try:
        if ago is not None:
            return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        reason = "is no moment; write 2026-11-01, 2026-11-01T09:00Z, or 30d for thirty days ago"
        raise InvalidInput(reason, field=f"--{option} {text}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def shown(what: str, *, hidden: bool = False) -> _Shown:
    """Something that shows on a terminal how many of a number of things have been done."""
    return _Shown(what, hidden=hidden)


class _Shown:
    def __init__(self, what: str, *, hidden: bool) -> None:
        self._what = what
        self._hidden = hidden

    def __call__(self, count: int, things: Iterable[T]) -> Iterator[T]:
        console = side_console()
        hidden = self._hidden or not console.is_terminal
        yield from track(things, self._what, total=count, console=console, transient=True, disable=hidden)
