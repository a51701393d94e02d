"""Who is told that a send is stuck, and reminded as long as it is."""

from __future__ import annotations

from dataclasses import replace

from app.core.ids import Ids
from app.core.lifecycle import STUCK, State
from app.core.notices import Notice, NoticeKind
from app.delivery.outcomes import REMIND_AFTER
from app.standing import Standing
from app.store.store import Transaction
from app.trail import happened

_TEXTS = {
    State.NEEDS_PERSON: "Nobody knows whether “{subject}” left: look at the mailbox, then settle it",
    State.FAILED: "“{subject}” was not sent: mend it, try again, or reject it",
}
_WAITS = "“{subject}” waits: {reason}"
_NEWEST = 100
"""Among how many notices it is looked for whether somebody was told already. Twice is better than never."""


def tell(tx: Transaction, standing: Standing, ids: Ids, *, reason: str) -> None:
    """Put it on the board for the sender and their manager, but not twice in a row that it waits."""
    row, sender = standing.row, standing.assessment.sender
    text = _TEXTS.get(row.state, _WAITS).format(subject=row.subject, reason=reason)
    people = [
        person
        for person in dict.fromkeys(filter(None, (row.on_behalf_of, sender.manager)))
        if row.state in STUCK or not _told_lately(tx, person, row.id)
    ]
    tx.notices.add(
        Notice(id=ids.new("nt"), recipient=person, kind=NoticeKind.STUCK, draft_id=row.id, text=text, at=tx.now)
        for person in people
    )


def remind(tx: Transaction, standing: Standing, ids: Ids) -> None:
    """Nobody has looked yet: tell them again, and set the next reminder. Raises StaleVersion."""
    row = standing.row
    later = replace(row, version=row.version + 1, due_at=tx.now + REMIND_AFTER, updated_at=tx.now)
    tx.move(row, later, happened("send.reminded", "gate"))
    tell(tx, standing.moved(later), ids, reason="")


def _told_lately(tx: Transaction, person: str, draft_id: str) -> bool:
    newest = tx.notices.for_recipient(person, limit=_NEWEST)
    stuck = (notice for notice in newest if notice.kind is NoticeKind.STUCK and notice.draft_id == draft_id)
    return any(notice.at > tx.now - REMIND_AFTER for notice in stuck)
