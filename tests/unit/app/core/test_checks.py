"""How a company takes a check's results, one way after another."""

from __future__ import annotations

import pytest

from app.core.checks import AS_DOCUMENTED, CheckResult, CheckSetting, Severity

FOUND = CheckResult(check="deal.hold", severity=Severity.HIGH, message="on hold")
WORSE = CheckSetting(severity=Severity.BLOCK)
OBSERVED = CheckSetting(observe=True)


def test_another_severity_remembers_the_documented_one() -> None:
    taken = WORSE.taken(FOUND)
    assert (taken.severity, taken.observed, taken.documented) == (Severity.BLOCK, None, Severity.HIGH)


def test_an_observed_result_is_a_remark_that_remembers_its_severity() -> None:
    taken = OBSERVED.taken(FOUND)
    assert (taken.severity, taken.observed) == (Severity.INFO, Severity.HIGH)


@pytest.mark.parametrize("before", [AS_DOCUMENTED, WORSE, OBSERVED])
@pytest.mark.parametrize("after", [AS_DOCUMENTED, WORSE, OBSERVED])
def test_how_a_result_was_taken_before_leaves_no_trace(before: CheckSetting, after: CheckSetting) -> None:
    assert after.taken(before.taken(FOUND)) == after.taken(FOUND)
