"""The list of checks, and the one way to run them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.checks.check import Check
from app.checks.once import one_verdict
from app.core.checks import AS_DOCUMENTED, CheckResult, CheckSetting, source_of
from app.core.drafts import Draft
from app.core.facts import Facts, UnknownFact
from app.core.findings import Findings


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What the checks say. `unknown` holds the checks that failed; facts that failed are in `Facts.unknown`."""

    results: tuple[CheckResult, ...]
    unknown: tuple[UnknownFact, ...] = ()


def _found() -> Iterator[Check]:
    """The checks of every module of this package: a new one is found by being there."""
    folder = str(Path(__file__).parent)
    names = sorted(module.name for module in pkgutil.walk_packages([folder], f"{__package__}."))
    for name in names:
        if name != __name__:
            module = import_module(name)
            yield from getattr(module, "CHECKS", ())
            if isinstance(check := getattr(module, "CHECK", None), Check):
                yield check


CHECKS: tuple[Check, ...] = tuple(_found())
_NOTHING: Mapping[str, CheckSetting] = {}


def run_checks(
    draft: Draft,
    findings: Findings,
    facts: Facts,
    *,
    checks: Sequence[Check] = CHECKS,
    settings: Mapping[str, CheckSetting] = _NOTHING,
) -> Checked:
    """Run every check whose facts are at hand, each with the setting under its id.

    A check that fails is an unknown fact, and stops no other. What it had found before it failed still counts: it may
    be the reason to block. One that is only observed is recorded as a remark, and holds up nothing when it fails.
    """
    failed = {fact.source for fact in facts.unknown}
    results: list[CheckResult] = []
    broken: list[UnknownFact] = []
    with one_verdict():
        for check in checks:
            setting = settings.get(check.id, AS_DOCUMENTED)
            if not failed.isdisjoint(check.needs):
                continue
            try:
                for result in check.run(draft, findings, facts):
                    results.append(setting.taken(result))
            except Exception as error:  # noqa: BLE001 - whatever a check trips over, the draft goes to a person
                if not setting.observe:
                    reason = f"the check failed: {type(error).__name__}: {error}"
                    broken.append(UnknownFact(source=source_of(check.id), reason=reason))
    return Checked(results=tuple(results), unknown=tuple(broken))
