"""Carrying out in the CRM what was approved, and taking it back: gated, once, and never over somebody's change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from app.actions.crm_hand import CrmHand
from app.actions.rollback import rollback_of
from app.core.actions import Action, ActionState, Target, Values
from app.core.crm_writing import CrmWriter, LoggedActivity, WriteRefused, WriteUnavailable, WriteUncertain, Written
from app.core.errors import Conflict, CountersignError, InvalidInput
from tests.support.actions import ActionHouse, an_action
from tests.unit.app.actions.conftest import Found

FREE = "id: free, resource: record_mutation, route: auto_send"
ASK = "id: ask, resource: record_mutation, route: review"
DEAL, ACTIVITY = Target(system="salesforce", type="deal", id="006-1"), Target(system="salesforce", type="activity")
NOTE: Values = {"subject": "Mail sent", "text": "The plan"}


@dataclass
class Writer:
    """A double of a CRM's writer: one deal, its activities by id, and a failure that strikes once."""

    next_step: str = "Security review"
    activities: dict[str, LoggedActivity] = field(default_factory=dict)
    fails: CountersignError | None = None
    fails_after: bool = False
    writes: int = 0
    system: str = "salesforce"

    def log_activity(self, activity: LoggedActivity) -> Written:
        """Once under its key."""
        known = next((each for each, kept in self.activities.items() if kept.key == activity.key), None)
        if known is None:
            known = f"00T-{len(self.activities)}"
            self._write(lambda: self.activities.update({known: activity}))
        return Written(id=known, before=None, after={"subject": activity.subject, "text": activity.text})

    def set_next_step(self, deal_id: str, text: str, *, expected: str) -> Written:
        """Unless it reads otherwise."""
        if self.next_step not in (expected, text):
            raise Conflict("somebody changed it meanwhile")
        self._write(lambda: setattr(self, "next_step", text))
        return Written(id=deal_id, before={"next_step": expected}, after={"next_step": text})

    def undo(self, written: Written) -> None:
        """Unless it was changed."""
        kept = self.activities.get(written.id)
        if kept is not None and kept.text != written.after["text"]:
            raise Conflict("somebody changed it meanwhile")
        self._write(lambda: self.activities.pop(written.id, None))

    def _write(self, write: object) -> None:
        self.writes += 1
        assert callable(write)
        error, self.fails = self.fails, None
        if error is None or self.fails_after:
            write()
        if error is not None:
            raise error


def hand(house: ActionHouse, writer: Writer) -> CrmHand:
    fitting: CrmWriter = writer
    return CrmHand(actions=house.gate, writer=fitting)


def next_step(**more: object) -> Action:
    usual = an_action(target=DEAL, before={"next_step": "Security review"}, after={"next_step": "Order form"})
    return replace(usual, **more)  # type: ignore[arg-type]


def note(**more: object) -> Action:
    usual = an_action(kind="create_record", target=ACTIVITY, before=None, after=NOTE, deal_id="d-1")
    return replace(usual, **more)  # type: ignore[arg-type]


def test_a_next_step_is_written_reported_and_put_back_through_the_same_gate(found: Found) -> None:
    house, writer = found(FREE), Writer()
    sam, crm = house.person("sam"), hand(house, writer)
    done = crm.carry_out(house.propose(next_step()).row.id, person=sam)
    assert (done.row.state, writer.next_step) == (ActionState.DONE, "Order form")
    assert done.row.report is not None
    assert done.row.report.result == {"id": "006-1", "before": {"next_step": "Security review"}}
    back = house.propose(rollback_of(done, reason="wrong deal"))
    assert crm.carry_out(back.row.id, person=sam).row.state is ActionState.DONE
    assert writer.next_step == "Security review"


def test_an_activity_is_logged_under_the_actions_id_and_deleted_when_it_is_taken_back(found: Found) -> None:
    house, writer = found(FREE), Writer()
    sam, crm = house.person("sam"), hand(house, writer)
    done = crm.carry_out(house.propose(note()).row.id, person=sam)
    [(activity_id, kept)] = writer.activities.items()
    assert (kept.key, kept.deal_id, kept.text, kept.at) == (done.row.id, "d-1", "The plan", house.clock.now())
    back = house.propose(rollback_of(done, reason="twice"))
    assert back.action.target.id == activity_id
    assert crm.carry_out(back.row.id, person=sam).row.state is ActionState.DONE
    assert writer.activities == {}


def test_nothing_is_written_before_it_is_approved(found: Found) -> None:
    house, writer = found(ASK), Writer()
    shown = house.propose(next_step())
    with pytest.raises(Conflict, match="only what is approved can be claimed"):
        hand(house, writer).carry_out(shown.row.id, person=house.person("sam"))
    assert writer.writes == 0


@pytest.mark.parametrize("change", ["before it is written", "before it is put back"])
def test_somebodys_change_is_not_overwritten(found: Found, change: str) -> None:
    house, writer = found(FREE), Writer()
    sam, crm = house.person("sam"), hand(house, writer)
    action = next_step()
    if change == "before it is put back":
        action = rollback_of(crm.carry_out(house.propose(action).row.id, person=sam), reason="x")
    writer.next_step = "Call Joan"
    failed = crm.carry_out(house.propose(action).row.id, person=sam)
    assert (failed.row.state, writer.next_step) == (ActionState.FAILED, "Call Joan")
    assert failed.row.report is not None
    assert "somebody changed it meanwhile" in failed.row.report.reason


@pytest.mark.parametrize("error", [WriteRefused("no such deal"), WriteUnavailable("asked too often")])
def test_what_is_certainly_not_written_is_reported_as_failed(found: Found, error: CountersignError) -> None:
    house, writer = found(FREE), Writer(fails=error)
    failed = hand(house, writer).carry_out(house.propose(note()).row.id, person=house.person("sam"))
    assert failed.row.state is ActionState.FAILED
    assert failed.row.report is not None
    assert failed.row.report.reason == str(error)


@pytest.mark.parametrize("after", [True, False], ids=["it was written", "it was not"])
def test_where_nobody_knows_nothing_is_reported_until_somebody_has_looked(found: Found, after: bool) -> None:
    house, writer = found(FREE), Writer(fails=WriteUncertain("nobody knows"), fails_after=after)
    sam, crm, shown = house.person("sam"), hand(house, writer), house.propose(note())
    with pytest.raises(WriteUncertain):
        crm.carry_out(shown.row.id, person=sam, key="run-1")
    assert house.now(shown).row.state is ActionState.EXECUTING
    done = crm.carry_out(shown.row.id, person=sam, key="run-1")
    assert (done.row.state, len(writer.activities)) == (ActionState.DONE, 1)
    assert writer.writes == (1 if after else 2)


def test_a_claim_that_ends_without_a_word_is_for_a_person(found: Found) -> None:
    house, writer = found(FREE), Writer(fails=WriteUncertain("nobody knows"))
    shown = house.propose(note())
    with pytest.raises(WriteUncertain):
        hand(house, writer).carry_out(shown.row.id, person=house.person("sam"))
    house.wait(minutes=6)
    assert house.now(shown).row.state is ActionState.UNKNOWN
    with pytest.raises(Conflict):
        hand(house, writer).carry_out(shown.row.id, person=house.person("sam"))
    assert writer.writes == 1


def test_a_worker_that_froze_until_its_claim_was_over_writes_nothing(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, writer = found(FREE), Writer()
    shown = house.propose(note())
    claim = type(house.gate.permits).claim

    def frozen(*arguments: object, **more: object) -> object:
        taken = claim(*arguments, **more)  # type: ignore[arg-type]
        house.clock.advance(timedelta(minutes=6))
        return taken

    monkeypatch.setattr(type(house.gate.permits), "claim", frozen)
    failed = hand(house, writer).carry_out(shown.row.id, person=house.person("sam"))
    assert (failed.row.state, writer.writes) == (ActionState.FAILED, 0)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (next_step(target=Target(system="hubspot", type="deal", id="1")), r"target\.system: is hubspot"),
        (next_step(target=Target(system="salesforce", type="deal")), r"target\.id: is missing"),
        (next_step(before=None), r"before: has to hold next_step"),
        (next_step(after={"next_step": "x", "stage": "y"}), r"after: has to hold next_step, and nothing else"),
        (next_step(after={"next_step": 5}), r"after\.next_step: must be text"),
        (next_step(target=Target(system="salesforce", type="lead", id="1")), r"kind: update_record of lead is none"),
        (note(deal_id=None), r"deal_id: is missing"),
        (note(after={"subject": "x"}), r"after: has to hold subject and text"),
        (note(kind="delete_record", before=NOTE, after=None), r"target\.id: is missing"),
    ],
)
def test_what_the_hand_cannot_do_is_not_claimed(found: Found, action: Action, said: str) -> None:
    house, writer = found(FREE), Writer()
    shown = house.propose(action)
    with pytest.raises(InvalidInput, match=said):
        hand(house, writer).carry_out(shown.row.id, person=house.person("sam"))
    assert (house.now(shown).row.state, writer.writes) == (shown.row.state, 0)
