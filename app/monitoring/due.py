"""Alerts for promises that are about to fall due, and for those that are overdue."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from app.audit.chain import Event
from app.core.commitments import LedgerEntry
from app.store.rows import Alert
from app.store.store import Store

DUE_SOON = timedelta(hours=24)
"""How long before its due moment a promise is called due soon."""


def due_standing(entry: LedgerEntry, now: datetime) -> str:
    """`overdue`, `due_soon` or `open` for an open entry; else the entry's state."""
    if entry.state != "open":
        return entry.state.value
    if entry.due_at is None:
        return "open"
    if entry.due_at < now:
        return "overdue"
    return "due_soon" if entry.due_at < now + DUE_SOON else "open"


def raise_due_alerts(store: Store, *, now: datetime) -> int:
    """Raise each alert once and record it in the trail. Returns how many were raised."""
    try:
        return _raise_due_alerts(store, now)
    except IntegrityError:
        return 0  # another worker raised them at the same moment


def _raise_due_alerts(store: Store, now: datetime) -> int:
    raised = 0
    with store.write(now=now) as tx:
        for kind, since, before in (("overdue", None, now), ("due_soon", now, now + DUE_SOON)):
            fresh = tx.ledger.due_without_alert(kind=kind, since=since, before=before)
            tx.ledger.raise_alerts(_alert(entry, kind, now) for entry in fresh)
            tx.record(*(_event(entry, kind) for entry in fresh))
            raised += len(fresh)
    return raised


def _alert(entry: LedgerEntry, kind: str, now: datetime) -> Alert:
    when = "was due" if kind == "overdue" else "is due"
    day = f"{entry.due_day:%A %d %B %Y}" if entry.due_day else "now"
    return Alert(
        commitment_id=entry.id,
        kind=kind,
        message=f"{entry.person} promised {entry.recipient}: “{entry.text}” — {when} {day}",
        at=now,
    )


def _event(entry: LedgerEntry, kind: str) -> Event:
    return Event(kind=f"commitment.{kind}", actor="gate", draft_id=entry.draft_id, facts={"commitment": entry.id})
