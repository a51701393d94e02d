"""The version after this one, as a test imagines it: the same migrations and one or two more."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa

from app.store.database import migrate
from app.store.versions import MIGRATIONS, newest_version

WIDENING = """\
for name in sa.inspect(op.get_bind()).get_table_names():
    if name in {tables!r}:
        op.add_column(name, sa.Column("next_note", sa.String(40), nullable=True))
        op.add_column(name, sa.Column("next_rank", sa.Integer(), nullable=False, server_default="7"))
op.create_table("next_things", sa.Column("id", sa.String(80), primary_key=True))
op.create_index("next_drafts", "drafts", ["agent", "created_at"])
"""
"""All that a migration may do while workers of the version before go on, done to every table of ours."""

NARROWING = 'op.drop_column("drafts", "subject")'


def next_migrations(folder: Path, upgrade: str) -> Path:
    """A copy of this version's migrations with another one behind them that does this."""
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    here = newest_version()
    number = f"{int(here) + 1:04d}"
    body = "\n".join(f"    {line}" for line in upgrade.splitlines())
    (copy / "versions" / f"{number}_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = {number!r}\ndown_revision = {here!r}\n\n\n"
        f"def upgrade() -> None:\n{body}\n",
        encoding="utf-8",
    )
    return copy


def widen(engine: sa.Engine, folder: Path) -> str:
    """Bring a database to the next version, in which every table is wider."""
    from app.store.tables import metadata

    migrations = next_migrations(folder, WIDENING.format(tables=sorted(metadata.tables)))
    return migrate(engine, migrations=migrations)
