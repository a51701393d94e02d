"""What was found in a draft's text. Definitions: docs/findings.md; offsets are characters, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field


class Strength(StrEnum):
    """How binding an undertaking is."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    CONDITIONAL = "conditional"


class Kind(StrEnum):
    """What an undertaking is about."""

    DELIVERABLE = "deliverable"
    FOLLOW_UP = "follow_up"
    MEETING = "meeting"
    CONCESSION = "concession"
    ROADMAP = "roadmap"
    GUARANTEE = "guarantee"
    RESOURCE = "resource"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """A resolved stretch of time, half open, each end with its own offset; None where it is not known."""

    from_: Annotated[datetime | None, Field(alias="from")] = None
    to: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Due(Interval):
    """When an undertaking falls due. `due_day` is the last acceptable calendar day in the zone that applies."""

    text: str
    start: int
    end: int
    grain: str
    due_day: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Commitment:
    """A statement by which the sender's side undertakes something the recipient could hold them to."""

    text: str
    start: int
    end: int
    strength: Strength
    kind: Kind
    actor: str
    """`sender`, `organisation`, or the named person or team."""
    action: str | None
    object: str | None
    recipient: str | None
    due: Due | None
    rule: str
    """Id of the extraction rule that is the evidence for this finding."""

    @property
    def due_day(self) -> date | None:
        """The last acceptable day, or None where no day is named."""
        return self.due.due_day if self.due else None


@dataclass(frozen=True, kw_only=True, slots=True)
class DateMention(Interval):
    """A date, time, range or duration, resolved against the moment of sending."""

    text: str
    start: int
    end: int
    kind: str
    grain: str
    due_day: date | None
    ambiguous: bool
    alternatives: tuple[Interval, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachmentClaim:
    """A statement that this very mail carries a file."""

    text: str
    start: int
    end: int
    document: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HiddenText:
    """Text that is in the mail but that its reader cannot see."""

    text: str
    start: int
    end: int
    how: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """All that was found in one draft. `text` is what the offsets count in: the text, or the HTML as rendered."""

    text: str
    authored: tuple[tuple[int, int], ...] = ()
    commitments: tuple[Commitment, ...] = ()
    dates: tuple[DateMention, ...] = ()
    attachments: tuple[AttachmentClaim, ...] = ()
    hidden: tuple[HiddenText, ...] = ()
    subject: tuple[Commitment, ...] = ()
    """Commitments that the subject line makes by itself; their offsets count in the subject."""
