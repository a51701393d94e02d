"""What happens in the small company, in a word each."""

from __future__ import annotations

from collections.abc import Sequence

from app.audit.chain import ChainedEvent
from app.autonomy import promotions
from app.autonomy.incidents import record_incident
from app.autonomy.promotions import Earning
from app.core.autonomy import Incident, Outcome, Promotion, Subject
from app.core.lifecycle import State
from app.core.routes import Tier
from app.standing import Standing, read_standing
from tests.support.autonomy import earn
from tests.unit.app.policy.house import House

REPLIES = Subject(agent="bot", action="reply", tier=Tier.LOW)
LOOK = "{id: look, when: 'draft.subject.startsWith(\"Review\")', route: review, autonomy: true}"
GO = "{id: go, when: 'draft.subject.startsWith(\"Send\")', route: auto_send}"
GRANTING = "autonomy: {level: 0.9, minimum: 30}\n"


def sign(house: House, subject: Subject = REPLIES, *, by: str = "ruth") -> Promotion:
    """A person signs."""
    gate = house.gate
    person, now = house.person(by), house.clock.now()
    return promotions.sign(gate.store, gate.ids, gate.policy, subject, person=person, reason="earned", now=now)


def promoted(house: House, subject: Subject = REPLIES, drafts: int = 40) -> Promotion:
    """An agent with a good record, and a signature under it."""
    earn(house.store, house.gate.ids, subject, drafts, now=house.clock.now())
    return sign(house, subject)


def incident(house: House, shown: Standing, *, by: str = "ruth", reason: str = "wrong price") -> Incident:
    """A person says that the mail should not have been sent."""
    people = house.gate.assessor.world.people
    return record_incident(
        house.store,
        house.gate.ids,
        people,
        shown.row.id,
        reason=reason,
        person=house.person(by),
        now=house.clock.now(),
    )


def sent(house: House, subject: str = "Review it", **changes: object) -> Standing:
    """A draft that has left, approved by whoever was asked."""
    shown = house.submit(subject, **changes)
    if shown.row.state is State.IN_REVIEW:
        shown = house.decide(shown)
    house.wait(minutes=2)
    after = now_at(house, shown)
    assert after.row.state is State.SENT
    return after


def now_at(house: House, shown: Standing) -> Standing:
    """Where the draft is now."""
    with house.store.read() as reader:
        return read_standing(reader, shown.row.id)


def outcome(house: House, shown: Standing) -> Outcome | None:
    """What became of the draft."""
    with house.store.read() as reader:
        known = reader.autonomy.outcome_of(shown.row.id)
    return known[1] if known else None


def overview(house: House) -> Sequence[Earning]:
    """What agents have earned."""
    with house.store.read() as reader:
        return promotions.overview(reader, house.gate.policy.read(reader))


def in_force(house: House) -> list[Subject]:
    """For what a promotion is in force."""
    with house.store.read() as reader:
        return list(reader.autonomy.in_force())


def events(house: House, kind: str) -> list[ChainedEvent]:
    """All events of this kind."""
    with house.store.read() as reader:
        return [event for event in reader.audit.events() if event.kind == kind]
