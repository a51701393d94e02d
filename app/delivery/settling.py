"""A person's word on a send that the gate cannot bring to an end: it did leave, or it is to be tried again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.errors import InvalidInput, MoveNotAllowed
from app.core.facts import Person
from app.core.lifecycle import STUCK, State
from app.core.ports import Receipt
from app.delivery.dispatch import send_id_for
from app.standing import Standing
from app.store.store import Transaction
from app.trail import happened

BY_PERSON = "person"
"""The provider in a receipt for which a person vouches: they have looked at the mailbox."""


def settle_as_sent(tx: Transaction, standing: Standing, person: Person, *, reason: str) -> Standing:
    """The person has looked and found it sent. Raises InvalidInput without a reason, MoveNotAllowed, StaleVersion."""
    row = standing.row
    _require(standing, reason, allowed=(State.NEEDS_PERSON,), target="sent")
    intent = tx.sends.find(send_id_for(row))
    if intent is None:
        raise MoveNotAllowed(draft_id=row.id, source=row.state, target="sent")
    receipt = Receipt(send_id=intent.send_id, provider=BY_PERSON, provider_id=person.id)
    after = replace(row, state=State.SENT, version=row.version + 1, due_at=None, updated_at=tx.now)
    facts: dict[str, Any] = {"send_id": intent.send_id, "raw_sha256": intent.raw_sha256}
    facts["recipients"] = list(intent.recipients)
    facts |= {"provider": receipt.provider, "provider_id": receipt.provider_id, "reason": reason}
    tx.move(row, after, happened("draft.sent", f"person:{person.id}", **facts))
    tx.sends.confirm(intent, receipt, at=tx.now)
    return standing.moved(after)


def try_again(tx: Transaction, standing: Standing, person: Person, *, reason: str) -> Standing:
    """The person has looked and found that it did not leave: it is due now, on today's facts, as if it were new.

    Raises InvalidInput without a reason, MoveNotAllowed, StaleVersion.
    """
    row = standing.row
    _require(standing, reason, allowed=STUCK, target="tried again")
    intent = tx.sends.find(send_id_for(row))
    # One attempt, not none: there are saved bytes, and the pauses begin anew.
    after = replace(
        row,
        state=State.SCHEDULED,
        version=row.version + 1,
        due_at=tx.now,
        attempts=1,
        slot_at=None,
        updated_at=tx.now,
    )
    tx.move(row, after, happened("send.again", f"person:{person.id}", reason=reason))
    if intent is not None:
        tx.sends.hold(intent, replace(intent, fence=intent.fence + 1, handle=None, called=False))
    return standing.moved(after)


def _require(standing: Standing, reason: str, *, allowed: tuple[State, ...], target: str) -> None:
    if standing.row.state not in allowed:
        raise MoveNotAllowed(draft_id=standing.row.id, source=standing.row.state, target=target)
    if not reason:
        raise InvalidInput("say how you know: what did the mailbox show?", field="reason")
