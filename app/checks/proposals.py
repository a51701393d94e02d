"""The times at which a draft would have its sender meet or call somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.checks.results import is_senders_own
from app.checks.worktime import Span
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, DateMention, Due, Findings, Kind

USUAL_LENGTH = timedelta(minutes=30)
"""How long a meeting is taken to last where the mail does not say."""
_CLOCK_GRAINS = frozenset({"minute", "hour"})
_PART_OF_DAY = re.compile(r"\b(?:morning|afternoon|evening|night|tonight|lunch\w*)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d|\s*[ap]\.?m\b)|\bat \d|\bnoon\b", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than|after|since|within)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CALL = re.compile(r"\b(?:call|phone|ring|dial|meet|join|zoom|speak|talk|chat)\w*\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(?P<number>\d+|half an|an|one|two|three)[- ]?(?P<unit>hours?|hrs?|minutes?|mins?)\b", re.IGNORECASE
)
_WORDS = {"an": 1, "one": 1, "two": 2, "three": 3}
_LONGEST = timedelta(hours=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A time put before the recipient, in the sender's name."""

    when: Span
    mention: DateMention | Due
    """The words that say when; what a suggestion replaces."""
    span: tuple[int, int]
    """The whole statement."""
    loose: bool
    """Whether it only says which part of a day, so that any free half hour in it will do."""


def proposals(draft: Draft, findings: Findings, facts: Facts) -> Iterator[Proposal]:
    """Each future time that the draft proposes, accepts or confirms, once."""
    seen: set[tuple[int, int]] = set()
    for mention, statement, words in _candidates(draft, findings):
        proposal = _proposal(mention, statement, words, findings.text, facts.now)
        if proposal is not None and (mention.start, mention.end) not in seen:
            seen.add((mention.start, mention.end))
            yield proposal


def _candidates(draft: Draft, findings: Findings) -> Iterator[tuple[DateMention | Due, tuple[int, int], str]]:
    for commitment in findings.commitments:
        if is_senders_own(commitment) and _is_appointment(commitment):
            for mention in _mentions(commitment, findings):
                yield mention, (commitment.start, commitment.end), commitment.text
    if draft.action == "meeting_confirmation":
        for date in findings.dates:
            covered = any(c.start <= date.start and date.end <= c.end for c in findings.commitments)
            if not covered and date.grain in _CLOCK_GRAINS and date.kind != "duration":
                yield date, (date.start, date.end), _sentence(findings.text, date)


def _is_appointment(commitment: Commitment) -> bool:
    if commitment.kind is Kind.MEETING:
        return True
    return commitment.kind is Kind.FOLLOW_UP and bool(_CALL.search(commitment.action or commitment.text))


def _mentions(commitment: Commitment, findings: Findings) -> Iterator[DateMention | Due]:
    inside = [d for d in findings.dates if commitment.start <= d.start and d.end <= commitment.end]
    yield from inside
    due = commitment.due
    if due is not None and not any(d.start < due.end and due.start < d.end for d in inside):
        yield due


def _proposal(
    mention: DateMention | Due, statement: tuple[int, int], words: str, text: str, now: datetime
) -> Proposal | None:
    start, end = mention.from_, mention.to
    if start is None or end is None or start <= now or end <= start or end - start > timedelta(days=1, hours=1):
        return None
    if isinstance(mention, DateMention) and mention.kind == "duration":
        return None
    if _DEADLINE.search(text[max(0, mention.start - 30) : mention.start]):
        return None
    loose = mention.grain not in _CLOCK_GRAINS or _names_part_of_day(mention.text)
    is_range = isinstance(mention, DateMention) and mention.kind == "range"
    if not loose and not is_range:
        end = start + (_stated_length(words) or USUAL_LENGTH)
    return Proposal(when=Span(start=start, end=end), mention=mention, span=statement, loose=loose)


def _names_part_of_day(text: str) -> bool:
    return bool(_PART_OF_DAY.search(text)) and not _CLOCK.search(text)


def _stated_length(words: str) -> timedelta | None:
    match = _LENGTH.search(words)
    if match is None:
        return None
    number, unit = match["number"].lower(), match["unit"].lower()
    if number == "half an":
        return timedelta(minutes=30)
    count = int(number) if number.isdigit() else _WORDS[number]
    length = timedelta(hours=count) if unit.startswith("h") else timedelta(minutes=count)
    return length if timedelta(0) < length <= _LONGEST else None


def _sentence(text: str, mention: DateMention) -> str:
    start = max(text.rfind("\n", 0, mention.start), text.rfind(". ", 0, mention.start)) + 1
    ends = [i for i in (text.find("\n", mention.end), text.find(". ", mention.end)) if i >= 0]
    return text[start : min(ends, default=len(text))]
