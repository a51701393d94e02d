"""Commitments at rest, and the alerts about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.codec import from_json, to_json
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.errors import NotFound
from app.store.rows import Alert
from app.store.tables import alerts, commitments


def _entry(row: sa.Row[Any]) -> LedgerEntry:
    return replace(from_json(LedgerEntry, row.entry), state=CommitmentState(row.state))


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryState:
    """What became of one commitment, as the words that are kept: `first` is what it was when it was entered."""

    id: str
    draft_id: str | None
    state: str
    first: object


class LedgerRepository:
    """Reads and writes commitments on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, entries: Iterable[LedgerEntry]) -> None:
        """Keep new entries. Raises sqlalchemy's IntegrityError for an id that is there already."""
        rows = [
            {
                "id": entry.id,
                "draft_id": entry.draft_id,
                "deal_id": entry.deal_id,
                "person": entry.person,
                "recipient": entry.recipient.lower(),
                "state": entry.state.value,
                "due_at": entry.due_at,
                "made_at": entry.made_at,
                "entry": to_json(entry),
            }
            for entry in entries
        ]
        if rows:
            self._connection.execute(sa.insert(commitments), rows)

    def ids(self) -> frozenset[str]:
        """The ids of every entry."""
        return frozenset(self._connection.execute(sa.select(commitments.c.id)).scalars())

    def get(self, commitment_id: str) -> LedgerEntry:
        """One entry. Raises NotFound."""
        row = self._connection.execute(sa.select(commitments).where(commitments.c.id == commitment_id)).first()
        if row is None:
            raise NotFound("commitment", commitment_id)
        return _entry(row)

    def change_state(self, entry: LedgerEntry, state: CommitmentState) -> bool:
        """Compare-and-set the state; False where somebody was first."""
        changed = self._connection.execute(
            sa.update(commitments)
            .where(commitments.c.id == entry.id, commitments.c.state == entry.state.value)
            .values(state=state.value)
        )
        return changed.rowcount == 1

    def entries(self, *, state: CommitmentState | None = None, limit: int = 10_000) -> Sequence[LedgerEntry]:
        """Entries by due moment, those without one last."""
        query = sa.select(commitments).order_by(
            commitments.c.due_at.is_(None), commitments.c.due_at, commitments.c.made_at, commitments.c.id
        )
        if state is not None:
            query = query.where(commitments.c.state == state.value)
        return [_entry(row) for row in self._connection.execute(query.limit(limit))]

    def open_promises(self, *, person: str, deal_id: str | None, recipients: Sequence[str]) -> Sequence[LedgerEntry]:
        """The open promises that this person owes, of this deal, and to these addresses; oldest first."""
        whose = [commitments.c.person == person]
        if deal_id is not None:
            whose.append(commitments.c.deal_id == deal_id)
        if recipients:
            whose.append(commitments.c.recipient.in_([r.lower() for r in recipients]))
        found = self._connection.execute(
            sa.select(commitments)
            .where(commitments.c.state == CommitmentState.OPEN.value, sa.or_(*whose))
            .order_by(commitments.c.made_at, commitments.c.id)
        )
        return [_entry(row) for row in found]

    def due_without_alert(
        self, *, kind: str, since: datetime | None, before: datetime, limit: int = 500
    ) -> Sequence[LedgerEntry]:
        """Open entries due in `[since, before)`, about which there is no alert of this kind yet."""
        told = sa.select(alerts.c.commitment_id).where(alerts.c.kind == kind)
        found = self._connection.execute(
            sa.select(commitments)
            .where(
                commitments.c.state == CommitmentState.OPEN.value,
                commitments.c.due_at < before,
                commitments.c.due_at >= since if since else sa.true(),
                commitments.c.id.not_in(told),
            )
            .order_by(commitments.c.due_at)
            .limit(limit)
        )
        return [_entry(row) for row in found]

    def raise_alerts(self, new: Iterable[Alert]) -> None:
        """Keep new alerts. Raises sqlalchemy's IntegrityError for one that was raised already."""
        rows = [asdict(alert) for alert in new]
        if rows:
            self._connection.execute(sa.insert(alerts), rows)

    def alerts(self, *, limit: int = 500) -> Sequence[Alert]:
        """Alerts, newest first."""
        found = self._connection.execute(sa.select(alerts).order_by(alerts.c.at.desc()).limit(limit))
        return [Alert(**row._mapping) for row in found]

    def states_of(self, draft_ids: Sequence[str] | None) -> Iterator[EntryState]:
        """The states of all that these drafts promised, or (None) of what was promised before there were drafts."""
        source = commitments.c.draft_id.is_(None) if draft_ids is None else commitments.c.draft_id.in_(draft_ids)
        found = self._connection.execute(
            sa.select(commitments.c.id, commitments.c.draft_id, commitments.c.state, commitments.c.entry)
            .where(source)
            .order_by(commitments.c.id)
        )
        return (
            EntryState(
                id=row.id, draft_id=row.draft_id, state=row.state, first=from_json(LedgerEntry, row.entry).state
            )
            for row in found
        )
