"""Colleagues who have to be there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import Severity
from app.core.facts import Recipient, UnknownFact
from app.core.findings import Kind
from tests.unit.app.checks.builders import DANA, at, busy, draft, found, ny, promise, results, rewritten
from tests.unit.app.checks.calendar.scenes import LENA, TOM, away, meeting, part_of_day, with_colleague

TAKEN = busy(ny(19, 15), 1, "Demo clinic")


@pytest.mark.parametrize(
    "text",
    [
        "Tom and I can meet Thursday at 3pm",
        "I'll bring Tom Whitaker along Thursday at 3pm",
        "I'll have Tom call you Thursday at 3pm",
        "Thursday at 3pm works for Tom and me",
    ],
)
def test_who_is_brought_along_has_to_be_free(text: str) -> None:
    (result,) = results(
        "calendar.colleague", meeting(text, "Thursday at 3pm", ny(19, 15)), with_colleague(TOM, TAKEN)
    )

    assert result.severity is Severity.HIGH
    assert result.message == "Tom Whitaker cannot make 'Thursday at 3pm': Demo clinic, Thursday 19 Nov 15:00–16:00"
    assert result.evidence[0].source == "calendar of tom"


@pytest.mark.parametrize(
    "text",
    [
        "I can meet Thursday at 3pm without Tom",
        "Tom's notes in hand, I can meet Thursday at 3pm",
        "Tom sent you the deck, so let's meet Thursday at 3pm",
        "Tom can't make it, but I can meet Thursday at 3pm",
        "Let's meet Thursday at 3pm",
    ],
)
def test_who_stays_away_need_not(text: str) -> None:
    findings = meeting(text, "Thursday at 3pm", ny(19, 15))

    assert results("calendar.colleague", findings, with_colleague(TOM, TAKEN)) == []


def test_another_sentence_may_bring_the_colleague() -> None:
    text = "Let's meet Thursday at 3pm. Tom will join us."
    meets = promise("Let's meet Thursday at 3pm", kind=Kind.MEETING, action="meet")
    findings = found(text, meets, at("Thursday at 3pm", ny(19, 15)))

    assert results("calendar.colleague", findings, with_colleague(TOM, TAKEN))


def test_who_is_written_to_takes_part_and_who_is_in_copy_only_in_a_plural() -> None:
    to = draft(to=("dana@acme.example", "tom@ours.example"))
    cc = draft(cc=("tom@ours.example",))
    world = with_colleague(TOM, TAKEN)
    one, many = (
        meeting(t, "Thursday at 3pm", ny(19, 15)) for t in ("I'm free Thursday at 3pm", "We're free Thursday at 3pm")
    )
    ask = meeting("Can we meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))

    assert results("calendar.colleague", one, world, to)
    assert results("calendar.colleague", many, world, cc)
    assert results("calendar.colleague", one, world, cc) == []
    assert results("calendar.colleague", ask, world, cc) == []


def test_a_bare_first_name_that_a_reader_shares_is_the_readers() -> None:
    reader = Recipient(email=DANA.email, contact=replace(DANA, name="Tom Reyes"))
    world = with_colleague(TOM, TAKEN, recipients=(reader,))

    assert (
        results(
            "calendar.colleague", meeting("Tom, let's meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15)), world
        )
        == []
    )
    full = meeting("Tom Whitaker and I can meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))
    assert results("calendar.colleague", full, world)


def test_a_colleague_who_goes_instead_frees_the_sender() -> None:
    text = "Tom Whitaker will run the session Thursday at 3pm"
    runs = promise(text, kind=Kind.MEETING, action="run", actor="Tom Whitaker")
    findings = found(text, runs, at("Thursday at 3pm", ny(19, 15)))

    assert results("calendar.colleague", findings, with_colleague(TOM, TAKEN))
    assert results("calendar.busy", findings, with_colleague(TOM, busy=(TAKEN,))) == []


def test_an_absence_counts_and_the_suggestion_is_free_for_all() -> None:
    findings = meeting("Tom and I can meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))
    world = with_colleague(TOM, away(ny(19, 0)), busy=(busy(ny(20, 9), 6),))

    (result,) = results("calendar.colleague", findings, world)

    assert rewritten(findings, result) == "Tom and I can meet Friday at 3pm"


def test_the_suggestion_lies_in_the_hours_of_all() -> None:
    findings = meeting("Lena and I can meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))

    (result,) = results("calendar.working_hours", findings, with_colleague(LENA))

    assert "21:00 for Lena Fuchs, who works 09:00–17:30" in result.message
    assert rewritten(findings, result) == "Lena and I can meet Thursday at 11am"


def test_a_part_of_a_day_needs_half_an_hour_that_all_have() -> None:
    findings = part_of_day("Tom and I are free Thursday afternoon", "Thursday afternoon", ny(19, 12), 6)
    half, other = busy(ny(19, 12), 3), busy(ny(19, 15), 3)

    assert results("calendar.colleague", findings, with_colleague(TOM, half)) == []
    assert results("calendar.colleague", findings, with_colleague(TOM, half, busy=(other,)))


def test_a_calendar_that_did_not_come_is_neither_free_nor_taken() -> None:
    findings = meeting("Tom and I can meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))
    gap = UnknownFact(source="calendar of tom", reason="timed out")
    world = with_colleague(TOM, TAKEN, busy=(TAKEN,), unknown=(gap,))

    assert results("calendar.colleague", findings, world) == []
    (own,) = results("calendar.busy", findings, world)
    assert own.suggestion is None
