"""Bringing a database's tables up to date without opening anything else."""

from __future__ import annotations

from app.store.database import migrate, open_engine


def bring_up(url: str) -> str:
    """Migrate the database at this URL and return the version of its tables. Raises what `migrate` raises."""
    engine = open_engine(url)
    try:
        return migrate(engine)
    finally:
        engine.dispose()
