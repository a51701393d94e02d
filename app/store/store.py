"""The store: transactions in which a draft moves, its trail grows and its wake-up is set, all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from app.audit.chain import Event
from app.core.actions import require_move as require_action_move
from app.core.approvals import ApprovalRequest
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.core.lifecycle import PROMPT, require_move
from app.core.matters import Matter
from app.core.remarks import Remark
from app.store.absences import AbsenceRepository
from app.store.action_rows import ActionRow
from app.store.actions import ActionRepository
from app.store.approvals import ApprovalRepository, requests_from
from app.store.audit import AuditRepository
from app.store.autonomy import AutonomyRepository
from app.store.columns import moment_text
from app.store.cursors import CursorRepository
from app.store.deferred import Deferred
from app.store.drafts import WHOLE, DraftRepository, whole_from
from app.store.due import DueRepository
from app.store.grants import GrantRepository
from app.store.identity import IdentityRepository
from app.store.incoming import IncomingRepository
from app.store.ledger import LedgerRepository
from app.store.left_drafts import LeftDraftRepository
from app.store.notices import NoticeRepository
from app.store.observing import Moved, Observer, Unobserved
from app.store.old_rows import OldRowRepository
from app.store.paces import PaceRepository
from app.store.past import PastRepository
from app.store.policies import PolicyRepository
from app.store.prepared import read_together
from app.store.proposals import ProposalRepository
from app.store.remarks import RemarkRepository
from app.store.round_trips import catch_up
from app.store.rows import DraftRow
from app.store.samples import SampleRepository
from app.store.sends import SendRepository
from app.store.settings import SettingRepository
from app.store.stops import StopRepository
from app.store.tokens import TokenRepository
from app.store.uses import UseRepository
from app.store.vouched import Sums, VouchedRepository, Written

Token = frozenset[int]
"""Which wake-ups a transaction counts on."""
NO_WAKE_UPS: Token = frozenset()


class WakeUps(Protocol):
    """Sets timers in the caller's transaction: they commit and roll back with the rows."""

    def enqueue(self, connection: sa.Connection, moments: Collection[datetime], *, now: datetime) -> Token:
        """Have workers look for what is due at each of these moments, or very soon after."""
        ...

    def committed(self, token: Token) -> None:
        """The transaction in which `enqueue` gave this token is kept."""
        ...


class NoWakeUps:
    """Sets no timers; whoever uses it asks the store for what is due. For one process and for tests."""

    def enqueue(self, connection: sa.Connection, moments: Collection[datetime], *, now: datetime) -> Token:  # noqa: ARG002
        """Do nothing: the due times are in the rows."""
        return NO_WAKE_UPS

    def committed(self, token: Token) -> None:
        """Nothing to do."""


class WithRequests(NamedTuple):
    """A draft with its verdict, the requests about it and the remarks on those, oldest first."""

    row: DraftRow
    draft: Draft
    assessment: Assessment
    approvals: tuple[ApprovalRequest, ...]
    remarks: tuple[Remark, ...]


class Reader:
    """The repositories on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.written = Written()
        self.deferred = Deferred(connection)
        self.drafts = DraftRepository(connection)
        self.due = DueRepository(connection)
        self.approvals = ApprovalRepository(connection, self.written)
        self.absences = AbsenceRepository(connection, self.written)
        self.remarks = RemarkRepository(connection, self.written)
        self.notices = NoticeRepository(connection)
        self.old_rows = OldRowRepository(connection)
        self.ledger = LedgerRepository(connection)
        self.sends = SendRepository(connection, self.deferred)
        self.audit = AuditRepository(connection)
        self.vouched = VouchedRepository(connection)
        self.past = PastRepository(connection)
        self.paces = PaceRepository(connection)
        self.policies = PolicyRepository(connection)
        self.proposals = ProposalRepository(connection, self.written)
        self.settings = SettingRepository(connection)
        self.tokens = TokenRepository(connection)
        self.identity = IdentityRepository(connection)
        self.grants = GrantRepository(connection)
        self.cursors = CursorRepository(connection)
        self.incoming = IncomingRepository(connection)
        self.left_drafts = LeftDraftRepository(connection)
        self.stops = StopRepository(connection, self.written)
        self.uses = UseRepository(connection, self.deferred)
        self.autonomy = AutonomyRepository(connection, self.written)
        self.samples = SampleRepository(connection, self.written)
        self.actions = ActionRepository(connection)
        self._requests = {
            Matter.DRAFT: self.approvals,
            Matter.ACTION: ApprovalRepository(connection, self.written, Matter.ACTION),
        }
        self._remarks = {
            Matter.DRAFT: self.remarks,
            Matter.ACTION: RemarkRepository(connection, self.written, Matter.ACTION),
        }

    def draft_with_requests(self, draft_id: str) -> WithRequests:
        """A draft, and what was asked and said about it. Raises NotFound."""
        whole, asked, said = read_together(
            self._connection,
            (WHOLE, {"id": draft_id}),
            self.approvals.asking(draft_id),
            self.remarks.asking(draft_id),
        )
        row, draft, assessment = whole_from(whole, draft_id)
        return WithRequests(row, draft, assessment, tuple(requests_from(asked)), self.remarks.remarks_from(said))

    def requests(self, about: Matter) -> ApprovalRepository:
        """The requests for approval about drafts, or about other actions."""
        return self._requests[about]

    def remarks_on(self, about: Matter) -> RemarkRepository:
        """What was said about drafts, or about other actions."""
        return self._remarks[about]


class Transaction(Reader):
    """A reader that may write; `now` is the moment of everything written in it."""

    def __init__(self, connection: sa.Connection, wake_ups: WakeUps, now: datetime) -> None:
        super().__init__(connection)
        self.now = now
        self.moves: list[Moved] = []
        self._wake_ups = wake_ups
        self._events: list[Event] = []
        self._timers: list[datetime] = []

    def record(self, *events: Event) -> None:
        """Add to the trail when the transaction ends."""
        self._events.extend(events)

    def admit(self, row: DraftRow, event: Event) -> None:
        """A new draft enters: row, trail and wake-up. Raises IntegrityError where its key is taken."""
        self.drafts.insert(row)
        self._set_off(row, event)
        self.moves.append(Moved.of(None, row, event.kind, at=self.now))

    def move(self, before: DraftRow, after: DraftRow, event: Event) -> None:
        """The only way a draft moves: compare-and-set, trail and timer, with a wake-up where it must ring at once.

        Raises MoveNotAllowed where the lifecycle has no such move, StaleVersion where the row has moved on.
        """
        require_move(before.id, before.state, after.state)
        self.drafts.compare_and_set(before, after)
        self._set_off(after, event)
        self.moves.append(Moved.of(before, after, event.kind, at=self.now))

    def admit_action(self, row: ActionRow, event: Event) -> None:
        """A new action enters: row and trail. Raises IntegrityError where its client id is taken."""
        self.actions.insert(row)
        self._tell(row, event)

    def move_action(self, before: ActionRow, after: ActionRow, event: Event) -> None:
        """The only way an action moves: compare-and-set and trail; what is due is found by looking for it.

        Raises MoveNotAllowed where its lifecycle has no such move, StaleVersion where the row has moved on.
        """
        require_action_move(before.id, before.state, after.state)
        self.actions.compare_and_set(before, after)
        self._tell(after, event)

    def _set_off(self, row: DraftRow, event: Event) -> None:
        self._tell(row, event)
        if row.due_at is not None and row.state in PROMPT:
            self._timers.append(row.due_at)

    def _tell(self, row: DraftRow | ActionRow, event: Event) -> None:
        place = {"state": row.state.value, "version": row.version, "digest": row.digest}
        told = Event(kind=event.kind, actor=event.actor, draft_id=row.id, facts={**event.facts, **place})
        self.record(told)

    def finish(self) -> Token:
        """Set the timers and write the trail; last, so that their locks are held as briefly as can be."""
        self.deferred.flush()
        for draft_id, rows in self.written.sums(self._connection).items():
            self._vouch(draft_id, rows)
        catch_up(self._connection)  # what is refused is told as it is, and not as the wake-up engine would word it
        token = self._wake_ups.enqueue(self._connection, self._timers, now=self.now) if self._timers else NO_WAKE_UPS
        self.audit.append(self._events, at=moment_text(self.now))
        return token

    def _vouch(self, draft_id: str | None, rows: Sums) -> None:
        """The last event about the draft, or about none, holds the sums of the rows that were written with it."""
        for place in reversed(range(len(self._events))):
            event = self._events[place]
            if event.draft_id == draft_id:
                self._events[place] = replace(event, facts={**event.facts, "rows": rows})
                return
        self.record(Event(kind="rows.written", actor="gate", draft_id=draft_id, facts={"rows": rows}))


class Store:
    """The database behind the gate."""

    def __init__(self, engine: sa.Engine, wake_ups: WakeUps, observer: Observer | None = None) -> None:
        """`observer` hears of every move of a draft once it is kept."""
        self._engine = engine
        # What is only read needs no transaction: to begin and to end one are two ways to the server and back.
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT") if _is_far(engine) else engine
        self._wake_ups = wake_ups
        self._observer = observer or Unobserved()
        # SQLite lets waiting writers sleep for longer and longer; threads that queue up here wait no longer than due.
        one_writer = not _is_far(engine)
        self._turn: AbstractContextManager[object] = threading.Lock() if one_writer else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A connection to read from; every question is answered from what is kept at that moment."""
        with self._reading.connect() as connection:
            yield Reader(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """A connection that sees the database as it is at its first read, whatever is written meanwhile."""
        with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")  # in WAL mode, one read transaction is one snapshot
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield Reader(connection)

    @contextmanager
    def write(self, *, now: datetime) -> Iterator[Transaction]:
        """A transaction: commits at the end of the block, rolls back when it raises."""
        with self._turn, self._engine.begin() as connection:
            transaction = Transaction(connection, self._wake_ups, now)
            yield transaction
            token = transaction.finish()
        if token:
            self._wake_ups.committed(token)
        self._observer.moved(transaction.moves)


def _is_far(engine: sa.Engine) -> bool:
    """Whether the database is another process."""
    return engine.dialect.name != "sqlite"
