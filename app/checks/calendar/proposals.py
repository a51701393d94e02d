"""The times at which a draft would have its sender, or a colleague in the sender's place, meet or call somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.checks.calendar.phrases import (
    Mention,
    dates_within,
    is_asked,
    is_deadline,
    is_of_another_day,
    is_refused,
    is_restated,
    is_standing,
    words_around,
)
from app.checks.calendar.sweeping import claim_to, part_claimed
from app.checks.calendar.weekdays import disagreeing
from app.checks.once import once
from app.checks.results import is_senders_own
from app.checks.worktime import Span, working_span, zone_of
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, DateMention, Findings, Kind
from extractors.lazily import compiled

USUAL_LENGTH = timedelta(minutes=30)
"""How long a meeting is taken to last where the mail does not say."""
A_DAY = timedelta(days=1, hours=1)
"""A calendar day, be it the longest one of the year."""
_A_WEEK = timedelta(days=7, hours=1)
_LONGEST = timedelta(hours=10)
_CLOCK_GRAINS = frozenset({"minute", "hour"})
_MISTAKABLE = frozenset({Kind.DELIVERABLE, Kind.CONCESSION, Kind.OTHER})
"""What an offer of all of a day may look like: "you have the pick of my Wednesday"."""
_PART_OF_DAY = compiled(r"\b(?:morning|afternoon|evening|night|tonight|lunch\w*)\b", re.IGNORECASE)
_CLOCK = compiled(r"\b\d{1,2}(?::\d\d|\s*[ap]\.?m\b)|\bat \d|\bnoon\b|^\d{1,2}\b", re.IGNORECASE)
_CALL = compiled(
    r"\b(?:call|phone|ring|dial|meet|join|zoom|speak|talk|chat|visit|come|drop|stop)\w*\b", re.IGNORECASE
)
_A_CALL = compiled(r"\b(?:give|gives|giving)\s+\w+\s+a\s+(?:quick\s+)?(?:call|ring|shout|bell)\b", re.IGNORECASE)
_LENGTH = compiled(
    r"(?<!\bin )(?<!within )\b(?P<number>\d+|half an|an|one|two|three)[- ]?(?P<unit>hours?|hrs?|minutes?|mins?)\b",
    re.IGNORECASE,
)
_WORDS = {"an": 1, "one": 1, "two": 2, "three": 3}
_FROM_NOW = compiled(r"in\s", re.IGNORECASE)
_OPEN_END = compiled(r"\b(?P<side>after|before)\s+(?:the\s+)?$", re.IGNORECASE)
_OPEN_INSIDE = compiled(r"\b(?P<side>after|before)\s", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A time put before the recipient, in the sender's name."""

    when: Span
    mention: Mention
    """The words that say when; what a suggestion replaces."""
    span: tuple[int, int]
    """The whole statement."""
    words: str
    """The sentence it stands in."""
    loose: bool = False
    """Whether it only says which part of a day, so that any free half hour in it will do."""
    sweeping: bool = False
    """Whether it says that all of the stretch is free."""
    actor: str | None = None
    """The colleague who is to meet or call instead of the sender, as the mail calls them."""
    with_reader: bool = True
    """Whether everybody whom the mail is written to takes part, and not only its sender and one reader."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    mention: Mention
    statement: tuple[int, int]
    actor: str | None = None
    with_reader: bool = True


@once
def proposals(draft: Draft, findings: Findings, facts: Facts) -> Iterator[Proposal]:
    """Each future time that the draft proposes, accepts or confirms, once.

    A day whose weekday does not agree with its date is left out: nobody knows which day it is.
    """
    doubtful = disagreeing(findings, facts)
    seen: set[tuple[int, int]] = set()
    for candidate in _candidates(draft, findings, facts):
        place = (candidate.mention.start, candidate.mention.end)
        if place in seen or any(pair.start < place[1] and place[0] < pair.end for pair in doubtful):
            continue
        seen.add(place)
        if (proposal := _proposal(candidate, findings, facts)) is not None:
            yield proposal


def _candidates(draft: Draft, findings: Findings, facts: Facts) -> Iterator[_Candidate]:
    colleagues = {
        name for schedule in facts.others for name in (schedule.person.name, schedule.person.name.split()[0])
    }
    for commitment in findings.commitments:
        own = is_senders_own(commitment)
        if _is_appointment(commitment) and (own or commitment.actor in colleagues):
            for mention in _mentions(commitment, findings):
                yield _Candidate(
                    mention=mention,
                    statement=(commitment.start, commitment.end),
                    actor=None if own else commitment.actor,
                    with_reader=commitment.kind is Kind.MEETING,
                )
    for date in findings.dates:
        offered = claim_to(date, findings.text, _in_order(findings, date)) is not None
        covered = any(
            c.start <= date.start and date.end <= c.end and not (offered and c.kind in _MISTAKABLE)
            for c in findings.commitments
        )
        if covered or (date.kind == "duration" and not _FROM_NOW.match(date.text)):
            continue
        confirmed = draft.action == "meeting_confirmation" and date.grain in _CLOCK_GRAINS
        if confirmed or is_asked(words_around(findings.text, date)):
            yield _Candidate(mention=date, statement=(date.start, date.end))


def _is_appointment(commitment: Commitment) -> bool:
    if commitment.kind is Kind.MEETING:
        return True
    if commitment.kind is not Kind.FOLLOW_UP:
        return False
    return bool(_CALL.search(commitment.action or commitment.text) or _A_CALL.search(commitment.text))


def _mentions(commitment: Commitment, findings: Findings) -> Iterator[Mention]:
    inside = dates_within(findings, commitment.start, commitment.end)
    yield from inside
    due = commitment.due
    if due is not None and not any(d.start < due.end and due.start < d.end for d in inside):
        yield due


def _proposal(candidate: _Candidate, findings: Findings, facts: Facts) -> Proposal | None:
    mention, text = candidate.mention, findings.text
    if is_deadline(text, mention) or is_refused(text, mention) or is_restated(findings, mention):
        return None
    if is_of_another_day(text, mention):
        return None
    words = words_around(text, mention)
    if is_standing(words):
        return None
    claim = claim_to(mention, text, _in_order(findings, mention)) if _names_a_stretch(mention, text) else None
    sweeping = claim is not None
    when, loose = _when(mention, words, text, facts)
    if claim and when and mention.grain == "day":
        when = part_claimed(claim, when)
    if when is None or when.start <= facts.now or when.length > (_A_WEEK if sweeping else A_DAY):
        return None
    return Proposal(
        when=when,
        mention=mention,
        span=candidate.statement,
        words=words,
        loose=loose,
        sweeping=sweeping,
        actor=candidate.actor,
        with_reader=candidate.with_reader,
    )


def _when(mention: Mention, words: str, text: str, facts: Facts) -> tuple[Span | None, bool]:
    """The stretch that the words propose, and whether any part of it will do."""
    start, end = mention.from_, mention.to
    if start is None or end is None:
        return None, False
    kind = mention.kind if isinstance(mention, DateMention) else ""
    from_now = mention.grain in _CLOCK_GRAINS and bool(_FROM_NOW.match(mention.text))
    if (kind == "duration" or start == end) and not from_now:
        return None, False
    if _is_loose(mention):
        return (Span(start=start, end=end) if start < end else None), True
    length, span = _stated_length(words), Span(start=start, end=end)
    if kind == "range" or (start + USUAL_LENGTH < end and mention.grain == "minute"):
        return (span if start.date() == end.date() else None), length is not None and length < span.length
    side = _open_end(mention, text)
    if side is not None:
        return _open_stretch(start, side, facts), True
    return Span(start=start, end=start + (length or USUAL_LENGTH)), False


def _is_loose(mention: Mention) -> bool:
    part_of_day = bool(_PART_OF_DAY.search(mention.text)) and not _CLOCK.search(mention.text)
    return mention.grain not in _CLOCK_GRAINS or part_of_day


def _names_a_stretch(mention: Mention, text: str) -> bool:
    ranged = isinstance(mention, DateMention) and mention.kind == "range"
    return _is_loose(mention) or ranged or _open_end(mention, text) is not None


def _open_end(mention: Mention, text: str) -> str | None:
    """`after` or `before` where the words name only one end of the stretch: "after 2 pm on Thursday"."""
    found = _OPEN_END.search(text, max(0, mention.start - 12), mention.start) or _OPEN_INSIDE.search(mention.text)
    if found is None or mention.grain not in _CLOCK_GRAINS:
        return None
    return found["side"].lower()


def _open_stretch(at: datetime, side: str, facts: Facts) -> Span | None:
    hours = working_span(at.astimezone(zone_of(facts.sender)).date(), facts.sender)
    if hours is None:
        return Span(start=at, end=at + USUAL_LENGTH)
    span = Span(start=at, end=hours.end) if side == "after" else Span(start=hours.start, end=at)
    return span if span.start < span.end else Span(start=at, end=at + USUAL_LENGTH)


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


def _in_order(findings: Findings, mention: Mention) -> Sequence[Mention]:
    others: list[Mention] = [d for d in findings.dates if d.end <= mention.start or mention.end <= d.start]
    return sorted([*others, mention], key=lambda d: d.start)
