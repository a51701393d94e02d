"""The durable steps of a send, each inside a transaction: begun, taken over, laid ready, resumed, settled.

Every step is a compare-and-set on the draft's version and on the intent's fencing number. A worker that was frozen
and thaws after another one took over finds both changed, and can do nothing any more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.core.drafts import Draft
from app.core.errors import NotFound, NotPermitted
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.ports import CALL_BUDGET, Handle, MailProvider
from app.delivery.message import compose
from app.delivery.outcomes import Outcome
from app.store.restored import NEVER_RESTORED, Restored
from app.store.rows import DraftRow, SendIntent
from app.store.store import Reader, Transaction
from app.trail import happened

LEASE = 3 * CALL_BUDGET
"""How long a worker may take before another one asks the provider what became of it: to lay the mail ready, to verify
it, and to send it. The lease is looked at right before the last of these."""


def send_id_for(row: DraftRow) -> str:
    """The id under which these bytes of this draft are sent, whoever sends them and however often they try."""
    return f"{row.id.replace('dr_', 'sn_', 1)}-{row.digest.removeprefix('sha256:')[:24]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatcher:
    """Writes down what is about to be done through a provider. `worker` names the process in the trail."""

    provider: MailProvider
    worker: str
    restored: Restored = NEVER_RESTORED
    """Which drafts came with a back-up: they may have left after it was made, so their provider is asked first."""

    def prepare(self, row: DraftRow, draft: Draft, sender: Person, *, at: datetime) -> SendIntent:
        """The exact bytes that would leave. Raises SendRefused where they cannot be what was approved."""
        send_id = send_id_for(row)
        raw = compose(draft, draft_id=row.id, send_id=send_id, sender=sender, at=at)
        return SendIntent(
            send_id=send_id,
            draft_id=row.id,
            digest=row.digest,
            raw=raw,
            raw_sha256=hashlib.sha256(raw).hexdigest(),
            sender=sender.email,
            recipients=draft.recipients,
            worker=self.worker,
            begun_at=at,
            fence=1,
            leased_until=at + LEASE,
            called=not self.provider.manner.lays_ready or self.restored.may_have_left(row),
        )

    def wait_for_slot(self, tx: Transaction, row: DraftRow, prepared: SendIntent) -> DraftRow | None:
        """Keep the draft waiting until its mailbox may send again; None where that is now."""
        pace = self.provider.manner.pace
        if pace is None or self._slot_has_come(tx, row, prepared.sender):
            return None
        slot = tx.paces.take(self.provider.name, prepared.sender, pace, now=tx.now)
        if slot <= tx.now:
            return None
        waiting = replace(row, version=row.version + 1, due_at=slot, slot_at=slot, updated_at=tx.now)
        reason = f"{prepared.sender} may send again at {slot:%H:%M:%S}"
        tx.move(row, waiting, happened("send.deferred", "gate", send_id=prepared.send_id, reason=reason))
        return waiting

    def held_until(self, tx: Reader, intent: SendIntent) -> datetime | None:
        """Until when the provider wants nothing from the mailbox; None where it may be called now."""
        if self.provider.manner.pace is None:
            return None
        return tx.paces.held_until(self.provider.name, intent.sender)

    def begin(self, tx: Transaction, row: DraftRow, prepared: SendIntent) -> tuple[DraftRow, SendIntent]:
        """Move the row to `sending` under a lease, with the exact bytes saved; those of an earlier attempt stay.

        Raises NotPermitted without a permit for exactly this digest, StaleVersion where somebody was first.
        """
        if row.permit is None or row.permit.digest != row.digest:
            raise NotPermitted(f"draft {row.id} has no permit for {row.digest}")
        sending = _under_lease(row, State.SENDING, at=tx.now)
        earlier = tx.sends.find(prepared.send_id) if row.attempts else None
        if earlier is None:
            intent, sending = prepared, replace(sending, attempts=1)  # other bytes: their attempts are counted anew
        else:
            called = self._lets_go_at_once(earlier) or self.restored.may_have_left(row)
            intent = self._mine(earlier, at=tx.now, called=called)
        if intent.digest != row.digest:
            raise NotPermitted(f"the saved bytes of draft {row.id} are not those of {row.digest}")
        facts: dict[str, Any] = {"send_id": intent.send_id, "raw_sha256": intent.raw_sha256}
        tx.move(row, sending, happened("send.begun", "gate", **facts, worker=self.worker, fence=intent.fence))
        if earlier is None:
            tx.sends.intend(intent)
        else:
            tx.sends.hold(earlier, intent)
        return sending, intent

    def take_over(self, tx: Transaction, row: DraftRow) -> tuple[DraftRow, SendIntent]:
        """Take a send over whose worker has gone silent, or of which nobody knows how it ended.

        Raises StaleVersion where somebody was first.
        """
        intent = tx.sends.find(send_id_for(row))
        if intent is None:
            raise NotFound("send intent", send_id_for(row))
        asking, mine = _under_lease(row, State.RECONCILING, at=tx.now), self._mine(intent, at=tx.now)
        tx.move(row, asking, happened("send.taken_over", "gate", worker=self.worker, fence=mine.fence))
        tx.sends.hold(intent, mine)
        return asking, mine

    def resume(self, tx: Transaction, row: DraftRow, intent: SendIntent) -> tuple[DraftRow, SendIntent]:
        """The provider says that it never left: go on to send it. Raises StaleVersion where somebody was first."""
        sending = replace(_under_lease(row, State.SENDING, at=tx.now), attempts=row.attempts)
        mine = self._mine(intent, at=tx.now, called=intent.called or self._lets_go_at_once(intent))
        tx.move(row, sending, happened("send.resumed", "gate", send_id=intent.send_id, fence=mine.fence))
        tx.sends.hold(intent, mine)
        return sending, mine

    def keep_ready(self, tx: Transaction, intent: SendIntent, handle: Handle) -> SendIntent:
        """Keep what the provider calls the mail that lies ready there; only then may it be let go.

        A new fencing number, so that whoever has read the intent just before cannot overwrite the handle.
        Raises StaleVersion where somebody took over meanwhile.
        """
        ready = replace(intent, fence=intent.fence + 1, handle=dict(handle), called=True)
        tx.sends.hold(intent, ready)
        facts = {"send_id": intent.send_id, "handle": dict(handle), "fence": ready.fence}
        tx.record(happened("send.ready", "gate", draft_id=intent.draft_id, **facts))
        return ready

    def settle(
        self, tx: Transaction, row: DraftRow, intent: SendIntent, outcome: Outcome, *, in_doubt: bool
    ) -> DraftRow:
        """Keep what became of the attempt. Raises StaleVersion where another worker took over meanwhile."""
        pace = self.provider.manner.pace
        if pace is not None and outcome.mailbox_until is not None:
            # Before the draft's row: whoever begins a send locks the pace first too.
            tx.paces.hold(self.provider.name, intent.sender, pace, until=outcome.mailbox_until)
        settled = replace(
            row,
            state=outcome.state,
            version=row.version + 1,
            due_at=outcome.due_at,
            attempts=row.attempts if outcome.counts else max(1, row.attempts - 1),
            slot_at=None,
            updated_at=tx.now,
        )
        facts: dict[str, Any] = {"send_id": intent.send_id, "raw_sha256": intent.raw_sha256}
        if outcome.reason:
            facts["reason"] = outcome.reason
        if outcome.receipt is not None:
            facts |= {"provider": outcome.receipt.provider, "provider_id": outcome.receipt.provider_id}
            facts["recipients"] = list(intent.recipients)
        tx.move(row, settled, happened(outcome.kind, "gate", **facts))
        if outcome.receipt is not None:
            tx.sends.confirm(intent, outcome.receipt, at=tx.now)
        elif outcome.state in (State.SCHEDULED, State.FAILED) and not in_doubt:
            tx.sends.hold(intent, replace(intent, called=False))
        return settled

    def _slot_has_come(self, tx: Transaction, row: DraftRow, mailbox: str) -> bool:
        """Whether the draft's own slot is here, and the provider has not asked for quiet since it was kept."""
        if row.slot_at is None or row.slot_at > tx.now:
            return False
        held = tx.paces.held_until(self.provider.name, mailbox)
        return held is None or held <= row.slot_at

    def _mine(self, intent: SendIntent, *, at: datetime, called: bool | None = None) -> SendIntent:
        """The intent under this worker's lease, with the next fencing number."""
        was_called = intent.called if called is None else called
        return replace(intent, worker=self.worker, fence=intent.fence + 1, leased_until=at + LEASE, called=was_called)

    def _lets_go_at_once(self, intent: SendIntent) -> bool:
        """Whether nothing durable comes any more between this step and the provider's being told to let it go."""
        return intent.handle is not None or not self.provider.manner.lays_ready


def _under_lease(row: DraftRow, state: State, *, at: datetime) -> DraftRow:
    return replace(
        row,
        state=state,
        version=row.version + 1,
        due_at=at + LEASE,
        slot_at=None,
        attempts=row.attempts + 1,
        updated_at=at,
    )
