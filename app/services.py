"""The house, put together: one place that knows which provider stands behind which port."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError

from app.accounts.grants import KeptGrants
from app.accounts.providers import door
from app.accounts.service import Accounts
from app.actions.crm_hand import CrmHand
from app.actions.gate import ActionGate
from app.approvals.carrying import carry_notices
from app.assess import Assessor
from app.audit.taking_over import take_over_rows
from app.autonomy.telling import tell_of_autonomy
from app.core.clock import Clock, ShiftedClock, SystemClock
from app.core.errors import FactUnavailable, TablesUnfit
from app.core.ids import Ids, RandomIds
from app.core.ports import MailProvider, Notifier, People
from app.delivery.dispatch import Dispatcher
from app.engine import DbosWakeUps, Worker
from app.extraction import extract_findings
from app.gate import Gate
from app.identity.carried import WithCodes
from app.identity.second_factor import SecondFactors
from app.identity.vault import Vault
from app.inbox.polling import Polling
from app.inboxes import leaving_as_left, open_left, open_polling, with_conversations
from app.mailboxes import open_mail
from app.notifiers import link_of, open_notifiers
from app.operations.housekeeping import Housekeeping
from app.operations.logs import LoggedMoves
from app.operations.metrics import Metrics
from app.operations.observers import Everybody
from app.outside import open_calendars, open_crm, open_crm_writer
from app.policy.document import load_policy
from app.policy.live import LivePolicy
from app.policy.service import enter
from app.settings import Settings
from app.store.database import migrate, open_engine
from app.store.policies import Basis, PublishedPolicy
from app.store.restored import read_restored
from app.store.settings import CLOCK_SHIFT
from app.store.store import Store, Transaction
from app.trail import happened
from integrations.crm.live import LiveCrm
from integrations.crm.refreshing import Refreshing
from integrations.world import OpenedWorld, open_world


@dataclass(frozen=True, kw_only=True, slots=True)
class Rekeyed:
    """How many secrets are under the first key now."""

    people: int
    """Whose authenticators' secrets they are."""
    accounts: int
    """Whose tokens they are."""


_log = structlog.get_logger(__name__)


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
    accounts: Accounts
    actions: ActionGate
    metrics: Metrics
    inbox: Polling
    notifiers: tuple[Notifier, ...]
    crm: LiveCrm | None
    """Where it is not the world folder's file."""

    def worker(self) -> Worker:
        """A worker for this process; not started."""
        return Worker(
            engine=self.engine,
            wake_ups=self.wake_ups,
            gate=self.gate,
            store=self.store,
            clock=self.clock,
            name=self.gate.dispatcher.worker,
            chores=[self.actions.wake_due, self._tell_of_autonomy],
            errands=[self._carry_notices, self.inbox.look, self.inbox.tidy],
        )

    def _carry_notices(self) -> None:
        carry_notices(self.store, self.notifiers, self.clock)

    def _tell_of_autonomy(self) -> None:
        tell_of_autonomy(self.store, self.gate.policy, self.opened.world.people, self.clock)

    def housekeeping(self, *, unfit: Callable[[TablesUnfit], None]) -> Housekeeping:
        """What a worker's process looks after beside drafts; not started. `unfit` has the process stop."""
        return Housekeeping(
            engine=self.engine,
            store=self.store,
            clock=self.clock,
            notices_kept=timedelta(days=self.settings.keep_notices_days),
            unfit=unfit,
        )

    def refreshing(self) -> contextlib.AbstractContextManager[object]:
        """Keeps what is known of the CRM fresh as long as the block lasts, in a process that judges."""
        if self.crm is None:
            return contextlib.nullcontext()
        return Refreshing(self.crm, clock=self.clock, failed=_not_refreshed)

    def read_crm(self) -> None:
        """Read the CRM once, for a process that ends soon. Where it does not answer, drafts go to review."""
        if self.crm is not None:
            try:
                self.crm.refresh(self.clock.now())
            except FactUnavailable as error:
                _not_refreshed(error)

    def crm_hand(self) -> CrmHand:
        """What carries out approved actions in the CRM. Raises NotAvailable where that is the world folder's file."""
        writer = open_crm_writer(self.settings, self.accounts.grants, clock=SystemClock())
        return CrmHand(actions=self.actions, writer=writer)

    def rekey(self) -> Rekeyed:
        """Encrypt every secret anew under the first key. Raises NotAvailable where none of the keys opens one."""
        return Rekeyed(people=self.second_factors.rekey(), accounts=self.accounts.grants.rekey())

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_services(
    settings: Settings, *, base_clock: Clock | None = None, ids: Ids | None = None, mail: MailProvider | None = None
) -> Services:
    """Open the world and the database, bring the tables up to date, and put the house together.

    Mail leaves as the settings say unless a provider is given.

    Raises InvalidWorld, InvalidPolicy or InvalidInput, NotAvailable where a library is missing that the settings ask
    for, or sqlalchemy's OperationalError where the database cannot be reached.
    """
    opened = open_world(settings.world)
    base, ids = base_clock or SystemClock(), ids or RandomIds()
    engine = open_engine(settings.database_url)
    migrate(engine)
    wake_ups = DbosWakeUps(engine)
    clock = _first_opening(Store(engine, wake_ups), opened, base)
    metrics = Metrics(engine, clock)
    store = Store(engine, wake_ups, Everybody(metrics, LoggedMoves()))
    take_over_rows(store, now=clock.now())
    vault = Vault(settings.secret_key.get_secret_value())
    grants = KeptGrants(store=store, vault=vault, people=opened.world.people, clock=clock, ids=ids)
    calendars = open_calendars(settings, grants, opened.world, clock=base)
    crm = open_crm(settings, grants, clock=base)
    world = replace(opened.world, calendars=calendars, crm=crm or opened.world.crm)
    # People's lists do with the copy; what is decided asks the CRM itself.
    opened = replace(opened, world=replace(world, crm=crm.copy if crm else world.crm))
    with engine.connect() as connection:
        restored = read_restored(connection)
    left = open_left(settings, grants, base)
    provider = mail or open_mail(settings, grants, clock=base, domains=opened.world.own_domains)
    gate = Gate(
        store=store,
        assessor=Assessor(extractor=extract_findings, world=with_conversations(world, settings, store, clock)),
        dispatcher=Dispatcher(
            provider=leaving_as_left(provider, left, store),
            restored=restored,
            worker=f"{socket.gethostname()}-{os.getpid()}-{ids.new('wk')}",
        ),
        policy=LivePolicy(),
        clock=clock,
        ids=ids,
        judged=metrics.judged,
    )
    actions = ActionGate(
        store=store,
        assessor=gate.assessor,
        policy=gate.policy,
        clock=clock,
        ids=ids,
        reviews=gate.reviews,
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
        second_factors=SecondFactors(store=store, vault=vault, clock=clock, wall=base),
        accounts=Accounts(grants=grants, door=partial(door, settings=settings)),
        actions=actions,
        metrics=metrics,
        inbox=open_polling(settings, gate, grants, base=base, left=left),
        crm=crm,
        notifiers=_notifiers(settings, opened.world.people, store=store, ids=ids, clock=clock),
    )


def _not_refreshed(error: Exception) -> None:
    _log.warning("the CRM could not be read", error=error)


def _notifiers(settings: Settings, people: People, *, store: Store, ids: Ids, clock: Clock) -> tuple[Notifier, ...]:
    link = link_of(settings)
    return tuple(
        WithCodes(carrier=each, store=store, ids=ids, people=people, clock=clock, link=link)
        for each in open_notifiers(settings, people)
    )


def _first_opening(store: Store, opened: OpenedWorld, base: Clock) -> Clock:
    """Take over the world's clock, ledger and policy, once. Safe when several processes do it at the same time."""
    now = opened.starts_at or base.now()
    try:
        with store.write(now=now) as tx:
            if tx.settings.get(CLOCK_SHIFT) is None:
                tx.settings.put_new(CLOCK_SHIFT, str((now - base.now()).total_seconds()))
                _import_ledger(tx, opened)
                _publish_first_policy(tx, opened, now)
    except IntegrityError:
        pass  # another process was first
    with store.read() as reader:
        shift = timedelta(seconds=float(reader.settings.get(CLOCK_SHIFT) or 0))
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
