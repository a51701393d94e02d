"""An action gate on a real store, under a policy that a test writes, and actions for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.actions.gate import ActionGate
from app.actions.standing import ActionStanding, read_action
from app.core.actions import Action, Outcome, Target, Values
from app.core.approvals import Verdict
from app.core.clock import ManualClock
from app.core.errors import FactUnavailable
from app.core.facts import Account, Contact, Deal, Person
from app.core.notices import Notice
from app.core.ports import World
from app.store.policies import PublishedPolicy
from app.store.store import Store
from tests.support.gates import Harness, make_harness

SETTINGS = "thresholds: {stale_after: 365d}\n"
UPDATE = "resource: record_mutation, action: update_record"


class SmallCrm:
    """A double of the CRM: two deals of one customer; a test may change them, and take it down."""

    def __init__(self) -> None:
        self.deals = {
            "d-1": Deal(
                id="d-1", name="Small", account="a-1", stage="proposal", amount=20_000.0, currency="EUR", owner="tom"
            ),
            "d-2": Deal(
                id="d-2", name="Large", account="a-1", stage="proposal", amount=250_000.0, currency="EUR", owner="tom"
            ),
        }
        self.down = False

    def deal(self, deal_id: str) -> Deal | None:
        """By id."""
        if self.down:
            raise FactUnavailable("crm", "is down")
        return self.deals.get(deal_id)

    def account(self, account_id: str) -> Account | None:
        """The one customer."""
        return Account(id=account_id, name="Acme")

    def contact(self, email: str) -> Contact | None:
        """None."""

    def accounts(self) -> Sequence[Account]:
        """The one customer."""
        return (Account(id="a-1", name="Acme"),)

    def as_of(self) -> datetime:
        """Long ago; the policy does not mind."""
        return datetime.fromisoformat("2026-11-01T00:00:00+00:00")


@dataclass(frozen=True, kw_only=True)
class ActionHouse:
    """An action gate, and everything a test may turn."""

    harness: Harness
    gate: ActionGate
    crm: SmallCrm

    @property
    def store(self) -> Store:
        """The store."""
        return self.gate.store

    @property
    def clock(self) -> ManualClock:
        """The clock."""
        return self.harness.clock

    def publish(self, version: int, *rules: str, settings: str = SETTINGS) -> None:
        """Put these rules in force."""
        lines = "".join(f"  - {{{rule}}}\n" for rule in rules)
        text = f"version: {version}\n{settings}rules:{chr(10) + lines if lines else ' []'}\n"
        now = self.clock.now()
        with self.store.write(now=now) as tx:
            tx.policies.publish(PublishedPolicy(version=version, text=text, published_by="test", published_at=now))

    def person(self, id: str) -> Person:
        """A colleague."""
        found = self.gate.people.person(id)
        assert found is not None
        return found

    def propose(self, action: Action, by: str = "sam") -> ActionStanding:
        """Hand it to the gate."""
        return self.gate.propose(action, person=self.person(by))

    def say(
        self, shown: ActionStanding, person: str, verdict: Verdict = Verdict.APPROVE, **more: object
    ) -> ActionStanding:
        """A word on it."""
        values: dict[str, object] = {"digest": shown.row.digest, "reason": "looked", **more}
        return self.gate.decide(shown.row.id, person=person, verdict=verdict, **values)  # type: ignore[arg-type]

    def claim(self, shown: ActionStanding, by: str = "sam", **more: object) -> ActionStanding:
        """Claim it."""
        values: dict[str, object] = {"digest": shown.row.digest, **more}
        return self.gate.permits.claim(shown.row.id, person=self.person(by), **values)  # type: ignore[arg-type]

    def report(
        self, shown: ActionStanding, outcome: Outcome = Outcome.DONE, by: str = "sam", result: Values | None = None
    ) -> ActionStanding:
        """Report on it with its claim."""
        claim = self.now(shown).row.claim
        assert claim is not None
        return self.gate.permits.report(
            shown.row.id, person=self.person(by), outcome=outcome, claim=claim.id, result=result, reason="so it is"
        )

    def now(self, shown: ActionStanding) -> ActionStanding:
        """Where it stands now."""
        with self.store.read() as reader:
            return read_action(reader, shown.row.id)

    def wait(self, **stretch: float) -> None:
        """Let time pass, then do what is due until nothing is."""
        self.clock.advance(timedelta(**stretch))
        while self.gate.wake_due():
            pass

    def told(self, person: str) -> list[Notice]:
        """What somebody was told, oldest first."""
        with self.store.read() as reader:
            return list(reversed(reader.notices.for_recipient(person, limit=100)))

    def trail(self, shown: ActionStanding) -> list[str]:
        """The kinds of its events."""
        with self.store.read() as reader:
            return [event.kind for event in reader.audit.events(draft_id=shown.row.id)]


def make_action_house(
    engine: sa.Engine, *rules: str, people: Sequence[Person], settings: str = SETTINGS
) -> ActionHouse:
    """A gate on an empty, migrated database, under version 1 of these rules."""
    harness = make_harness(engine, people=people, publish=False)
    crm = SmallCrm()
    assessor = harness.gate.assessor
    world: World = replace(assessor.world, crm=crm)
    gate = replace(harness.gate, assessor=replace(assessor, world=world))
    house = ActionHouse(
        harness=replace(harness, gate=gate),
        crm=crm,
        gate=ActionGate(
            store=gate.store,
            assessor=gate.assessor,
            policy=gate.policy,
            clock=gate.clock,
            ids=gate.ids,
            reviews=gate.reviews,
        ),
    )
    house.publish(1, *rules, settings=settings)
    return house


def an_action(**changes: object) -> Action:
    """A change of a deal's stage."""
    values: dict[str, object] = {
        "kind": "update_record",
        "resource": "record_mutation",
        "agent": "bot",
        "on_behalf_of": "sam",
        "target": Target(system="crm", type="opportunity", id="o-1"),
        "deal_id": "d-1",
        "before": {"stage": "proposal"},
        "after": {"stage": "negotiation"},
        "reason": "They sent a contract.",
    }
    return Action(**{**values, **changes})  # type: ignore[arg-type]
