"""Deadlines that the mail itself moves, and those that it only names anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks.ledger.moves import is_moving, speaks_of_moving
from app.core.checks import Severity
from app.core.findings import Findings
from tests.unit.app.checks.builders import FRIDAY, at, facts, failed, found, ny, owed, promise, results

TUESDAY = date(2026, 11, 24)
PLAN = owed("the rollout plan", FRIDAY)
CHECKS = ("ledger.contradiction", "ledger.moved_later", "ledger.moved_earlier")


def sending(before: str = "", after: str = "", day: date = TUESDAY, words: str = "Tuesday") -> Findings:
    said = f"I'll send the rollout plan by {words}"
    text = f"{before}{said}{after}"
    return found(text, promise(said, thing="the rollout plan", due=(words, day)))


def spoken(findings: Findings) -> list[str]:
    return [check for check in CHECKS if results(check, findings, facts(ledger=(PLAN,)))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", " instead."),
        ("", ", not Friday."),
        ("The review takes longer than planned. ", "."),
        ("I'm sorry about this. ", "."),
        ("Unfortunately ", "."),
        ("We won't make Friday. ", "."),
        ("There is a new date: ", "."),
        ("", ". That is two days later than planned."),
        ("We need a few more days: ", "."),
    ],
)
def test_a_later_day_that_is_announced(before: str, after: str) -> None:
    assert spoken(sending(before, after)) == ["ledger.moved_later"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("We're ahead of schedule. ", "."), ("Good news: ", "."), ("", ", sooner than planned."), ("", " instead.")],
)
def test_an_earlier_day_that_is_announced(before: str, after: str) -> None:
    wednesday = sending(before, after, day=date(2026, 11, 18), words="tonight")

    assert spoken(wednesday) == ["ledger.moved_earlier"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "."),
        ("Sorry for the slow reply. ", "."),
        ("Apologies for the delay in getting back to you. ", "."),
        ("Let's move forward. ", "."),
    ],
)
def test_another_day_without_a_word_about_it_contradicts(before: str, after: str) -> None:
    assert spoken(sending(before, after)) == ["ledger.contradiction"]


def test_the_message_says_from_when_to_when() -> None:
    (result,) = results("ledger.moved_later", sending(after=" instead."), facts(ledger=(PLAN,)))

    assert result.severity is Severity.HIGH
    assert result.message == (
        "You promised Dana Reyes the rollout plan for Friday 20 Nov; this moves it to Tuesday 24 Nov, a later day"
    )
    assert [fact.source for fact in result.evidence] == ["ledger"] * 3


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("We've had to push the rollout plan to December 4.", True),
        ("The rollout plan is late. It will slip to December 4.", True),
        ("The rollout plan moves from Friday to December 4.", True),
        ("The rollout plan covers December 4.", False),
        ("Shall we push the rollout plan to December 4?", False),
        ("The webinar was pushed to December 4.", False),
        ("The rollout plan is attached. The webinar was pushed to December 4.", False),
    ],
)
def test_a_sentence_that_promises_nothing_can_move(text: str, moved: bool) -> None:
    findings = found(text, at("December 4", ny(4, 0, month=12), 24 * 60, grain="day"))

    assert spoken(findings) == (["ledger.moved_later"] if moved else [])


def test_a_day_read_as_past_is_the_next_one() -> None:
    text = "We've had to push the rollout plan to December 4."
    read = found(text, at("December 4", ny(4, 0, month=12).replace(year=2025), 24 * 60, grain="day"))
    past = replace(read, dates=tuple(replace(mention, due_day=None) for mention in read.dates))

    assert spoken(past) == ["ledger.moved_later"]


@pytest.mark.parametrize("check", ["ledger.moved_later", "ledger.moved_earlier", "ledger.unclear"])
def test_without_the_ledger_nothing_is_guessed(check: str) -> None:
    assert results(check, sending(after=" instead."), failed("ledger", ledger=(PLAN,))) == []


@pytest.mark.parametrize(
    "text",
    ["We'll postpone it", "It slipped", "on Monday rather than Friday", "I'd promised Friday", "an extra week"],
)
def test_words_of_moving(text: str) -> None:
    assert speaks_of_moving(text)


@pytest.mark.parametrize("text", ["Let's move ahead", "Please push back on that", "It is now with our designers"])
def test_words_that_only_look_like_it(text: str) -> None:
    assert not speaks_of_moving(text)


def test_to_move_is_no_deed_of_its_own() -> None:
    assert is_moving("push back")
    assert not is_moving("send")
    assert not is_moving(None)
