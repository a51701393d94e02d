"""What is due: drafts whose timer has rung, the front of each sender's queue before the rest of anybody's."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.lifecycle import TIMED, State
from app.store.prepared import read
from app.store.tables import drafts

_WINDOW = 4
"""How many times more rows are looked at than are taken."""
_MOST_SENDERS = 64
_SCHEDULED = State.SCHEDULED.value
_OTHERS = [state.value for state in TIMED if state is not State.SCHEDULED]

_DUE = sa.select(drafts.c.id, drafts.c.version).where(drafts.c.due_at <= sa.bindparam("now"))
_LEAVING = _DUE.where(drafts.c.state == _SCHEDULED).order_by(drafts.c.due_at).limit(sa.bindparam("most"))
_LEAVING_OF = _LEAVING.where(drafts.c.on_behalf_of == sa.bindparam("sender"))
_WAITING = _DUE.where(drafts.c.state.in_(_OTHERS)).order_by(drafts.c.due_at).limit(sa.bindparam("most"))
_SENDERS = (
    sa.select(drafts.c.on_behalf_of)
    .where(drafts.c.state == _SCHEDULED, drafts.c.due_at <= sa.bindparam("now"))
    .distinct()
    .limit(sa.bindparam("most"))
)
_LATE = _DUE.where(drafts.c.state == _SCHEDULED).limit(1).offset(sa.bindparam("skip"))
_IS_ANY = _DUE.where(drafts.c.state.in_([state.value for state in TIMED])).limit(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A draft whose timer has rung. `leaves` says that it is scheduled."""

    draft_id: str
    version: int
    leaves: bool


class DueRepository:
    """Looks for what is due on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def front(self, *, now: datetime, limit: int, chance: random.Random) -> Sequence[Due]:
        """At most `limit` drafts: some that do not leave, then as many of each sender, drawn from the oldest."""
        others = self._read(_WAITING, leaves=False, now=now, most=max(1, limit // 2))
        return [*others, *self._leaving(now=now, room=limit - len(others), chance=chance)]

    def is_any(self, *, before: datetime) -> bool:
        """Whether a timer rang before this moment, and nobody has looked since."""
        return self._connection.execute(_IS_ANY, {"now": before}).first() is not None

    def more_than(self, most: int, *, before: datetime) -> bool:
        """Whether more than so many drafts were to leave before this moment, and still wait."""
        return bool(read(self._connection, _LATE, {"now": before, "skip": most}))

    def _leaving(self, *, now: datetime, room: int, chance: random.Random) -> Sequence[Due]:
        window = self._read(_LEAVING, now=now, most=room * _WINDOW)
        if len(window) < room * _WINDOW:
            return _drawn(window, room, chance)
        senders = self._connection.execute(_SENDERS, {"now": now, "most": _MOST_SENDERS}).scalars().all()
        if len(senders) <= 1:
            return _drawn(window, room, chance)
        queues = [
            _drawn(self._read(_LEAVING_OF, now=now, most=room, sender=sender), room, chance)
            for sender in chance.sample(senders, min(len(senders), room))
        ]
        return list(_in_turn(queues))[:room]

    def _read(self, query: sa.Select[tuple[str, int]], *, leaves: bool = True, **values: object) -> list[Due]:
        found = self._connection.execute(query, values)
        return [Due(draft_id=row.id, version=row.version, leaves=leaves) for row in found]


def _drawn(window: Sequence[Due], room: int, chance: random.Random) -> Sequence[Due]:
    return window if len(window) <= room else chance.sample(window, room)


def _in_turn(queues: Iterable[Sequence[Due]]) -> Iterable[Due]:
    """The first of each, then the second of each, and so on."""
    waiting = [list(queue) for queue in queues]
    while waiting := [queue for queue in waiting if queue]:
        for queue in waiting:
            yield queue.pop(0)
