"""The tables of mailboxes: how far each was followed, what came, and what was left in it to be sent."""

from __future__ import annotations

import sqlalchemy as sa

from app.store.columns import DIGEST, ID, Json, Moment


def cursor_table(metadata: sa.MetaData) -> sa.Table:
    """One row for each mailbox that is followed. `version` grows whenever somebody looks into it."""
    return sa.Table(
        "inbox_cursors",
        metadata,
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("account", sa.String(320), primary_key=True),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("synced_at", Moment),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("left_trouble", sa.Text),
        sa.Column("left_failed_at", Moment),
    )


def incoming_table(metadata: sa.MetaData) -> sa.Table:
    """One row for each mail in each mailbox. Words stand only with what answers mail that left through the gate."""
    return sa.Table(
        "incoming",
        metadata,
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("account", sa.String(320), primary_key=True),
        sa.Column("key", sa.String(400), primary_key=True),
        sa.Column("thread_id", sa.String(400), nullable=False),
        sa.Column("message_id", sa.String(998), nullable=False),
        sa.Column("root_id", sa.String(998), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("sender", sa.String(320), nullable=False),
        sa.Column("recipients", Json, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("taken_at", Moment, nullable=False),
        sa.Column("draft_id", ID, sa.ForeignKey("drafts.id")),
        sa.Column("subject", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("failures", Json),
        sa.Index("incoming_thread", "thread_id", "received_at"),
        sa.Index("incoming_message", "message_id"),
        sa.Index("incoming_root", "root_id", "received_at"),
        sa.Index("incoming_draft", "draft_id", "received_at"),
    )


def left_draft_table(metadata: sa.MetaData) -> sa.Table:
    """One row for each state of a draft that was left in a mailbox; the one that is not replaced lies there."""
    return sa.Table(
        "left_drafts",
        metadata,
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("account", sa.String(320), primary_key=True),
        sa.Column("key", sa.String(400), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("raw_sha256", DIGEST, nullable=False),
        sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), index=True),
        sa.Column("digest", DIGEST),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("refused", sa.Text, nullable=False),
        sa.Column("taken_at", Moment, nullable=False),
    )
