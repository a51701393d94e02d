"""Actions other than mail: the actions, their verdicts, the requests about them, and what was said to those.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """New tables; notices may be about an action, and limits count actions as well."""
    _actions()
    _requests()
    op.execute("ALTER TABLE notices ADD COLUMN action_id VARCHAR(80) REFERENCES actions (id)")
    _limits_without_foreign_key()


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=True),
        sa.Column("submission", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(32), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("permit", sa.Text(), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("rollback_of", sa.String(length=80), nullable=True),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["rollback_of"], ["actions.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id"),
    )
    op.create_index("actions_due", "actions", ["state", "due_at"], unique=False)
    op.create_table(
        "action_verdicts",
        sa.Column("action_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"]),
        sa.PrimaryKeyConstraint("action_id", "number"),
    )


def _requests() -> None:
    op.create_table(
        "action_approvals",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("action_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("stage", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seats", sa.Text(), server_default="[]", nullable=False),
        sa.Column("since", sa.String(32), nullable=True),
        sa.Column("reminders", sa.Integer(), server_default="0", nullable=False),
        sa.Column("level", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ladder_ended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("consulted", sa.Text(), server_default="[]", nullable=False),
        sa.Column("accountable", sa.String(length=80), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("action_approvals_action", "action_approvals", ["action_id", "state"], unique=False)
    op.create_index("action_approvals_state", "action_approvals", ["state"], unique=False)
    op.create_table(
        "action_decisions",
        sa.Column("approval_id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("stage", sa.Integer(), server_default="0", nullable=False),
        sa.Column("in_name_of", sa.String(length=80), nullable=True),
        sa.Column("verified_at", sa.String(32), nullable=True),
        sa.Column("verified_by", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["approval_id"], ["action_approvals.id"]),
        sa.PrimaryKeyConstraint("approval_id", "person", "verdict"),
    )
    op.create_table(
        "action_remarks",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("action_id", sa.String(length=80), nullable=False),
        sa.Column("approval_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=220), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answers", sa.String(length=80), nullable=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"]),
        sa.ForeignKeyConstraint(["approval_id"], ["action_approvals.id"]),
        sa.ForeignKeyConstraint(["answers"], ["action_remarks.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("answers"),
    )
    op.create_index(op.f("ix_action_remarks_action_id"), "action_remarks", ["action_id"], unique=False)


def _limits_without_foreign_key() -> None:
    """Copied into a new table: SQLite takes no constraint away from one that is there."""
    for name in ("limit_uses_window", "limit_uses_at"):
        op.drop_index(name, table_name="limit_uses")
    op.rename_table("limit_uses", "limit_uses_before")
    op.create_table(
        "limit_uses",
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("per", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=320), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "per", "subject"),
    )
    op.execute(
        "INSERT INTO limit_uses (draft_id, per, subject, at) SELECT draft_id, per, subject, at FROM limit_uses_before"
    )
    op.drop_table("limit_uses_before")
    op.create_index("limit_uses_window", "limit_uses", ["per", "subject", "at"], unique=False)
    op.create_index("limit_uses_at", "limit_uses", ["at"], unique=False)
