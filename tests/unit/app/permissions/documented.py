"""The table of docs/permissions.md, as it stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.permissions.table import ANY, NONE, OTHERS, Operation, Relation, Relations, Role

PAGE = Path(__file__).resolve().parents[4] / "docs" / "permissions.md"
_HEADER = "| operation | what it is | record | colleague | manager | owner | admin | from |"
RELATIONS = {
    "draft": tuple(Relation),
    "action": tuple(Relation),
    "colleague": (Relation.OWN, Relation.REPORTS, Relation.FOREIGN),
    "promise": (Relation.OWN, Relation.FOREIGN),
    "proposal": (Relation.OWN, Relation.FOREIGN),
    "token": (Relation.OWN, Relation.FOREIGN),
    "account": (Relation.OWN, Relation.FOREIGN),
    "house": (Relation.FOREIGN,),
}
"""What each kind of record can be to a person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One documented operation."""

    operation: Operation
    record: str
    cells: dict[Role, Relations]
    surfaces: tuple[str, ...]


def documented() -> Iterator[Row]:
    """The rows, in their order."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    at = lines.index(_HEADER) + 2
    while lines[at].startswith("|"):
        name, _what, record, *cells, surfaces = (part.strip() for part in lines[at].strip("|").split("|"))
        yield Row(
            operation=Operation(name.strip("`")),
            record=record,
            cells={role: _cell(cell) for role, cell in zip(Role, cells, strict=True)},
            surfaces=tuple(surface.strip() for surface in surfaces.split(",")),
        )
        at += 1


def _cell(text: str) -> Relations:
    words = {"any": ANY, "others": OTHERS, "–": NONE}
    return words[text] if text in words else frozenset(Relation(word.strip()) for word in text.split(","))
