"""What becomes of a draft is kept once, as people made it."""

from __future__ import annotations

from app.core.approvals import Verdict
from app.core.autonomy import Outcome
from app.core.lifecycle import State
from app.core.routes import Tier
from app.edits import DraftEdit
from app.standing import Standing
from tests.unit.app.autonomy.scenes import GO, GRANTING, LOOK, REPLIES, now_at, outcome, overview, sent
from tests.unit.app.policy.house import House


def edited(house: House, text: str) -> Standing:
    """A draft of twenty words whose text the sender changed before it was approved."""
    shown = house.submit("Review it", text="word " * 18)
    edit = DraftEdit(text=text)
    changed = house.gate.edit(shown.row.id, edit, person="sam", digest=shown.row.digest)
    house.decide(changed)
    house.wait(minutes=2)
    return now_at(house, changed)


def test_the_agents_own_words_that_people_approved_are_unchanged(house: House) -> None:
    assert outcome(house, sent(house)) is Outcome.UNCHANGED
    (line,) = overview(house)
    assert (line.subject, line.figures.counts) == (REPLIES, {Outcome.UNCHANGED: 1})


def test_an_edit_counts_by_how_much_it_changed(house: House) -> None:
    assert outcome(house, edited(house, "word " * 17 + "other")) is Outcome.LIGHT_EDIT
    assert outcome(house, edited(house, "word " * 9)) is Outcome.HEAVY_EDIT


def test_an_edit_that_was_taken_back_changed_nothing(house: House) -> None:
    shown = house.submit("Review it")
    changed = house.gate.edit(shown.row.id, DraftEdit(text="Other."), person="sam", digest=shown.row.digest)
    back = DraftEdit(text=shown.draft.text)
    restored = house.gate.edit(shown.row.id, back, person="sam", digest=changed.row.digest)
    house.decide(restored)
    house.wait(minutes=2)
    assert outcome(house, restored) is Outcome.UNCHANGED


def test_what_was_rejected_or_taken_back_counts_as_rejected(house: House) -> None:
    rejected = house.decide(house.submit("Review it"), Verdict.REJECT)
    approved = house.decide(house.submit("Review it"))
    undone = house.gate.undo(approved.row.id, person="sam")
    again = house.gate.undo(approved.row.id, person="sam")
    assert outcome(house, rejected) is outcome(house, undone) is outcome(house, again) is Outcome.REJECTED
    (line,) = overview(house)
    assert line.figures.counts == {Outcome.REJECTED: 2}


def test_what_no_person_saw_counts_neither_for_nor_against(house: House) -> None:
    house.publish(3, LOOK, GO, more=GRANTING)
    assert outcome(house, sent(house, "Send it")) is Outcome.UNATTENDED
    (line,) = overview(house)
    assert (line.figures.decided, line.figures[Outcome.UNATTENDED]) == (0, 1)


def test_what_waits_or_expired_came_to_nothing(house: House) -> None:
    waits = house.submit("Review it")
    assert outcome(house, waits) is None
    house.wait(hours=25)
    assert now_at(house, waits).row.state is State.EXPIRED
    assert outcome(house, waits) is None
    assert overview(house) == []


def test_the_tier_is_that_of_the_agents_own_words(house: House) -> None:
    risky = house.submit("Review it", text="We guarantee 99.99% uptime for ten years.")
    assert risky.assessment.risk.tier is not Tier.LOW
    plain = DraftEdit(text="Hello.")
    changed = house.gate.edit(risky.row.id, plain, person="sam", digest=risky.row.digest)
    assert changed.assessment.risk.tier is Tier.LOW
    house.decide(changed)
    house.wait(minutes=2)
    (line,) = overview(house)
    assert line.subject.tier is risky.assessment.risk.tier
    assert line.figures.counts == {Outcome.HEAVY_EDIT: 1}
