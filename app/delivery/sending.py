"""Sending one mail, once: its intent is saved before the provider is called; the unknown is asked, not resent.

prepare → verify → send → confirm, outside any transaction; between them, what the provider said is written down under
the fencing number of whoever holds the lease. Whoever lost the lease does not call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import OperationalError

from app.core.assessment import Assessment
from app.core.clock import Clock
from app.core.errors import MailChanged, SendUncertain, StaleVersion
from app.core.lifecycle import AWAITING_RECEIPT, State
from app.core.ports import Handle, MailProvider, OutgoingMail, Receipt
from app.delivery import outcomes
from app.delivery.dispatch import Dispatcher
from app.delivery.outcomes import Outcome
from app.standing import Standing
from app.store.rows import DraftRow, SendIntent
from app.store.store import Store, Transaction
from app.trail import happened

_TRIES_WHEN_OVERTAKEN = 5
_MOST_AT_ONCE = 256
"""Calls to the provider; more than all lanes of a worker begin together, so that none waits while its lease runs."""

Settled = Callable[[Transaction, Sequence[tuple[Standing, Outcome]]], None]
"""Told in the transaction in which attempts are settled; the standings are already as they are then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Departure:
    """A scheduled draft that was looked at once more: the bytes that may leave, or the reasons why it may not."""

    standing: Standing
    fresh: Assessment
    reasons: tuple[str, ...] = ()
    intent: SendIntent | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A draft whose sending is written down and not yet done."""

    standing: Standing
    intent: SendIntent


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What a provider was asked to do, and what came of it."""

    standing: Standing
    intent: SendIntent
    outcome: Outcome
    in_doubt: bool = False
    """Whether somebody else may have told the provider to let it go, and has not reported back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """Calls the provider for drafts that are on their way. `settled` hears what became of each attempt."""

    store: Store
    dispatcher: Dispatcher
    clock: Clock
    settled: Settled
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_MOST_AT_ONCE, "send"), repr=False, compare=False
    )
    """Kept from batch to batch: to start a thread takes longer than to lay a mail into the outbox."""

    def send(self, begun: Sequence[Begun]) -> None:
        """Send what was just begun, side by side; what ends while another end is being kept is kept with the next."""
        if len(begun) <= 1:
            self._settle_all([attempt for each in begun if (attempt := self._attempted(each))])
            return
        under_way = {self.pool.submit(self._attempted, each) for each in begun}
        try:
            while under_way:
                ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                self._settle_all([attempt for future in ended if (attempt := future.result())])
        finally:
            wait(under_way)

    def _attempted(self, begun: Begun) -> Attempt | None:
        """None where the lease ran out before the mail could leave: whoever takes over will find out."""
        row, intent = begun.standing.row, begun.intent
        in_doubt = self.dispatcher.restored.may_have_left(row)
        try:
            outcome = self._ask(row, intent, held="") if in_doubt else None
            outcome = outcome or self._attempt(row, intent, in_doubt=in_doubt)
        except StaleVersion:
            return None
        return Attempt(standing=begun.standing, intent=intent, outcome=outcome, in_doubt=in_doubt)

    def reconcile(self, standing: Standing, *, held: Callable[[Transaction], str]) -> None:
        """A send went silent or nobody knows how it ended: ask the provider, and send only what never left.

        `held` gives the reason of a stop: then the provider is only asked, and what never left stays `unknown`.
        Raises StaleVersion where somebody was first.
        """
        with self.store.write(now=self.clock.now()) as tx:
            reason = held(tx)  # a lock of its own, before any row is written
            row, intent = self.dispatcher.take_over(tx, standing.row)
        in_doubt = intent.called or self.dispatcher.restored.may_have_left(row)
        outcome = self._quiet(intent) or self._ask(row, replace(intent, called=in_doubt), held=reason)
        if outcome is None:
            with self.store.write(now=self.clock.now()) as tx:
                row, intent = self.dispatcher.resume(tx, row, intent)
            outcome = self._attempt(row, intent, in_doubt=in_doubt)
        asked = replace(standing, row=row)
        self._settle_all([Attempt(standing=asked, intent=intent, outcome=outcome, in_doubt=in_doubt)])

    def _quiet(self, intent: SendIntent) -> Outcome | None:
        """The provider wants to hear nothing from this mailbox: then it is neither asked nor told to send."""
        if not self._provider.manner.remembers:
            return None
        with self.store.read() as reader:
            until = self.dispatcher.held_until(reader, intent)
        if until is None or until <= self.clock.now():
            return None
        return outcomes.quiet(intent.sender, until=until)

    def _ask(self, row: DraftRow, intent: SendIntent, *, held: str) -> Outcome | None:
        """What the provider knows; None where the mail has not left and may be sent."""
        now, manner = self.clock.now(), self._provider.manner
        if intent.called and not manner.remembers:
            unheard = SendUncertain(f"{self._provider.name} cannot be asked whether it left; look at the mailbox")
            return outcomes.stuck(unheard, kind="send.given_up", now=now, in_doubt=True)
        try:
            receipt = self._provider.find(intent.send_id, intent.handle or {}) if intent.called else None
        except Exception as error:  # noqa: BLE001 - whatever the provider's library raises, it has not told
            return outcomes.uncertain(row, error, now=now)
        if receipt is not None:
            return outcomes.sent(receipt)
        if held:
            return outcomes.held(row, held, now=now)
        if intent.called and not manner.sends_once:
            no_trace = SendUncertain(f"{self._provider.name} has no trace of it yet, and it may still come to light")
            return outcomes.uncertain(row, no_trace, now=now)
        return None

    def _attempt(self, row: DraftRow, intent: SendIntent, *, in_doubt: bool) -> Outcome:
        mail = _outgoing(intent)
        called = False
        try:
            handle = intent.handle
            if handle is None:
                handle = self._provider.prepare(mail)
                if self._provider.manner.lays_ready:
                    with self.store.write(now=self.clock.now()) as tx:
                        intent = self.dispatcher.keep_ready(tx, intent, handle)
            self._provider.verify(mail, handle)
            self._require_lease(row, intent)
            called = True
            answer = self._provider.send(mail, handle)
            return outcomes.sent(self._confirmed(mail, answer))
        except StaleVersion:
            raise
        except MailChanged as error:
            receipt = self._left_by_hand(mail, intent)
            if receipt is not None:
                return outcomes.sent(receipt)
            return self._came_to(row, error, called=called, in_doubt=in_doubt)
        except Exception as error:  # noqa: BLE001 - whatever a provider's library raises becomes a state of the draft
            return self._came_to(row, error, called=called, in_doubt=in_doubt)

    def _came_to(self, row: DraftRow, error: Exception, *, called: bool, in_doubt: bool) -> Outcome:
        now = self.clock.now()
        outcome = outcomes.failed(row, error, now=now, called=called, in_doubt=in_doubt)
        if outcome.state is State.UNKNOWN and not self._provider.manner.remembers:
            # Waiting would tell nothing: only a person can look.
            unheard = outcomes.stuck(error, kind="send.given_up", now=now, in_doubt=True)
            return replace(unheard, mailbox_until=outcome.mailbox_until)
        return outcome

    def _left_by_hand(self, mail: OutgoingMail, intent: SendIntent) -> Receipt | None:
        """The receipt, where what lay ready is gone because somebody has sent it from the mailbox meanwhile."""
        if not self._provider.manner.remembers:
            return None
        try:
            return self._provider.find(mail.send_id, intent.handle or {})
        except Exception:  # noqa: BLE001 - it was only a second look: what the first one showed stands
            return None

    def _confirmed(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        try:
            return self._provider.confirm(mail, answer)
        except Exception as error:
            reason, pause = f"accepted, and not confirmed: {outcomes.in_words(error)}", outcomes.named_pause(error)
            raise SendUncertain(reason, retry_after=pause) from error

    def _require_lease(self, row: DraftRow, intent: SendIntent) -> None:
        """Raise StaleVersion where the lease has run out: another worker may be at it."""
        if intent.leased_until is None or self.clock.now() >= intent.leased_until:
            raise StaleVersion(row.id, row.version)

    def _settle_all(self, attempts: Sequence[Attempt]) -> None:
        """Keep what became of these attempts in one transaction, or each in its own where one was overtaken."""
        if not attempts:
            return
        try:
            with self.store.write(now=self.clock.now()) as tx:
                self._settle(tx, sorted(attempts, key=_in_order_of_locks))
        except (StaleVersion, OperationalError):
            lost: OperationalError | None = None
            for attempt in attempts:
                try:
                    self._settle_alone(attempt)
                except OperationalError as error:  # the others are kept all the same
                    lost = error
            if lost is not None:
                raise lost from None

    def _settle(self, tx: Transaction, attempts: Sequence[Attempt]) -> None:
        self.settled(tx, [(self._settle_one(tx, attempt), attempt.outcome) for attempt in attempts])

    def _settle_one(self, tx: Transaction, attempt: Attempt) -> Standing:
        row, outcome = attempt.standing.row, attempt.outcome
        intent = attempt.intent
        if self._provider.manner.lays_ready:  # what lies ready was written down meanwhile
            intent = tx.sends.find(intent.send_id) or intent
        settled = self.dispatcher.settle(tx, row, intent, outcome, in_doubt=attempt.in_doubt)
        return attempt.standing.moved(settled)

    def _settle_alone(self, attempt: Attempt) -> None:
        for _ in range(_TRIES_WHEN_OVERTAKEN):
            try:
                with self.store.write(now=self.clock.now()) as tx:
                    self._settle(tx, [attempt])
                return
            except StaleVersion:
                # Somebody took over while we were away. Only a receipt is news to them.
                if attempt.outcome.receipt is None:
                    return
                with self.store.read() as reader:
                    row = reader.drafts.get(attempt.standing.row.id)
                if row.state is State.SENT:
                    return
                if row.state not in AWAITING_RECEIPT or row.digest != attempt.intent.digest:
                    self._tell_of_late_receipt(attempt, attempt.outcome.receipt)
                    return
                attempt = replace(attempt, standing=replace(attempt.standing, row=row))

    def _tell_of_late_receipt(self, attempt: Attempt, receipt: Receipt) -> None:
        """It left although people had gone on without it: the trail says so, and what people decided stands."""
        draft_id = attempt.standing.row.id
        facts = {"send_id": receipt.send_id, "provider": receipt.provider, "provider_id": receipt.provider_id}
        with self.store.write(now=self.clock.now()) as tx:
            tx.record(happened("send.late_receipt", "gate", draft_id=draft_id, **facts))

    @property
    def _provider(self) -> MailProvider:
        return self.dispatcher.provider


def _outgoing(intent: SendIntent) -> OutgoingMail:
    return OutgoingMail(
        send_id=intent.send_id,
        draft_id=intent.draft_id,
        raw=intent.raw,
        sender=intent.sender,
        recipients=intent.recipients,
    )


def _in_order_of_locks(attempt: Attempt) -> tuple[str, str]:
    """By mailbox, then by draft: rows that several transactions want are always taken in the same order."""
    return attempt.intent.sender, attempt.intent.draft_id
