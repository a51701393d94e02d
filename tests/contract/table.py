"""The table of what became of every fault: pinned in `outcomes.txt`, printed at the end of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

FILE = Path(__file__).with_name("outcomes.txt")
PROPERTY = "delivery outcome"


def line(provider: str, where: str, what: str, outcome: str) -> str:
    """One cell."""
    return f"{provider:<19}{where:<19}{what:<22}{outcome}"


def pinned() -> Mapping[str, str]:
    """The outcome of each cell, by its place."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {place(one): one for one in lines if one and not one.startswith("#")}


def place(one: str) -> str:
    """Which cell a line is about."""
    return one[:60].rstrip()


def check(one: str) -> None:
    """Raise AssertionError where the cell came out other than pinned."""
    known = pinned().get(place(one))
    assert known is not None, (
        f"not pinned yet; when you can explain it, copy it into tests/contract/outcomes.txt:\n{one}"
    )
    assert one == known, f"not as tests/contract/outcomes.txt has it:\nnow    {one}\npinned {known}"


def counted(lines: Iterable[str]) -> str:
    """How many cells there are, and how many came to which end."""
    ends: dict[str, int] = {}
    cells = list(lines)
    for one in cells:
        outcome = one[60:].strip()
        end = "cannot be" if outcome.startswith("cannot be") else outcome.split()[-1]
        ends[end] = ends.get(end, 0) + 1
    parts = (f"{count} {end}" for end, count in sorted(ends.items(), key=lambda item: -item[1]))
    return f"{len(cells)} cells: " + "; ".join(parts)
