"""Sending one mail, once: the intent is saved before the provider is called; the unknown is asked, not resent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.core.drafts import Draft
from app.core.errors import NotFound, NotPermitted, SendRefused, SendUnavailable
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.ports import MailProvider, OutgoingMail, Receipt
from app.delivery.message import compose
from app.store.rows import DraftRow, SendIntent
from app.store.store import Transaction
from app.trail import happened

LEASE = timedelta(seconds=15)
"""How long a worker may take to send before another one asks the provider what became of it."""
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
MOST_ATTEMPTS = 20
"""Each pause is twice the last, up to the longest: about half a day in all before a person is asked."""


def send_id_for(row: DraftRow) -> str:
    """The id under which these bytes of this draft are sent, whoever sends them and however often they try."""
    return f"{row.id.replace('dr_', 'sn_', 1)}-{row.digest.removeprefix('sha256:')[:24]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of an attempt: the state to move to, and what to tell the trail."""

    state: State
    kind: str
    reason: str = ""
    receipt: Receipt | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatcher:
    """Sends through a provider under an intent. `worker` names the process in the trail."""

    provider: MailProvider
    worker: str

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
        )

    def begin(self, tx: Transaction, row: DraftRow, prepared: SendIntent) -> tuple[DraftRow, SendIntent]:
        """Move the row to `sending` under a lease, with the exact bytes saved; those of an earlier attempt stay.

        Raises NotPermitted without a permit for exactly this digest, StaleVersion where somebody was first.
        """
        if row.permit is None or row.permit.digest != row.digest:
            raise NotPermitted(f"draft {row.id} has no permit for {row.digest}")
        sending = _under_lease(row, at=tx.now)
        earlier = tx.sends.find(prepared.send_id) if row.attempts else None
        intent = earlier or prepared
        if intent.digest != row.digest:
            raise NotPermitted(f"the saved bytes of draft {row.id} are not those of {row.digest}")
        event = happened(
            "send.begun", "gate", send_id=intent.send_id, raw_sha256=intent.raw_sha256, worker=self.worker
        )
        tx.move(row, sending, event)
        if earlier is None:
            tx.sends.intend(intent)
        return sending, intent

    def take_over(self, tx: Transaction, row: DraftRow) -> tuple[DraftRow, SendIntent]:
        """Renew the lease of a send whose worker has gone silent. Raises StaleVersion where it has not."""
        mine = _under_lease(row, at=tx.now)
        tx.move(row, mine, happened("send.taken_over", "gate", worker=self.worker))
        intent = tx.sends.find(send_id_for(row))
        if intent is None:
            raise NotFound("send intent", send_id_for(row))
        return mine, intent

    def attempt(
        self, row: DraftRow, intent: SendIntent, *, taken_over: bool, now: datetime, held: str = ""
    ) -> Outcome:
        """Call the provider, outside any transaction; what was tried before is asked after first.

        With `held`, the reason of a stop, the provider is only asked: what never left stays `unknown` until it may.

        After a takeover, another worker may be frozen right before its own call: even a provider that certainly did
        not send leaves the mail `unknown` then, and never free to be changed or undone.
        """
        mail = OutgoingMail(
            send_id=intent.send_id,
            draft_id=intent.draft_id,
            raw=intent.raw,
            sender=intent.sender,
            recipients=intent.recipients,
        )
        try:
            receipt = self.provider.find(intent.send_id) if row.attempts > 1 else None
            if held and receipt is None:
                pause = now + _pause(row)
                return Outcome(state=State.UNKNOWN, kind="send.held", reason=held, retry_at=pause)
            return Outcome(state=State.SENT, kind="draft.sent", receipt=receipt or self.provider.send(mail))
        except SendRefused as error:
            return Outcome(state=State.NEEDS_PERSON, kind="send.refused", reason=str(error))
        except SendUnavailable as error:
            state = State.UNKNOWN if taken_over else State.SCHEDULED
            return _later(state, "send.unavailable", error, row=row, now=now)
        except Exception as error:  # noqa: BLE001 - a provider's library may raise anything, and may have sent
            return _later(State.UNKNOWN, "send.uncertain", error, row=row, now=now)

    def settle(self, tx: Transaction, row: DraftRow, intent: SendIntent, outcome: Outcome) -> DraftRow:
        """Keep what became of the attempt. Raises StaleVersion where another worker took over meanwhile."""
        settled = replace(
            row,
            state=outcome.state,
            version=row.version + 1,
            due_at=outcome.retry_at,
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
        return settled


def _later(state: State, kind: str, error: Exception, *, row: DraftRow, now: datetime) -> Outcome:
    reason = str(error) or type(error).__name__
    if row.attempts >= MOST_ATTEMPTS:
        return Outcome(state=State.NEEDS_PERSON, kind="send.given_up", reason=reason)
    return Outcome(state=state, kind=kind, reason=reason, retry_at=now + _pause(row))


def _pause(row: DraftRow) -> timedelta:
    pause = FIRST_RETRY
    for _ in range(min(row.attempts, MOST_ATTEMPTS) - 1):
        pause *= 2
    return min(LONGEST_RETRY, pause)


def _under_lease(row: DraftRow, *, at: datetime) -> DraftRow:
    return replace(
        row,
        state=State.SENDING,
        version=row.version + 1,
        due_at=at + LEASE,
        attempts=row.attempts + 1,
        updated_at=at,
    )
