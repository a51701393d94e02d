"""Where the product takes a durable step, found by reading its code: nobody has to remember to list a new one.

A seam is a block that commits (`with store.write(…)`, `with engine.begin()`), a call of a mail provider, or a call
that brings the outbox to the disk.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.processes import ROOT

_COMMITS = {"write": {"store", "_store"}, "begin": {"engine", "_engine"}}
_CALLS = {step: {"provider", "_provider"} for step in ("prepare", "verify", "send", "confirm", "find")}
_DISK_CALLS = {"fsync": {"os"}, "link": {"os"}}
_OUTBOX = "integrations/mail/outbox.py"
_THE_STORE_ITSELF = "app/store/store.py"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seam:
    """One place in the code, named so that the name outlives changes around it."""

    file: str
    function: str
    step: str
    """`write`, `begin`, a provider's step, `fsync` or `link`."""
    number: int
    """Which one of its kind in the function, from 1."""
    first_line: int
    last_line: int

    @property
    def name(self) -> str:
        """Such as `app/gate.py Gate.submit write 1`."""
        return f"{self.file} {self.function} {self.step} {self.number}"


@cache
def seams_of(file: str) -> tuple[Seam, ...]:
    """The seams in one file, which is named from the root of the project."""
    if file == _THE_STORE_ITSELF:
        return ()  # every block that it commits is somebody else's
    calls = _DISK_CALLS if file == _OUTBOX else _CALLS
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    counts: Counter[tuple[str, str]] = Counter()
    found = []
    for function, node in _nodes(tree, ()):
        for step, span in _steps(node, calls):
            counts[function, step] += 1
            first, last = span.lineno, span.end_lineno or span.lineno
            number = counts[function, step]
            found.append(
                Seam(file=file, function=function, step=step, number=number, first_line=first, last_line=last)
            )
    return tuple(found)


def every_seam() -> tuple[Seam, ...]:
    """The seams of the whole product."""
    files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py"))
    return tuple(seam for file in (*files, _OUTBOX) for seam in seams_of(file))


def seam_at(path: str, line: int, steps: frozenset[str]) -> Seam | None:
    """The innermost seam of one of these kinds that a line of a file lies in; None where none does."""
    file = Path(path)
    if not file.is_relative_to(ROOT / "app") and file != ROOT / _OUTBOX:
        return None
    around = [
        seam
        for seam in seams_of(file.relative_to(ROOT).as_posix())
        if seam.step in steps and seam.first_line <= line <= seam.last_line
    ]
    return min(around, key=lambda seam: seam.last_line - seam.first_line, default=None)


def _nodes(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        place = (*inside, getattr(child, "name", "")) if named else inside
        yield ".".join(place), child
        yield from _nodes(child, place)


def _steps(node: ast.AST, calls: dict[str, set[str]]) -> Iterator[tuple[str, ast.stmt | ast.expr]]:
    if isinstance(node, ast.With):
        for item in node.items:
            if (step := _method(item.context_expr, _COMMITS)) is not None:
                yield step, node
    elif isinstance(node, ast.Call) and (step := _method(node, calls)) is not None:
        yield step, node


def _method(node: ast.expr, wanted: dict[str, set[str]]) -> str | None:
    """The method's name, where the expression calls one of the wanted on a receiver that goes by one of its names."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return None
    receiver = node.func.value
    name = receiver.attr if isinstance(receiver, ast.Attribute) else getattr(receiver, "id", "")
    return node.func.attr if name in wanted.get(node.func.attr, ()) else None
