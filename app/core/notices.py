"""What people are told: about requests, about mail that does not leave, about what agents earn and lose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """Why somebody is told."""

    ASKED = "asked"
    CONSULTED = "consulted"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    EXPIRED = "expired"
    QUESTION = "question"
    ANSWERED = "answered"
    PROMOTION_PROPOSED = "promotion_proposed"
    """An agent's figures are good enough; a person has to sign."""
    AUTONOMY_ENDED = "autonomy_ended"
    STUCK = "stuck"
    """A mail did not leave, or nobody knows whether it did. Without a draft: an account has to be signed in to."""
    UNREPORTED = "unreported"
    """Nobody knows whether an action was carried out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One message to one person. It holds no part of the mail, only what to do and where."""

    id: str
    recipient: str
    """A person's id, or `agent:<name>`."""
    kind: NoticeKind
    draft_id: str | None
    action_id: str | None = None
    """Of the two, what it is about."""
    request_id: str | None = None
    text: str
    at: datetime
