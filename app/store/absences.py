"""Who is away, and who stands in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.core.absences import Absence
from app.core.errors import NotFound
from app.store.prepared import read
from app.store.tables import absences
from app.store.vouched import Written

_NOT_OVER = (
    sa.select(absences)
    .where(absences.c.until > sa.bindparam("at"))
    .order_by(absences.c.set_at.desc(), absences.c.id.desc())
)


class AbsenceRepository:
    """Reads and writes absences on one connection."""

    def __init__(self, connection: sa.Connection, written: Written) -> None:
        self._connection = connection
        self._written = written
        self._read: dict[datetime, Sequence[Absence]] = {}
        """What is not over by a moment; who is asked about one draft is asked more than once in a transaction."""

    def add(self, absence: Absence) -> None:
        """Keep a new one."""
        values = {name: getattr(absence, name) for name in absence.__slots__}
        self._connection.execute(sa.insert(absences), values)
        self._read.clear()
        self._written.note(absences, absence.id)

    def get(self, absence_id: str) -> Absence:
        """The absence. Raises NotFound."""
        row = self._connection.execute(sa.select(absences).where(absences.c.id == absence_id)).first()
        if row is None:
            raise NotFound("absence", absence_id)
        return Absence(**row._mapping)

    def end(self, absence: Absence, *, at: datetime) -> None:
        """Have it end then, or never begin."""
        self._connection.execute(
            sa.update(absences).where(absences.c.id == absence.id).values(until=at, start=min(absence.start, at))
        )
        self._read.clear()
        self._written.note(absences, absence.id)

    def at(self, moment: datetime) -> Sequence[Absence]:
        """Everybody's at the moment, the one that was set last for each person first."""
        return [absence for absence in self._not_over(moment) if absence.start <= moment]

    def from_now(self, moment: datetime) -> Sequence[Absence]:
        """Everybody's that have not ended by the moment, by their beginning."""
        return sorted(self._not_over(moment), key=lambda absence: (absence.start, absence.id))

    def next_change(self, people: Collection[str], *, after: datetime) -> datetime | None:
        """When one of these people next goes or comes back, by what is known now."""
        theirs = [absence for absence in self._not_over(after) if absence.person in people]
        moments = (moment for absence in theirs for moment in (absence.start, absence.until))
        return min((moment for moment in moments if moment > after), default=None)

    def _not_over(self, moment: datetime) -> Sequence[Absence]:
        """Everybody's that last beyond the moment, the one that was set last first."""
        if moment not in self._read:
            self._read[moment] = [Absence(**row) for row in read(self._connection, _NOT_OVER, {"at": moment})]
        return self._read[moment]
