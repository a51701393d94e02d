"""One operation on one record, tried on every surface that has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.matter import MatterStanding
from app.permissions import Relation
from tests.unit.app.permissions.company import House


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One operation on one record by one person, on every surface that has it."""

    services: Callable[[], object]
    cli: Sequence[object] = ()
    """The arguments, without `--as`."""
    api: tuple[str, str, object] | None = None
    """Method, path, body."""
    draft: MatterStanding | None = None
    """The draft, or action, that it is about: whoever may not read it is told that there is none."""


Try = Callable[[House, str, Relation], Attempt]
