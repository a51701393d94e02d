"""Thousands of steps over actions: proposals, words, claims, reports, stops, policies, absences and the clock."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from app.actions.standing import ActionStanding, read_action
from app.actions.vouched import compare_actions
from app.audit.service import verify_store
from app.core.actions import TIMED, ActionState, Outcome
from app.core.approvals import ApprovalState, Verdict
from app.core.errors import CountersignError
from app.core.limits import StopScope
from app.limits import switch
from tests.support.actions import SETTINGS, UPDATE, ActionHouse, an_action, make_action_house
from tests.support.databases import empty, sqlite_engine
from tests.unit.app.approvals.house import PEOPLE

NAMES = tuple(person.id for person in PEOPLE)
APPROVALS = {
    "one": "resolver: {manager: {}}",
    "two": "needed: 2, resolver: {role: legal}, fallback: {role: admin}",
    "apart": "separate_duties: true, resolver: {user: {id: sender}}, fallback: {role: legal}",
    "stages": "resolver: {manager: {}}, then: [{resolver: {role: legal}}], escalate_after: 2h, remind_after: 1h",
    "silence": "resolver: {auto_approve: {after: 3h}}",
}
RULES = (
    *(
        f"id: {name}, {UPDATE}, route: review, approvals: {{{demand}}}, "
        f'when: \'risk.tier in ["low", "medium"] && target.type == "{name}"\''
        for name, demand in APPROVALS.items()
    ),
    f"id: free, {UPDATE}, route: auto_send, when: 'target.type == \"free\"'",
    f"id: never, {UPDATE}, route: block, when: 'target.type == \"never\"'",
)
KINDS = (*APPROVALS, "free", "never", "no-rule")
LIMITS = SETTINGS + "limits: {per_agent_per_hour: 4}\n"


class ActionMachine(RuleBasedStateMachine):
    """Everything that can happen to actions, in any order."""

    engine: ClassVar[sa.Engine]
    actions = Bundle("actions")

    def __init__(self) -> None:
        super().__init__()
        empty(self.engine)
        self.house: ActionHouse = make_action_house(self.engine, *RULES, people=PEOPLE, settings=LIMITS)
        self.version = 1
        self.stopped: set[str] = set()

    def _now(self, action_id: str) -> ActionStanding:
        with self.house.store.read() as reader:
            return read_action(reader, action_id)

    @initialize(target=actions, kinds=st.lists(st.sampled_from(KINDS), min_size=4, max_size=8))
    def some_are_proposed(self, kinds: list[str]) -> MultipleResults[str]:
        return multiple(*(self._proposed(kind, "sam", "tom", "bot") for kind in kinds))

    @rule(
        target=actions,
        kind=st.sampled_from(KINDS),
        sender=st.sampled_from(("sam", "tom")),
        by=st.sampled_from(NAMES),
        agent=st.sampled_from(("bot", "other")),
    )
    def propose(self, kind: str, sender: str, by: str, agent: str) -> str:
        return self._proposed(kind, sender, by, agent)

    def _proposed(self, kind: str, sender: str, by: str, agent: str) -> str:
        goal = an_action().target
        action = an_action(
            agent=agent, on_behalf_of=sender, target=type(goal)(system="crm", type=kind, id="o-1"), deal_id="d-1"
        )
        return self.house.propose(action, by=by).row.id

    @rule(action_id=actions, person=st.sampled_from(NAMES), stale=st.sampled_from((False, False, True)))
    def approve(self, action_id: str, person: str, stale: bool) -> None:
        shown = self._now(action_id)
        with suppress(CountersignError):
            self.house.say(shown, person, digest="sha256:stale" if stale else shown.row.digest)

    @rule(action_id=actions, choice=st.integers(0, 5))
    def somebody_asked_approves(self, action_id: str, choice: int) -> None:
        shown = self._now(action_id)
        if shown.pending is not None and shown.pending.people:
            person = shown.pending.people[choice % len(shown.pending.people)]
            with suppress(CountersignError):
                self.house.say(shown, person)

    @rule(action_id=actions, person=st.sampled_from(("sam", "tom", "ada", "olga")), rounds=st.integers(0, 4))
    def those_asked_approve_and_somebody_claims(self, action_id: str, person: str, rounds: int) -> None:
        for number in range(rounds):
            self.somebody_asked_approves(action_id, number)
        self.claim(action_id, person, "sync", None)

    @rule(
        action_id=actions,
        person=st.sampled_from(("sam", "ada")),
        outcome=st.sampled_from(Outcome),
        late=st.booleans(),
    )
    def it_is_claimed_and_reported(self, action_id: str, person: str, outcome: Outcome, late: bool) -> None:
        self.those_asked_approve_and_somebody_claims(action_id, person, 4)
        if late:
            self.time_passes(6)
        self.report(action_id, person, outcome, True)

    @rule(action_id=actions, person=st.sampled_from(NAMES), chance=st.integers(0, 3))
    def reject(self, action_id: str, person: str, chance: int) -> None:
        if not chance:
            with suppress(CountersignError):
                self.house.say(self._now(action_id), person, Verdict.REJECT)

    @rule(action_id=actions, person=st.sampled_from(NAMES), chance=st.integers(0, 3))
    def withdraw(self, action_id: str, person: str, chance: int) -> None:
        if not chance:
            with suppress(CountersignError):
                self.house.gate.withdraw(action_id, person=person)

    @rule(
        action_id=actions,
        person=st.sampled_from((*NAMES, "ada", "olga")),
        executor=st.sampled_from(("", "sync", "bot")),
        key=st.sampled_from((None, "k")),
    )
    def claim(self, action_id: str, person: str, executor: str, key: str | None) -> None:
        before = self._now(action_id)
        with suppress(CountersignError):
            after = self.house.claim(before, by=person, executor=executor, key=key)
            if before.row.state is ActionState.EXECUTING:
                assert after.row == before.row, "a claim was given twice"
                return
            self._was_in_order(before, after, person, executor)

    def _was_in_order(self, before: ActionStanding, after: ActionStanding, person: str, executor: str) -> None:
        row = before.row
        assert row.state is ActionState.APPROVED
        assert row.permit is not None
        assert row.permit.digest == row.digest == after.row.digest
        assert before.assessment.ruling.policy_version == self.version, "under an older policy"
        assert not self.stopped & {"", row.agent, row.action.kind}, "past a stop"
        assert row.due_at is not None
        assert row.due_at > self.house.clock.now(), "too late"
        assert not self.house.crm.down or before.assessment.unknown, (
            "on facts that nobody had, and nobody was told so"
        )
        how, _, request_id = row.permit.granted_by.partition(":")
        if how == "rule":
            assert before.assessment.route.sends_unattended
            return
        request = next(each for each in before.approvals if each.id == request_id)
        assert request.state is ApprovalState.APPROVED
        assert request.digest == row.digest
        people = {word.person for word in request.decisions if word.verdict is Verdict.APPROVE}
        assert len(people) >= (1 if how == "consent" else sum(stage.needed for stage in request.requirement.stages))
        if request.requirement.separate_duties:
            assert not people & {row.on_behalf_of, row.proposed_by}
            assert person not in people | {row.on_behalf_of, row.proposed_by}
            assert executor != row.agent

    @rule(action_id=actions, person=st.sampled_from(NAMES), outcome=st.sampled_from(Outcome), held=st.booleans())
    def report(self, action_id: str, person: str, outcome: Outcome, held: bool) -> None:
        before = self._now(action_id).row
        claim = before.claim.id if held and before.claim else None
        with suppress(CountersignError):
            after = self.house.gate.permits.report(
                action_id, person=self.house.person(person), outcome=outcome, claim=claim, reason="seen"
            )
            assert before.claim is not None
            assert claim is None or person == before.claim.person
            assert claim is not None or before.state is not ActionState.EXECUTING
            assert after.row.state.value == outcome.value

    @rule(scope=st.sampled_from((StopScope.ALL, StopScope.AGENT, StopScope.ACTION)), chance=st.integers(0, 5))
    def stop_or_resume(self, scope: StopScope, chance: int) -> None:
        lift = bool(chance)  # or nothing would ever be claimed
        subject = {StopScope.ALL: "", StopScope.AGENT: "bot", StopScope.ACTION: "update_record"}[scope]
        common = {"scope": scope, "subject": subject, "person": self.house.person("olga"), "reason": "test"}
        now = self.house.clock.now()
        with suppress(CountersignError):
            if lift or len(self.stopped) > 1:
                switch.resume(self.house.store, now=now, **common)  # type: ignore[arg-type]
                self.stopped.discard(subject)
            else:
                switch.stop(self.house.store, self.house.gate.ids, now=now, **common)  # type: ignore[arg-type]
                self.stopped.add(subject)

    @rule(chance=st.integers(0, 4))
    def a_policy_is_published(self, chance: int) -> None:
        if not chance:
            self.version += 1
            self.house.publish(self.version, *RULES, settings=LIMITS)

    @rule(down=st.sampled_from((True, False, False)))
    def the_crm_comes_and_goes(self, down: bool) -> None:
        self.house.crm.down = down

    @rule(person=st.sampled_from(NAMES), delegate=st.sampled_from((None, *NAMES)), hours=st.sampled_from((1, 6)))
    def go_away(self, person: str, delegate: str | None, hours: int) -> None:
        absences, now = self.house.gate.reviews.absences, self.house.clock.now()
        if len(absences.known()) < 3:
            with suppress(CountersignError):
                until = now + timedelta(hours=hours)
                absences.add(person=person, start=now, until=until, delegate=delegate, by=person)

    @rule(minutes=st.sampled_from((1, 6, 60, 61, 200, 25 * 60)))
    def time_passes(self, minutes: float) -> None:
        self.house.clock.advance(timedelta(minutes=minutes))
        for _ in range(50):
            if not self.house.gate.wake_due():
                return
        raise AssertionError("a timer never comes to rest")

    @invariant()
    def what_waits_has_a_request_and_a_timer_and_nothing_is_handed_out_twice(self) -> None:
        with self.house.store.read() as reader:
            found = reader.actions.whole_of(reader.actions.ids_in(tuple(ActionState), limit=1000))
            standings = [read_action(reader, row.id) for row, _ in found]
            events = list(reader.audit.events())
        for each in standings:
            assert (each.pending is not None) == (each.row.state is ActionState.IN_REVIEW)
            assert (each.row.due_at is not None) == (each.row.state in TIMED)
            assert each.pending is None or each.pending.digest == each.row.digest
        claims = Counter(event.draft_id for event in events if event.kind == "action.claimed")
        ends = Counter(event.draft_id for event in events if event.kind in ("action.done", "action.failed"))
        assert all(count == 1 for count in (*claims.values(), *ends.values()))
        assert set(ends) <= set(claims)

    def teardown(self) -> None:
        with self.house.store.read() as reader:
            compare_actions(reader)
            verify_store(reader)


def _run(engine: sa.Engine, *, examples: int) -> None:
    machine = type("Machine", (ActionMachine,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),  # shrinking on a real database takes minutes; see CONTRIBUTING
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_actions_on_sqlite() -> None:
    with TemporaryDirectory() as folder, sqlite_engine(Path(folder)) as engine:
        _run(engine, examples=8)


@pytest.mark.postgres
def test_actions_on_postgres(postgres_engine: sa.Engine) -> None:
    _run(postgres_engine, examples=4)


@pytest.mark.stateful
def test_ten_thousand_steps_over_actions_on_sqlite() -> None:
    with TemporaryDirectory() as folder, sqlite_engine(Path(folder)) as engine:
        _run(engine, examples=200)


@pytest.mark.stateful
@pytest.mark.postgres
def test_ten_thousand_steps_over_actions_on_postgres(postgres_engine: sa.Engine) -> None:
    _run(postgres_engine, examples=200)
