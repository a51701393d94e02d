"""What the ledger's look-ups need: scarce things, hours spent, and indexes that stop early.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("commitments", sa.Column("thing", sa.String(length=120), nullable=True))
    op.add_column("commitments", sa.Column("kind", sa.String(length=20), nullable=True))
    op.add_column("commitments", sa.Column("hours", sa.Float(), nullable=True))
    # Each is the beginning of an index that replaces it.
    for column in ("deal_id", "person", "recipient"):
        op.drop_index(op.f(f"ix_commitments_{column}"), table_name="commitments")
    op.create_index("commitments_deal", "commitments", ["deal_id", "state", "made_at"], unique=False)
    op.create_index("commitments_recipient", "commitments", ["recipient", "state", "made_at"], unique=False)
    op.create_index("commitments_person", "commitments", ["person", "state", "due_at"], unique=False)
    op.create_index("commitments_thing", "commitments", ["thing", "state", "made_at"], unique=False)
    known = sa.text("hours IS NOT NULL")
    op.create_index(
        "commitments_effort",
        "commitments",
        ["state", "made_at", "kind", "hours"],
        unique=False,
        sqlite_where=known,
        postgresql_where=known,
    )
