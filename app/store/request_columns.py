"""The columns that requests for approval have in common, whatever they are about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.store.columns import DIGEST, ID, Json, Moment


def what_is_asked() -> tuple[sa.Column[Any], ...]:
    """What a request for approval says, whatever it is about."""
    return (
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
    )


def what_was_said() -> tuple[sa.Column[Any], ...]:
    """What a word on a request says."""
    return (
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("stage", sa.Integer, nullable=False, server_default="0"),
        sa.Column("in_name_of", ID),
        sa.Column("verified_at", Moment),
        sa.Column("verified_by", sa.String(20)),
    )
