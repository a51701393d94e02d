"""Commitments at rest, and the alerts about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa

from app.core.codec import from_json, to_json
from app.core.commitments import CommitmentState, LedgerEntry, is_rival, typical_effort
from app.core.errors import NotFound
from app.core.findings import Kind
from app.store import lookups
from app.store.columns import moment_text
from app.store.prepared import Question, rows_of, write_each
from app.store.rows import Alert
from app.store.tables import alerts, commitments

_INSERT = sa.insert(commitments)


def _entry(row: sa.Row[Any]) -> LedgerEntry:
    return _as_it_is(row.entry, row.state, row.hours)


@lru_cache(maxsize=4096)
def _as_it_is(text: str, state: str, hours: float | None) -> LedgerEntry:
    """What was entered, in its state of today.

    Remembered: the open promises of a deal are read again for each of its drafts, and what was entered never changes.
    """
    return replace(from_json(LedgerEntry, text), state=CommitmentState(state), hours=hours)


def _oldest_first(rows: Iterable[lookups.LedgerRow]) -> list[LedgerEntry]:
    once = {row[1]: row for row in rows}
    return [_as_it_is(text, state, hours) for _, _, state, hours, text in sorted(once.values())]


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
        rows = (
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
        )
        write_each(self._connection, _INSERT, rows)

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
        questions = [] if deal_id is None else [lookups.OPEN_OF_DEAL]
        values: dict[str, object] = {"deal_id": deal_id, "person": person}
        if self._now is None:
            questions.append(lookups.OPEN_DUE_LAST)
        else:
            questions.append(lookups.OPEN_AHEAD)
            values["since"] = moment_text(self._now - lookups.LOOKING_BACK)
        return _oldest_first(self._around(questions, lookups.OPEN_TO_ADDRESS, recipients, values))

    def broken_promises(
        self, *, person: str, deal_id: str | None, recipients: Sequence[str]
    ) -> Sequence[LedgerEntry]:
        """The broken promises of this deal, and of this person to these addresses; oldest first, with limits."""
        questions = [] if deal_id is None else [lookups.BROKEN_OF_DEAL]
        values = {"deal_id": deal_id, "person": person}
        return _oldest_first(self._around(questions, lookups.BROKEN_TO_ADDRESS, recipients, values))

    def rival_promises(
        self, *, things: Sequence[str], account: str | None, deal_id: str | None
    ) -> Sequence[LedgerEntry]:
        """The open promises to others than this account about one of these things; oldest first, with limits."""
        rows = [row for thing in set(things) for row in self._rows(lookups.OPEN_ABOUT_THING, {"thing": thing})]
        return [entry for entry in _oldest_first(rows) if is_rival(entry, account=account, deal_id=deal_id)]

    def effort(self) -> Mapping[Kind, float]:
        """Hours that promises of a kind have cost, for the kinds of which enough are known."""
        spent = cast("list[tuple[str, float]]", rows_of(self._connection, lookups.HOURS_SPENT, {}))
        return {Kind(kind): hours for kind, hours in typical_effort(spent).items()}

    def _around(
        self,
        questions: Sequence[lookups.Lookup],
        to_address: lookups.Lookup,
        recipients: Sequence[str],
        values: Mapping[str, object],
    ) -> list[lookups.LedgerRow]:
        """The answers to the questions and, for each address, to that about an address; in one go for the first."""
        first, *others = {recipient.lower(): None for recipient in recipients} or (None,)
        asked = (*questions, to_address) if first is not None else tuple(questions)
        rows = self._rows(lookups.in_one(*asked), {**values, "address": first}) if asked else []
        for address in others:
            rows += self._rows(to_address, {**values, "address": address})
        return rows

    def _rows(self, question: Question, values: Mapping[str, object]) -> list[lookups.LedgerRow]:
        return cast("list[lookups.LedgerRow]", rows_of(self._connection, question, values))

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
