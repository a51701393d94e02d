"""The house, put together: one place that knows which provider stands behind which port."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.assess import Assessor
from app.core.clock import Clock, ShiftedClock, SystemClock
from app.core.ids import Ids, RandomIds
from app.delivery.dispatch import Dispatcher
from app.engine import DbosWakeUps, Worker
from app.extraction import extract_findings
from app.gate import Gate
from app.identity.second_factor import SecondFactors
from app.identity.vault import Vault
from app.policy.document import load_policy
from app.policy.live import LivePolicy
from app.policy.service import enter
from app.settings import Settings
from app.store.database import migrate, open_engine
from app.store.policies import Basis, PublishedPolicy
from app.store.store import Store, Transaction
from app.trail import happened
from integrations.mail.outbox import OutboxMail
from integrations.world import OpenedWorld, open_world

_CLOCK_SHIFT = "clock_shift_seconds"


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that the page, the API and the command line call."""

    settings: Settings
    opened: OpenedWorld
    store: Store
    gate: Gate
    clock: Clock
    ids: Ids
    engine: sa.Engine
    wake_ups: DbosWakeUps
    second_factors: SecondFactors

    def worker(self) -> Worker:
        """A worker for this process; not started."""
        return Worker(
            engine=self.engine,
            wake_ups=self.wake_ups,
            gate=self.gate,
            store=self.store,
            clock=self.clock,
            name=self.gate.dispatcher.worker,
        )

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_services(settings: Settings, *, base_clock: Clock | None = None, ids: Ids | None = None) -> Services:
    """Open the world and the database, bring the tables up to date, and put the house together.

    Raises InvalidWorld or InvalidPolicy, or sqlalchemy's OperationalError where the database cannot be reached.
    """
    opened = open_world(settings.world)
    base, ids = base_clock or SystemClock(), ids or RandomIds()
    engine = open_engine(settings.database_url)
    migrate(engine)
    wake_ups = DbosWakeUps(engine)
    store = Store(engine, wake_ups)
    clock = _first_opening(store, opened, base)
    gate = Gate(
        store=store,
        assessor=Assessor(extractor=extract_findings, world=opened.world),
        dispatcher=Dispatcher(
            provider=OutboxMail(settings.outbox), worker=f"{socket.gethostname()}-{os.getpid()}-{ids.new('wk')}"
        ),
        policy=LivePolicy(),
        clock=clock,
        ids=ids,
    )
    return Services(
        settings=settings,
        opened=opened,
        store=store,
        gate=gate,
        clock=clock,
        ids=ids,
        engine=engine,
        wake_ups=wake_ups,
        second_factors=SecondFactors(
            store=store, vault=Vault(settings.secret_key.get_secret_value()), clock=clock, wall=base
        ),
    )


def _first_opening(store: Store, opened: OpenedWorld, base: Clock) -> Clock:
    """Take over the world's clock, ledger and policy, once. Safe when several processes do it at the same time."""
    now = opened.starts_at or base.now()
    try:
        with store.write(now=now) as tx:
            if tx.settings.get(_CLOCK_SHIFT) is None:
                tx.settings.put_new(_CLOCK_SHIFT, str((now - base.now()).total_seconds()))
                _import_ledger(tx, opened)
                _publish_first_policy(tx, opened, now)
    except IntegrityError:
        pass  # another process was first
    with store.read() as reader:
        shift = timedelta(seconds=float(reader.settings.get(_CLOCK_SHIFT) or 0))
    return ShiftedClock(base=base, shift=shift) if opened.starts_at else base


def _import_ledger(tx: Transaction, opened: OpenedWorld) -> None:
    if opened.ledger:
        tx.ledger.add(opened.ledger)
        tx.record(happened("ledger.imported", "gate", commitments=[entry.id for entry in opened.ledger]))


def _publish_first_policy(tx: Transaction, opened: OpenedWorld, now: datetime) -> None:
    if not opened.policy_file.exists():
        return
    text = opened.policy_file.read_text(encoding="utf-8")
    policy = load_policy(text)
    first = PublishedPolicy(
        version=policy.version, text=text, published_by="gate", published_at=now, basis=Basis.FIRST
    )
    enter(tx, first, before=None)
