"""The walls between the rooms, read from the imports as they stand in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("app", "extractors", "integrations")
MOST_LINES = 500

SERVICES_ONLY = ("app.ui", "app.api", "app.cli")
BEHIND_THE_SERVICES = (
    "app.store.tables",
    "app.store.database",
    "integrations.mail",
    "integrations.crm",
    "integrations.calendars",
)


def modules() -> dict[str, Path]:
    found = {}
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


MODULES = modules()


def imports(name: str) -> Iterator[str]:
    """Every project module that this one imports, wherever in the file; a name from a package is its module."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in PACKAGES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            source = node.module or ""
            if source.split(".")[0] in PACKAGES:
                inner = [f"{source}.{alias.name}" for alias in node.names]
                yield from (full if full in MODULES else source for full in inner)


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_module_is_too_long_to_read(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_room_keeps_its_walls(name: str) -> None:
    for other in imports(name):
        if inside(name, "extractors"):
            assert inside(other, "extractors"), f"{name} imports {other}: extractors stand alone"
        if inside(name, "integrations"):
            assert inside(other, "integrations") or inside(other, "app.core"), f"{name} imports {other}"
        if inside(name, "app.core"):
            assert inside(other, "app.core"), f"{name} imports {other}: the core imports no other room"
        if any(inside(name, room) for room in SERVICES_ONLY):
            hidden = any(inside(other, room) for room in BEHIND_THE_SERVICES)
            assert not hidden, f"{name} imports {other}: call a service instead"


def test_the_imports_have_no_circle() -> None:
    graph = {name: {other for other in imports(name) if other in MODULES and other != name} for name in MODULES}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name in done:
            return
        for other in sorted(graph[name]):
            visit(other, (*path, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_the_core_reads_no_clock_file_or_network() -> None:
    forbidden = {"os", "pathlib", "socket", "sqlite3", "sqlalchemy", "requests", "httpx", "random", "time"}
    for name, file in MODULES.items():
        if inside(name, "app.core"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not forbidden & {n.split(".")[0] for n in names}, f"{name} does I/O"
