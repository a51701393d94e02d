"""Runs the migrations on the connection that `app.store.database.migrate` hands in."""

from __future__ import annotations

from alembic import context

from app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="countersign_migrations",
)
context.run_migrations()
