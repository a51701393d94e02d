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
    sa.Column("facts", sa.Text),
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
    sa.Column("stage", sa.Integer, nullable=False, server_default="0"),
    sa.Column("seats", Json, nullable=False, server_default="[]"),
    sa.Column("since", Moment),
    sa.Column("reminders", sa.Integer, nullable=False, server_default="0"),
    sa.Column("level", sa.Integer, nullable=False, server_default="0"),
    sa.Column("ladder_ended", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("consulted", Json, nullable=False, server_default="[]"),
    sa.Column("accountable", ID),
    sa.Column("tier", sa.String(20)),
    sa.Index("approvals_draft", "draft_id", "state"),
    sa.Index("approvals_state", "state"),
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
    sa.Column("stage", sa.Integer, nullable=False, server_default="0"),
    sa.Column("in_name_of", ID),
    sa.Column("verified_at", Moment),
    sa.Column("verified_by", sa.String(20)),
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
    sa.Column("basis", sa.String(20)),
    sa.Column("proposal_id", ID),
    sa.Column("rolled_back_to", sa.Integer),
    sa.Column("reason", sa.Text),
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

_IS_IN_FORCE = sa.text("lifted_at IS NULL")

stops = sa.Table(
    "stops",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", ID, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("lifted_by", ID),
    sa.Column("lifted_at", Moment),
    sa.Index(
        "stops_in_force", "scope", "subject", unique=True, sqlite_where=_IS_IN_FORCE, postgresql_where=_IS_IN_FORCE
    ),
)

held_drafts = sa.Table(
    "held_drafts",
    metadata,
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), primary_key=True),
    sa.Column("stop_id", ID, sa.ForeignKey("stops.id"), nullable=False, index=True),
    sa.Column("tried_at", Moment, nullable=False),
)

limit_uses = sa.Table(
    "limit_uses",
    metadata,
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), primary_key=True),
    sa.Column("per", sa.String(20), primary_key=True),
    sa.Column("subject", sa.String(320), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Index("limit_uses_window", "per", "subject", "at"),
    sa.Index("limit_uses_at", "at"),
)

absences = sa.Table(
    "absences",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("person", ID, nullable=False),
    sa.Column("start", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("delegate", ID),
    sa.Column("set_by", ID, nullable=False),
    sa.Column("set_at", Moment, nullable=False),
    sa.Index("absences_time", "until", "start"),
    sa.Index("absences_person", "person", "until"),
)

remarks = sa.Table(
    "remarks",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), nullable=False, index=True),
    sa.Column("approval_id", ID, sa.ForeignKey("approvals.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("author", sa.String(220), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("answers", ID, sa.ForeignKey("remarks.id"), unique=True),
    sa.Column("at", Moment, nullable=False),
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("recipient", sa.String(220), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id")),
    sa.Column("request_id", ID),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("delivered_at", Moment),
    sa.Index("notices_recipient", "recipient", "at"),
    sa.Index("notices_undelivered", "delivered_at", "at"),
)

policy_proposals = sa.Table(
    "policy_proposals",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("base", sa.Integer),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sha256", DIGEST, nullable=False, index=True),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("author", ID, nullable=False),
    sa.Column("proposed_at", Moment, nullable=False, index=True),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("reviewer", ID),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("reviewed_at", Moment),
)

second_factors = sa.Table(
    "second_factors",
    metadata,
    sa.Column("person", ID, primary_key=True),
    sa.Column("secret", sa.Text),
    sa.Column("pending", sa.Text),
    sa.Column("enrolled_at", Moment),
    sa.Column("last_step", sa.BigInteger),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("locked_until", Moment),
)

one_time_codes = sa.Table(
    "one_time_codes",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("person", ID, nullable=False),
    sa.Column("request_id", ID, sa.ForeignKey("approvals.id"), nullable=False),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), nullable=False),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("salt", sa.String(40), nullable=False),
    sa.Column("hash", sa.String(80), nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("closed_at", Moment),
    sa.Index("one_time_codes_request", "request_id", "closed_at"),
    sa.Index("one_time_codes_person", "person", "issued_at"),
)

outcomes = sa.Table(
    "outcomes",
    metadata,
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), primary_key=True),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("action", sa.String(200), nullable=False),
    sa.Column("tier", sa.String(20), nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("outcomes_subject", "agent", "action", "tier", "at", "outcome"),
)

_HOLDS = sa.text("ended_at IS NULL")

promotions = sa.Table(
    "promotions",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("action", sa.String(200), nullable=False),
    sa.Column("tier", sa.String(20), nullable=False),
    sa.Column("level", sa.Float, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("decided", sa.Integer, nullable=False),
    sa.Column("bound", sa.Float, nullable=False),
    sa.Column("signed_by", ID, nullable=False),
    sa.Column("signed_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", ID),
    sa.Column("end_reason", sa.Text),
    sa.Index("promotions_subject", "agent", "action", "tier", "ended_at"),
    sa.Index(
        "promotions_in_force",
        "agent",
        "action",
        "tier",
        unique=True,
        sqlite_where=_HOLDS,
        postgresql_where=_HOLDS,
    ),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), nullable=False, index=True),
    sa.Column("by", ID, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

samples = sa.Table(
    "samples",
    metadata,
    sa.Column("draft_id", ID, sa.ForeignKey("drafts.id"), primary_key=True),
    sa.Column("route", sa.String(20), nullable=False),
    sa.Column("policy_version", sa.Integer, nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("number", sa.Float, nullable=False),
    sa.Column("drawn_at", Moment, nullable=False),
    sa.Column("look", sa.String(20)),
    sa.Column("looked_by", ID),
    sa.Column("looked_at", Moment),
    sa.Column("reason", sa.Text),
    sa.Index("samples_look", "look", "drawn_at"),
)
