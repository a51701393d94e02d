"""The ledger as people use it: read it, settle an entry, take it along as CSV or calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from icalendar import Calendar, Event

from app.core.commitments import COMMITMENT_MOVES, CommitmentState, LedgerEntry
from app.core.errors import Conflict, InvalidInput, MoveNotAllowed, NotFound
from app.core.facts import Person
from app.core.plain import plain
from app.monitoring.due import due_standing
from app.permissions import require_ledger_keeper
from app.store.store import Reader, Store
from app.trail import happened

MOST_HOURS = 10_000.0
"""More hours than that, for one promise, is a slip of the pen."""
_COLUMNS = ("id", "standing", "due_day", "person", "recipient", "account", "deal_id", "kind", "strength", "text")


def settle(
    store: Store,
    commitment_id: str,
    state: CommitmentState,
    *,
    person: Person,
    reason: str,
    now: datetime,
    hours: float | None = None,
) -> LedgerEntry:
    """Say what became of a promise, and what keeping it cost. The same word twice is one word.

    Raises NotFound, NotPermitted, MoveNotAllowed, InvalidInput for hours that cannot be, or Conflict where somebody
    was first.
    """
    reason = plain(reason, field="reason")
    _require_spendable(hours, state)
    with store.write(now=now) as tx:
        entry = tx.ledger.get(commitment_id)
        require_ledger_keeper(person, entry)
        if entry.state is state and hours in (None, entry.hours):
            return entry
        if entry.state is not state and state not in COMMITMENT_MOVES[entry.state]:
            raise MoveNotAllowed(draft_id=commitment_id, source=entry.state, target=state)
        if not tx.ledger.change_state(entry, state, hours=hours):
            raise Conflict(f"commitment {commitment_id} has just been changed; read it again")
        tx.record(
            happened(
                f"commitment.{state.value}",
                f"person:{person.id}",
                draft_id=entry.draft_id,
                commitment=entry.id,
                before=entry.state.value,
                reason=reason,
                **({} if hours is None else {"hours": hours}),
            )
        )
        return replace(entry, state=state, hours=hours)


def _require_spendable(hours: float | None, state: CommitmentState) -> None:
    if hours is None:
        return
    if state is not CommitmentState.KEPT:
        raise InvalidInput(
            f"is for promises that were kept, and this one is {state.value}; leave it out", field="hours"
        )
    if not 0 <= hours <= MOST_HOURS:
        raise InvalidInput(f"must be from 0 to {MOST_HOURS:,.0f}", field="hours")


def entries(reader: Reader, *, state: CommitmentState | None = None, limit: int = 10_000) -> Sequence[LedgerEntry]:
    """Entries by due moment, those without one last; of one state, or of all."""
    return reader.ledger.entries(state=state, limit=limit)


def find(reader: Reader, reference: str) -> LedgerEntry:
    """The entry with this id, or an id that begins like this.

    Raises NotFound, or InvalidInput where several ids begin so.
    """
    ids = reader.ledger.ids()
    if reference in ids:
        return reader.ledger.get(reference)
    alike = sorted(entry_id for entry_id in ids if reference and entry_id.startswith(reference))
    if len(alike) > 1:
        several = f"{len(alike)} commitments begin so, {alike[0]} and {alike[1]} among them; give more of the id"
        raise InvalidInput(several, field=reference)
    if not alike:
        raise NotFound("commitment", reference)
    return reader.ledger.get(alike[0])


def as_csv(entries: Sequence[LedgerEntry], *, now: datetime) -> str:
    """The entries as comma-separated values with a header line (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for entry in entries:
        values = {name: getattr(entry, name, None) for name in _COLUMNS}
        values["standing"] = due_standing(entry, now)
        writer.writerow([_cell(values[name]) for name in _COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    # A spreadsheet would run a cell that starts like a formula, and the text is a stranger's.
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def as_calendar(entries: Sequence[LedgerEntry], *, now: datetime) -> bytes:
    """The entries that have a due day as an iCalendar file (RFC 5545), one all-day event each."""
    calendar = Calendar()
    calendar.add("prodid", "-//Countersign//Ledger//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        if entry.due_day is None:
            continue
        event = Event()
        event.add("uid", f"{entry.id}@countersign")
        event.add("dtstamp", now)
        event.add("dtstart", entry.due_day)
        event.add("summary", f"Due: {entry.text}")
        event.add("description", f"{entry.person} to {entry.recipient} ({due_standing(entry, now)})")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
