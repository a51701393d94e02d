"""Who took which place under which limit, and when: a row for each subject of whatever began to leave or to be done.

A place belongs to a draft or another action: beginning it again moves the place and takes no second one. What is
counted is the same whatever limits are in force, so that a new limit knows at once what was done before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.limits import Limit, Per
from app.store.deferred import Deferred
from app.store.locks import take_places
from app.store.prepared import read
from app.store.tables import limit_uses

_MATCHES = (
    (limit_uses.c.per == sa.bindparam("per"))
    & (limit_uses.c.subject == sa.bindparam("subject"))
    & (limit_uses.c.at > sa.bindparam("since"))
)
_OTHERS = _MATCHES & (limit_uses.c.draft_id != sa.bindparam("draft_id"))
_COUNT = sa.select(sa.func.count().label("used")).where(_OTHERS)
_NTH_NEWEST = (
    sa.select(limit_uses.c.at).where(_OTHERS).order_by(limit_uses.c.at.desc()).limit(1).offset(sa.bindparam("skip"))
)
_INSERT = sa.insert(limit_uses)
_GIVE_BACK = sa.delete(limit_uses).where(limit_uses.c.draft_id == sa.bindparam("given_back"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a mail is counted under: `Per.SENDER` and a person's id, and so on."""

    per: Per
    subject: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """How much of a limit is used up for one subject."""

    limit: Limit
    subject: str
    used: int
    free_at: datetime | None
    """When the next place is free; None where one is free now."""


class UseRepository:
    """Reads and writes uses on one connection."""

    def __init__(self, connection: sa.Connection, deferred: Deferred) -> None:
        self._connection = connection
        self._deferred = deferred
        self._locked: frozenset[Place] = frozenset()

    def lock(self, places: Iterable[Place]) -> None:
        """Whatever is counted under these places from here on stands to the end of this transaction."""
        wanted = frozenset(places)
        if not self._locked or wanted - self._locked:
            take_places(self._connection, (f"{place.per}:{place.subject}" for place in wanted))
            self._locked |= wanted

    def use(self, limit: Limit, subject: str, *, at: datetime, but: str = "") -> Use:
        """How much of the limit is used at this moment, by other drafts than `but`."""
        self._deferred.flush()
        of = {"per": limit.per.value, "subject": subject, "since": at - limit.window, "draft_id": but}
        used = read(self._connection, _COUNT, of)[0]["used"]
        if used < limit.most:
            return Use(limit=limit, subject=subject, used=used, free_at=None)
        # A place is free again once only most - 1 are left in the window: when the most-th newest leaves it.
        last = self._connection.execute(_NTH_NEWEST, {**of, "skip": limit.most - 1}).scalar_one()
        return Use(limit=limit, subject=subject, used=used, free_at=last + limit.window)

    def take(self, draft_id: str, places: Iterable[Place], *, at: datetime) -> None:
        """The draft begins to leave at this moment; places that it had before are given back.

        Kept at the latest when the transaction ends.
        """
        self._deferred.put(_GIVE_BACK, [{"given_back": draft_id}])
        rows = [{"draft_id": draft_id, "per": p.per.value, "subject": p.subject, "at": at} for p in places]
        self._deferred.put(_INSERT, rows)

    def subjects(self, limit: Limit, *, at: datetime, most: int) -> Sequence[str]:
        """Whom the limit has counted within its window, those with the most mails first."""
        self._deferred.flush()
        query = (
            sa.select(limit_uses.c.subject)
            .where(limit_uses.c.per == limit.per.value, limit_uses.c.at > at - limit.window)
            .group_by(limit_uses.c.subject)
            .order_by(sa.func.count().desc(), limit_uses.c.subject)
            .limit(most)
        )
        if limit.tier is not None:
            query = query.where(limit_uses.c.subject == limit.tier.value)
        return self._connection.execute(query).scalars().all()

    def forget(self, *, before: datetime) -> int:
        """Delete what no window reaches any more. Returns how many rows there were."""
        return self._connection.execute(sa.delete(limit_uses).where(limit_uses.c.at < before)).rowcount
