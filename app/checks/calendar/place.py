"""Where a meeting takes place, and whether somebody can get there in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from app.checks.calendar.diary import Diary
from app.checks.words import content_words
from app.checks.worktime import Span
from app.core.facts import BusySlot, Facts
from extractors.lazily import compiled

_ONLINE = compiled(
    r"\b(?:calls?|phone|ring|dial\w*|zoom|(?:ms |microsoft )?teams|(?:google )?meet\.google|google meet|webex|skype"
    r"|slack|video\w*|online|remote(?:ly)?|virtual(?:ly)?|webinar|screen ?share|link|tb[dc])\b|https?:",
    re.IGNORECASE,
)
_HOUSE = (
    r"(?:offices?|sites?|plants?|factory|warehouse|headquarters|hq|depot|building|premises|facility|facilities|campus"
    r"|showroom|stores?|shop|lab|works|mill|terminal|yard|place)"
)
_THEIRS = compiled(
    rf"\b(?:your|their)\s+(?:[\w'’-]+\s+){{0,3}}{_HOUSE}\b|\bon[- ]?site\b|\bvisit(?:ing)?\s+(?:you|your|the)\b"
    r"|\b(?:come|coming|drop|stop|swing|pop|drive|fly)\s+(?:by|over|round|out|up|down|in)\b",
    re.IGNORECASE,
)
_OURS = compiled(
    rf"\b(?:our|my)\s+(?:[\w'’-]+\s+){{0,3}}(?:{_HOUSE}|room)\b|\bvisit\s+us\b|\bcome\s+to\s+us\b", re.IGNORECASE
)
_CALENDAR_WORDS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[A-Z]{2,4}\b)"
)
_NAMED = compiled(rf"\b(?:in|at)\s+(?:the\s+)?(?!{_CALENDAR_WORDS})(?P<name>[A-Z][\w&'’-]+(?:\s+[A-Z][\w&'’-]+)*)")
_ROOM = compiled(
    r"\b(?:room|rm|boardroom|floor|lobby|desk|our office|hq|headquarters|conference|cafeteria)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A physical place, by the words that tell it."""

    words: frozenset[str]
    ours: bool
    """Whether it is in the sender's own house."""

    def is_elsewhere(self, location: str) -> bool:
        """Whether a calendar's location is certainly another place than this one."""
        if not is_physical(location):
            return False
        if self.words & content_words(location):
            return False
        return not (self.ours and _ROOM.search(location))


def place_of(words: str, facts: Facts) -> Place | None:
    """The physical place that a sentence proposes to meet at; None where it names none, or meets online."""
    if _ONLINE.search(words):
        return None
    named = {word for match in _NAMED.finditer(words) for word in content_words(match["name"])}
    if _THEIRS.search(words):
        account = facts.account
        customer = " ".join((account.name, *account.aliases)) if account else ""
        return Place(words=frozenset(named | content_words(customer)), ours=False)
    if _OURS.search(words):
        return Place(words=frozenset(named), ours=True)
    return Place(words=frozenset(named), ours=False) if named else None


def is_physical(location: str) -> bool:
    """Whether a calendar's location is a place to go to."""
    return bool(location.strip()) and not _ONLINE.search(location)


def too_near(place: Place, when: Span, diary: Diary, travel: timedelta) -> Iterator[BusySlot]:
    """The entries elsewhere that end so shortly before, or begin so shortly after, that nobody can be in time."""
    for slot in diary.entries(when.start - travel, when.end + travel):
        adjoins = slot.end <= when.start or when.end <= slot.start
        if adjoins and not slot.all_day and place.is_elsewhere(slot.location):
            yield slot
