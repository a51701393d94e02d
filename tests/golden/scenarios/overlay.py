"""The small base world, and a scenario's changes laid over it. All values are still as they were written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from integrations.files import yaml_of
from tests.golden.scenarios.scenario import Scenario

BASE = Path(__file__).parent / "world"
_GAPS = frozenset({"failing", "stale"})

Parts = Mapping[str, object]


def parts_of(scenario: Scenario) -> Parts:
    """The whole world of a scenario, part by part. Raises ValueError for a part that there is not."""
    changes = {part: change for part, change in scenario.world.items() if part not in _GAPS}
    base = _base()
    if strange := sorted(set(changes) - set(base)):
        raise ValueError(f"{scenario}: the world has no part '{strange[0]}'; there are {', '.join(sorted(base))}")
    if scenario.timezone:
        moved = {scenario.sender: {"timezone": scenario.timezone}}
        changes["people"] = merged(changes.get("people", {}), moved)
    return cast("Parts", merged(base, changes))


def merged(base: object, change: object) -> object:
    """`change` laid over `base`: mappings by key, lists appended, anything else replaced; null takes away."""
    if isinstance(base, Mapping) and isinstance(change, Mapping):
        result = {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}
        return {key: value for key, value in result.items() if value is not None or key not in change}
    if isinstance(base, list) and isinstance(change, list):
        return [*base, *change]
    return change


@cache
def _base() -> Parts:
    base: dict[str, object] = {"people": _read("people.yaml")}
    for name in ("crm.json", "surroundings.yaml"):
        base.update(cast("Parts", _read(name)))
    return base


def _read(name: str) -> object:
    return yaml_of((BASE / name).read_bytes(), file=name)
