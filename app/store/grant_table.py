"""The table of what owners of accounts let the gate do at providers. Its secrets are sealed by the caller."""

from __future__ import annotations

import sqlalchemy as sa

from app.store.columns import ID, Json, Moment


def grant_table(metadata: sa.MetaData) -> sa.Table:
    """One row for each account. It is never deleted: one that is closed keeps the reason and loses its secret."""
    return sa.Table(
        "grants",
        metadata,
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("account", sa.String(320), primary_key=True),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("secret", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("granted_at", Moment, nullable=False),
        sa.Column("granted_by", ID),
        sa.Column("renewed_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("closed", sa.Text, nullable=False),
    )
