"""How a policy takes the checks, and where it has them draw their lines: what is read, and what is refused where."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from app.checks import CHECKS
from app.core.checks import CheckSetting, Severity
from app.core.errors import InvalidPolicy
from app.core.findings import Kind
from app.core.thresholds import USUAL, Thresholds
from app.policy import Policy, load_policy

DOCUMENT = (Path(__file__).parents[4] / "docs" / "policy.md").read_text(encoding="utf-8")


def policy(rest: str) -> Policy:
    return load_policy(f"version: 1\nrules: []\n{rest}")


def test_without_a_word_about_them_checks_and_thresholds_are_as_documented() -> None:
    plain = policy("")

    assert plain.checks == {}
    assert plain.thresholds is USUAL


def test_checks_are_set_one_by_one() -> None:
    read = policy("checks:\n  deal.hold: {severity: block}\n  deal.amount: {observe: true, severity: low}\n")

    assert read.checks == {
        "deal.hold": CheckSetting(severity=Severity.BLOCK),
        "deal.amount": CheckSetting(severity=Severity.LOW, observe=True),
    }


def test_an_empty_setting_leaves_a_check_as_it_is() -> None:
    assert policy("checks: {deal.hold: {}}").checks == {"deal.hold": CheckSetting()}


@pytest.mark.parametrize("check", [check.id for check in CHECKS])
def test_every_check_can_be_observed(check: str) -> None:
    assert policy(f"checks: {{{check}: {{observe: true}}}}").checks[check].observe


def test_every_threshold_can_be_set() -> None:
    read = policy(
        """\
thresholds:
  large_deal: 250000.50
  short_notice: 4h
  travel: 45m
  effort: {deliverable: 3, meeting: 1.5}
  mails_per_contact: 4
  mails_window: 14d
  quiet_from: "19:30"
  quiet_until: "8:00"
  stale_after: 12h
  facts_budget: 3s
"""
    )

    assert read.thresholds == Thresholds(
        large_deal=250_000.5,
        short_notice=timedelta(hours=4),
        travel=timedelta(minutes=45),
        effort={**USUAL.effort, Kind.DELIVERABLE: 3.0, Kind.MEETING: 1.5},
        mails_per_contact=4,
        mails_window=timedelta(days=14),
        quiet_from=time(19, 30),
        quiet_until=time(8, 0),
        stale_after=timedelta(hours=12),
        facts_budget=timedelta(seconds=3),
    )


def test_thresholds_that_are_not_named_stay_as_usual() -> None:
    assert policy("thresholds: {travel: 1h}").thresholds == replace(USUAL, travel=timedelta(hours=1))


@pytest.mark.parametrize("name", [field.name for field in fields(Thresholds)])
def test_every_threshold_is_documented_and_known_to_the_reader(name: str) -> None:
    assert f"| `{name}` |" in DOCUMENT
    with pytest.raises(InvalidPolicy, match=rf"{name} has to be"):
        policy(f"thresholds: {{{name}: [nonsense]}}")


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (
            "checks: {deal.hodl: {}}",
            r"line 3, column 10: unknown key 'deal.hodl' in checks; did you mean 'deal.hold'",
        ),
        ("checks: {deal.hold: block}", "the check deal.hold has to be a mapping with the keys severity, observe"),
        ("checks: {deal.hold: {severity: grave}}", "unknown severity 'grave'; possible are: info, low, medium, high"),
        ("checks: {deal.hold: {observe: perhaps}}", "observe has to be true or false"),
        ("checks: {deal.hold: {mute: true}}", "unknown key 'mute' in the check deal.hold"),
        ("checks: [deal.hold]", "checks has to be a mapping"),
        ("thresholds: {big_deal: 5}", "unknown key 'big_deal' in thresholds"),
        ("thresholds: {large_deal: a lot}", "large_deal has to be a number from 0 to 1,000,000,000,000"),
        ("thresholds: {large_deal: -5}", "large_deal has to be a number from 0"),
        ("thresholds: {short_notice: 2}", "short_notice has to be a number and a unit"),
        ("thresholds: {effort: 3}", "effort has to be a mapping"),
        ("thresholds: {effort: {gift: 3}}", "unknown key 'gift' in effort"),
        ("thresholds: {effort: {meeting: 1001}}", "effort.meeting has to be a number from 0 to 1,000"),
        ("thresholds: {effort: {meeting: soon}}", "effort.meeting has to be a number from 0 to 1,000"),
        ("thresholds: {mails_per_contact: 0}", "mails_per_contact has to be from 1 to 1000"),
        ("thresholds: {mails_per_contact: 2.5}", "mails_per_contact has to be a whole number"),
        ('thresholds: {quiet_from: "24:00"}', 'quiet_from has to be a time of day in quotes, such as "20:00"'),
        ("thresholds: {quiet_from: late}", "quiet_from has to be a time of day"),
        ("thresholds: {facts_budget: 0s}", "facts_budget has to be from 1s to 60s"),
        ("thresholds: {facts_budget: 2m}", "facts_budget has to be from 1s to 60s"),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(rest: str, message: str) -> None:
    with pytest.raises(InvalidPolicy, match=message) as caught:
        policy(rest)
    assert caught.value.line == 3
