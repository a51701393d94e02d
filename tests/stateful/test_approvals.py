"""Approvals as a state machine: people, roles, edits, time, absences and places in any order, judged by an oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.approvals.panel import silent_people
from app.approvals.reviews import Reviews
from app.audit.service import verify_store
from app.core.approvals import Requirement, Verdict
from app.core.errors import CountersignError
from app.core.lifecycle import State
from app.core.ports import Handle, OutgoingMail
from app.core.remarks import RemarkKind
from app.core.routes import Tier
from app.edits import DraftEdit
from app.standing import Standing, read_standing
from tests.stateful.oracle import Oracle
from tests.support.databases import empty, sqlite_engine
from tests.support.gates import SmallDirectory, a_draft, make_harness
from tests.unit.app.approvals.house import ADMIN, LEGAL, MANAGER, PEOPLE, agent, silence, then, user

HOUR = timedelta(hours=1)
DEMANDS = {
    "plain": Requirement(resolver=MANAGER),
    "legal": Requirement(needed=2, resolver=LEGAL, fallback=ADMIN, separate_duties=True),
    "separate": Requirement(
        needed=2, resolver=MANAGER, fallback=ADMIN, separate_duties=True, escalate_after=2 * HOUR, justify=True
    ),
    "sequence": Requirement(
        resolver=MANAGER,
        then=(then(LEGAL, needed=2), then(user("olga"), fallback=ADMIN)),
        escalate_after=3 * HOUR,
        remind_after=HOUR,
        expires_after=timedelta(days=4),
    ),
    "agent": Requirement(resolver=agent("checker", Tier.MEDIUM), fallback=MANAGER, escalate_after=HOUR),
    "silence": Requirement(resolver=silence(2 * HOUR), fallback=LEGAL, consulted=(MANAGER,), remind_after=HOUR),
    "own": Requirement(resolver=user("sender"), then=(then(silence(HOUR), fallback=MANAGER),)),
}
NAMES = tuple(person.id for person in PEOPLE)
SENDERS = ("sam", "ruth", "lena")
WAKES = 60
MOST_AWAY = 3


class ApprovalMachine(RuleBasedStateMachine):
    """Drives one house; the engine is set by `_run`."""

    engine: sa.Engine
    drafts = Bundle("drafts")

    def __init__(self) -> None:
        super().__init__()
        empty(self.engine)
        self.harness = make_harness(self.engine, people=PEOPLE)
        self.harness.script.demands = DEMANDS
        self.oracle = Oracle(SmallDirectory(*PEOPLE))
        self.delivered: Counter[str] = Counter()
        self.policy_version = 1
        self.violations: list[AssertionError] = []
        deliver: Callable[[OutgoingMail, Handle], Handle] = self.harness.mail.send

        def send(mail: OutgoingMail, handle: Handle) -> Handle:
            try:
                self._must_be_approved(mail)
            except AssertionError as error:
                self.violations.append(error)  # the dispatcher would take it for a provider's trouble
            return deliver(mail, handle)

        self.harness.mail.send = send  # type: ignore[method-assign]

    def _must_be_approved(self, mail: OutgoingMail) -> None:
        standing = self._standing(mail.draft_id)
        self.delivered[mail.draft_id] += 1
        assert self.delivered[mail.draft_id] == 1, "left twice"
        assert mail.send_id.endswith(standing.row.digest.removeprefix("sha256:")[:24]), "other bytes"
        assert standing.assessment.ruling.policy_version == self.policy_version, "under an older policy"
        self.oracle.must_be_approved(standing, DEMANDS[standing.row.subject.split()[-1]])

    @property
    def reviews(self) -> Reviews:
        return self.harness.gate.reviews

    def _standing(self, draft_id: str) -> Standing:
        with self.harness.store.read() as reader:
            return read_standing(reader, draft_id)

    @rule(
        target=drafts,
        name=st.sampled_from(sorted(DEMANDS)),
        sender=st.sampled_from(SENDERS),
        checker=st.booleans(),
        tier=st.sampled_from((None, None, Tier.LOW, Tier.HIGH)),
    )
    def submit(self, name: str, sender: str, checker: bool, tier: Tier | None) -> str:
        self.harness.script.tier = tier or self.harness.script.tier
        draft = a_draft(f"review {name}", on_behalf_of=sender, agent="checker" if checker else "bot")
        return self.harness.gate.submit(draft).row.id

    @rule(
        draft_id=drafts,
        person=st.sampled_from((*NAMES, "agent:checker", "agent:bot")),
        stale=st.sampled_from((False, False, False, True)),
        reason=st.sampled_from(("", "I have read it")),
    )
    def approve(self, draft_id: str, person: str, stale: bool, reason: str) -> None:
        shown = self._standing(draft_id)
        self._say(shown, person, "sha256:stale" if stale else shown.row.digest, reason)

    @rule(draft_id=drafts, choice=st.integers(0, 7))
    def somebody_asked_approves(self, draft_id: str, choice: int) -> None:
        shown = self._standing(draft_id)
        if shown.pending is not None and (people := shown.pending.people):
            self._say(shown, people[choice % len(people)], shown.row.digest, "I have read it")

    @rule(draft_id=drafts, rounds=st.integers(1, 6))
    def those_asked_approve(self, draft_id: str, rounds: int) -> None:
        self._approve_by_those_asked(draft_id, rounds)

    def _approve_by_those_asked(self, draft_id: str, rounds: int) -> None:
        for number in range(rounds):
            shown = self._standing(draft_id)
            if shown.pending is not None and (silent := silent_people(shown.pending)):
                self._say(shown, silent[number % len(silent)], shown.row.digest, "I have read it")

    @rule(draft_id=drafts, seconds=st.sampled_from((31, 40)))
    def it_is_approved_and_leaves(self, draft_id: str, seconds: int) -> None:
        self._approve_by_those_asked(draft_id, 6)
        self._pass(timedelta(seconds=seconds))

    def _say(self, shown: Standing, person: str, digest: str, reason: str) -> None:
        before = {word for request in self._standing(shown.row.id).approvals for word in request.decisions}
        request_id = shown.pending.id if shown.pending else None
        with suppress(CountersignError):
            after = self.harness.gate.decide(
                shown.row.id,
                person=person,
                verdict=Verdict.APPROVE,
                digest=digest,
                reason=reason,
                request_id=request_id,
            )
            said = [(r, word) for r in after.approvals for word in r.decisions if word not in before]
            assert len(said) <= 1
            for request, word in said:
                assert (word.person, word.digest) == (person, shown.row.digest)
                self.oracle.had_the_right(after, request, word)
                self.oracle.each_counts_once(request)

    @rule(draft_id=drafts, person=st.sampled_from(NAMES), chance=st.integers(0, 3))
    def reject(self, draft_id: str, person: str, chance: int) -> None:
        shown = self._standing(draft_id)
        if chance:
            return  # or nothing would ever be left to decide about
        with suppress(CountersignError):
            self.harness.gate.decide(draft_id, person=person, verdict=Verdict.REJECT, digest=shown.row.digest)
            request = shown.pending
            assert person in {shown.row.on_behalf_of, "ada", "olga"} or (request and person in self._asked(draft_id))

    def _asked(self, draft_id: str) -> set[str]:
        return {person for request in self._standing(draft_id).approvals for person in request.people}

    @rule(draft_id=drafts, person=st.sampled_from(NAMES), number=st.integers(0, 3))
    def edit(self, draft_id: str, person: str, number: int) -> None:
        shown = self._standing(draft_id)
        with suppress(CountersignError):
            change = DraftEdit(text=f"Version {number}.")
            after = self.harness.gate.edit(draft_id, change, person=person, digest=shown.row.digest)
            if after.row.digest != shown.row.digest and after.pending:
                assert after.pending.approvers == (), "approvals outlived an edit"

    @rule(draft_id=drafts, person=st.sampled_from(NAMES))
    def undo(self, draft_id: str, person: str) -> None:
        with suppress(CountersignError):
            self.harness.gate.undo(draft_id, person=person)

    @rule(draft_id=drafts, person=st.sampled_from(NAMES))
    def ask(self, draft_id: str, person: str) -> None:
        with suppress(CountersignError):
            self.reviews.questions.ask(draft_id, person=person, text="Which plan?")

    @rule(draft_id=drafts, author=st.sampled_from((*NAMES, "agent:bot")))
    def answer(self, draft_id: str, author: str) -> None:
        questions = [r.id for r in self._standing(draft_id).remarks if r.kind is RemarkKind.QUESTION]
        for question in questions[-1:]:
            with suppress(CountersignError):
                self.reviews.questions.answer(draft_id, question, author=author, text="The blue one.")

    @rule(draft_id=drafts, by=st.sampled_from(NAMES), to=st.sampled_from(NAMES), choice=st.integers(0, 7))
    def reassign(self, draft_id: str, by: str, to: str, choice: int) -> None:
        request = self._standing(draft_id).pending
        if request is None or not request.people:
            return
        place_of = request.people[choice % len(request.people)]
        with suppress(CountersignError):
            self.reviews.reassigning.reassign(draft_id, place_of=place_of, to=to, person=by)
            self.oracle.passed_on.add((request.id, to))
            assert by in {place_of, "ada"} or by in ("ruth", "vera", "olga"), "passed on by a stranger"

    @rule(
        person=st.sampled_from(NAMES),
        delegate=st.sampled_from((None, *NAMES)),
        by=st.sampled_from((None, *NAMES)),
        start=st.sampled_from((0, 0, 2, 20)),
        hours=st.sampled_from((1, 6, 20)),
    )
    def go_away(self, person: str, delegate: str | None, by: str | None, start: int, hours: int) -> None:
        if len(self.reviews.absences.known()) > MOST_AWAY:
            return  # or nobody would be left
        begin = self.harness.clock.now() + timedelta(hours=start)
        with suppress(CountersignError):
            absence = self.reviews.absences.add(
                person=person, start=begin, until=begin + hours * HOUR, delegate=delegate, by=by or person
            )
            self.oracle.absences.append(absence)

    @rule(draft_id=drafts, delegate=st.sampled_from(NAMES), choice=st.integers(0, 7))
    def who_is_asked_goes_away_and_the_delegate_decides(self, draft_id: str, delegate: str, choice: int) -> None:
        request = self._standing(draft_id).pending
        people = [p for p in request.people if not p.startswith("agent:")] if request else []
        if people and len(self.reviews.absences.known()) <= MOST_AWAY:
            person, now = people[choice % len(people)], self.harness.clock.now()
            with suppress(CountersignError):
                self.oracle.absences.append(
                    self.reviews.absences.add(
                        person=person, start=now, until=now + 2 * HOUR, delegate=delegate, by=person
                    )
                )
            shown = self._standing(draft_id)
            for voice in (delegate, person):  # the second of them comes too late
                self._say(shown, voice, shown.row.digest, "I have read it")

    @rule(hours=st.integers(1, 5))
    def working_hours_pass(self, hours: int) -> None:
        self._pass(timedelta(hours=hours))

    @rule(draft_id=drafts, person=st.sampled_from(NAMES))
    def comment(self, draft_id: str, person: str) -> None:
        with suppress(CountersignError):
            self.reviews.questions.comment(draft_id, person=person, text="Mind the term.")

    @rule(choice=st.integers(0, 20))
    def come_back(self, choice: int) -> None:
        known = self.reviews.absences.known()
        if known:
            absence = known[choice % len(known)]
            ended = self.reviews.absences.end(absence.id, by=absence.person)
            self.oracle.absences = [ended if a.id == ended.id else a for a in self.oracle.absences]

    @rule(draft_id=drafts, person=st.sampled_from(NAMES))
    def reopen(self, draft_id: str, person: str) -> None:
        shown = self._standing(draft_id)
        with suppress(CountersignError):
            after = self.harness.gate.reopen(draft_id, person=person, digest=shown.row.digest)
            assert shown.row.state is State.EXPIRED
            assert after.row.state is State.IN_REVIEW
            assert after.pending is not None
            assert after.pending.approvers == ()

    @rule(tier=st.sampled_from((Tier.LOW, Tier.LOW, Tier.LOW, Tier.MEDIUM, Tier.HIGH)), chance=st.integers(0, 2))
    def the_risk_changes(self, tier: Tier, chance: int) -> None:
        if not chance:
            self.harness.script.tier = tier

    @rule(chance=st.integers(0, 3))
    def a_policy_is_published(self, chance: int) -> None:
        if not chance:
            self.policy_version += 1
            self.harness.publish(self.policy_version)

    @rule()
    def the_house_restarts(self) -> None:
        gate = replace(self.harness.gate)
        self.harness = replace(self.harness, gate=gate)

    @rule(minutes=st.sampled_from((0.6, 10, 60, 61, 150, 17 * 60, 25 * 60, 5 * 24 * 60)))
    def time_passes(self, minutes: float) -> None:
        self._pass(timedelta(minutes=minutes))

    def _pass(self, stretch: timedelta) -> None:
        self.harness.clock.advance(stretch)
        fired = self._fired()
        for _ in range(WAKES):
            with self.harness.store.read() as reader:
                due = reader.drafts.overdue(now=self.harness.clock.now(), grace=timedelta(0), limit=100)
            if not due:
                break
            for draft_id, version in due:
                self.harness.gate.wake(draft_id, version)
                after = self._standing(draft_id).row
                self.harness.gate.wake(draft_id, version)  # another worker saw the same timer
                assert self._standing(draft_id).row == after
        else:
            raise AssertionError("a timer never comes to rest")
        for key, count in (self._fired() - fired).items():
            assert count == 1, f"{key} fired {count} times"

    def _fired(self) -> Counter[tuple[object, ...]]:
        """How often each timer of each request has fired."""
        with self.harness.store.read() as reader:
            events = list(reader.audit.events())
        found: Counter[tuple[object, ...]] = Counter()
        for event in events:
            if event.kind in ("approval.reminded", "approval.escalated", "approval.ladder_ended"):
                found[event.kind, event.facts["approval"]] += 1  # what one does puts off the next
            elif event.kind == "draft.expired":
                found[event.kind, event.draft_id, event.facts["version"]] += 1
        return found

    @invariant()
    def nothing_left_that_was_not_approved_as_the_policy_demands(self) -> None:
        for violation in self.violations:
            raise violation

    @invariant()
    def what_waits_can_be_woken_and_what_does_not_has_no_request(self) -> None:
        with self.harness.store.read() as reader:
            rows = reader.drafts.in_states(State)
            requests = reader.approvals.of_drafts([row.id for row in rows])
        for row in rows:
            for request in requests.get(row.id, ()):
                self.oracle.silence_was_consent(request)
            pending = [r for r in requests.get(row.id, ()) if r.state.value == "pending"]
            assert len(pending) == (1 if row.state is State.IN_REVIEW else 0)
            for request in pending:
                assert row.due_at is not None
                assert row.due_at <= request.expires_at
                assert request.digest == row.digest
                assert set(request.people) == {seat.person for seat in request.seats}
            assert (row.id in self.delivered) == (row.state is State.SENT)

    def teardown(self) -> None:
        with self.harness.store.read() as reader:
            verify_store(reader)


def _run(engine: sa.Engine, *, examples: int, steps: int = 50) -> None:
    machine = type("Machine", (ApprovalMachine,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),  # shrinking on a real database takes minutes; see CONTRIBUTING
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_approvals_on_sqlite() -> None:
    with TemporaryDirectory() as folder, sqlite_engine(Path(folder)) as engine:
        _run(engine, examples=6)


@pytest.mark.postgres
def test_approvals_on_postgres(postgres_engine: sa.Engine) -> None:
    _run(postgres_engine, examples=4)


@pytest.mark.stateful
def test_ten_thousand_steps_on_sqlite() -> None:
    with TemporaryDirectory() as folder, sqlite_engine(Path(folder)) as engine:
        _run(engine, examples=250)


@pytest.mark.stateful
@pytest.mark.postgres
def test_ten_thousand_steps_on_postgres(postgres_engine: sa.Engine) -> None:
    _run(postgres_engine, examples=250)
