"""What an agent hands to the gate: one email that has not left yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pydantic import Base64Bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that travels with a draft. `content` is raw bytes; it is base64 only in records."""

    filename: str
    content_type: str
    content: Base64Bytes

    @property
    def size(self) -> int:
        """Size of the content in bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """The conversation that a draft continues."""

    id: str
    message_id: str | None = None
    """Message-ID of the mail that is answered, angle brackets included."""
    references: tuple[str, ...] = ()
    subject: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SequenceStep:
    """The place of a draft in an automated sequence; the first mail is step 1."""

    id: str
    step: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An email as its agent wrote it, or as a person edited it. Nothing here has been sent."""

    action: str
    """What kind of mail it is: cold_outreach, reply, follow_up, meeting_confirmation, invoice_reminder, …"""
    agent: str
    on_behalf_of: str
    """Id of the person in whose name the mail goes out."""
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    client_id: str | None = None
    """The submitter's own id: handing in the same one twice gives the same draft."""
    deal_id: str | None = None
    thread: Thread | None = None
    sequence: SequenceStep | None = None
    send_after: datetime | None = None
    """Not to be sent before this moment (UTC or with an offset)."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address that would receive the mail, in the order to, cc, bcc, without repetitions."""
        return tuple(dict.fromkeys((*self.to, *self.cc, *self.bcc)))
