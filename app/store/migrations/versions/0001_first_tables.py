"""The first tables.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.audit.chain import GENESIS

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=220), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_audit_draft_id"), "audit", ["draft_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("chain", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=True),
        sa.Column("idempotency_key", sa.String(length=200), nullable=True),
        sa.Column("submission", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(32), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("permit", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=False),
        sa.Column("deal_id", sa.String(length=80), nullable=True),
        sa.Column("thread_id", sa.String(length=400), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id"),
        sa.UniqueConstraint("idempotency_key"),
    )
    op.create_index("drafts_created", "drafts", ["created_at"], unique=False)
    op.create_index("drafts_due", "drafts", ["state", "due_at"], unique=False)
    op.create_index("drafts_thread", "drafts", ["thread_id"], unique=False)
    op.create_table(
        "policies",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=80), nullable=False),
        sa.Column("published_by", sa.String(length=220), nullable=False),
        sa.Column("published_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=True),
        sa.Column("revoked_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("approvals_draft", "approvals", ["draft_id", "state"], unique=False)
    op.create_table(
        "commitments",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=True),
        sa.Column("deal_id", sa.String(length=80), nullable=True),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(32), nullable=True),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("commitments_due", "commitments", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_commitments_deal_id"), "commitments", ["deal_id"], unique=False)
    op.create_index(op.f("ix_commitments_draft_id"), "commitments", ["draft_id"], unique=False)
    op.create_index(op.f("ix_commitments_person"), "commitments", ["person"], unique=False)
    op.create_index(op.f("ix_commitments_recipient"), "commitments", ["recipient"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=220), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("draft_id", "number"),
    )
    op.create_table(
        "sends",
        sa.Column("send_id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("raw_sha256", sa.String(length=80), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("provider", sa.String(length=80), nullable=True),
        sa.Column("provider_id", sa.String(length=400), nullable=True),
        sa.Column("sent_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("send_id"),
    )
    op.create_index(op.f("ix_sends_draft_id"), "sends", ["draft_id"], unique=False)
    op.create_table(
        "alerts",
        sa.Column("commitment_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
        ),
        sa.PrimaryKeyConstraint("commitment_id", "kind"),
    )
    op.create_table(
        "decisions",
        sa.Column("approval_id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"],
            ["approvals.id"],
        ),
        sa.PrimaryKeyConstraint("approval_id", "person", "verdict"),
    )
    op.create_table(
        "sent_recipients",
        sa.Column("send_id", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(
            ["send_id"],
            ["sends.send_id"],
        ),
        sa.PrimaryKeyConstraint("send_id", "email"),
    )
    op.create_index(op.f("ix_sent_recipients_email"), "sent_recipients", ["email"], unique=False)
    head = sa.table("audit_head", sa.column("chain"), sa.column("seq"), sa.column("hash"))
    op.execute(sa.insert(head).values(chain="main", seq=0, hash=GENESIS))
