"""One draft through every extractor, in order: render, read, keep what is authored, split, find."""

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from extractors.attachments import find_attachment_claims
from extractors.authored_text import authored_spans
from extractors.commitments import find_commitments
from extractors.dates import Moment, WorkingHours, business_calendar, find_dates
from extractors.dates.zones import writes_day_first, zone_named
from extractors.errors import ExtractionError
from extractors.findings import AttachmentClaim, Commitment, DateMention, Due, Findings, HiddenText
from extractors.hidden import find_look_alikes, find_zero_width
from extractors.html_text import render
from extractors.reading import Reading, read
from extractors.segments import sentences

_Placed = TypeVar("_Placed", DateMention, AttachmentClaim, Due)


def extract(
    text: str,
    *,
    html: str | None = None,
    subject: str | None = None,  # noqa: ARG001 - part of the interface; no rule reads it yet
    sent_at: datetime | None = None,
    timezone: str | None = None,
    working_hours: WorkingHours | None = None,
    holidays: str | None = None,
    locale: str | None = None,
    fiscal_year_start: int = 1,
) -> Findings:
    """The findings of one draft.

    `text` is the plain body; where `html` is given, its rendering is judged instead and returned as
    `Findings.text`. `sent_at` is the aware moment of sending that dates are resolved against, as seen in
    `timezone` (an IANA name; without it, in the offset of `sent_at`); without `sent_at` dates are found but not
    resolved. `working_hours` are the sender's (Monday to Friday, 9 to 17), `holidays` the sender's country as
    an ISO 3166 code, and `locale` ("en_US", "en-GB") decides day-month order, by default that of the zone.
    `fiscal_year_start` is the month, 1 to 12, in which the sender's fiscal year begins; quarters count from it.
    `subject` is accepted for what later versions make of it; offsets never count in it.

    Raises ExtractionError for an unknown zone or country, a month outside 1 to 12, and a `sent_at` without offset.
    """
    zone = _zone(sent_at, timezone)
    moment = Moment(
        sent_at=sent_at.astimezone(zone) if sent_at else None,
        zone=zone,
        calendar=business_calendar(working_hours or WorkingHours(), holidays),
        day_first=_writes_day_first(timezone, locale),
        fiscal_year_start=_month(fiscal_year_start),
    )
    rendering = render(html) if html is not None else None
    judged = rendering.text if rendering else text
    reading = read(judged)
    hidden = list(rendering.hidden) if rendering else []
    hidden += find_zero_width(judged, reading)
    hidden += [
        HiddenText(text=word, start=start, end=end, how="look_alike")
        for word, start, end in find_look_alikes(judged, reading)
    ]
    return _judge(judged, reading, hidden, moment, visible_end=rendering.visible_end if rendering else None)


def _zone(sent_at: datetime | None, timezone: str | None) -> tzinfo:
    if sent_at is not None and sent_at.utcoffset() is None:
        raise ExtractionError("sent_at has no offset; give an aware time such as 2026-11-18T10:00:00-05:00.")
    return zone_named(timezone) if timezone else (sent_at.tzinfo if sent_at else None) or UTC


def _writes_day_first(timezone: str | None, locale: str | None) -> bool:
    return writes_day_first(timezone) if locale is None else not locale.replace("-", "_").endswith(("US", "_PH"))


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise ExtractionError(f"fiscal_year_start is {number}; give the month in which the year begins, 1 to 12.")
    return number


def _judge(
    judged: str, reading: Reading, hidden: list[HiddenText], moment: Moment, *, visible_end: int | None
) -> Findings:
    spans = _authored(reading, hidden, visible_end)
    found = [sentence for start, end in spans for sentence in sentences(reading.text, start, end)]
    dates = [mention for sentence in found for mention in find_dates(sentence, moment)]
    commitments = find_commitments(found, dates)
    claims = find_attachment_claims(found)
    return Findings(
        text=judged,
        rendered=visible_end is not None,
        authored=tuple(reading.original(start, end) for start, end in spans),
        commitments=tuple(_placed_commitment(finding, reading, judged) for finding in commitments),
        dates=tuple(_placed(finding, reading, judged) for finding in dates),
        attachments=tuple(_placed(finding, reading, judged) for finding in claims),
        hidden=tuple(sorted(hidden, key=lambda passage: (passage.start, passage.end))),
    )


def _authored(reading: Reading, hidden: list[HiddenText], visible_end: int | None) -> list[tuple[int, int]]:
    """The authored spans of what is seen; hidden passages count as authored wherever they stood."""
    if visible_end is None or not any(passage.start >= visible_end for passage in hidden):
        return list(authored_spans(reading.text))
    cut = reading.shown(visible_end)
    spans = list(authored_spans(reading.text[:cut]))
    spans += [
        (reading.shown(passage.start), reading.shown(passage.end))
        for passage in hidden
        if passage.start >= visible_end
    ]
    return [(start, end) for start, end in spans if start < end]


def _placed(finding: _Placed, reading: Reading, original: str) -> _Placed:
    """The finding with its place and words in the original text."""
    start, end = reading.original(finding.start, finding.end)
    return replace(finding, start=start, end=end, text=original[start:end])


def _placed_commitment(finding: Commitment, reading: Reading, original: str) -> Commitment:
    start, end = reading.original(finding.start, finding.end)
    due = _placed(finding.due, reading, original) if finding.due else None
    return replace(finding, start=start, end=end, text=original[start:end], due=due)
