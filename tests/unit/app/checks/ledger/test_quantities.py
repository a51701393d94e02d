"""Amounts in promises: what can be compared, and what only says when."""

from __future__ import annotations

import pytest

from app.checks.ledger.quantities import differing, quantities
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import facts, found, owed, promise, results, rewritten


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("a 15% discount", {("percent", 15)}),
        ("five hundred licences", {("seat", 500)}),
        ("500 seats at $12,000", {("seat", 500), ("money", 12_000)}),
        ("€12.5k", {("money", 12_500)}),
        ("two weeks", {("day", 14)}),
        ("a 30-day trial", {("day", 30)}),
        ("three months free", {("month", 3)}),
        ("two customer references", {("reference", 2)}),
        ("the SOC 2 report in two weeks", set()),
        ("version 4.2 by November 20", set()),
        ("within 3 business days", set()),
    ],
)
def test_what_is_counted(text: str, amounts: set[tuple[str, float]]) -> None:
    assert {(found.unit, found.value) for found in quantities(text)} == amounts


@pytest.mark.parametrize(
    ("new", "old", "unit"),
    [
        ("250 seats", "200 licences", "seat"),
        ("14 days", "two weeks", None),
        ("30 days", "two weeks", "day"),
        ("one month", "two weeks", None),
        ("15% if you pay 30% up front", "15%", None),
        ("$1,500", "$2,000", "money"),
        ("$1,500", "10%", None),
    ],
)
def test_what_disagrees(new: str, old: str, unit: str | None) -> None:
    assert differing(quantities(new), quantities(old)) == unit


def _giving(text: str, thing: str) -> Findings:
    return found(text, promise(text, action="give", thing=thing, kind=Kind.CONCESSION))


@pytest.mark.parametrize(
    ("text", "thing", "old", "after"),
    [
        ("We'll give you a $1,500 credit", "a $1,500 credit", "We'll give you a $2,000 credit", "$2,000"),
        ("We'll give you 20 seats", "20 seats", "We'll give you twenty-five seats", "25 seats"),
    ],
)
def test_the_amount_already_promised_is_suggested(text: str, thing: str, old: str, after: str) -> None:
    findings = _giving(text, thing)
    entry = owed(old.removeprefix("We'll give you "), None, text=old, action="give", kind=Kind.CONCESSION)

    (result,) = results("ledger.contradiction", findings, facts(ledger=(entry,)))

    assert after in rewritten(findings, result)
    assert results("ledger.duplicate", findings, facts(ledger=(entry,))) == []


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("We'll extend your trial by 30 days", "We'll extend your trial by two weeks"),
        ("We'll extend your trial by two weeks", "We'll extend your trial by 30 days"),
    ],
)
def test_what_cannot_be_put_in_the_same_form_is_not_suggested(text: str, old: str) -> None:
    findings = found(text, promise(text, action="extend", thing="your trial", kind=Kind.CONCESSION))
    entry = owed("your trial", None, text=old, action="extend", kind=Kind.CONCESSION)

    (result,) = results("ledger.contradiction", findings, facts(ledger=(entry,)))

    assert result.suggestion is None
