"""Control: policies under review, limits and switches, approvals over time, identity, autonomy, other actions.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Each part makes its own tables."""
    _approvals_over_time()
    _limits_and_stops()
    _policy_control()
    _identity()
    _autonomy()


def _limits_and_stops() -> None:
    op.create_table(
        "stops",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("lifted_by", sa.String(length=80), nullable=True),
        sa.Column("lifted_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    in_force = sa.text("lifted_at IS NULL")
    op.create_index(
        "stops_in_force",
        "stops",
        ["scope", "subject"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.create_table(
        "held_drafts",
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("stop_id", sa.String(length=80), nullable=False),
        sa.Column("tried_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.ForeignKeyConstraint(["stop_id"], ["stops.id"]),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    op.create_index(op.f("ix_held_drafts_stop_id"), "held_drafts", ["stop_id"], unique=False)
    op.create_table(
        "limit_uses",
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("per", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=320), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("draft_id", "per", "subject"),
    )
    op.create_index("limit_uses_window", "limit_uses", ["per", "subject", "at"], unique=False)
    op.create_index("limit_uses_at", "limit_uses", ["at"], unique=False)


def _approvals_over_time() -> None:
    for name, type_, default in (
        ("stage", sa.Integer(), "0"),
        ("seats", sa.Text(), "[]"),
        ("reminders", sa.Integer(), "0"),
        ("level", sa.Integer(), "0"),
        ("ladder_ended", sa.Boolean(), sa.false()),
        ("paused", sa.Boolean(), sa.false()),
        ("consulted", sa.Text(), "[]"),
    ):
        op.add_column("approvals", sa.Column(name, type_, nullable=False, server_default=default))
    op.add_column("approvals", sa.Column("since", sa.String(32), nullable=True))
    op.add_column("approvals", sa.Column("accountable", sa.String(length=80), nullable=True))
    op.add_column("approvals", sa.Column("tier", sa.String(length=20), nullable=True))
    op.create_index("approvals_state", "approvals", ["state"], unique=False)
    op.add_column("decisions", sa.Column("stage", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("decisions", sa.Column("in_name_of", sa.String(length=80), nullable=True))
    op.create_table(
        "absences",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("start", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("delegate", sa.String(length=80), nullable=True),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("set_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("absences_time", "absences", ["until", "start"], unique=False)
    op.create_index("absences_person", "absences", ["person", "until"], unique=False)
    _remarks_and_notices()


def _remarks_and_notices() -> None:
    op.create_table(
        "remarks",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("approval_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=220), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answers", sa.String(length=80), nullable=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.ForeignKeyConstraint(["approval_id"], ["approvals.id"]),
        sa.ForeignKeyConstraint(["answers"], ["remarks.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("answers"),
    )
    op.create_index(op.f("ix_remarks_draft_id"), "remarks", ["draft_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=220), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=True),
        sa.Column("request_id", sa.String(length=80), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("delivered_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("notices_recipient", "notices", ["recipient", "at"], unique=False)
    op.create_index("notices_undelivered", "notices", ["delivered_at", "at"], unique=False)


def _policy_control() -> None:
    op.add_column("revisions", sa.Column("facts", sa.Text(), nullable=True))
    op.add_column("policies", sa.Column("basis", sa.String(length=20), nullable=True))
    op.add_column("policies", sa.Column("proposal_id", sa.String(length=80), nullable=True))
    op.add_column("policies", sa.Column("rolled_back_to", sa.Integer(), nullable=True))
    op.add_column("policies", sa.Column("reason", sa.Text(), nullable=True))
    op.create_table(
        "policy_proposals",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", sa.String(32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reviewer", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_policy_proposals_sha256"), "policy_proposals", ["sha256"], unique=False)
    op.create_index(op.f("ix_policy_proposals_proposed_at"), "policy_proposals", ["proposed_at"], unique=False)


def _identity() -> None:
    op.add_column("decisions", sa.Column("verified_at", sa.String(32), nullable=True))
    op.add_column("decisions", sa.Column("verified_by", sa.String(length=20), nullable=True))
    op.create_table(
        "second_factors",
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("enrolled_at", sa.String(32), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("request_id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("salt", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("issued_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["approvals.id"]),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("one_time_codes_request", "one_time_codes", ["request_id", "closed_at"], unique=False)
    op.create_index("one_time_codes_person", "one_time_codes", ["person", "issued_at"], unique=False)


def _autonomy() -> None:
    op.create_table(
        "outcomes",
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    op.create_index("outcomes_subject", "outcomes", ["agent", "action", "tier", "at", "outcome"], unique=False)
    _promotions()
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_incidents_draft_id"), "incidents", ["draft_id"], unique=False)
    op.create_table(
        "samples",
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("number", sa.Float(), nullable=False),
        sa.Column("drawn_at", sa.String(32), nullable=False),
        sa.Column("look", sa.String(length=20), nullable=True),
        sa.Column("looked_by", sa.String(length=80), nullable=True),
        sa.Column("looked_at", sa.String(32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"]),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    op.create_index("samples_look", "samples", ["look", "drawn_at"], unique=False)


def _promotions() -> None:
    op.create_table(
        "promotions",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Float(), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=False),
        sa.Column("signed_at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("promotions_subject", "promotions", ["agent", "action", "tier", "ended_at"], unique=False)
    holds = sa.text("ended_at IS NULL")
    op.create_index(
        "promotions_in_force",
        "promotions",
        ["agent", "action", "tier"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )
