"""Questions are put side by side; one that hangs takes up its line, nobody else's, and is not waited for twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Thread, current_thread
from typing import Any

from app.facts import Lookup, Lookups
from app.facts.lookups import Line
from tests.unit.app.facts.outside import PATIENCE

CRM = Line(1, "crm", "crm")
LIBRARY = Line(1, "library", "library")
AT_ONCE = 0.0


class Provider:
    """A double that answers when it is told to, a step at a time."""

    def __init__(self) -> None:
        self.asked = 0
        self.entered = Event()
        self.release = Event()

    def question(self) -> Iterator[str]:
        self.asked += 1
        yield "half"
        self.entered.set()
        assert self.release.wait(PATIENCE)
        yield "all"
        yield "more"


def quick(answer: str = "quick") -> Lookup[str]:
    return Lookup(LIBRARY, lambda: iter([answer]))


def hanging(lookups: Lookups, provider: Provider, line: Line = CRM) -> Lookup[str]:
    """A lookup that has begun, and that nobody waits for any more."""
    lookup = lookups.put(Lookup(line, provider.question))
    assert provider.entered.wait(PATIENCE)
    lookups.wait(lookup, AT_ONCE)
    return lookup


def test_an_answer_comes_with_its_age() -> None:
    lookups = Lookups()
    moment = datetime(2026, 11, 18, tzinfo=UTC)

    lookup = lookups.put(Lookup(CRM, lambda: iter(["a", "b"]), lambda: moment))
    lookups.wait(lookup, PATIENCE)

    assert (lookup.answer, lookup.as_of, lookup.error, lookup.silent) == ("b", moment, None, False)


def test_a_failure_keeps_what_came_before_it() -> None:
    def question() -> Iterator[str]:
        yield "half"
        raise OSError("gone")

    lookup = Lookups().put(Lookup(CRM, question))

    assert lookup.done.wait(PATIENCE)
    assert lookup.answer == "half"
    assert isinstance(lookup.error, OSError)


def test_what_is_not_done_in_time_is_silent_and_so_is_the_next_question_at_once() -> None:
    lookups, provider = Lookups(), Provider()

    first = hanging(lookups, provider)
    second = lookups.put(Lookup(CRM, provider.question))

    assert (first.silent, first.answer, first.done.is_set()) == (True, "half", False)
    assert (second.silent, second.answer, second.done.is_set()) == (True, None, True)
    assert provider.asked == 1
    provider.release.set()


def test_another_line_is_served_while_one_hangs() -> None:
    lookups, provider = Lookups(lines=1), Provider()
    hanging(lookups, provider)

    lookup = lookups.put(quick())
    lookups.wait(lookup, PATIENCE)

    assert lookup.answer == "quick"
    provider.release.set()


def test_the_late_answer_ends_the_silence_and_the_rest_of_the_question_is_left_out() -> None:
    lookups, provider = Lookups(), Provider()
    late = hanging(lookups, provider)

    provider.release.set()
    assert late.done.wait(PATIENCE)
    again = lookups.put(Lookup(CRM, provider.question))
    lookups.wait(again, PATIENCE)

    assert (late.silent, late.answer) == (True, "all")
    assert (again.silent, again.answer) == (False, "more")


def test_a_room_asks_no_more_questions_at_once_than_it_has_lines() -> None:
    lookups, provider = Lookups(lines=1), Provider()
    first = lookups.put(Lookup(Line(1, "calendar", "sam"), provider.question))
    assert provider.entered.wait(PATIENCE)

    second = lookups.put(Lookup(Line(1, "calendar", "ana"), lambda: iter(["free"])))
    assert not second.begun
    provider.release.set()
    lookups.wait(second, PATIENCE)

    assert (first.answer, second.answer) == ("more", "free")


def test_a_question_that_waited_in_vain_for_a_line_is_never_put() -> None:
    lookups, provider = Lookups(lines=1), Provider()
    late = hanging(lookups, provider, Line(1, "calendar", "sam"))
    put: list[str] = []

    def question() -> Iterator[str]:
        put.append("asked")
        yield "free"

    in_vain = lookups.put(Lookup(Line(1, "calendar", "ana"), question))
    lookups.wait(in_vain, AT_ONCE)
    provider.release.set()
    assert late.done.wait(PATIENCE)
    after = lookups.put(Lookup(Line(1, "calendar", "tom"), lambda: iter(["free"])))
    lookups.wait(after, PATIENCE)

    assert (in_vain.silent, put) == (True, [])
    assert after.answer == "free"


def test_silence_of_a_question_that_was_never_put_says_nothing_about_the_source() -> None:
    lookups, provider = Lookups(lines=1), Provider()
    late = hanging(lookups, provider, Line(1, "calendar", "sam"))
    lookups.wait(lookups.put(Lookup(Line(1, "calendar", "ana"), lambda: iter(["free"]))), AT_ONCE)

    provider.release.set()
    assert late.done.wait(PATIENCE)
    lookup = lookups.put(Lookup(Line(1, "calendar", "ana"), lambda: iter(["free"])))
    lookups.wait(lookup, PATIENCE)

    assert lookup.answer == "free"


def test_many_drafts_may_ask_at_the_same_time() -> None:
    lookups = Lookups(lines=2)

    asked: list[Lookup[Any]] = [lookups.put(quick(str(n))) for n in range(200)]
    for lookup in asked:
        lookups.wait(lookup, PATIENCE)

    assert [lookup.answer for lookup in asked] == [str(n) for n in range(200)]


def test_no_thread_keeps_the_process_from_ending() -> None:
    threads: list[Thread] = []

    def question() -> Iterator[str]:
        threads.append(current_thread())
        yield "here"

    lookup = Lookups().put(Lookup(CRM, question))

    assert lookup.done.wait(PATIENCE)
    assert [thread.daemon for thread in threads] == [True]
