"""Where the words leave open which promise is meant, the check asks, and only where it matters."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.checks import Severity
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import FRIDAY, facts, found, owed, promise, results

WEDNESDAY = date(2026, 11, 25)


def sending(thing: str, before: str = "", day: date = WEDNESDAY) -> Findings:
    said = f"I'll send {thing} by then"
    return found(f"{before}{said}.", promise(said, thing=thing, due=("then", day)))


def test_a_loose_word_for_the_one_that_is_open() -> None:
    (result,) = results("ledger.unclear", sending("the report"), facts(ledger=(owed("the usage report", FRIDAY),)))

    assert result.severity is Severity.LOW
    assert result.message == (
        "Is this the usage report that you promised Dana Reyes (Friday 20 Nov)? This says Wednesday 25 Nov"
    )


def test_one_of_several_for_another_day() -> None:
    decks = (owed("the product deck", FRIDAY), owed("the pricing deck", date(2026, 11, 24), id="L-2"))

    assert results("ledger.unclear", sending("the deck"), facts(ledger=decks))
    assert results("ledger.contradiction", sending("the deck"), facts(ledger=decks)) == []


def test_a_word_that_fits_several_loosely() -> None:
    reports = (owed("the usage report", FRIDAY), owed("the incident report", date(2026, 12, 4), id="L-2"))

    (result,) = results("ledger.unclear", sending("the report"), facts(ledger=reports))

    assert "the usage report" in result.message, "the one whose day is nearest"


def test_one_of_several_for_its_own_day() -> None:
    reports = (owed("the usage report", FRIDAY), owed("the incident report", WEDNESDAY, id="L-2"))

    assert results("ledger.unclear", sending("the report"), facts(ledger=reports)) == []


def test_another_amount() -> None:
    text = "I'll send two reports"
    findings = found(text, promise(text, thing="two reports"))
    entry = owed("three usage reports", None, text="I'll send three usage reports")

    assert results("ledger.unclear", findings, facts(ledger=(entry,)))


@pytest.mark.parametrize(
    ("thing", "open_things"),
    [
        ("the incident report", ["the usage report"]),
        ("the report", ["the report inventory"]),
        ("the quote", ["the usage report"]),
    ],
    ids=["another report", "an inventory", "another thing"],
)
def test_silence_where_nothing_could_be_meant(thing: str, open_things: list[str]) -> None:
    entries = tuple(owed(name, FRIDAY, id=f"L-{n}") for n, name in enumerate(open_things))

    assert results("ledger.unclear", sending(thing), facts(ledger=entries)) == []


def test_silence_where_the_day_is_the_same() -> None:
    world = facts(ledger=(owed("the usage report", WEDNESDAY),))

    assert results("ledger.unclear", sending("the report"), world) == []


def test_it_is_what_was_named_before() -> None:
    world = facts(ledger=(owed("the security questionnaire", FRIDAY), owed("the quote", FRIDAY, id="L-2")))
    findings = sending("it", "The security questionnaire is nearly done. ")

    (result,) = results("ledger.contradiction", findings, world)

    assert "questionnaire" in result.message
    assert results("ledger.contradiction", sending("it", "Thanks for your time. "), world) == []


def test_it_that_could_be_two_things_is_asked_about() -> None:
    quotes = (owed("the quote", FRIDAY), owed("the quote", date(2026, 11, 24), id="L-2"))

    assert results("ledger.unclear", sending("it", "The quote is nearly done. "), facts(ledger=quotes))


def test_a_subject_stands_for_the_object_that_is_missing() -> None:
    text = "The rollout plan will only be with you by then"
    said = "be with you by then"
    findings = found(text, promise(said, action="be", due=("then", WEDNESDAY), kind=Kind.OTHER))

    assert results("ledger.contradiction", findings, facts(ledger=(owed("the rollout plan", FRIDAY),)))
