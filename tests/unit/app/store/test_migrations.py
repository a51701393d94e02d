"""A database of the version before comes along with its rows."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from app.core.codec import to_record
from app.store import database
from app.store.database import migrate, open_engine
from app.store.ledger import LedgerRepository
from app.store.policies import PolicyRepository
from app.store.tables import revisions
from tests.support.gates import START
from tests.unit.app.monitoring.test_due import an_entry


def test_commitments_from_before_things_and_hours_are_kept_and_read(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/old.db")
    _migrate_to(engine, "0001")
    entry = an_entry()
    old = {name: value for name, value in to_record(entry).items() if name not in {"thing", "hours"}}
    columns = {"id": entry.id, "person": entry.person, "recipient": entry.recipient, "state": entry.state.value}
    moments = {"due_at": entry.due_at.isoformat() if entry.due_at else None, "made_at": START.isoformat()}
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO commitments (id, person, recipient, state, due_at, made_at, entry) "
                "VALUES (:id, :person, :recipient, :state, :due_at, :made_at, :entry)"
            ),
            {**columns, **moments, "entry": json.dumps(old)},
        )

    migrate(engine)

    with engine.connect() as connection:
        ledger = LedgerRepository(connection)
        assert ledger.get(entry.id) == entry
        assert ledger.open_promises(person=entry.person, deal_id=None, recipients=[]) == [entry]
    engine.dispose()


def _migrate_to(engine: sa.Engine, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def test_policies_and_verdicts_from_before_change_control_are_kept_and_read(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/old.db")
    _migrate_to(engine, "0002")
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO policies (version, text, sha256, published_by, published_at) "
                "VALUES (1, 'version: 1', 'sha256:x', 'person:ada', :at)"
            ),
            {"at": START.isoformat()},
        )

    migrate(engine)

    with engine.connect() as connection:
        (policy,) = PolicyRepository(connection).every_version()
        assert (policy.version, policy.published_at, policy.basis, policy.reason) == (1, START, None, None)
        assert connection.execute(sa.select(revisions.c.facts)).all() == []
    engine.dispose()
