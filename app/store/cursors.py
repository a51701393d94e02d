"""How far each mailbox was followed. Two workers may look at once; one of them moves the cursor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.store.tables import inbox_cursors

Mailbox = tuple[str, str]
"""A provider and an account there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """One mailbox that is followed."""

    provider: str
    account: str
    cursor: str
    """As the provider gave it; empty where it was never read."""
    version: int
    next_at: datetime
    """When it is looked into next."""
    synced_at: datetime | None
    """The moment up to which everything that came was taken in; None before the first time."""
    failures: int
    """How often in a row it could not be read."""
    trouble: str
    """Why, the last time; empty where it could."""
    left_trouble: str | None
    """Why the last look for drafts that were left there failed; None where it went well, or there was none."""
    left_failed_at: datetime | None
    """When that was."""


class CursorRepository:
    """Reads and writes cursors on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def every(self) -> Sequence[Followed]:
        """All of them, by provider and account."""
        query = sa.select(inbox_cursors).order_by(inbox_cursors.c.provider, inbox_cursors.c.account)
        return [Followed(**row._mapping) for row in self._connection.execute(query)]

    def begin(self, mailboxes: Collection[Mailbox], *, now: datetime) -> None:
        """Follow these from now on, those that are followed already left as they are."""
        if not mailboxes:
            return
        insert = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        rows = [
            {"provider": p, "account": a, "cursor": "", "version": 1, "next_at": now, "failures": 0, "trouble": ""}
            for p, a in sorted(mailboxes)
        ]
        self._connection.execute(insert(inbox_cursors).on_conflict_do_nothing(), rows)

    def rest(self, followed: Followed) -> None:
        """It is not followed for now: nobody vouches any more for all of it having been taken in."""
        rested = {"version": followed.version + 1, "synced_at": None, "trouble": ""}
        self._changed(followed, {**rested, "left_trouble": None, "left_failed_at": None})

    def hold(self, followed: Followed, *, until: datetime) -> Followed | None:
        """Nobody else looks into the mailbox before `until`. None where somebody was first."""
        held = {"version": followed.version + 1, "next_at": until}
        return self._changed(followed, held)

    def move(self, followed: Followed, *, cursor: str, next_at: datetime, synced_at: datetime | None) -> bool:
        """What came up to this cursor has been taken in. False where somebody else has moved it meanwhile."""
        moved = {"version": followed.version + 1, "cursor": cursor, "next_at": next_at, "failures": 0, "trouble": ""}
        if synced_at is not None:
            moved["synced_at"] = synced_at
        return self._changed(followed, moved) is not None

    def fail(self, followed: Followed, *, trouble: str, next_at: datetime) -> bool:
        """It could not be read; the cursor stays. False where somebody else has moved it meanwhile."""
        failed = {
            "version": followed.version + 1,
            "next_at": next_at,
            "failures": followed.failures + 1,
            "trouble": trouble,
        }
        return self._changed(followed, failed) is not None

    def note_left(self, mailbox: Mailbox, *, trouble: str | None, at: datetime) -> None:
        """How the look for drafts that were left there went; `trouble` is None where it went well.

        It has nothing to do with how far the mailbox was followed, so nobody's hold on it is lost.
        """
        provider, account = mailbox
        mine = (inbox_cursors.c.provider == provider, inbox_cursors.c.account == account)
        noted = {"left_trouble": trouble, "left_failed_at": at if trouble is not None else None}
        self._connection.execute(sa.update(inbox_cursors).where(*mine).values(**noted))

    def _changed(self, followed: Followed, values: dict[str, object]) -> Followed | None:
        mine = (
            inbox_cursors.c.provider == followed.provider,
            inbox_cursors.c.account == followed.account,
            inbox_cursors.c.version == followed.version,
        )
        row = self._connection.execute(
            sa.update(inbox_cursors).where(*mine).values(**values).returning(*inbox_cursors.c)
        ).first()
        return Followed(**row._mapping) if row else None
