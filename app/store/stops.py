"""Stops, and the drafts that each has put into review. A stop that was lifted stays as a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.errors import NotFound
from app.core.lifecycle import State
from app.core.limits import Stop, StopScope
from app.store.locks import share_switch, take_switch
from app.store.prepared import read, write
from app.store.tables import actions, drafts, held_drafts, stops
from app.store.vouched import Written

_NEWEST_FIRST = sa.select(stops).order_by(stops.c.at.desc(), stops.c.id.desc())
_ACTIVE = _NEWEST_FIRST.where(stops.c.lifted_at.is_(None))
# Asked of each held draft, and these are few: a database that began with the drafts in review would read them all.
_STILL_WAITS = sa.exists().where(drafts.c.id == held_drafts.c.draft_id, drafts.c.state == State.IN_REVIEW.value)
_IS_LIFTED = sa.exists().where(stops.c.id == held_drafts.c.stop_id, stops.c.lifted_at.is_not(None))
_FREED = (
    sa.select(held_drafts.c.draft_id)
    .where(_IS_LIFTED, _STILL_WAITS)
    .order_by(held_drafts.c.tried_at, held_drafts.c.draft_id)
)
_RELEASE = sa.delete(held_drafts).where(held_drafts.c.draft_id == sa.bindparam("released"))


def _stop(columns: Mapping[Any, Any]) -> Stop:
    return Stop(**{**columns, "scope": StopScope(columns["scope"])})


class StopRepository:
    """Reads and writes stops on one connection."""

    def __init__(self, connection: sa.Connection, written: Written) -> None:
        self._connection = connection
        self._written = written
        self._shared: Sequence[Stop] | None = None

    def share(self) -> None:
        """What `active` says from here on stands to the end of this transaction."""
        if self._shared is None:
            share_switch(self._connection)
            self._shared = self._active()

    def take(self) -> None:
        """Wait for every send that is just being begun; until this transaction ends none can begin."""
        take_switch(self._connection)

    def active(self) -> Sequence[Stop]:
        """The stops in force, newest first."""
        return self._active() if self._shared is None else self._shared

    def _active(self) -> Sequence[Stop]:
        return [_stop(row) for row in read(self._connection, _ACTIVE, {})]

    def newest(self, *, limit: int) -> Sequence[Stop]:
        """Stops in force and lifted ones, newest first."""
        return [_stop(row._mapping) for row in self._connection.execute(_NEWEST_FIRST.limit(limit))]

    def get(self, stop_id: str) -> Stop:
        """One stop. Raises NotFound."""
        row = self._connection.execute(sa.select(stops).where(stops.c.id == stop_id)).first()
        if row is None:
            raise NotFound("stop", stop_id)
        return _stop(row._mapping)

    def put(self, stop: Stop) -> None:
        """Keep a new stop. Raises sqlalchemy's IntegrityError where the same is in force."""
        values = {name: getattr(stop, name) for name in stop.__slots__}
        self._connection.execute(sa.insert(stops).values(**{**values, "scope": stop.scope.value}))
        self._written.note(stops, stop.id)

    def lift(self, stop: Stop, *, by: str, at: datetime) -> Stop:
        """Keep that the stop is over. Returns it as it is now."""
        self._connection.execute(sa.update(stops).where(stops.c.id == stop.id).values(lifted_by=by, lifted_at=at))
        self._written.note(stops, stop.id)
        return replace(stop, lifted_by=by, lifted_at=at)

    def has_seen(self, agent: str) -> bool:
        """Whether a draft, or another action, of this agent ever came in; capital letters make no difference."""
        queries = (
            sa.select(table.c.id).where(sa.func.lower(table.c.agent) == agent.lower()).limit(1)
            for table in (drafts, actions)
        )
        return any(self._connection.execute(query).first() is not None for query in queries)

    # ── drafts in review because of a stop ────────────────────────────────────────────────────────────────

    def hold(self, draft_id: str, stop: Stop, *, at: datetime) -> None:
        """Keep that this stop put the draft into review."""
        self._connection.execute(sa.insert(held_drafts).values(draft_id=draft_id, stop_id=stop.id, tried_at=at))

    def release(self, draft_id: str) -> None:
        """The draft is in review because of a stop no more."""
        write(self._connection, _RELEASE, {"released": draft_id})

    def tried(self, draft_id: str, *, at: datetime) -> None:
        """Judging the draft again went wrong: the others come first from now on."""
        self._connection.execute(sa.update(held_drafts).where(held_drafts.c.draft_id == draft_id).values(tried_at=at))

    def held(self, stop_id: str) -> int:
        """How many drafts wait in review because of this stop."""
        query = sa.select(sa.func.count()).select_from(held_drafts)
        return self._connection.execute(query.where(held_drafts.c.stop_id == stop_id, _STILL_WAITS)).scalar_one()

    def freed(self, *, limit: int) -> Sequence[str]:
        """Ids of drafts whose stop was lifted, and that were not judged again since; the longest waiting first."""
        return self._connection.execute(_FREED.limit(limit)).scalars().all()

    def forget(self) -> None:
        """Delete what nobody asks for: that a stop, lifted since, held a draft that is in review no more."""
        self._connection.execute(sa.delete(held_drafts).where(_IS_LIFTED, ~_STILL_WAITS))
