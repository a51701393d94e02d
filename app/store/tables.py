"""The tables. A draft at rest is one row of `drafts`: its state, its version and when it is due.

Content and verdicts are never overwritten: `revisions` only grows, by an edit and by every new verdict.
"""

from __future__ import annotations

import sqlalchemy as sa

from app.store.columns import DIGEST, ID, Json, Moment
from app.store.grant_table import grant_table
from app.store.inbox_tables import cursor_table, incoming_table, left_draft_table
from app.store.request_columns import what_is_asked, what_was_said

metadata = sa.MetaData()

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
    sa.Column("slot_at", Moment),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("on_behalf_of", ID, nullable=False),
    sa.Column("deal_id", ID),
    sa.Column("thread_id", sa.String(400)),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Index("drafts_due", "state", "due_at"),
    sa.Index("drafts_due_of_sender", "state", "on_behalf_of", "due_at"),
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
    *what_is_asked(),
    sa.Index("approvals_draft", "draft_id", "state"),
    sa.Index("approvals_waiting", "state", "opened_at"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("approval_id", ID, sa.ForeignKey("approvals.id"), primary_key=True),
    sa.Column("person", ID, primary_key=True),
    sa.Column("verdict", sa.String(20), primary_key=True),
    *what_was_said(),
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
    sa.Column("fence", sa.Integer, nullable=False, server_default="1"),
    sa.Column("leased_until", Moment),
    sa.Column("handle", Json),
    sa.Column("called", sa.Boolean, nullable=False, server_default=sa.true()),
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

mailbox_paces = sa.Table(
    "mailbox_paces",
    metadata,
    sa.Column("provider", sa.String(80), primary_key=True),
    sa.Column("mailbox", sa.String(320), primary_key=True),
    sa.Column("free_at", Moment, nullable=False),
    sa.Column("held_until", Moment),
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
    sa.Column("draft_id", ID, primary_key=True),
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
    sa.Column("action_id", ID, sa.ForeignKey("actions.id")),
    sa.Column("request_id", ID),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("delivered_at", Moment),
    sa.Index("notices_recipient", "recipient", "at"),
    sa.Index("notices_undelivered", "delivered_at", "at"),
)

notice_deliveries = sa.Table(
    "notice_deliveries",
    metadata,
    sa.Column("notice_id", ID, sa.ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("transport", sa.String(40), primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_at", Moment),
    sa.Column("reason", sa.Text, nullable=False),
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
    sa.Index("one_time_codes_expiry", "expires_at"),
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

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("client_id", sa.String(200), unique=True),
    sa.Column("submission", DIGEST, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("due_at", Moment),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("route", sa.String(20), nullable=False),
    sa.Column("permit", Json),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("on_behalf_of", ID, nullable=False),
    sa.Column("proposed_by", ID, nullable=False),
    sa.Column("rollback_of", ID, sa.ForeignKey("actions.id")),
    sa.Column("claim", sa.Text),
    sa.Column("report", sa.Text),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Index("actions_due", "state", "due_at"),
)

action_verdicts = sa.Table(
    "action_verdicts",
    metadata,
    sa.Column("action_id", ID, sa.ForeignKey("actions.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

action_approvals = sa.Table(
    "action_approvals",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("action_id", ID, sa.ForeignKey("actions.id"), nullable=False),
    *what_is_asked(),
    sa.Index("action_approvals_action", "action_id", "state"),
    sa.Index("action_approvals_waiting", "state", "opened_at"),
)

action_decisions = sa.Table(
    "action_decisions",
    metadata,
    sa.Column("approval_id", ID, sa.ForeignKey("action_approvals.id"), primary_key=True),
    sa.Column("person", ID, primary_key=True),
    sa.Column("verdict", sa.String(20), primary_key=True),
    *what_was_said(),
)

action_remarks = sa.Table(
    "action_remarks",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("action_id", ID, sa.ForeignKey("actions.id"), nullable=False, index=True),
    sa.Column("approval_id", ID, sa.ForeignKey("action_approvals.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("author", sa.String(220), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("answers", ID, sa.ForeignKey("action_remarks.id"), unique=True),
    sa.Column("at", Moment, nullable=False),
)

grants = grant_table(metadata)

inbox_cursors = cursor_table(metadata)
incoming = incoming_table(metadata)
left_drafts = left_draft_table(metadata)
