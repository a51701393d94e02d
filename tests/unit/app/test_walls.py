"""The walls between the rooms, read from the imports as they stand in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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


@cache
def imports(name: str) -> frozenset[str]:
    """Every project module that this one imports, wherever in the file; a name from a package is its module."""
    return frozenset(_imports(name))


def _imports(name: str) -> Iterator[str]:
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


def test_no_module_is_too_long_to_read() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_every_room_keeps_its_walls() -> None:
    broken = [
        f"{name} imports {other}: {why}" for name in MODULES for other in imports(name) if (why := wall(name, other))
    ]
    assert broken == []


def wall(name: str, other: str) -> str:
    """Why this module must not import the other; empty where it may."""
    if inside(name, "extractors") and not inside(other, "extractors"):
        return "extractors stand alone"
    if inside(name, "integrations") and not (inside(other, "integrations") or inside(other, "app.core")):
        return "integrations know the core alone"
    if inside(name, "app.core") and not inside(other, "app.core"):
        return "the core imports no other room"
    behind = any(inside(other, room) for room in BEHIND_THE_SERVICES)
    return "call a service instead" if behind and any(inside(name, room) for room in SERVICES_ONLY) else ""


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
