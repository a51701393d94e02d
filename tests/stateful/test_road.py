"""The lifecycle as a state machine: whatever happens in whatever order, nothing leaves that should not, nor twice.

The model keeps, beside the gate, what each draft is allowed to do: `allowed` is the digest that was let through, by a
rule or by enough people, under the facts and the policy of that moment. The mail provider asks the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.audit.service import verify_store
from app.core.approvals import Verdict
from app.core.errors import CountersignError
from app.core.lifecycle import State
from app.core.ports import Handle, OutgoingMail
from app.core.routes import Route
from app.edits import DraftEdit
from app.standing import Standing, read_standing
from tests.support.databases import empty, sqlite_engine
from tests.support.gates import RecordingMail, a_draft, make_harness

NEVER_SEND = {State.REJECTED, State.EXPIRED, State.UNDONE, State.BLOCKED}
PEOPLE = ("sam", "ruth", "ada", "tom")
SUBJECTS = ("auto_send", "monitor", "review", "review two", "block")


class RoadMachine(RuleBasedStateMachine):
    """Drives one gate; the engine is set by `machine_on`."""

    engine: sa.Engine
    drafts = Bundle("drafts")

    def __init__(self) -> None:
        super().__init__()
        empty(self.engine)
        self.harness = make_harness(self.engine)
        self.gate = self.harness.gate
        self.allowed: dict[str, tuple[str, str, int]] = {}
        self.ended: dict[str, State] = {}
        self.objections: list[str] = []
        self.policy_version = 1
        self._watch_provider(self.harness.mail)

    def _watch_provider(self, mail: RecordingMail) -> None:
        deliver: Callable[[OutgoingMail, Handle], Handle] = mail.send

        def send(outgoing: OutgoingMail, handle: Handle) -> Handle:
            before = len(mail.delivered)
            try:
                return deliver(outgoing, handle)
            finally:
                if len(mail.delivered) > before:
                    self.objections += self._objections(outgoing)

        mail.send = send  # type: ignore[method-assign, assignment]

    def _objections(self, mail: OutgoingMail) -> Iterator[str]:
        """What speaks against a delivery. Kept, for what a provider raises the gate takes for a failure."""
        if mail.draft_id not in self.allowed:
            yield "nothing had let it through"
            return
        digest, trouble, policy_version = self.allowed[mail.draft_id]
        if not mail.send_id.endswith(f"-{digest.removeprefix('sha256:')[:24]}"):
            yield "other bytes than those let through"
        if len([m for m in self.harness.mail.delivered if m.draft_id == mail.draft_id]) != 1:
            yield "delivered twice"
        if self._standing(mail.draft_id).row.attempts == 1:  # a later attempt ends what was begun under the old facts
            if self.harness.script.trouble not in ("", trouble):
                yield "left although the facts had changed"
            if policy_version != self.policy_version:
                yield "left under a policy that is no longer in force"

    def _standing(self, draft_id: str) -> Standing:
        with self.harness.store.read() as reader:
            return read_standing(reader, draft_id)

    def _note(self, standing: Standing) -> str:
        """Keep in the model what the gate has just let through."""
        row = standing.row
        if row.state is State.SCHEDULED and row.permit is not None:
            self.allowed[row.id] = (row.permit.digest, self.harness.script.trouble, self.policy_version)
        else:
            self.allowed.pop(row.id, None)
        return row.id

    @rule(target=drafts, subject=st.sampled_from(SUBJECTS), text=st.sampled_from(("Hello.", "I will send the plan.")))
    def submit(self, subject: str, text: str) -> str:
        return self._note(self.gate.submit(a_draft(subject, text=text)))

    @rule(draft_id=drafts, person=st.sampled_from(PEOPLE), stale=st.booleans())
    def approve(self, draft_id: str, person: str, stale: bool) -> None:
        shown = self._standing(draft_id)
        digest = "sha256:stale" if stale else shown.row.digest
        request_id = shown.pending.id if shown.pending else None
        with suppress(CountersignError):
            after = self.gate.decide(
                draft_id, person=person, verdict=Verdict.APPROVE, digest=digest, request_id=request_id
            )
            asked = [shown.pending] if shown.pending else shown.approvals
            already = any(d.person == person and d.digest == digest for a in asked for d in a.decisions)
            assert already or (not stale and shown.pending and person in shown.pending.people)
            if not already:
                self._note(after)
                if after.row.state is State.SCHEDULED:
                    self._enough_words(shown, person)

    def _enough_words(self, shown: Standing, person: str) -> None:
        assert shown.pending is not None
        approvers = {*shown.pending.approvers, person}
        assert len(approvers) >= shown.pending.requirement.needed
        assert approvers - shown.editors, "only its editors approved it"

    @rule(draft_id=drafts, person=st.sampled_from(PEOPLE))
    def reject(self, draft_id: str, person: str) -> None:
        digest = self._standing(draft_id).row.digest
        with suppress(CountersignError):
            self._note(self.gate.decide(draft_id, person=person, verdict=Verdict.REJECT, digest=digest))

    @rule(
        draft_id=drafts, person=st.sampled_from(PEOPLE), subject=st.sampled_from(SUBJECTS), number=st.integers(0, 3)
    )
    def edit(self, draft_id: str, person: str, subject: str, number: int) -> None:
        digest = self._standing(draft_id).row.digest
        with suppress(CountersignError):
            change = DraftEdit(subject=subject, text=f"Version {number}.")
            self._note(self.gate.edit(draft_id, change, person=person, digest=digest))

    @rule(draft_id=drafts, person=st.sampled_from(PEOPLE))
    def undo(self, draft_id: str, person: str) -> None:
        with suppress(CountersignError):
            self._note(self.gate.undo(draft_id, person=person))

    @rule(trouble=st.sampled_from(("", "on hold", "slot taken")))
    def the_world_changes(self, trouble: str) -> None:
        self.harness.script.trouble = trouble

    @rule(route=st.sampled_from((None, Route.AUTO_SEND, Route.REVIEW, Route.BLOCK)))
    def the_verdicts_change(self, route: Route | None) -> None:
        self.harness.script.route = route

    @rule()
    def a_policy_is_published(self) -> None:
        self.policy_version += 1
        self.harness.publish(self.policy_version)

    @rule(failure=st.sampled_from(("refused", "unavailable", "lost", "unanswered", "crash")))
    def the_provider_will_fail(self, failure: str) -> None:
        self.harness.mail.failures.append(failure)

    @rule(minutes=st.sampled_from((0.2, 1, 10, 60, 25 * 60)))
    def time_passes(self, minutes: float) -> None:
        self.harness.clock.advance(timedelta(minutes=minutes))
        for _ in range(50):
            with self.harness.store.read() as reader:
                due = reader.drafts.overdue(now=self.harness.clock.now(), grace=timedelta(0), limit=100)
            if not due:
                break
            for draft_id, version in due:
                before = self._standing(draft_id).row
                self.gate.wake(draft_id, version)
                after = self._standing(draft_id)
                if after.row.revision != before.revision:
                    self._note(after)  # judged again on today's facts
        else:
            raise AssertionError("the road goes in circles")

    @invariant()
    def what_has_ended_stays_ended_and_never_left(self) -> None:
        delivered = {mail.draft_id for mail in self.harness.mail.delivered}
        with self.harness.store.read() as reader:
            rows = reader.drafts.in_states(State)
        for row in rows:
            if row.id in self.ended and self.ended[row.id] is not State.BLOCKED:
                assert row.state is self.ended[row.id]
            if row.state in NEVER_SEND:
                self.ended[row.id] = row.state
                assert row.id not in delivered
            if row.state is State.SENT:
                assert row.id in delivered

    @invariant()
    def nothing_left_that_should_not(self) -> None:
        assert self.objections == []

    @invariant()
    def nothing_was_delivered_twice(self) -> None:
        ids = [mail.draft_id for mail in self.harness.mail.delivered]
        assert len(ids) == len(set(ids))

    def teardown(self) -> None:
        with self.harness.store.read() as reader:
            verify_store(reader)


def _run(engine: sa.Engine, *, examples: int) -> None:
    machine = type("Machine", (RoadMachine,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),  # shrinking on a real database takes minutes; see CONTRIBUTING
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_road_on_sqlite() -> None:
    with TemporaryDirectory() as folder, sqlite_engine(Path(folder)) as engine:
        _run(engine, examples=15)


@pytest.mark.postgres
def test_the_road_on_postgres(postgres_engine: sa.Engine) -> None:
    _run(postgres_engine, examples=10)


@pytest.mark.stateful
def test_the_road_for_longer_on_sqlite() -> None:
    with TemporaryDirectory() as folder, sqlite_engine(Path(folder)) as engine:
        _run(engine, examples=120)


@pytest.mark.stateful
@pytest.mark.postgres
def test_the_road_for_longer_on_postgres(postgres_engine: sa.Engine) -> None:
    _run(postgres_engine, examples=80)
