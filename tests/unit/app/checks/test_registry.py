"""The list of checks is complete, documented, and none of them can take another down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.checks import CHECKS, Check, run_checks
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from tests.unit.app.checks.builders import FRIDAY, SAM, deal, draft, facts, failed, found, promise

DOCUMENT = Path(__file__).parents[4] / "docs" / "checks.md"
HEADING = re.compile(r"^### `(?P<id>[a-z_.]+)` · (?P<severity>[a-z, ]+)$", re.MULTILINE)
NOTHING = Findings(text="Hi")


def failing(_draft: Draft, _findings: Findings, _facts: Facts) -> Iterator[CheckResult]:
    yield CheckResult(check="x", severity=Severity.LOW, message="half done")
    raise KeyError("boom")


def speaking(_draft: Draft, _findings: Findings, _facts: Facts) -> Iterator[CheckResult]:
    yield CheckResult(check="test.speaking", severity=Severity.INFO, message="here")


def check(id: str, run: object, *needs: str) -> Check:
    return Check(id=id, severities=(Severity.INFO,), when="", run=run, needs=needs)  # type: ignore[arg-type]


def test_every_check_is_documented_with_its_severities_and_nothing_else_is() -> None:
    documented = {m["id"]: m["severity"] for m in HEADING.finditer(DOCUMENT.read_text(encoding="utf-8"))}

    assert documented == {c.id: ", ".join(c.severities) for c in CHECKS}


def test_ids_are_unique_and_each_says_when() -> None:
    assert len({c.id for c in CHECKS}) == len(CHECKS)
    assert all(c.when and c.severities for c in CHECKS)


def test_a_check_that_fails_is_an_unknown_fact_and_takes_nothing_back() -> None:
    checks = (check("test.failing", failing), check("test.speaking", speaking))

    checked = run_checks(draft(), NOTHING, facts(), checks=checks)

    assert [r.check for r in checked.results] == ["x", "test.speaking"]
    (broken,) = checked.unknown
    assert broken.source == "check test.failing"
    assert "KeyError" in broken.reason
    assert "boom" in broken.reason


@pytest.mark.parametrize(("source", "spoken"), [("crm", 0), ("people", 0), ("library", 1)])
def test_a_check_does_not_run_without_what_it_needs(source: str, spoken: int) -> None:
    checks = (check("test.speaking", speaking, "crm", "people"),)

    assert len(run_checks(draft(), NOTHING, failed(source), checks=checks).results) == spoken


def test_what_is_known_still_counts_when_something_else_is_not() -> None:
    world = failed("crm", deal=deal(on_hold=True).deal)

    assert [r.check for r in run_checks(draft(), NOTHING, world).results] == ["deal.hold"]


def test_an_empty_mail_in_a_quiet_world_passes_without_a_word() -> None:
    checked = run_checks(draft(), NOTHING, facts())

    assert (checked.results, checked.unknown) == ((), ())


def test_a_sender_with_an_unheard_of_country_is_unknown_and_not_a_crash() -> None:
    world = facts(sender=replace(SAM, holidays="XX"))
    findings = found("By Friday", promise("By Friday", due=("Friday", FRIDAY)))

    sources = {fact.source for fact in run_checks(draft(), findings, world).unknown}

    assert "check calendar.working_hours" in sources
