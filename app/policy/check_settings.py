"""The parts of a policy that tell the checks how they are taken and where they draw their lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import yaml

from app.checks import CHECKS
from app.core.checks import CheckSetting, Severity
from app.core.findings import Kind
from app.core.thresholds import USUAL, Thresholds
from app.policy.yaml_nodes import Entry, choice_of, duration_of, fail, mapping_of, whole_of, yes_no_of
from extractors.lazily import compiled

_IDS = tuple(check.id for check in CHECKS)
_SETTING_KEYS = ("severity", "observe")
_AMOUNT = compiled(r"\d{1,12}(?:\.\d{1,4})?")
_CLOCK = compiled(r"([01]?\d|2[0-3]):([0-5]\d)")
_MOST_HOURS = 1000.0
_MOST_MAILS = 1000
_LEAST_BUDGET = timedelta(seconds=1)
_MOST_BUDGET = timedelta(minutes=1)


def read_check_settings(entry: Entry | None) -> Mapping[str, CheckSetting]:
    """The settings by check id. Raises InvalidPolicy with line and column."""
    if entry is None:
        return {}
    return {
        check: _setting(named.value, f"the check {check}")
        for check, named in mapping_of(entry.value, "checks", _IDS).items()
    }


def _setting(node: yaml.Node, what: str) -> CheckSetting:
    keys = mapping_of(node, what, _SETTING_KEYS)
    return CheckSetting(
        severity=choice_of(keys["severity"].value, "severity", Severity) if "severity" in keys else None,
        observe=yes_no_of(keys["observe"].value, "observe") if "observe" in keys else False,
    )


def read_thresholds(entry: Entry | None) -> Thresholds:
    """The thresholds, those not named as usual. Raises InvalidPolicy with line and column."""
    if entry is None:
        return USUAL
    given = mapping_of(entry.value, "thresholds", tuple(_READERS))
    return replace(USUAL, **{key: _READERS[key](named.value, key) for key, named in given.items()})


def _amount(node: yaml.Node, what: str, most: float = 1e12) -> float:
    number = float(node.value) if isinstance(node, yaml.ScalarNode) and _AMOUNT.fullmatch(node.value) else None
    if number is None or number > most:
        fail(node, f"{what} has to be a number from 0 to {most:,.0f}")
    return number


def _effort(node: yaml.Node, what: str) -> Mapping[Kind, float]:
    given = mapping_of(node, what, tuple(str(kind) for kind in Kind))
    hours = {Kind(kind): _amount(named.value, f"{what}.{kind}", _MOST_HOURS) for kind, named in given.items()}
    return {**USUAL.effort, **hours}


def _time(node: yaml.Node, what: str) -> time:
    match = _CLOCK.fullmatch(node.value) if isinstance(node, yaml.ScalarNode) else None
    if match is None:
        fail(node, f'{what} has to be a time of day in quotes, such as "20:00"')
    return time(int(match[1]), int(match[2]))


def _budget(node: yaml.Node, what: str) -> timedelta:
    budget = duration_of(node, what)
    if not _LEAST_BUDGET <= budget <= _MOST_BUDGET:
        fail(
            node,
            f"{what} has to be from 1s to 60s: without facts nothing is sent, and somebody waits for the verdict",
        )
    return budget


def _count(node: yaml.Node, what: str) -> int:
    return whole_of(node, what, least=1, most=_MOST_MAILS)


_READERS: Mapping[str, Callable[[yaml.Node, str], Any]] = {
    "large_deal": _amount,
    "short_notice": duration_of,
    "travel": duration_of,
    "effort": _effort,
    "mails_per_contact": _count,
    "mails_window": duration_of,
    "quiet_from": _time,
    "quiet_until": _time,
    "stale_after": duration_of,
    "facts_budget": _budget,
}
