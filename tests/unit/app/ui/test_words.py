"""The plain words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.facts import Person
from app.ui.queue import neighbours
from app.ui.session import is_loopback
from app.ui.words import actor_words, age, clock_time, names_of, stretch
from tests.support.gates import SmallDirectory

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "0 s"), (45, "45 s"), (60, "1 min"), (7199, "1 h"), (86_400, "24 h"), (3 * 86_400, "3 days")],
)
def test_a_stretch_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    assert stretch(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(("hours", "words"), [(-2, "2 h ago"), (0, "just now"), (3, "in 3 h")])
def test_an_age_says_before_or_after(hours: int, words: str) -> None:
    assert age(NOW + timedelta(hours=hours), NOW) == words


def test_times_are_those_of_the_readers_own_clock() -> None:
    assert clock_time(NOW, Person(id="a", email="a@x", name="A", timezone="America/New_York")) == "10:00:00"


@pytest.mark.parametrize(
    ("ids", "words"), [([], "nobody"), (["sam"], "Sam"), (["sam", "ruth", "gone"], "Sam, Ruth or gone")]
)
def test_names_make_a_sentence(ids: list[str], words: str) -> None:
    assert names_of(ids, SmallDirectory()) == words


@pytest.mark.parametrize(("actor", "words"), [("person:sam", "Sam"), ("agent:bot", "agent bot"), ("gate", "gate")])
def test_an_actor_has_a_name(actor: str, words: str) -> None:
    assert actor_words(actor, SmallDirectory()) == words


@pytest.mark.parametrize(
    ("chosen", "place", "expected"),
    [
        ("a", 0, (None, "b")),
        ("b", 0, ("a", "c")),
        ("c", 0, ("b", None)),
        ("gone", 1, ("a", "b")),  # what came after it has moved up into its place
        ("gone", 3, ("c", "c")),
        (None, 0, (None, "a")),
    ],
)
def test_the_steps_through_the_queue(chosen: str | None, place: int, expected: tuple[str | None, str | None]) -> None:
    assert neighbours(["a", "b", "c"], chosen, place=place) == expected


def test_an_empty_queue_has_no_steps() -> None:
    assert neighbours([], "gone", place=2) == (None, None)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("desk.example", False),
        ("", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, *, own: bool) -> None:
    assert is_loopback(host) is own
