"""The tables. A draft at rest is one row of `drafts`: its state, its version and when it is due.

Content and verdicts are never overwritten: `revisions` only grows, by an edit and by every new verdict.
"""

from __future__ import annotations

import sqlalchemy as sa

from app.store.columns import Json, Moment

metadata = sa.MetaData()

ID = sa.String(80)
DIGEST = sa.String(80)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("client_id", sa.String(200), unique=True),
    sa.Column("idempotency_key", sa.String(200), unique=True),
    sa.Column("submission", DIGEST, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("due_at", Moment),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("route", sa.String(20), nullable=False),
    sa.Column("permit", Json),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("on_behalf_of", ID, nullable=False),
    sa.Column("deal_id", ID),
    sa.Column("thread_id", sa.String(400)),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Index("drafts_due", "state", "due_at"),
    sa.Index("drafts_created", "created_at"),
    sa.Index("drafts_thread", "thread_id"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("author", sa.String(220), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), nullable=False),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("requirement", sa.Text, nullable=False),
    sa.Column("people", Json, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Index("approvals_draft", "draft_id", "state"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("approval_id", ID, sa.ForeignKey("approvals.id"), primary_key=True),
    sa.Column("person", ID, primary_key=True),
    sa.Column("verdict", sa.String(20), primary_key=True),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

sends = sa.Table(
    "sends",
    metadata,
    sa.Column("send_id", ID, primary_key=True),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), nullable=False, index=True),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("raw", sa.LargeBinary, nullable=False),
    sa.Column("raw_sha256", DIGEST, nullable=False),
    sa.Column("sender", sa.String(320), nullable=False),
    sa.Column("recipients", Json, nullable=False),
    sa.Column("worker", sa.String(120), nullable=False),
    sa.Column("begun_at", Moment, nullable=False),
    sa.Column("provider", sa.String(80)),
    sa.Column("provider_id", sa.String(400)),
    sa.Column("sent_at", Moment),
)

sent_recipients = sa.Table(
    "sent_recipients",
    metadata,
    sa.Column("send_id", ID, sa.ForeignKey("sends.send_id"), primary_key=True),
    sa.Column("email", sa.String(320), primary_key=True, index=True),
)

_HOURS_ARE_KNOWN = sa.text("hours IS NOT NULL")

commitments = sa.Table(
    "commitments",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), index=True),
    sa.Column("deal_id", ID),
    sa.Column("person", ID, nullable=False),
    sa.Column("recipient", sa.String(320), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("due_at", Moment),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("entry", sa.Text, nullable=False),
    sa.Column("thing", sa.String(120)),
    sa.Column("kind", sa.String(20)),
    sa.Column("hours", sa.Float),
    sa.Index("commitments_due", "state", "due_at"),
    sa.Index("commitments_deal", "deal_id", "state", "made_at"),
    sa.Index("commitments_recipient", "recipient", "state", "made_at"),
    sa.Index("commitments_person", "person", "state", "due_at"),
    sa.Index("commitments_thing", "thing", "state", "made_at"),
    sa.Index(
        "commitments_effort",
        "state",
        "made_at",
        "kind",
        "hours",
        sqlite_where=_HOURS_ARE_KNOWN,
        postgresql_where=_HOURS_ARE_KNOWN,
    ),
)

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("commitment_id", ID, sa.ForeignKey("commitments.id"), primary_key=True),
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

policies = sa.Table(
    "policies",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sha256", DIGEST, nullable=False),
    sa.Column("published_by", sa.String(220), nullable=False),
    sa.Column("published_at", Moment, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("actor", sa.String(220), nullable=False),
    sa.Column("draft_id", ID, index=True),
    sa.Column("facts", Json, nullable=False),
    sa.Column("previous", DIGEST, nullable=False),
    sa.Column("hash", DIGEST, nullable=False),
)

audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("chain", sa.String(20), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", DIGEST, nullable=False),
)

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("sha256", DIGEST, nullable=False, unique=True),
    sa.Column("person", ID, nullable=False),
    sa.Column("scopes", Json, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment),
    sa.Column("revoked_at", Moment),
)

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
