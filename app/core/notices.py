"""What people are told about requests for approval."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One message to one person. It holds no part of the mail, only what to do and where."""

    id: str
    recipient: str
    """A person's id, or `agent:<name>`."""
    kind: NoticeKind
    draft_id: str | None
    request_id: str | None = None
    text: str
    at: datetime
