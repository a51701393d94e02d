"""What a check says about a draft: a result with its spans, its evidence and, where there is one, a safe rewrite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """How bad a result is, from a remark to a reason never to send."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Place in the order above; higher is worse."""
        return list(Severity).index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One fact that a result rests on."""

    source: str
    """Where it was read: `crm`, `calendar`, `ledger`, `library`, `people`, `draft`."""
    field: str
    value: str
    as_of: datetime
    """The moment for which the source vouches for the value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """Replace `text[start:end]` of the findings' text by `replacement`. Never adds a promise."""

    start: int
    end: int
    replacement: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckResult:
    """One thing that a check has to say. `check` is its documented id, such as `calendar.busy`."""

    check: str
    severity: Severity
    message: str
    spans: tuple[tuple[int, int], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    suggestion: Suggestion | None = None
    observed: Severity | None = None
    """What the severity would be, where the check is only observed: recorded, and of no weight."""
    documented: Severity | None = None
    """What the severity would be, where the company set another one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckSetting:
    """How a company wants a check to be taken."""

    severity: Severity | None = None
    """The severity of all its results; None: as documented."""
    observe: bool = False
    """Whether its results are only recorded."""

    def taken(self, result: CheckResult) -> CheckResult:
        """A result as this setting takes it, whatever way it was taken before."""
        documented = result.documented or result.observed or result.severity
        if self.observe:
            return replace(result, severity=Severity.INFO, observed=documented, documented=None)
        if self.severity:
            return replace(result, severity=self.severity, observed=None, documented=documented)
        return replace(result, severity=documented, observed=None, documented=None)


AS_DOCUMENTED = CheckSetting()


def source_of(check: str) -> str:
    """The source that an unknown fact names where this check failed."""
    return f"check {check}"
