"""The project's own labelled sales emails: read from YAML, and every label placed in its text or refused.

The files in tests/golden/emails give a label as the exact text it covers, and `nth` where that text occurs more than
once. Offsets are computed here, so that nobody has to count characters; a label without a place is an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

EMAILS = Path(__file__).resolve().parents[1] / "golden" / "emails"

Strength = Literal["firm", "tentative", "conditional"]
Kind = Literal["deliverable", "follow_up", "meeting", "concession", "roadmap", "guarantee", "resource", "other"]
OURSELVES = ("sender", "organisation")


class GoldenEmailError(ValueError):
    """A labelled email that cannot be trusted; the message names the mail, the label and the way to mend it."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a mail's text: offsets in characters, end exclusive."""

    text: str
    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, kw_only=True)
class GoldenCommitment(Span):
    """An undertaking, its slots as they read in the text; `due_day` is a day in the sender's or the named zone."""

    strength: Strength
    kind: Kind
    actor: str
    action: str | None
    object: str | None
    recipient: str | None
    due: str | None
    due_day: date | None


@dataclass(frozen=True, kw_only=True)
class GoldenDate(Span):
    """A time reference; `due_day` is None for the past and where a day cannot be told."""

    due_day: date | None


@dataclass(frozen=True, kw_only=True)
class GoldenAttachment(Span):
    """A claim that this message carries a file."""

    document: str


@dataclass(frozen=True, kw_only=True)
class GoldenEmail:
    """One mail with all its labels in order of their place; `why` says what the mail is there to catch."""

    id: str
    persona: str
    why: str
    adversarial: bool
    sent_at: datetime
    timezone: str
    subject: str
    text: str
    authored: tuple[Span, ...]
    commitments: tuple[GoldenCommitment, ...]
    dates: tuple[GoldenDate, ...]
    attachments: tuple[GoldenAttachment, ...]
    debatable: tuple[Span, ...]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Label(_Written):
    text: str = Field(min_length=1)
    nth: int | None = Field(default=None, ge=1)


class _Commitment(_Label):
    strength: Strength
    kind: Kind
    actor: str
    action: str | None = None
    object: str | None = None
    recipient: str | None = None
    due: str | None = None
    due_day: date | None = None


class _Date(_Label):
    due_day: date | None


class _Attachment(_Label):
    document: str


class _Stretch(_Written):
    """Text that is not judged: from its first words to its last, or to the end of the mail."""

    first: str = Field(alias="from")
    last: str | None = Field(default=None, alias="to")


class _Email(_Written):
    id: str
    persona: str
    why: str = Field(pattern=r"^[^\n]+$")
    adversarial: bool = False
    sent_at: AwareDatetime
    timezone: str
    subject: str
    text: str
    set_aside: tuple[_Stretch, ...] = ()
    commitments: tuple[_Commitment, ...] = ()
    dates: tuple[_Date, ...] = ()
    attachments: tuple[_Attachment, ...] = ()
    debatable: tuple[_Label, ...] = ()


AnySpan = TypeVar("AnySpan", bound=Span)
_EMAILS_OF_A_FILE = TypeAdapter(tuple[_Email, ...])


def load_golden_emails(folder: Path = EMAILS) -> tuple[GoldenEmail, ...]:
    """Every mail of the folder's YAML files, by file and place in it.

    Raises GoldenEmailError for a file that does not read, a label that cannot be placed, and an id used twice.
    """
    emails = tuple(email for file in sorted(folder.glob("*.yaml")) for email in _read(file))
    if twice := [id_ for id_, times in Counter(email.id for email in emails).items() if times > 1]:
        raise GoldenEmailError(f"ids used more than once: {', '.join(twice)}; give every mail its own")
    return emails


def _read(file: Path) -> Iterable[GoldenEmail]:
    try:
        written = _EMAILS_OF_A_FILE.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise GoldenEmailError(f"{file.name} is not a list of labelled mails: {error}") from error
    return tuple(_placed(email) for email in written)


def _placed(email: _Email) -> GoldenEmail:
    _check_zone(email)
    placed = GoldenEmail(
        authored=_authored(email),
        commitments=_in_order(_commitment(email, label) for label in email.commitments),
        dates=_in_order(_date(email, label) for label in email.dates),
        attachments=_in_order(_attachment(email, label) for label in email.attachments),
        debatable=_in_order(_find(email, label) for label in email.debatable),
        id=email.id,
        persona=email.persona,
        why=email.why,
        adversarial=email.adversarial,
        sent_at=email.sent_at,
        timezone=email.timezone,
        subject=email.subject,
        text=email.text,
    )
    for span in (*placed.commitments, *placed.dates, *placed.attachments, *placed.debatable):
        if not any(stretch.holds(span) for stretch in placed.authored):
            raise GoldenEmailError(
                f"{email.id}: {span.text!r} lies outside the authored text; drop it or set less aside"
            )
    for commitment in placed.commitments:
        _check_due(email, commitment, placed.dates)
    return placed


def _commitment(email: _Email, label: _Commitment) -> GoldenCommitment:
    span = _find(email, label)
    for slot in (label.object, label.recipient, label.due):
        if slot is not None and slot not in span.text:
            raise GoldenEmailError(f"{email.id}: {slot!r} does not occur in {span.text!r}; a slot repeats the text")
    if label.actor not in OURSELVES and label.actor not in email.text:
        raise GoldenEmailError(
            f"{email.id}: nobody named {label.actor!r} in the text; write sender, organisation or a name"
        )
    return GoldenCommitment(
        text=span.text,
        start=span.start,
        end=span.end,
        strength=label.strength,
        kind=label.kind,
        actor=label.actor,
        action=label.action,
        object=label.object,
        recipient=label.recipient,
        due=label.due,
        due_day=label.due_day,
    )


def _date(email: _Email, label: _Date) -> GoldenDate:
    span = _find(email, label)
    return GoldenDate(text=span.text, start=span.start, end=span.end, due_day=label.due_day)


def _attachment(email: _Email, label: _Attachment) -> GoldenAttachment:
    span = _find(email, label)
    if label.document not in span.text:
        raise GoldenEmailError(
            f"{email.id}: {label.document!r} does not occur in {span.text!r}; name the document as it reads"
        )
    return GoldenAttachment(text=span.text, start=span.start, end=span.end, document=label.document)


def _find(email: _Email, label: _Label) -> Span:
    """Where the label's text stands as whole words, so that "5 May" is not found in "15 May"."""
    starts = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(label.text)}(?!\w)", email.text)]
    where = f"{email.id}: {label.text!r}"
    if not starts:
        raise GoldenEmailError(f"{where} is not in the text; copy it exactly, line breaks included")
    if label.nth is None and len(starts) > 1:
        raise GoldenEmailError(f"{where} is in the text {len(starts)} times; say which with nth, from 1")
    if label.nth is not None and (len(starts) == 1 or label.nth > len(starts)):
        raise GoldenEmailError(
            f"{where} has nth {label.nth} but is in the text {len(starts)} times; correct or drop nth"
        )
    start = starts[(label.nth or 1) - 1]
    return Span(text=label.text, start=start, end=start + len(label.text))


def _authored(email: _Email) -> tuple[Span, ...]:
    """What is left once the stretches set aside are cut out, without the white space around it."""
    kept: list[Span] = []
    position = 0
    for start, end in (*sorted(_aside(email, stretch) for stretch in email.set_aside), (len(email.text), 0)):
        left = email.text[position:start]
        if words := left.strip():
            first = position + left.index(words)
            kept.append(Span(text=words, start=first, end=first + len(words)))
        position = end
    return tuple(kept)


def _aside(email: _Email, stretch: _Stretch) -> tuple[int, int]:
    start = email.text.find(stretch.first)
    end = len(email.text) if stretch.last is None else email.text.find(stretch.last, max(start, 0))
    if start < 0 or end < 0 or email.text.count(stretch.first) > 1:
        raise GoldenEmailError(
            f"{email.id}: the text set aside from {stretch.first!r} to {stretch.last!r} is not found once;"
            " copy its first and last words exactly"
        )
    return start, end + len(stretch.last or "")


def _check_zone(email: _Email) -> None:
    try:
        there = email.sent_at.astimezone(ZoneInfo(email.timezone))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise GoldenEmailError(
            f"{email.id}: {email.timezone!r} is no time zone; use an IANA name such as Europe/Berlin"
        ) from error
    if there.utcoffset() != email.sent_at.utcoffset():
        raise GoldenEmailError(
            f"{email.id}: {email.timezone} was at {there:%z} then, not at {email.sent_at:%z}; correct sent_at"
        )


def _check_due(email: _Email, commitment: GoldenCommitment, dates: Sequence[GoldenDate]) -> None:
    """A commitment is due at a labelled date inside it, a choice at the last of its dates, and on the same day: two
    labels cannot drift apart.
    """
    if commitment.due is None and commitment.due_day is None:
        return
    due = commitment.due or ""
    days = [day.due_day for day in dates if commitment.holds(day) and day.text and due.endswith(day.text)]
    if commitment.due_day not in days:
        raise GoldenEmailError(
            f"{email.id}: {commitment.text!r} is due {commitment.due!r} ({commitment.due_day}), which no date label"
            " inside it says; label that date, or correct one of the two"
        )


def _in_order(spans: Iterable[AnySpan]) -> tuple[AnySpan, ...]:
    return tuple(sorted(spans, key=lambda span: span.start))
