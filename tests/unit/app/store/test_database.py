"""Opening and migrating, on both databases."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.store.columns import Json, Moment, moment_text
from app.store.database import migrate, open_engine
from app.store.prepared import read
from app.store.tables import metadata
from tests.support.outages import drop_everybody


def test_the_migrations_make_exactly_the_tables(engine: sa.Engine) -> None:
    def ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or name in metadata.tables

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "version_table": "countersign_migrations"}
        )
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    migrate(engine)


_MIGRATE = "import sys; from app.store.database import *; migrate(open_engine(sys.argv[1]))"


def test_many_processes_may_migrate_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/countersign.db"
    processes = [
        subprocess.Popen([sys.executable, "-c", _MIGRATE, url], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [process.communicate()[1] for process in processes] == [""] * 4


def test_sqlite_keeps_what_it_said_it_kept(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/countersign.db")
    with engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_when_the_server_drops_everybody_only_one_is_told(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    used_just_now = [engine.connect() for _ in range(8)]
    for connection in used_just_now:
        connection.exec_driver_sql("SELECT 1")
    for connection in used_just_now:
        connection.close()
    drop_everybody(postgres_url)
    told = 0
    for _ in range(10):
        try:
            with engine.connect() as connection:
                read(connection, sa.select(sa.literal(1)), {})
        except sa.exc.OperationalError:
            told += 1
    engine.dispose()
    assert told <= 1


def test_moments_sort_as_text_whatever_their_zone() -> None:
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
    tokyo = (noon + timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=9)))
    assert moment_text(noon) < moment_text(tokyo)


def test_a_moment_without_a_zone_is_refused(engine: sa.Engine) -> None:
    naive = datetime(2026, 11, 18)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(naive, engine.dialect)


@pytest.mark.parametrize("value", [{"a": [1, None, "é\u0000"]}, [], "x", 1.5, False])
def test_json_is_read_as_it_was_written(engine: sa.Engine, value: object) -> None:
    column = Json()
    assert column.process_result_value(column.process_bind_param(value, engine.dialect), engine.dialect) == value
