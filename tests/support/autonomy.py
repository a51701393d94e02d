"""Figures for tests: drafts that came to some outcome, without the road there."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.autonomy import Outcome, Subject
from app.core.digest import sha256_of
from app.core.ids import Ids
from app.core.lifecycle import State
from app.core.routes import Route
from app.store.rows import DraftRow
from app.store.store import Store


def earn(
    store: Store, ids: Ids, subject: Subject, drafts: int, *, now: datetime, outcome: Outcome = Outcome.UNCHANGED
) -> None:
    """So many drafts of the subject came to this outcome, a second before now."""
    at = now - timedelta(seconds=1)
    with store.write(now=now) as tx:
        for _ in range(drafts):
            row = _sent(ids.new("dr"), subject, at)
            tx.drafts.insert(row)
            tx.autonomy.put_outcome(row.id, subject, outcome, at=at)


def _sent(draft_id: str, subject: Subject, at: datetime) -> DraftRow:
    digest = sha256_of(draft_id.encode())
    return DraftRow(
        id=draft_id,
        client_id=None,
        idempotency_key=None,
        submission=digest,
        state=State.SENT,
        version=1,
        due_at=None,
        revision=1,
        digest=digest,
        route=Route.REVIEW,
        permit=None,
        attempts=1,
        agent=subject.agent,
        on_behalf_of="sam",
        deal_id=None,
        thread_id=None,
        subject="Hello",
        created_at=at,
        updated_at=at,
    )
