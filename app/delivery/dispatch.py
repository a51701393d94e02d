"""Sending one mail, once: the intent is saved before the provider is called; the unknown is asked, not resent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.core.drafts import Draft
from app.core.errors import NotFound, SendRefused, SendUnavailable, SendUncertain
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.ports import MailProvider, OutgoingMail, Receipt
from app.delivery.message import compose
from app.store.rows import DraftRow, SendIntent
from app.store.store import Transaction
from app.trail import happened

LEASE = timedelta(seconds=15)
"""How long a worker may take to send before another one asks the provider what became of it."""
RETRY_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 5


def send_id_for(row: DraftRow) -> str:
    """The id under which these bytes of this draft are sent, whoever sends them and however often they try."""
    return f"{row.id.replace('dr_', 'sn_', 1)}-{row.digest.removeprefix('sha256:')[:12]}"


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

    def begin(self, tx: Transaction, row: DraftRow, draft: Draft, sender: Person) -> tuple[DraftRow, SendIntent]:
        """Move the row to `sending` under a lease, with the exact bytes saved. Raises StaleVersion."""
        sending = _under_lease(row, at=tx.now)
        intent = tx.sends.find(send_id_for(row))
        fresh = intent is None
        if intent is None:
            intent = self._intent(row, draft, sender, at=tx.now)
        event = happened(
            "send.begun", "gate", send_id=intent.send_id, raw_sha256=intent.raw_sha256, worker=self.worker
        )
        tx.move(row, sending, event)
        if fresh:
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

    def attempt(self, row: DraftRow, intent: SendIntent, *, ask_first: bool, now: datetime) -> Outcome:
        """Call the provider, outside any transaction. With `ask_first`, send only what certainly did not leave."""
        mail = OutgoingMail(
            send_id=intent.send_id,
            draft_id=intent.draft_id,
            raw=intent.raw,
            sender=intent.sender,
            recipients=intent.recipients,
        )
        try:
            receipt = self.provider.find(intent.send_id) if ask_first else None
            return Outcome(state=State.SENT, kind="draft.sent", receipt=receipt or self.provider.send(mail))
        except SendRefused as error:
            return Outcome(state=State.NEEDS_PERSON, kind="send.refused", reason=str(error))
        except SendUnavailable as error:
            return self._later(State.SCHEDULED, "send.unavailable", error, attempts=row.attempts, now=now)
        except SendUncertain as error:
            return self._later(State.UNKNOWN, "send.uncertain", error, attempts=row.attempts, now=now)

    def settle(self, tx: Transaction, row: DraftRow, intent: SendIntent, outcome: Outcome) -> DraftRow:
        """Keep what became of the attempt. Raises StaleVersion where another worker took over."""
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

    def _intent(self, row: DraftRow, draft: Draft, sender: Person, *, at: datetime) -> SendIntent:
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

    @staticmethod
    def _later(state: State, kind: str, error: Exception, *, attempts: int, now: datetime) -> Outcome:
        if attempts >= MOST_ATTEMPTS:
            return Outcome(state=State.NEEDS_PERSON, kind="send.given_up", reason=str(error))
        return Outcome(state=state, kind=kind, reason=str(error), retry_at=now + RETRY_AFTER * attempts)


def _under_lease(row: DraftRow, *, at: datetime) -> DraftRow:
    return replace(
        row,
        state=State.SENDING,
        version=row.version + 1,
        due_at=at + LEASE,
        attempts=row.attempts + 1,
        updated_at=at,
    )
