"""Delivery: leases, fencing numbers and handles of sends, and the pace of each mailbox.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Only what older workers need not know of: columns that may be empty or have a default, and new tables."""
    op.add_column("drafts", sa.Column("slot_at", sa.String(32), nullable=True))
    op.create_index("drafts_due_of_sender", "drafts", ["state", "on_behalf_of", "due_at"], unique=False)
    op.add_column("sends", sa.Column("fence", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("sends", sa.Column("leased_until", sa.String(32), nullable=True))
    op.add_column("sends", sa.Column("handle", sa.Text(), nullable=True))
    # An older worker says nothing about it: whoever takes over from one has to ask the provider.
    op.add_column("sends", sa.Column("called", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "mailbox_paces",
        sa.Column("provider", sa.String(length=80), nullable=False),
        sa.Column("mailbox", sa.String(length=320), nullable=False),
        sa.Column("free_at", sa.String(32), nullable=False),
        sa.Column("held_until", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("provider", "mailbox"),
    )
