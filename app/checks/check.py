"""What a check is. A module of this package that has a `CHECK`, or several `CHECKS`, is one of the gate's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

CheckFunction = Callable[[Draft, Findings, Facts], Iterable[CheckResult]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One documented check. It is not run where a source that it `needs` has failed: it would have to guess."""

    id: str
    severities: tuple[Severity, ...]
    """What its results may be rated, worst first, while nobody has configured another severity."""
    when: str
    """When it speaks, in one line."""
    run: CheckFunction
    needs: tuple[str, ...] = ()
