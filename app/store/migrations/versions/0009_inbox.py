"""Mailboxes: how far each was followed, what came, and what was left in it to be sent.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "inbox_cursors",
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=320), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(32), nullable=False),
        sa.Column("synced_at", sa.String(32), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("provider", "account"),
    )
    op.create_table(
        "incoming",
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("thread_id", sa.String(length=400), nullable=False),
        sa.Column("message_id", sa.String(length=998), nullable=False),
        sa.Column("root_id", sa.String(length=998), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("taken_at", sa.String(32), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("failures", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("provider", "account", "key"),
    )
    op.create_index("incoming_thread", "incoming", ["thread_id", "received_at"])
    op.create_index("incoming_message", "incoming", ["message_id"])
    op.create_index("incoming_root", "incoming", ["root_id", "received_at"])
    op.create_index("incoming_draft", "incoming", ["draft_id", "received_at"])
    op.create_table(
        "left_drafts",
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("raw_sha256", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=True),
        sa.Column("digest", sa.String(length=80), nullable=True),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("provider", "account", "key", "number"),
    )
    op.create_index("ix_left_drafts_draft_id", "left_drafts", ["draft_id"])
