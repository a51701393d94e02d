"""Out of office, delegation, and what neither of them gets around."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.absences import Absence
from app.core.approvals import Requirement, Resolver, ResolverKind
from app.core.errors import AlreadyDecided, Conflict, InvalidInput, NotFound, NotPermitted
from app.core.lifecycle import State
from app.edits import DraftEdit
from tests.support.deciding import approve, standing
from tests.support.gates import START, Harness, make_harness
from tests.unit.app.approvals.house import (
    ADMIN,
    LEGAL,
    MANAGER,
    PEOPLE,
    Diaries,
    asked,
    events,
    kinds,
    reviews,
    submit,
)

BY_MANAGER = Requirement(resolver=MANAGER, fallback=ADMIN, expires_after=timedelta(days=5))


def away(
    harness: Harness, person: str, delegate: str | None, *, by: str | None = None, start: float = 0, hours: float = 24
) -> Absence:
    begin = harness.clock.now() + timedelta(hours=start)
    return reviews(harness).absences.add(
        person=person, start=begin, until=begin + timedelta(hours=hours), delegate=delegate, by=by or person
    )


def test_a_delegate_decides_in_the_name_of_who_is_away(harness: Harness) -> None:
    away(harness, "ruth", "lena")
    shown = submit(harness, BY_MANAGER)
    assert asked(shown) == ("ruth", "lena")
    after = approve(harness, shown, "lena")
    assert after.row.state is State.SCHEDULED
    (word,) = after.approvals[-1].decisions
    assert (word.person, word.in_name_of) == ("lena", "ruth")
    assert events(harness, shown.row.id, "draft.approved")[0]["in_name_of"] == "ruth"


def test_without_a_delegate_the_fallback_is_asked_too(harness: Harness) -> None:
    away(harness, "ruth", None)
    assert asked(submit(harness, BY_MANAGER)) == ("ruth", "ada")


def test_an_absence_that_is_set_later_moves_what_waits_already(harness: Harness) -> None:
    shown = submit(harness, BY_MANAGER)
    away(harness, "ruth", "lena")
    assert asked(standing(harness, shown.row.id)) == ("ruth", "lena")
    assert kinds(harness, "lena") == ["asked"]


def test_an_absence_that_begins_later_is_noticed_when_it_begins_and_when_it_ends(harness: Harness) -> None:
    shown = submit(harness, BY_MANAGER)
    away(harness, "ruth", "lena", start=10, hours=10)
    assert asked(standing(harness, shown.row.id)) == ("ruth",)
    harness.wait(hours=10)
    assert asked(standing(harness, shown.row.id)) == ("ruth", "lena")
    harness.wait(hours=10)
    assert asked(standing(harness, shown.row.id)) == ("ruth",)
    assert approve(harness, shown, "ruth").row.state is State.SCHEDULED


def test_a_delegates_right_ends_with_the_absence_even_before_a_worker_notices(harness: Harness) -> None:
    away(harness, "ruth", "lena", hours=1)
    shown = submit(harness, BY_MANAGER)
    harness.clock.advance(timedelta(hours=1))
    with pytest.raises((NotFound, NotPermitted)):
        approve(harness, shown, "lena")


def test_ending_an_absence_takes_the_right_back_at_once(harness: Harness) -> None:
    absence = away(harness, "ruth", "lena")
    shown = submit(harness, BY_MANAGER)
    reviews(harness).absences.end(absence.id, by="ruth")
    assert asked(standing(harness, shown.row.id)) == ("ruth",)
    with pytest.raises(Conflict, match="over"):
        reviews(harness).absences.end(absence.id, by="ruth")


def test_one_place_gives_one_approval_however_many_use_it(harness: Harness) -> None:
    away(harness, "lena", "tom", by="ada")
    demand = Requirement(needed=2, resolver=Resolver(kind=ResolverKind.USER, argument="lena"), fallback=LEGAL)
    shown = submit(harness, demand)
    assert set(asked(shown)) == {"lena", "luis", "tom"}
    after = approve(harness, shown, "tom")
    with pytest.raises(AlreadyDecided, match="tom"):
        approve(harness, after, "lena")
    assert approve(harness, after, "luis").row.state is State.SCHEDULED


def test_who_is_asked_and_stands_in_as_well_counts_once(harness: Harness) -> None:
    away(harness, "lena", "luis")
    shown = submit(harness, Requirement(needed=2, resolver=LEGAL, fallback=ADMIN))
    assert set(asked(shown)) == {"lena", "luis", "ada"}, "two are needed, and only one of two is there"
    after = approve(harness, shown, "luis")
    assert approve(harness, after, "luis").row == after.row
    assert after.row.state is State.IN_REVIEW
    assert approve(harness, after, "ada").row.state is State.SCHEDULED


def test_the_sender_never_stands_in_for_whoever_should_decide(harness: Harness) -> None:
    away(harness, "ruth", "sam")
    shown = submit(harness, BY_MANAGER)
    assert asked(shown) == ("ruth", "ada")
    with pytest.raises(NotPermitted):
        approve(harness, shown, "sam")


def test_an_editor_never_stands_in(harness: Harness) -> None:
    shown = submit(harness, BY_MANAGER)
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="New."), person="ada", digest=shown.row.digest)
    away(harness, "ruth", "ada")
    assert "ada" not in asked(standing(harness, edited.row.id))
    with pytest.raises(NotPermitted):
        approve(harness, edited, "ada")


def test_a_place_that_a_role_fills_passes_to_that_role_only(harness: Harness) -> None:
    demand = Requirement(resolver=LEGAL, fallback=ADMIN)
    away(harness, "lena", "tom")
    away(harness, "luis", "tom")
    assert asked(submit(harness, demand)) == ("lena", "luis", "ada")


def test_a_delegate_who_is_away_passes_it_on_and_a_circle_ends(harness: Harness) -> None:
    away(harness, "ruth", "lena")
    away(harness, "lena", "luis")
    assert asked(submit(harness, BY_MANAGER)) == ("ruth", "luis")
    away(harness, "luis", "ruth")
    assert asked(submit(harness, BY_MANAGER)) == ("ruth", "ada")


def test_only_the_person_a_manager_of_theirs_and_admins_may_say_so(harness: Harness) -> None:
    for by in ("sam", "ruth", "vera", "ada"):
        away(harness, "sam", None, by=by)
    for by in ("tom", "lena"):
        with pytest.raises(NotPermitted, match=by):
            away(harness, "sam", None, by=by)


@pytest.mark.parametrize(("delegate", "hours"), [("ruth", 1), (None, 0), (None, -3), (None, 24 * 500)])
def test_an_absence_that_makes_no_sense_is_refused(harness: Harness, delegate: str | None, hours: float) -> None:
    with pytest.raises(InvalidInput):
        away(harness, "ruth", delegate, hours=hours)


def test_an_absence_of_or_for_a_stranger_is_refused(harness: Harness) -> None:
    with pytest.raises(NotFound):
        away(harness, "ruth", "ghost")
    with pytest.raises(NotFound):
        reviews(harness).absences.end("ab_none", by="ruth")


def _at(hour: int) -> datetime:
    return START.replace(hour=hour)


@pytest.mark.parametrize(
    ("leave", "people"),
    [
        ([("ruth", _at(0), _at(23))], ("ruth", "ada")),
        ([("ruth", _at(8), _at(13)), ("ruth", _at(13), _at(18))], ("ruth", "ada")),
        ([("ruth", _at(9), _at(17))], ("ruth",)),
        ([], ("ruth",)),
    ],
)
def test_leave_all_day_by_the_calendar_asks_the_fallback_too(
    engine: sa.Engine, leave: list[tuple[str, datetime, datetime]], people: tuple[str, ...]
) -> None:
    harness = make_harness(engine, people=PEOPLE, calendars=Diaries(leave))
    assert asked(submit(harness, BY_MANAGER)) == people


def test_a_calendar_that_cannot_be_read_makes_nobody_absent(engine: sa.Engine) -> None:
    harness = make_harness(engine, people=PEOPLE, calendars=Diaries(missing=["ruth"]))
    assert asked(submit(harness, BY_MANAGER)) == ("ruth",)
