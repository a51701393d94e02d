"""The store: transactions in which a draft moves, its trail grows and its wake-up is set, all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from app.audit.chain import Event
from app.core.lifecycle import PROMPT, require_move
from app.store.absences import AbsenceRepository
from app.store.approvals import ApprovalRepository
from app.store.audit import AuditRepository
from app.store.autonomy import AutonomyRepository
from app.store.columns import moment_text
from app.store.drafts import DraftRepository
from app.store.identity import IdentityRepository
from app.store.ledger import LedgerRepository
from app.store.notices import NoticeRepository
from app.store.past import PastRepository
from app.store.policies import PolicyRepository
from app.store.proposals import ProposalRepository
from app.store.remarks import RemarkRepository
from app.store.rows import DraftRow
from app.store.samples import SampleRepository
from app.store.sends import SendRepository
from app.store.settings import SettingRepository
from app.store.stops import StopRepository
from app.store.tokens import TokenRepository
from app.store.uses import UseRepository


class WakeUps(Protocol):
    """Sets a timer for a draft, in the caller's transaction: it commits and rolls back with the rows."""

    def enqueue(self, connection: sa.Connection, draft_id: str, version: int, *, at: datetime, now: datetime) -> None:
        """Have `wake(draft_id, version)` called at `at`, or soon after. The same pair twice is one wake-up."""
        ...


class NoWakeUps:
    """Sets no timers; whoever uses it asks the store for what is overdue. For one process and for tests."""

    def enqueue(self, connection: sa.Connection, draft_id: str, version: int, *, at: datetime, now: datetime) -> None:
        """Do nothing: the due time is in the row."""


class Reader:
    """The repositories on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.drafts = DraftRepository(connection)
        self.approvals = ApprovalRepository(connection)
        self.absences = AbsenceRepository(connection)
        self.remarks = RemarkRepository(connection)
        self.notices = NoticeRepository(connection)
        self.ledger = LedgerRepository(connection)
        self.sends = SendRepository(connection)
        self.audit = AuditRepository(connection)
        self.past = PastRepository(connection)
        self.policies = PolicyRepository(connection)
        self.proposals = ProposalRepository(connection)
        self.settings = SettingRepository(connection)
        self.tokens = TokenRepository(connection)
        self.identity = IdentityRepository(connection)
        self.stops = StopRepository(connection)
        self.uses = UseRepository(connection)
        self.autonomy = AutonomyRepository(connection)
        self.samples = SampleRepository(connection)


class Transaction(Reader):
    """A reader that may write; `now` is the moment of everything written in it."""

    def __init__(self, connection: sa.Connection, wake_ups: WakeUps, now: datetime) -> None:
        super().__init__(connection)
        self.now = now
        self._connection = connection
        self._wake_ups = wake_ups
        self._events: list[Event] = []

    def record(self, *events: Event) -> None:
        """Add to the trail when the transaction ends."""
        self._events.extend(events)

    def admit(self, row: DraftRow, event: Event) -> None:
        """A new draft enters: row, trail and wake-up. Raises IntegrityError where its key is taken."""
        self.drafts.insert(row)
        self._set_off(row, event)

    def move(self, before: DraftRow, after: DraftRow, event: Event) -> None:
        """The only way a draft moves: compare-and-set, trail and timer, with a wake-up where it must ring at once.

        Raises MoveNotAllowed where the lifecycle has no such move, StaleVersion where the row has moved on.
        """
        require_move(before.id, before.state, after.state)
        self.drafts.compare_and_set(before, after)
        self._set_off(after, event)

    def _set_off(self, row: DraftRow, event: Event) -> None:
        self.record(
            Event(
                kind=event.kind,
                actor=event.actor,
                draft_id=row.id,
                facts={
                    **event.facts,
                    "state": row.state.value,
                    "version": row.version,
                    "digest": row.digest,
                },
            )
        )
        if row.due_at is not None and row.state in PROMPT:
            self._wake_ups.enqueue(self._connection, row.id, row.version, at=row.due_at, now=self.now)

    def finish(self) -> None:
        """Write the trail; last, so that its lock is held as briefly as can be."""
        self.audit.append(self._events, at=moment_text(self.now))


class Store:
    """The database behind the gate."""

    def __init__(self, engine: sa.Engine, wake_ups: WakeUps) -> None:
        self._engine = engine
        self._wake_ups = wake_ups
        # SQLite lets waiting writers sleep for longer and longer; threads that queue up here wait no longer than due.
        one_writer = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[object] = threading.Lock() if one_writer else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A connection to read from."""
        with self._engine.connect() as connection:
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
            transaction.finish()
