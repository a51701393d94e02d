"""How fast each mailbox may send, shared by all workers: one row a mailbox, which says when it is free again.

The generic cell rate algorithm: the row holds the moment at which all that was let through so far would be used up at
the mailbox's own pace; a burst may run ahead of it. Beside it stands until when the provider itself wants nothing,
which counts for those too whose slot was kept before it said so.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.core.ports import Pace
from app.store.columns import Moment
from app.store.tables import mailbox_paces


class PaceRepository:
    """Reads and writes the paces on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, provider: str, mailbox: str, pace: Pace, *, now: datetime) -> datetime:
        """The next moment at which the mailbox may send, kept for who asks; `now` where that is at once.

        Nobody else is told the same moment: the row is locked to the end of the transaction.
        """
        free = max(self._locked(provider, mailbox, now=now), now)
        self._put(provider, mailbox, free + pace.interval)
        return max(now, free - (pace.burst - 1) * pace.interval)

    def hold(self, provider: str, mailbox: str, pace: Pace, *, until: datetime) -> None:
        """Nothing may leave the mailbox before this moment: the provider has said so."""
        full = until + (pace.burst - 1) * pace.interval
        self._put(provider, mailbox, max(self._locked(provider, mailbox, now=until), full))
        later = sa.func.max if self._connection.dialect.name == "sqlite" else sa.func.greatest
        held = later(sa.func.coalesce(mailbox_paces.c.held_until, ""), sa.literal(until, Moment))
        self._connection.execute(sa.update(mailbox_paces).where(*_is(provider, mailbox)).values(held_until=held))

    def held_until(self, provider: str, mailbox: str) -> datetime | None:
        """The end of the stretch in which the provider wanted nothing from the mailbox; None where it never said."""
        found = sa.select(mailbox_paces.c.held_until).where(*_is(provider, mailbox))
        held: datetime | None = self._connection.execute(found).scalar_one_or_none()
        return held

    def _locked(self, provider: str, mailbox: str, *, now: datetime) -> datetime:
        insert = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        first = insert(mailbox_paces).values(provider=provider, mailbox=mailbox, free_at=now)
        # An update that changes nothing, where the row is there already: it takes the lock either way.
        locking = first.on_conflict_do_update(
            index_elements=["provider", "mailbox"], set_={"free_at": mailbox_paces.c.free_at}
        ).returning(mailbox_paces.c.free_at)
        free: datetime = self._connection.execute(locking).scalar_one()
        return free

    def _put(self, provider: str, mailbox: str, free_at: datetime) -> None:
        self._connection.execute(sa.update(mailbox_paces).where(*_is(provider, mailbox)).values(free_at=free_at))


def _is(provider: str, mailbox: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return mailbox_paces.c.provider == provider, mailbox_paces.c.mailbox == mailbox
