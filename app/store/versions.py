"""Which code may work on which tables, so that workers of two versions can run side by side.

A version is the number of a migration, such as `0006`; code is named after the newest migration that it has.
Migrations only widen (docs/operations.md says what that means), so older code goes on working on newer tables. One
that cannot leave it at that raises `OLDEST_CODE`, and older workers see it and stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.core.errors import TablesUnfit
from app.store.tables import settings

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "countersign_migrations"
OLDEST_CODE = "0006"
"""The oldest code that may work on the tables as the migrations of this code leave them."""
_OLDEST_CODE = "oldest_code"


@dataclass(frozen=True, kw_only=True, slots=True)
class TableVersions:
    """What a database says about its own tables."""

    tables: str | None
    """The newest migration it has seen; None where it has no tables yet."""
    oldest_code: str
    """The oldest code that may work on them."""

    def are_newer_than(self, code: str) -> bool:
        """Whether the tables are of a version that this code has never heard of."""
        return self.tables is not None and self.tables > code


def newest_version(migrations: Path = MIGRATIONS) -> str:
    """The version of the code that has these migrations."""
    return max(file.name[:4] for file in (migrations / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def versions_of(connection: sa.Connection) -> TableVersions:
    """What the database says. It is only looked at, and may be empty."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return TableVersions(tables=None, oldest_code="")
    tables = connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
    oldest = connection.execute(_WRITTEN).scalar() if tables is not None else None
    return TableVersions(tables=tables, oldest_code=oldest or "")


def require_served(found: TableVersions, *, code: str) -> None:
    """Raise TablesUnfit where the tables ask for newer code than this."""
    if code < found.oldest_code:
        raise TablesUnfit(
            f"the tables are at version {found.tables}, which needs code that knows {found.oldest_code}; "
            f"this code knows {code}: install the newer version and start again"
        )


def require_fit(connection: sa.Connection, *, code: str | None = None) -> TableVersions:
    """Raise TablesUnfit unless this code can work on the tables as they are now; else what they say."""
    known = code or newest_version()
    found = versions_of(connection)
    require_served(found, code=known)
    if found.tables is None or found.tables < known:
        what = f"at version {found.tables}" if found.tables else "not there"
        raise TablesUnfit(f"the tables are {what}, and this code needs {known}: run `countersign migrate`")
    return found


def write_oldest_code(connection: sa.Connection, oldest: str) -> None:
    """From now on code older than this does not work here. It never becomes less."""
    found = connection.execute(_WRITTEN).scalar()
    if found is None:
        connection.execute(sa.insert(settings).values(name=_OLDEST_CODE, value=oldest))
    elif found < oldest:
        connection.execute(sa.update(settings).where(settings.c.name == _OLDEST_CODE).values(value=oldest))


_WRITTEN = sa.select(settings.c.value).where(settings.c.name == _OLDEST_CODE)
