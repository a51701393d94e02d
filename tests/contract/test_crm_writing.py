"""What every CRM of other people's has to do when the gate writes into it, and takes that back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.crm_writing import CrmWriter, LoggedActivity, WriteRefused, WriteUnavailable, WriteUncertain, Written
from app.core.errors import Conflict, CountersignError
from tests.support.crm.houses import NOW, House, hubspot_house, impatient, salesforce_house
from tests.support.provider.faults import Fault


@pytest.fixture(params=["salesforce", "hubspot"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with a CRM, signed in."""
    with (salesforce_house if request.param == "salesforce" else hubspot_house)(tmp_path) as made:
        yield made


def log(house: House) -> Written:
    return house.log()


def step(house: House) -> Written:
    return house.writer().set_next_step(house.deal, "Order form", expected="Security review")


def posts(house: House) -> int:
    """Calls that write, HubSpot's search apart."""
    return len([call for call in house.server.calls if call.method != "GET"])


def test_a_writer_is_what_the_port_asks_for(house: House) -> None:
    writer: CrmWriter = house.writer()
    assert writer.system == house.name


# ── activities ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_activity_is_logged_once_under_its_key(house: House) -> None:
    first = log(house)
    assert log(house) == first
    assert first.before is None
    assert [subject for subject, _ in house.activities()] == ["Mail sent: the plan"]
    assert posts(house) == 1


def test_an_activity_is_taken_back_and_stays_so(house: House) -> None:
    written = log(house)
    house.writer().undo(written)
    assert house.activities() == []
    house.writer().undo(written)
    assert posts(house) == 2


def test_an_activity_that_somebody_changed_is_left_alone(house: House) -> None:
    written = log(house)
    changed = replace(written, after={**written.after, "text": "something else"})
    with pytest.raises(Conflict, match=f"somebody changed activity {written.id} in {house.name} meanwhile"):
        house.writer().undo(changed)
    assert len(house.activities()) == 1


def test_without_a_field_for_its_key_nothing_is_logged(house: House) -> None:
    nothing = LoggedActivity(key="ac_1", deal_id=house.deal, subject="x", text="x", at=NOW)
    with pytest.raises(WriteRefused, match=r"crm-fields\.yaml names no .* for an activity's key"):
        house.writer(replace(house.fields, activity={})).log_activity(nothing)
    assert house.server.calls == []


# ── the next step ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_next_step_is_written_and_put_back(house: House) -> None:
    written = step(house)
    assert written == Written(
        id=house.deal, before={"next_step": "Security review"}, after={"next_step": "Order form"}
    )
    assert house.next_step() == "Order form"
    house.writer().undo(written)
    assert house.next_step() == "Security review"


def test_what_is_there_already_is_not_written_again(house: House) -> None:
    assert step(house) == step(house)
    assert posts(house) == 1


def test_what_somebody_changed_before_is_not_overwritten(house: House) -> None:
    house.edit_deal(house.deal, next_step="Call Joan")
    with pytest.raises(Conflict, match=r"somebody changed the next step of deal .* meanwhile"):
        step(house)
    assert (house.next_step(), posts(house)) == ("Call Joan", 0)


def test_what_somebody_changed_since_is_not_put_back(house: House) -> None:
    written = step(house)
    house.edit_deal(house.deal, next_step="Call Joan")
    with pytest.raises(Conflict, match="meanwhile"):
        house.writer().undo(written)
    assert house.next_step() == "Call Joan"


@pytest.mark.parametrize("deal", ["006000000000000999", "999999", "D-101"])
def test_a_deal_that_is_none(house: House, deal: str) -> None:
    with pytest.raises(WriteRefused, match=r"has no deal|is no id"):
        house.writer().set_next_step(deal, "x", expected="")
    assert posts(house) == 0


# ── faults ────────────────────────────────────────────────────────────────────────────────────────────────────────

LOOKED_UP = {Fault.UNANSWERED, Fault.ERROR_AFTER, Fault.TRUNCATED, Fault.GARBAGE, Fault.SLOW}
"""What the CRM has done although its answer never came: the record itself tells."""
NOT_DONE = {Fault.DROPPED: WriteUncertain, Fault.ERROR_BEFORE: WriteUncertain, Fault.BUSY: WriteUncertain}


@pytest.fixture(params=[log, step], ids=["log", "next step"])
def write(request: pytest.FixtureRequest) -> Callable[[House], Written]:
    """One of the two things that can be written."""
    made: Callable[[House], Written] = request.param
    return made


def hurt_the_write(house: House, fault: Fault) -> None:
    """Nothing goes wrong with the look before it."""
    house.server.faults.extend([Fault.REPEATED, fault])


@pytest.mark.parametrize("fault", sorted(LOOKED_UP), ids=str)
def test_an_answer_that_never_came_is_looked_up_and_not_written_again(
    house: House, write: Callable[[House], Written], fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    hurt_the_write(house, fault)
    written = write(house)
    assert posts(house) == 1
    assert write(house).id == written.id
    assert posts(house) == 1
    assert len(house.activities()) + (house.next_step() == "Order form") == 1


@pytest.mark.parametrize("fault", NOT_DONE, ids=str)
def test_what_may_have_been_written_and_is_not_there_is_for_a_person(
    house: House, write: Callable[[House], Written], fault: Fault
) -> None:
    hurt_the_write(house, fault)
    with pytest.raises(WriteUncertain, match=r"nobody knows whether it was written to .*; look there"):
        write(house)
    assert posts(house) == 1
    house.later(minutes=10)
    write(house)
    assert posts(house) == 2, "a person or a later look says whether it is tried again"


@pytest.mark.parametrize("fault", [Fault.THROTTLED, Fault.NO_QUOTA], ids=str)
def test_what_was_asked_too_often_is_certainly_not_written(
    house: House, write: Callable[[House], Written], fault: Fault
) -> None:
    hurt_the_write(house, fault)
    with pytest.raises(WriteUnavailable, match="nothing was written"):
        write(house)
    assert posts(house) == 1


@pytest.mark.parametrize("fault", [Fault.UNANSWERED, Fault.ERROR_BEFORE, Fault.THROTTLED, Fault.GARBAGE], ids=str)
def test_where_nobody_can_look_nothing_is_written(
    house: House, write: Callable[[House], Written], fault: Fault
) -> None:
    house.server.faults.append(fault)
    with pytest.raises(WriteUnavailable, match="nothing was written"):
        write(house)
    assert posts(house) == 0


def test_an_expired_token_is_renewed_before_anything_is_written(
    house: House, write: Callable[[House], Written]
) -> None:
    hurt_the_write(house, Fault.EXPIRED)
    write(house)
    assert posts(house) == 2, "the first was refused before it did anything"
    assert len(house.server.token_calls) == 1
    assert len(house.activities()) + (house.next_step() == "Order form") == 1


def test_a_revoked_grant_writes_nothing(house: House, write: Callable[[House], Written]) -> None:
    house.let_in(refresh_token="revoked")
    hurt_the_write(house, Fault.REVOKED)
    with pytest.raises(WriteUnavailable, match="countersign accounts connect"):
        write(house)
    assert house.activities() == []


def test_a_deletion_that_nobody_answered_is_looked_up(house: House) -> None:
    written = log(house)
    hurt_the_write(house, Fault.UNANSWERED)
    house.writer().undo(written)
    assert (house.activities(), posts(house)) == ([], 2)


def test_no_message_holds_a_secret(house: House, write: Callable[[House], Written]) -> None:
    told = []
    for fault in (Fault.DROPPED, Fault.THROTTLED, Fault.NO_QUOTA):
        house.later(minutes=60)
        hurt_the_write(house, fault)
        with pytest.raises(CountersignError) as caught:
            write(house)
        told.append(str(caught.value))
    assert not [secret for secret in ("token-", "refresh-", "app-secret", "plan") if secret in " ".join(told)]
