"""The durable steps of a send: what a worker that lost its lease can no longer do, and what counts as an attempt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.errors import MailChanged, SendUncertain, StaleVersion
from app.core.lifecycle import State
from app.core.ports import Handle, Manner, OutgoingMail
from app.delivery.dispatch import LEASE, Dispatcher, send_id_for
from app.edits import DraftEdit
from app.store.rows import DraftRow, SendIntent
from app.store.sends import SendRepository
from app.store.store import NoWakeUps, Store
from tests.support.deciding import standing
from tests.support.gates import Harness, RecordingMail, a_draft, make_harness

LAYS_READY = Manner(lays_ready=True, sends_once=True, remembers=True)
FEW = 3
FORGETS = Manner(lays_ready=False, sends_once=False, remembers=False)


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def begun(harness: Harness, manner: Manner = LAYS_READY) -> tuple[DraftRow, SendIntent]:
    """A draft whose sending was begun by a worker that died of it."""
    harness.mail.manner = manner

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    submitted = harness.gate.submit(a_draft())
    harness.clock.advance(timedelta(minutes=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordingMail, "prepare", die)
        with pytest.raises(KeyboardInterrupt):
            harness.gate.wake(submitted.row.id, submitted.row.version)
    row = standing(harness, submitted.row.id).row
    assert row.state is State.SENDING
    return row, intent(harness, row)


def intent(harness: Harness, row: DraftRow) -> SendIntent:
    with harness.store.read() as reader:
        found = reader.sends.find(send_id_for(row))
    assert found is not None
    return found


def keep_ready(harness: Harness, held: SendIntent) -> SendIntent:
    with harness.store.write(now=harness.clock.now()) as tx:
        return harness.gate.dispatcher.keep_ready(tx, held, {"draft": "d1"})


def take_over(harness: Harness, row: DraftRow) -> SendIntent:
    second = Dispatcher(provider=harness.mail, worker="second")
    with harness.store.write(now=harness.clock.now()) as tx:
        return second.take_over(tx, row)[1]


def test_the_handle_of_a_thawed_worker_is_not_kept(harness: Harness) -> None:
    row, old = begun(harness)
    harness.clock.advance(LEASE)
    mine = take_over(harness, row)
    assert (mine.worker, mine.fence) == ("second", old.fence + 1)
    with pytest.raises(StaleVersion):
        keep_ready(harness, old)
    assert intent(harness, row) == mine


def test_who_takes_over_never_overwrites_a_handle_that_was_kept_meanwhile(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old worker keeps its handle between the look and the write of the new one."""
    row, old = begun(harness)
    harness.clock.advance(LEASE)
    find: Callable[[SendRepository, str], SendIntent | None] = SendRepository.find

    def find_and_be_overtaken(self: SendRepository, send_id: str) -> SendIntent | None:
        found = find(self, send_id)
        monkeypatch.setattr(SendRepository, "find", find)
        keep_ready(harness, old)
        return found

    monkeypatch.setattr(SendRepository, "find", find_and_be_overtaken)
    with pytest.raises(StaleVersion):
        _take_over_beside(harness, row)
    assert intent(harness, row).handle == {"draft": "d1"}


def _take_over_beside(harness: Harness, row: DraftRow) -> SendIntent:
    """As another process would, whose transactions wait for nobody's but the database."""
    second = Dispatcher(provider=harness.mail, worker="second")
    store = Store(harness.store._engine, NoWakeUps())
    with store.write(now=harness.clock.now()) as tx:
        return second.take_over(tx, row)[1]


def test_a_resend_has_a_number_of_its_own_too(harness: Harness) -> None:
    row, _ = begun(harness)
    harness.clock.advance(LEASE)
    dispatcher = Dispatcher(provider=harness.mail, worker="second")
    with harness.store.write(now=harness.clock.now()) as tx:
        asking, mine = dispatcher.take_over(tx, row)
    with harness.store.write(now=harness.clock.now()) as tx:
        sending, again = dispatcher.resume(tx, asking, mine)
    assert again.fence == mine.fence + 1
    assert (sending.state, sending.attempts, again.called) == (State.SENDING, asking.attempts, False)
    with pytest.raises(StaleVersion):
        keep_ready(harness, mine)


def test_whoever_lost_the_lease_does_not_send(harness: Harness) -> None:
    verify = harness.mail.verify

    def slowly(mail: OutgoingMail, handle: Handle) -> None:
        harness.clock.advance(LEASE)
        verify(mail, handle)

    harness.mail.verify = slowly  # type: ignore[method-assign]
    submitted = harness.gate.submit(a_draft())
    harness.clock.advance(timedelta(minutes=1))
    harness.gate.wake(submitted.row.id, submitted.row.version)
    assert harness.mail.delivered == []
    assert standing(harness, submitted.row.id).row.state is State.SENDING
    harness.mail.verify = verify  # type: ignore[method-assign]
    harness.wake_due()
    assert standing(harness, submitted.row.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1


def test_other_bytes_have_attempts_of_their_own(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.delivery.outcomes.MOST_ATTEMPTS", FEW)
    harness.mail.failures = ["unavailable"] * FEW
    draft = harness.gate.submit(a_draft()).row
    for _ in range(FEW + 1):
        harness.wait(hours=1)
    failed = standing(harness, draft.id)
    assert (failed.row.state, failed.row.attempts) == (State.FAILED, FEW)
    edit = DraftEdit(text="Hello again.")
    harness.gate.edit(draft.id, edit, person="sam", digest=failed.row.digest)
    harness.mail.failures = ["unavailable"]
    harness.wait(minutes=1)
    after = standing(harness, draft.id).row
    assert (after.state, after.attempts) == (State.SCHEDULED, 1)
    harness.wait(minutes=1)
    assert standing(harness, draft.id).row.state is State.SENT


def test_where_nobody_can_be_asked_a_person_is_at_once_however_long_the_provider_wants_quiet(
    harness: Harness,
) -> None:
    harness.mail.manner = FORGETS

    def send(mail: OutgoingMail, handle: Handle) -> Handle:
        raise SendUncertain("503", retry_after=timedelta(hours=20))

    harness.mail.send = send  # type: ignore[method-assign]
    draft = harness.gate.submit(a_draft()).row
    harness.wait(minutes=1)
    assert standing(harness, draft.id).row.state is State.NEEDS_PERSON


@pytest.mark.parametrize(("left", "state"), [(True, State.SENT), (False, State.FAILED)])
def test_what_is_gone_from_the_drafts_may_have_been_sent_by_hand(harness: Harness, left: bool, state: State) -> None:
    def gone(mail: OutgoingMail, handle: Handle) -> None:
        if left:
            harness.mail.delivered.append(mail)
        raise MailChanged("gone")

    harness.mail.verify = gone  # type: ignore[method-assign]
    draft = harness.gate.submit(a_draft()).row
    harness.wait(minutes=1)
    assert standing(harness, draft.id).row.state is state


def test_a_look_that_fails_changes_nothing_about_what_is_gone(harness: Harness) -> None:
    def gone(mail: OutgoingMail, handle: Handle) -> None:
        raise MailChanged("gone")

    def broken(send_id: str, handle: Handle) -> None:
        raise ConnectionResetError

    harness.mail.verify, harness.mail.find = gone, broken  # type: ignore[method-assign]
    draft = harness.gate.submit(a_draft()).row
    harness.wait(minutes=1)
    assert standing(harness, draft.id).row.state is State.FAILED


def test_the_look_for_what_is_gone_goes_by_what_the_provider_called_it(harness: Harness) -> None:
    harness.mail.manner = Manner(lays_ready=True, sends_once=True, remembers=True)
    looked_for: list[Handle] = []

    def gone(mail: OutgoingMail, handle: Handle) -> None:
        raise MailChanged("gone")

    def find(send_id: str, handle: Handle) -> None:
        looked_for.append(handle)

    def prepare(mail: OutgoingMail) -> Handle:
        return {"draft": f"r-{mail.draft_id}"}

    harness.mail.prepare = prepare  # type: ignore[method-assign]
    harness.mail.verify, harness.mail.find = gone, find  # type: ignore[method-assign]
    draft = harness.gate.submit(a_draft()).row
    harness.wait(minutes=1)
    assert looked_for == [{"draft": f"r-{draft.id}"}]
