"""What the product finds in a labelled mail, whole or with one part of it switched off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from typing import TypeVar

from extractors import AttachmentClaim, Commitment, DateMention, WorkingHours, extract
from extractors.attachments import find_attachment_claims
from extractors.authored_text import authored_spans
from extractors.commitments import find_commitments
from extractors.dates import Moment, business_calendar, find_dates
from extractors.dates.zones import writes_day_first, zone_named
from extractors.reading import Reading, read
from extractors.segments import Sentence, sentences
from extractors.training.measure import Span
from extractors.training.report.mails import LabelledMail

_Placed = TypeVar("_Placed", Commitment, DateMention, AttachmentClaim)


@dataclass(frozen=True, kw_only=True)
class Found:
    """Findings of a mail; offsets count in its text."""

    commitments: tuple[Commitment, ...]
    dates: tuple[DateMention, ...] = ()
    attachments: tuple[AttachmentClaim, ...] = ()
    authored: tuple[Span, ...] = ()


@dataclass(frozen=True)
class ReadMail:
    """A mail as every finder gets it: its judged sentences, which are offsets in `reading`, and the moment."""

    mail: LabelledMail

    @cached_property
    def reading(self) -> Reading:
        return read(self.mail.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        given = [(self.reading.shown(start), self.reading.shown(end)) for start, end in self.mail.sentences]
        spans = given or authored_spans(self.reading.text)
        return tuple(sentence for start, end in spans for sentence in sentences(self.reading.text, start, end))

    @cached_property
    def moment(self) -> Moment:
        mail = self.mail
        zone = zone_named(mail.timezone) if mail.timezone else UTC
        return Moment(
            sent_at=mail.sent_at.astimezone(zone) if mail.sent_at else None,
            zone=zone,
            calendar=business_calendar(WorkingHours(), mail.holidays),
            day_first=writes_day_first(mail.timezone),
        )

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        return tuple(mention for sentence in self.sentences for mention in find_dates(sentence, self.moment))

    def commitments(self, *, model: bool) -> tuple[Commitment, ...]:
        """The commitments of the judged sentences, with or without the trained model."""
        return tuple(self.placed(one) for one in find_commitments(self.sentences, self.dates, model=model))

    def place(self, start: int, end: int) -> Span:
        """A span of the reading as a span of the mail's text."""
        return self.reading.original(start, end)

    def placed(self, finding: _Placed) -> _Placed:
        """A finding in the reading as one in the mail's text."""
        start, end = self.place(finding.start, finding.end)
        return replace(finding, start=start, end=end)


def found_by_product(mail: LabelledMail) -> Found:
    """What the whole product finds; where sentences are given, its finders on them, since nothing of such a mail
    is quoted or signed.
    """
    if mail.sentences:
        return _found_in_sentences(ReadMail(mail))
    findings = extract(
        mail.text, subject=mail.subject, sent_at=mail.sent_at, timezone=mail.timezone, holidays=mail.holidays
    )
    return Found(
        commitments=findings.commitments,
        dates=findings.dates,
        attachments=findings.attachments,
        authored=findings.authored,
    )


def _found_in_sentences(read_mail: ReadMail) -> Found:
    return Found(
        commitments=read_mail.commitments(model=True),
        dates=tuple(read_mail.placed(mention) for mention in read_mail.dates),
        attachments=tuple(read_mail.placed(claim) for claim in find_attachment_claims(read_mail.sentences)),
    )


def spans_of(findings: Iterable[Commitment | DateMention | AttachmentClaim]) -> list[Span]:
    return [(finding.start, finding.end) for finding in findings]
