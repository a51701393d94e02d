"""Small facts about this installation, such as how far its clock is shifted."""

from __future__ import annotations

import sqlalchemy as sa

from app.store.tables import settings

CLOCK_SHIFT = "clock_shift_seconds"
"""How far this installation's clock is ahead of the machine's."""


class SettingRepository:
    """Reads and writes named values on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """The value, or None."""
        value: str | None = self._connection.execute(
            sa.select(settings.c.value).where(settings.c.name == name)
        ).scalar()
        return value

    def put_new(self, name: str, value: str) -> None:
        """Keep a value under a new name. Raises sqlalchemy's IntegrityError where there is one."""
        self._connection.execute(sa.insert(settings).values(name=name, value=value))

    def replace(self, name: str, before: str, after: str) -> bool:
        """Keep another value, if the one that is kept is `before`. Returns whether it was."""
        mine = sa.update(settings).where(settings.c.name == name, settings.c.value == before)
        return self._connection.execute(mine.values(value=after)).rowcount == 1
