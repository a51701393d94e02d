"""Commitments at rest, and the alerts about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.core.codec import from_json, to_json
from app.core.commitments import CommitmentState, LedgerEntry, is_rival, typical_effort
from app.core.errors import NotFound
from app.core.findings import Kind
from app.store import lookups
from app.store.rows import Alert
from app.store.tables import alerts, commitments

_KINDS = {kind.value: kind for kind in Kind}


def _entry(row: sa.Row[Any]) -> LedgerEntry:
    entry = _as_entered(row.entry)
    if entry.state.value == row.state and entry.hours == row.hours:
        return entry
    return replace(entry, state=CommitmentState(row.state), hours=row.hours)


@lru_cache(maxsize=4096)
def _as_entered(text: str) -> LedgerEntry:
    """Remembered: the open promises of a deal are read again for each of its drafts, and an entry never changes."""
    return from_json(LedgerEntry, text)


def _oldest_first(rows: Iterable[sa.Row[Any]]) -> list[LedgerEntry]:
    once = {row.id: row for row in rows}
    return [_entry(row) for row in sorted(once.values(), key=lambda row: (row.made_at, row.id))]


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryState:
    """What became of one commitment, as the words that are kept: `first` is what it was when it was entered."""

    id: str
    draft_id: str | None
    state: str
    first: object


class LedgerRepository:
    """Reads and writes commitments on one connection."""

    def __init__(self, connection: sa.Connection, *, now: datetime | None = None) -> None:
        self._connection = connection
        self._now = now

    def at(self, now: datetime) -> LedgerRepository:
        """The same ledger, which knows what time it is: of a person's open promises it reads those that come next."""
        return LedgerRepository(self._connection, now=now)

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
                "thing": entry.thing,
                "kind": entry.kind.value,
                "hours": entry.hours,
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

    def change_state(self, entry: LedgerEntry, state: CommitmentState, *, hours: float | None = None) -> bool:
        """Compare-and-set the state, and what it cost to get there; False where somebody was first."""
        changed = self._connection.execute(
            sa.update(commitments)
            .where(commitments.c.id == entry.id, commitments.c.state == entry.state.value)
            .values(state=state.value, kind=entry.kind.value, hours=hours)
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
        """The open promises of this deal, to these addresses, and those that this person owes on a day; oldest first.

        Of a deal and an address the newest, of a person those due next (`at`), up to the limits in app.store.lookups.
        """
        rows = self._of_deal(lookups.OPEN_OF_DEAL, deal_id)
        rows += self._of_person(person)
        for address in {recipient.lower() for recipient in recipients}:
            rows += self._rows(lookups.OPEN_TO_ADDRESS, address=address)
        return _oldest_first(rows)

    def broken_promises(
        self, *, person: str, deal_id: str | None, recipients: Sequence[str]
    ) -> Sequence[LedgerEntry]:
        """The broken promises of this deal, and of this person to these addresses; oldest first, with limits."""
        rows = self._of_deal(lookups.BROKEN_OF_DEAL, deal_id)
        for address in {recipient.lower() for recipient in recipients}:
            rows += self._rows(lookups.BROKEN_TO_ADDRESS, address=address, person=person)
        return _oldest_first(rows)

    def rival_promises(
        self, *, things: Sequence[str], account: str | None, deal_id: str | None
    ) -> Sequence[LedgerEntry]:
        """The open promises to others than this account about one of these things; oldest first, with limits."""
        rows = [row for thing in set(things) for row in self._rows(lookups.OPEN_ABOUT_THING, thing=thing)]
        return [entry for entry in _oldest_first(rows) if is_rival(entry, account=account, deal_id=deal_id)]

    def effort(self) -> Mapping[Kind, float]:
        """Hours that promises of a kind have cost, for the kinds of which enough are known."""
        return typical_effort((_KINDS[row.kind], row.hours) for row in self._rows(lookups.HOURS_SPENT))

    def _of_deal(self, query: sa.Select[Any], deal_id: str | None) -> list[sa.Row[Any]]:
        return [] if deal_id is None else self._rows(query, deal_id=deal_id)

    def _of_person(self, person: str) -> list[sa.Row[Any]]:
        if self._now is None:
            return self._rows(lookups.OPEN_DUE_LAST, person=person)
        return self._rows(lookups.OPEN_AHEAD, person=person, since=self._now - lookups.LOOKING_BACK)

    def _rows(self, query: sa.Select[Any], **values: object) -> list[sa.Row[Any]]:
        return list(self._connection.execute(query, values).all())

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
