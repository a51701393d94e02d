"""Two versions side by side: this one works on the next one's tables, and says clearly where it cannot."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine.interfaces import ReflectedColumn

from app.audit.service import verify_store
from app.core.approvals import Verdict
from app.core.errors import TablesUnfit
from app.core.lifecycle import State
from app.store.database import migrate, open_engine
from app.store.tables import metadata
from app.store.versions import (
    MIGRATIONS,
    OLDEST_CODE,
    newest_version,
    require_fit,
    versions_of,
    write_oldest_code,
)
from tests.support.databases import KINDS, sqlite_engine
from tests.support.gates import a_draft, make_harness
from tests.support.next_version import NARROWING, next_migrations, widen


@pytest.fixture(
    params=[pytest.param(kind, marks=pytest.mark.postgres if kind == "postgres" else ()) for kind in KINDS]
)
def own_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A migrated database that no other test sees."""
    if request.param == "sqlite":
        with sqlite_engine(tmp_path) as made:
            yield made
        return
    url: str = request.getfixturevalue("postgres_url")
    server = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with server.connect() as connection:
        connection.execute(sa.text("DROP DATABASE IF EXISTS versions"))
        connection.execute(sa.text("CREATE DATABASE versions"))
    made = open_engine(url.replace("/postgres?", "/versions?"))
    migrate(made)
    try:
        yield made
    finally:
        made.dispose()
        server.dispose()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of this version and nothing in them."""
    folder = tmp_path_factory.mktemp("migrated")
    with sqlite_engine(folder) as engine, engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "countersign.db"


def test_this_version_does_all_its_work_on_the_next_ones_tables(own_engine: sa.Engine, tmp_path: Path) -> None:
    harness = make_harness(own_engine)
    early = harness.gate.submit(a_draft("review", client_id="early"))

    assert widen(own_engine, tmp_path) == f"{int(newest_version()) + 1:04d}"

    late = harness.gate.submit(a_draft(client_id="late"))
    undone = harness.gate.submit(a_draft(client_id="undone"))
    harness.gate.undo(undone.row.id, person="sam")
    harness.gate.decide(early.row.id, person="ruth", verdict=Verdict.APPROVE, digest=early.row.digest)
    harness.wait(minutes=1)
    with harness.store.read() as reader:
        states = [reader.drafts.get(each.row.id).state for each in (early, late, undone)]
        verify_store(reader)
    assert states == [State.SENT, State.SENT, State.UNDONE]
    with own_engine.connect() as connection:
        assert connection.execute(sa.text("SELECT DISTINCT next_rank FROM drafts")).scalars().all() == [7]
        assert require_fit(connection).are_newer_than(newest_version())


def test_migrating_with_this_version_leaves_newer_tables_alone(own_engine: sa.Engine, tmp_path: Path) -> None:
    newer = widen(own_engine, tmp_path)
    assert migrate(own_engine) == newer


def test_tables_that_ask_for_newer_code_are_refused(own_engine: sa.Engine, tmp_path: Path) -> None:
    migrations = next_migrations(tmp_path, NARROWING)
    newer = f"{int(newest_version()) + 1:04d}"
    migrate(own_engine, migrations=migrations, oldest_code=newer)
    says = f"needs code that knows {newer}; this code knows {newest_version()}: install the newer version"
    with pytest.raises(TablesUnfit, match=says):
        migrate(own_engine)
    with own_engine.connect() as connection, pytest.raises(TablesUnfit, match=says):
        require_fit(connection)


def test_tables_that_are_older_or_not_there_are_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/empty.db")
    with engine.connect() as connection, pytest.raises(TablesUnfit, match=r"not there.*run `countersign migrate`"):
        require_fit(connection)
    _migrate_to(engine, "0003")
    with engine.connect() as connection, pytest.raises(TablesUnfit, match=r"at version 0003.*`countersign migrate`"):
        require_fit(connection)
    engine.dispose()


def test_the_oldest_code_is_written_and_never_becomes_less(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        write_oldest_code(connection, "0008")
        write_oldest_code(connection, "0007")
        assert versions_of(connection).oldest_code == "0008"
        connection.execute(sa.delete(metadata.tables["settings"]))


def test_since_the_oldest_code_migrations_have_only_widened(tmp_path: Path) -> None:
    """Where this fails: widen only, or raise OLDEST_CODE and have older workers stop (docs/operations.md)."""
    old, new = (open_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("old", "new"))
    _migrate_to(old, OLDEST_CODE)
    migrate(new)
    assert narrowed(sa.inspect(old), sa.inspect(new)) == []
    old.dispose()
    new.dispose()


@pytest.mark.parametrize(
    ("upgrade", "found"),
    [
        (NARROWING, "drafts.subject is gone"),
        ('op.drop_table("samples")', "samples is gone"),
        ('op.execute("ALTER TABLE drafts ADD COLUMN x INTEGER NOT NULL DEFAULT 1")', None),
        ('op.add_column("drafts", sa.Column("x", sa.Integer()))', None),
        (
            'with op.batch_alter_table("alerts") as t:\n'
            '    t.add_column(sa.Column("x", sa.Integer(), nullable=False))',
            "alerts.x must be given and older code does not know it",
        ),
        (
            'with op.batch_alter_table("alerts") as t:\n    t.alter_column("message", type_=sa.Integer())',
            "alerts.message is another type",
        ),
        (
            'with op.batch_alter_table("notices") as t:\n    t.alter_column("draft_id", nullable=False)',
            "notices.draft_id must be given now",
        ),
        ('op.create_index("one_agent", "drafts", ["agent"], unique=True)', "drafts takes a value only once: agent"),
    ],
)
def test_what_would_break_older_code_is_found(
    upgrade: str, found: str | None, tmp_path: Path, migrated: Path
) -> None:
    shutil.copyfile(migrated, tmp_path / "new.db")
    old, new = open_engine(f"sqlite:///{migrated}"), open_engine(f"sqlite:///{tmp_path}/new.db")
    migrate(new, migrations=next_migrations(tmp_path, upgrade))
    assert narrowed(sa.inspect(old), sa.inspect(new)) == ([found] if found else [])
    old.dispose()
    new.dispose()


def narrowed(old: sa.Inspector, new: sa.Inspector) -> list[str]:
    """What code that knows the old tables cannot live with in the new ones."""
    return [
        problem
        for table in sorted(set(old.get_table_names()) & set(metadata.tables))
        for problem in (_of_table(table, old, new) if new.has_table(table) else [f"{table} is gone"])
    ]


def _of_table(table: str, old: sa.Inspector, new: sa.Inspector) -> Iterator[str]:
    before = {column["name"]: column for column in old.get_columns(table)}
    after = {column["name"]: column for column in new.get_columns(table)}
    for name, column in before.items():
        if name not in after:
            yield f"{table}.{name} is gone"
        elif str(after[name]["type"]) != str(column["type"]):
            yield f"{table}.{name} is another type"
        elif column["nullable"] and _must_be_given(after[name]):
            yield f"{table}.{name} must be given now"
    for name in sorted(after.keys() - before.keys()):
        if _must_be_given(after[name]):
            yield f"{table}.{name} must be given and older code does not know it"
    for columns in sorted(_unique(new, table) - _unique(old, table)):
        yield f"{table} takes a value only once: {', '.join(columns)}"


def _must_be_given(column: ReflectedColumn) -> bool:
    return not column["nullable"] and column["default"] is None


def _unique(inspector: sa.Inspector, table: str) -> set[tuple[str, ...]]:
    indexes = {tuple(map(str, i["column_names"])) for i in inspector.get_indexes(table) if i["unique"]}
    return indexes | {tuple(c["column_names"]) for c in inspector.get_unique_constraints(table)}


def _migrate_to(engine: sa.Engine, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
