"""The reviewer's desk on both databases: what is seen, in which order, why, and how a draft is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app import desk
from app.core.errors import FactUnavailable, InvalidInput, NotFound
from app.core.facts import Deal, Person
from app.core.lifecycle import State
from app.desk import QueueItem
from app.edits import DraftEdit
from app.standing import Standing
from app.store.tables import drafts, revisions
from tests.support.gates import EmptyOutside, Harness, a_draft, make_harness

CROWD = 1001


@dataclass
class ScriptedCrm(EmptyOutside):
    """A double of a CRM with deals of these amounts, which can be down."""

    amounts: dict[str, float] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def deal(self, deal_id: str) -> Deal | None:
        """The deal, named after its id."""
        self.asked.append(deal_id)
        if self.down:
            raise FactUnavailable("crm", "timed out")
        amount = self.amounts.get(deal_id)
        if amount is None:
            return None
        return Deal(
            id=deal_id, name=f"Deal {deal_id}", account="a", stage="s", amount=amount, currency="EUR", owner=None
        )


@pytest.fixture
def crm() -> ScriptedCrm:
    return ScriptedCrm(amounts={"small": 1_000, "large": 90_000})


@pytest.fixture
def harness(engine: sa.Engine, crm: ScriptedCrm) -> Harness:
    made = make_harness(engine)
    assessor = made.gate.assessor
    made.gate = replace(made.gate, assessor=replace(assessor, world=replace(assessor.world, crm=crm)))
    return made


def submit(harness: Harness, subject: str = "review", **changes: object) -> Standing:
    """A draft that comes in a minute after the one before."""
    harness.clock.advance(timedelta(minutes=1))
    return harness.gate.submit(a_draft(subject, **changes))


def seen(
    harness: Harness, crm: ScriptedCrm, person: str | None = None, *, now: datetime | None = None
) -> Sequence[QueueItem]:
    reading = the(harness, person) if person else None
    with harness.store.read() as reader:
        return desk.queue(reader, crm, person=reading, now=now or harness.clock.now())


def the(harness: Harness, person: str) -> Person:
    found = harness.gate.assessor.world.people.person(person)
    assert found is not None
    return found


def ids(items: Sequence[QueueItem]) -> list[str]:
    return [item.standing.row.id for item in items]


def crowd(engine: sa.Engine, model: Standing, *, after: timedelta, **changes: object) -> None:
    """Copies of a draft, a second apart, beginning `after` it."""
    with engine.begin() as connection:
        row = connection.execute(sa.select(drafts).where(drafts.c.id == model.row.id)).one()._mapping
        revision = connection.execute(sa.select(revisions).where(revisions.c.draft_id == model.row.id)).one()._mapping
        copies = []
        for number in range(CROWD):
            at = model.row.created_at + after + timedelta(seconds=number)
            copies.append({**row, "id": f"dr_copy{number:04}", "created_at": at, "updated_at": at, **changes})
        connection.execute(sa.insert(drafts), copies)
        connection.execute(sa.insert(revisions), [{**revision, "draft_id": copy["id"]} for copy in copies])


def test_of_equal_drafts_the_oldest_is_first_and_blocked_ones_are_last(harness: Harness, crm: ScriptedCrm) -> None:
    blocked, first, second = submit(harness, "block"), submit(harness), submit(harness)
    submit(harness, "auto_send")
    items = seen(harness, crm)
    assert ids(items) == [first.row.id, second.row.id, blocked.row.id]
    assert {item.first_because for item in items} == {"low risk, no deal"}


def test_a_draft_that_needs_a_person_is_seen(harness: Harness, crm: ScriptedCrm) -> None:
    refused = submit(harness, "auto_send")
    harness.mail.failures.append("refused")
    harness.wait(minutes=1)
    (item,) = seen(harness, crm, "sam")
    assert (item.standing.row.id, item.standing.row.state) == (refused.row.id, State.FAILED)
    assert seen(harness, crm, "tom") == []


def test_what_the_reader_is_asked_about_is_first(harness: Harness, crm: ScriptedCrm) -> None:
    others, mine = submit(harness, "review two", deal_id="large"), submit(harness)
    items = seen(harness, crm, "ada")
    assert ids(items) == [others.row.id, mine.row.id]
    assert [item.mine for item in items] == [False, False]
    items = seen(harness, crm, "ruth")
    assert ids(items) == [mine.row.id]
    assert [item.mine for item in items] == [True]


def test_an_admin_sees_their_own_before_what_others_are_asked(harness: Harness, crm: ScriptedCrm) -> None:
    boss = replace(the(harness, "ruth"), roles=("manager", "admin"))
    others, mine = submit(harness, "review two", deal_id="large"), submit(harness)
    with harness.store.read() as reader:
        items = desk.queue(reader, crm, person=boss, now=harness.clock.now())
    assert [(item.standing.row.id, item.mine) for item in items] == [(mine.row.id, True), (others.row.id, False)]


def test_a_person_sees_nothing_of_what_is_not_theirs(harness: Harness, crm: ScriptedCrm) -> None:
    submit(harness)
    submit(harness, "block")
    assert seen(harness, crm, "tom") == []
    assert len(seen(harness, crm, "sam")) == 2


def test_what_expires_within_the_hour_is_first(harness: Harness, crm: ScriptedCrm) -> None:
    soon = submit(harness)
    harness.clock.advance(timedelta(hours=2))
    later = submit(harness, deal_id="large")
    due = soon.row.due_at
    assert due is not None
    assert ids(seen(harness, crm)) == [later.row.id, soon.row.id]
    items = seen(harness, crm, now=due - timedelta(minutes=59))
    assert ids(items) == [soon.row.id, later.row.id]
    assert items[0].first_because == "expires within the hour, low risk"


def test_the_higher_stake_is_first_and_each_deal_is_asked_for_once(harness: Harness, crm: ScriptedCrm) -> None:
    small, none, large = submit(harness, deal_id="small"), submit(harness), submit(harness, deal_id="large")
    again = submit(harness, deal_id="large")
    crm.asked.clear()
    items = seen(harness, crm)
    assert ids(items) == [large.row.id, again.row.id, none.row.id, small.row.id]
    assert items[0].first_because == "low risk, Deal large worth 90,000 EUR"
    assert items[0].deal is not None
    assert sorted(crm.asked) == ["large", "small"]


def test_an_edited_draft_is_shown_as_it_is_now_with_its_editors(harness: Harness, crm: ScriptedCrm) -> None:
    shown = submit(harness, "review two")
    harness.gate.edit(shown.row.id, DraftEdit(text="Another text."), person="ada", digest=shown.row.digest)
    (item,) = seen(harness, crm)
    assert item.standing.editors == {"ada"}
    assert item.standing.draft.text == "Another text."


def test_a_crm_that_is_down_is_said_and_is_not_asked_twice(harness: Harness, crm: ScriptedCrm) -> None:
    first, second = submit(harness, deal_id="small"), submit(harness, deal_id="large")
    without = submit(harness)
    crm.down = True
    crm.asked.clear()
    items = seen(harness, crm)
    assert ids(items) == [first.row.id, second.row.id, without.row.id]
    assert [item.deal for item in items] == [None, None, None]
    assert [item.first_because for item in items] == [
        "low risk, deal small cannot be read now",
        "low risk, deal large cannot be read now",
        "low risk, no deal",
    ]
    assert len(crm.asked) == 1


def test_blocked_drafts_never_crowd_out_a_review(harness: Harness, crm: ScriptedCrm, engine: sa.Engine) -> None:
    crowd(engine, submit(harness, "block"), after=timedelta(seconds=1))
    harness.clock.advance(timedelta(hours=1))
    review = submit(harness)
    items = seen(harness, crm)
    assert items[0].standing.row.id == review.row.id
    newest = {f"dr_copy{number:04}" for number in range(CROWD - 200, CROWD)}
    assert set(ids(items[1:])) == newest


def test_drafts_of_others_never_crowd_out_mine(harness: Harness, crm: ScriptedCrm, engine: sa.Engine) -> None:
    blocked, review = submit(harness, "block"), submit(harness)
    crowd(engine, blocked, after=timedelta(hours=1), on_behalf_of="tom")
    assert ids(seen(harness, crm, "sam")) == [review.row.id, blocked.row.id]


def test_many_drafts_take_as_many_queries_as_one(harness: Harness, crm: ScriptedCrm, engine: sa.Engine) -> None:
    model = submit(harness)
    statements: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert len(seen(harness, crm)) == 1
    alone = len(statements)
    crowd(engine, model, after=timedelta(seconds=1))
    statements.clear()
    assert len(seen(harness, crm)) == 1000
    assert len(statements) == alone


def find(harness: Harness, reference: str) -> str:
    with harness.store.read() as reader:
        people = harness.gate.assessor.world.people
        return desk.find(reader, reference, person=None, people=people).row.id


def test_a_draft_is_found_by_its_id_its_client_id_or_how_its_id_begins(harness: Harness) -> None:
    draft = submit(harness, client_id="order-7").row.id
    assert find(harness, draft) == find(harness, "order-7") == find(harness, draft[:-1]) == draft


@pytest.mark.parametrize("reference", ["", "dr_none", "%", "_", "DR_", "order"])
def test_what_begins_no_id_is_not_found(harness: Harness, reference: str) -> None:
    submit(harness, client_id="order-7")
    with pytest.raises(NotFound):
        find(harness, reference)


def test_a_beginning_that_several_ids_share_is_refused(harness: Harness, engine: sa.Engine) -> None:
    first, second = submit(harness), submit(harness)
    with pytest.raises(InvalidInput, match=f"2 drafts begin so, {first.row.id} and {second.row.id} among them"):
        find(harness, "dr_")
    crowd(engine, first, after=timedelta(seconds=1))
    with pytest.raises(InvalidInput, match="100 drafts or more begin so"):
        find(harness, "dr_")
