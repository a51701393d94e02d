"""What the store reads back: rows as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.lifecycle import State
from app.core.routes import Route


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """Why these exact bytes may leave: an approval or a rule, for one digest only."""

    digest: str
    granted_by: str
    """`rule:<id>`; `approval:<id>` where people approved; `consent:<id>` where only an agent or silence did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRow:
    """A draft at rest. `due_at` is when the state's timer rings; `version` grows with every move."""

    id: str
    client_id: str | None
    idempotency_key: str | None
    submission: str
    state: State
    version: int
    due_at: datetime | None
    revision: int
    digest: str
    route: Route
    permit: Permit | None
    attempts: int
    agent: str
    on_behalf_of: str
    deal_id: str | None
    thread_id: str | None
    subject: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SendIntent:
    """A send that was begun: the exact bytes, saved before the provider is called."""

    send_id: str
    draft_id: str
    digest: str
    raw: bytes
    raw_sha256: str
    sender: str
    recipients: tuple[str, ...]
    worker: str
    begun_at: datetime
    provider: str | None = None
    provider_id: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """Something about an open commitment that a person should know."""

    commitment_id: str
    kind: str
    """`due_soon` or `overdue`."""
    message: str
    at: datetime
