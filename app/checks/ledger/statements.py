"""What a draft says about things promised: its undertakings, and its sentences that move a deadline."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.checks.deal.sentences import Sentence, sentences
from app.checks.ledger.moves import announces_news, is_moving, says_that_it_moves, speaks_of_moving
from app.checks.once import once
from app.checks.topics import Topic, topic_of
from app.core.findings import Commitment, DateMention, Due, Findings

_YEAR = re.compile(r"\d{4}")
_IT = re.compile(r"\b(?:it|this|that|they|them|these|those)\b", re.IGNORECASE)
_ANY_DEED = "do"
"""Who moves a promise does what was promised, only on another day."""
_COMES = frozenset({"be", "come", "follow", "arrive", "reach", "land", "go", "have", "get", "do", "take"})
_POINTS_BACK = frozenset({"it", "this", "that", "them", "these", "those", "they", "both", "one"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What the draft says about something promised: an undertaking, or a sentence that moves one."""

    text: str
    start: int
    end: int
    due: Due | None
    topic: Topic
    said_before: tuple[str, ...]
    """The words that lead up to it, nearest first, for what only points back."""
    commitment: Commitment | None
    """None for a sentence that only moves."""
    read: tuple[Sentence, ...]
    """All sentences of the draft."""

    @property
    def moves(self) -> bool:
        """Whether the draft says itself that a deadline moves here."""
        return self.commitment is None or says_that_it_moves(self.start, self.end, self.read)

    @property
    def due_day(self) -> date | None:
        """The last day that it names, or None."""
        return self.due.due_day if self.due else None

    @property
    def points_back(self) -> bool:
        """Whether its object only stands for something named before (`send it`), or is its subject (`… comes`)."""
        if self.topic.object is None:
            return (self.topic.action or "") in _COMES
        return self.topic.object.casefold() in _POINTS_BACK


@once
def statements(findings: Findings, now: date) -> Iterator[Statement]:
    """The draft's undertakings, and its sentences that move a deadline without undertaking anything."""
    read = sentences(findings)
    carried = [(claim.start, claim.end) for claim in findings.attachments]
    for commitment in findings.commitments:
        if not any(start < commitment.end and commitment.start < end for start, end in carried):
            yield _undertaking(commitment, read)
    for number in range(len(read)):
        yield from _announcements(number, read, now)


def _undertaking(commitment: Commitment, read: tuple[Sentence, ...]) -> Statement:
    text = commitment.text.replace(commitment.due.text, " ") if commitment.due else commitment.text
    moves = is_moving(commitment.action) and says_that_it_moves(commitment.start, commitment.end, read)
    return Statement(
        text=commitment.text,
        start=commitment.start,
        end=commitment.end,
        due=commitment.due,
        topic=topic_of(_ANY_DEED if moves else commitment.action, commitment.object, text),
        said_before=_before(commitment, read),
        commitment=commitment,
        read=read,
    )


def _announcements(number: int, read: tuple[Sentence, ...], now: date) -> Iterator[Statement]:
    """A sentence that moves something to a day, and that undertakes nothing with a day of its own."""
    sentence, before = read[number], read[number - 1] if number else None
    undertaken = any(commitment.due_day for commitment in sentence.commitments)
    if not sentence.dates or undertaken or sentence.is_question:
        return
    points_back = _IT.search(sentence.text) is not None
    moves = speaks_of_moving(sentence.text) or announces_news(sentence.text)
    if not moves and not (points_back and says_that_it_moves(sentence.start, sentence.end, read)):
        return
    for mention in sentence.dates:
        due = _to_come(mention, now)
        if due is not None:
            yield Statement(
                text=sentence.text,
                start=sentence.start,
                end=sentence.end,
                due=due,
                topic=topic_of(None, "it", sentence.text),
                said_before=(sentence.text, before.text) if before and points_back else (sentence.text,),
                commitment=None,
                read=read,
            )


def _to_come(mention: DateMention, now: date) -> Due | None:
    """The day that something is moved to. `We pushed it to December 4` tells of the past and means the next one."""
    day, text = mention.due_day, mention.text
    if day is None and mention.from_ is not None and mention.grain == "day" and not _YEAR.search(text):
        day = _next(mention.from_.date(), now)
    if day is None or day < now:
        return None
    return Due(
        text=text,
        start=mention.start,
        end=mention.end,
        grain=mention.grain,
        due_day=day,
        from_=mention.from_ if mention.due_day else None,
        to=mention.to if mention.due_day else None,
    )


def _next(day: date, now: date) -> date | None:
    """The first day of that month and number from now on; None for a leap day that does not come soon."""
    for year in (now.year, now.year + 1):
        if (day.month, day.day) != (2, 29) or isleap(year):
            coming = day.replace(year=year)
            if coming >= now:
                return coming
    return None


def _before(commitment: Commitment, read: tuple[Sentence, ...]) -> tuple[str, ...]:
    """The words of the sentence up to here, and the sentence before it; without an object, only the sentence."""
    spot = next((n for n, sentence in enumerate(read) if sentence.start <= commitment.start < sentence.end), None)
    if spot is None:
        return ()
    here = read[spot]
    leading = here.text[: commitment.start - here.start]
    if commitment.object is None:
        return (leading,)
    return leading, read[spot - 1].text if spot else ""
