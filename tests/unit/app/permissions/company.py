"""A company made for the table: one person of each role, and drafts that are to them whatever a draft can be.

What is asked is written into a draft's subject: `ask:cole` puts it before Cole, `consult:cole` lets him see it,
`pair:cole` asks either him or Nina, `two:cole` both, `prove:cole` him with a fresh proof. Everything else is Nina's
to decide.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from app import tokens
from app.core.approvals import Verdict
from app.core.autonomy import Sample, Subject
from app.core.clock import ManualClock
from app.core.drafts import Draft
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.routes import Route, Tier
from app.edits import DraftEdit
from app.identity.vault import new_key
from app.permissions import Relation, Role
from app.policy import proposals
from app.policy.service import published
from app.services import Services, open_services
from app.settings import Settings
from app.standing import Standing, read_standing
from app.store.proposals import Proposal
from app.trail import happened
from tests.support.autonomy import earn
from tests.support.databases import lay_tables
from tests.support.doors import WillingDoor
from tests.support.gates import START, a_draft
from tests.unit.app.monitoring.test_due import an_entry

ACTORS = {Role.COLLEAGUE: "cole", Role.MANAGER: "mona", Role.OWNER: "olga", Role.ADMIN: "adam"}
_ROLES = {"cole": "seller", "mona": "manager", "olga": "owner", "adam": "admin"}
NEUTRAL = "nina"
"""Asked where nobody else is; nothing to anybody."""
STRANGER = "stan"
REVIEWER = "pia"

_EXPIRY = timedelta(hours=25)
_UNDO = timedelta(hours=1)


def _people() -> str:
    pairs = ", ".join(f"pair-{actor}" for actor in _ROLES)
    lines = [
        f"- {{id: {actor}, email: {actor}@o.example, name: {actor}, roles: [{role}, pair-{actor}]}}\n"
        for actor, role in _ROLES.items()
    ]
    lines += [
        f"- {{id: rep-{actor}, email: rep-{actor}@o.example, name: Rep, roles: [seller], manager: {actor}}}\n"
        for actor in _ROLES
    ]
    lines += [
        f"- {{id: {NEUTRAL}, email: nina@o.example, name: Nina, roles: [legal, {pairs}]}}\n",
        f"- {{id: {STRANGER}, email: stan@o.example, name: Stan, roles: [seller]}}\n",
        f"- {{id: {REVIEWER}, email: pia@o.example, name: Pia, roles: [manager]}}\n",
    ]
    return "".join(lines)


def policy(version: int) -> str:
    """The rules, under a version number."""
    rules = []
    for actor in _ROLES:
        nina = f"resolver: {{user: {{id: {NEUTRAL}}}}}"
        pair = f"resolver: {{role: pair-{actor}}}"
        for word, demand in (
            ("ask", f"resolver: {{user: {{id: {actor}}}}}"),
            ("consult", f"{nina}, consulted: [{{user: {{id: {actor}}}}}]"),
            ("pair", pair),
            ("two", f"needed: 2, {pair}"),
            ("prove", f"step_up: true, resolver: {{user: {{id: {actor}}}}}"),
        ):
            rules.append(
                f"  - {{id: {word}-{actor}, when: 'draft.subject.contains(\"{word}:{actor}\")', route: review, "
                f"approvals: {{{demand}, fallback: {{user: {{id: {NEUTRAL}}}}}}}, why: test}}\n"
            )
    rules += _rules_for_actions()
    for one in (STRANGER, *(f"rep-{actor}" for actor in _ROLES)):
        rules.append(
            f"  - {{id: ask-{one}, when: 'draft.subject.contains(\"ask:{one}\")', route: review, "
            f"approvals: {{resolver: {{user: {{id: {one}}}}}}}, why: test}}\n"
        )
    last = f"  - {{id: rest, route: review, approvals: {{resolver: {{user: {{id: {NEUTRAL}}}}}}}, why: test}}\n"
    rules.append(
        "  - {id: machine, when: 'draft.subject.contains(\"agent:bot-two\")', route: review, "
        "approvals: {resolver: {agent: {name: bot-two, below: critical}}}, why: test}\n"
    )
    settings = "autonomy: {level: 0.9, minimum: 30}\nthresholds: {stale_after: 365d}\n"
    return f"version: {version}\nundo_window: 1h\n{settings}rules:\n{''.join(rules)}{last}"


def found_world(folder: Path) -> Path:
    """Write the world folder and return it."""
    folder.mkdir(parents=True)
    (folder / "people.yaml").write_text(_people(), encoding="utf-8")
    crm = {"as_of": START.isoformat(), "accounts": [], "contacts": [], "deals": []}
    (folder / "crm.json").write_text(json.dumps(crm), encoding="utf-8")
    (folder / "policy.yaml").write_text(policy(1), encoding="utf-8")
    (folder / "world.yaml").write_text("name: Ours\ndomains: [o.example]\n", encoding="utf-8")
    return folder


def _rules_for_actions() -> list[str]:
    """The same questions about changes of records: there the target's id says who is asked."""
    nina = f"{{user: {{id: {NEUTRAL}}}}}"
    rules = [f"  - {{id: records, resource: record_mutation, route: review, approvals: {{resolver: {nina}}}}}\n"]
    for actor in _ROLES:
        for word, demand in (
            ("ask", f"resolver: {{user: {{id: {actor}}}}}"),
            ("consult", f"resolver: {nina}, consulted: [{{user: {{id: {actor}}}}}]"),
            ("pair", f"resolver: {{role: pair-{actor}}}"),
        ):
            rules.insert(
                0,
                f"  - {{id: {word}-{actor}-records, resource: record_mutation, route: review, "
                f"when: 'target.id == \"{word}:{actor}\"', approvals: {{{demand}, fallback: {nina}}}}}\n",
            )
    return rules


@dataclass(frozen=True, kw_only=True)
class House:
    """The services of the company, and the records in it."""

    services: Services
    clock: ManualClock
    folder: Path

    def person(self, id: str) -> Person:
        """The colleague."""
        found = self.services.opened.world.people.person(id)
        assert found is not None
        return found

    def promoted(self, id: str) -> Person:
        """The colleague, as if they were a manager: to make what they could not make themselves."""
        return replace(self.person(id), roles=("manager",))

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────

    def waiting(self, actor: str, relation: Relation) -> Standing:
        """A draft in review that is this to the actor, and nothing else."""
        if relation is Relation.EARLIER:
            before = self._submit(STRANGER, f"ask:{actor}")
            edit = DraftEdit(subject="Hello again")
            return self.services.gate.edit(before.row.id, edit, person=STRANGER, digest=before.row.digest)
        subject = {Relation.ASKED: f"ask:{actor}", Relation.CONSULTED: f"consult:{actor}"}.get(relation, "Hello")
        return self._submit(self._sender(actor, relation), subject)

    def scheduled(self, actor: str, relation: Relation) -> Standing:
        """An approved draft that has not left yet."""
        if relation is Relation.EARLIER:
            return self._approved(self._submit(STRANGER, f"pair:{actor}"), NEUTRAL)
        shown = self.waiting(actor, relation)
        return self._approved(shown, actor if relation is Relation.ASKED else NEUTRAL)

    def expired(self, actor: str, relation: Relation) -> Standing:
        """A draft that nobody decided about in time."""
        if relation is Relation.ASKED:
            shown = self._approved(self._submit(STRANGER, f"two:{actor}"), actor)
        elif relation is Relation.EARLIER:
            shown = self._submit(STRANGER, f"ask:{actor}")
        else:
            shown = self.waiting(actor, relation)
        self.clock.advance(_EXPIRY)
        self.services.gate.wake(shown.row.id, shown.row.version)
        after = self.standing(shown.row.id)
        assert after.row.state is State.EXPIRED
        return after

    def stuck(self, actor: str, relation: Relation) -> Standing:
        """A draft whose mail did not leave."""
        row = self.waiting(actor, relation).row
        with self.services.store.write(now=self.clock.now()) as tx:
            for state in (State.SCHEDULED, State.SENDING, State.FAILED):
                after = replace(row, state=state, version=row.version + 1)
                tx.move(row, after, happened("test.moved", "test"))
                row = after
        return self.standing(row.id)

    def standing(self, draft_id: str) -> Standing:
        """Where a draft is now."""
        with self.services.store.read() as reader:
            return read_standing(reader, draft_id)

    def draft(self, sender: str, subject: str) -> Draft:
        """A draft that nobody has handed in."""
        return a_draft(
            subject, on_behalf_of=sender, to=(f"{self.services.ids.new('lee')}@theirs.example",), text="Hello.\n"
        )

    def about(self, subject: str) -> Standing:
        """A draft of the stranger's with this subject."""
        return self._submit(STRANGER, subject)

    def sent(self, actor: str, relation: Relation) -> Standing:
        """A draft that has left."""
        shown = self.scheduled(actor, relation)
        self.clock.advance(_UNDO)
        self.services.gate.wake(shown.row.id, shown.row.version)
        after = self.standing(shown.row.id)
        assert after.row.state is State.SENT
        return after

    def sampled(self, actor: str, relation: Relation) -> Standing:
        """A draft that has left and was drawn for a look."""
        shown = self.sent(actor, relation)
        drawn = Sample(
            draft_id=shown.row.id,
            route=Route.MONITOR,
            policy_version=1,
            share=1.0,
            number=0.5,
            drawn_at=self.clock.now(),
        )
        with self.services.store.write(now=self.clock.now()) as tx:
            tx.samples.put(drawn)
        return shown

    def earned(self) -> Subject:
        """Drafts of an agent whose autonomy is proposed."""
        subject = Subject(agent=self.services.ids.new("bot"), action="reply", tier=Tier.LOW)
        earn(self.services.store, self.services.ids, subject, 40, now=self.clock.now())
        return subject

    def asking(self, whose: str) -> Standing:
        """A draft that is written for somebody, who decides about it themselves."""
        return self._submit(whose, f"ask:{whose}")

    def _sender(self, actor: str, relation: Relation) -> str:
        return {Relation.OWN: actor, Relation.REPORTS: f"rep-{actor}"}.get(relation, STRANGER)

    # ── other records ─────────────────────────────────────────────────────────────────────────────────────────

    def colleague(self, actor: str, relation: Relation) -> str:
        """The id of a colleague who is this to the actor."""
        return self._sender(actor, relation)

    def promise(self, actor: str, relation: Relation) -> str:
        """The id of a promise that is this to the actor."""
        entry = replace(an_entry(), id=self.services.ids.new("cm"), person=self._sender(actor, relation))
        with self.services.store.write(now=self.clock.now()) as tx:
            tx.ledger.add([entry])
            tx.record(happened("ledger.imported", "test", commitments=[entry.id]))
        return entry.id

    def token(self, actor: str, relation: Relation) -> str:
        """The id of a token that is this to the actor."""
        whose = self.person(self._sender(actor, relation))
        house, now = self.services, self.clock.now()
        return tokens.issue(house.store, house.ids, person=whose, scopes=["drafts:read"], days=None, now=now).token.id

    def next_policy(self) -> str:
        """A text that may follow the one in force."""
        with self.services.store.read() as reader:
            return policy(published(reader).version + 1) + f"# {self.services.ids.new('no')}\n"

    def proposal(self, author: str, *, approved: bool = False) -> Proposal:
        """Proposed rules, and somebody else's approval of them."""
        store, now = self.services.store, self.clock.now()
        text, ids = self.next_policy(), self.services.ids
        made = proposals.propose(store, text, person=self.promoted(author), note="", ids=ids, now=now)
        if not approved:
            return made
        by = self.promoted(STRANGER)
        return proposals.review(store, made.id, person=by, verdict=Verdict.APPROVE, reason="read", now=now)

    def _submit(self, sender: str, subject: str) -> Standing:
        return self.services.gate.submit(self.draft(sender, subject))

    def _approved(self, shown: Standing, by: str) -> Standing:
        return self.services.gate.decide(
            shown.row.id, person=by, verdict=Verdict.APPROVE, digest=shown.row.digest, reason="fine"
        )


def open_house(folder: Path) -> House:
    """The company in an empty home."""
    clock = ManualClock(START)
    settings = Settings(
        home=lay_tables(folder / "home"),
        world=found_world(folder / "world"),
        database_url="",
        secret_key=SecretStr(new_key()),
    )
    services = open_services(settings, base_clock=clock)
    services = replace(services, accounts=replace(services.accounts, door=lambda _: WillingDoor()))
    return House(services=services, clock=clock, folder=folder)
