"""What an extraction finds, and the JSON record it is exchanged as.

All offsets count characters of the judged text, end exclusive: `text[start:end]` is the finding's own text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal

Strength = Literal["firm", "tentative", "conditional"]
CommitmentKind = Literal[
    "deliverable", "follow_up", "meeting", "concession", "roadmap", "guarantee", "resource", "other"
]
DateKind = Literal["date", "time", "datetime", "range", "duration"]
Grain = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
HiddenHow = Literal[
    "display_none",
    "visibility_hidden",
    "zero_size",
    "transparent",
    "same_colour",
    "off_screen",
    "comment",
    "zero_width",
    "look_alike",
]

# Python keeps these words to itself; the record does not.
_RECORD_KEYS = {"from_": "from"}


@dataclass(frozen=True, kw_only=True)
class Record:
    """Anything that is written as a JSON object, key for field."""

    def to_record(self) -> dict[str, object]:
        """The object as JSON-ready values; moments and days in ISO 8601."""
        return {_RECORD_KEYS.get(field.name, field.name): _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.to_record()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, kw_only=True)
class Due(Record):
    """By when a commitment is to be kept; `from_` and `to` bound the time named, half open, with offset."""

    text: str
    start: int
    end: int
    from_: datetime | None
    to: datetime | None
    grain: Grain
    due_day: date | None


@dataclass(frozen=True, kw_only=True)
class DateReading(Record):
    """Another reading of an ambiguous date."""

    from_: datetime
    to: datetime
    due_day: date | None


@dataclass(frozen=True, kw_only=True)
class DateMention(Record):
    """A date, time, range or duration; unresolved (`from_` and `to` null) where the moment of sending is not known.

    `due_day` is the last acceptable calendar day in the sender's or the named zone, null for the past.
    """

    text: str
    start: int
    end: int
    kind: DateKind
    grain: Grain
    from_: datetime | None
    to: datetime | None
    due_day: date | None
    ambiguous: bool
    alternatives: tuple[DateReading, ...]

    def as_due(self) -> Due:
        """The same mention as the deadline of a commitment."""
        return Due(
            text=self.text,
            start=self.start,
            end=self.end,
            from_=self.from_,
            to=self.to,
            grain=self.grain,
            due_day=self.due_day,
        )


@dataclass(frozen=True, kw_only=True)
class Commitment(Record):
    """An undertaking of the sender or the sender's organisation; `rule` is the id of the evidence that found it."""

    text: str
    start: int
    end: int
    strength: Strength
    kind: CommitmentKind
    actor: str
    action: str | None
    object: str | None
    recipient: str | None
    due: Due | None
    rule: str


@dataclass(frozen=True, kw_only=True)
class AttachmentClaim(Record):
    """A statement that this very message carries a file."""

    text: str
    start: int
    end: int
    document: str


@dataclass(frozen=True, kw_only=True)
class HiddenText(Record):
    """Text that is in the mail but hidden from the eye."""

    text: str
    start: int
    end: int
    how: HiddenHow


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything found in one draft.

    `text` is what the offsets count in: the given text, or the rendering of the given html (`rendered`). A
    rendering ends with the hidden passages, each a paragraph of its own, so that hidden findings have offsets
    too.
    """

    text: str
    rendered: bool
    authored: tuple[tuple[int, int], ...]
    commitments: tuple[Commitment, ...]
    dates: tuple[DateMention, ...]
    attachments: tuple[AttachmentClaim, ...]
    hidden: tuple[HiddenText, ...]

    def to_record(self) -> dict[str, object]:
        """The JSON record of the findings; `text` is part of it only where html was rendered."""
        record: dict[str, object] = {
            "authored": [list(span) for span in self.authored],
            "commitments": [finding.to_record() for finding in self.commitments],
            "dates": [finding.to_record() for finding in self.dates],
            "attachments": [finding.to_record() for finding in self.attachments],
            "hidden": [finding.to_record() for finding in self.hidden],
        }
        return {"text": self.text, **record} if self.rendered else record
