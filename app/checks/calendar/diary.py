"""A person's taken time, made ready for many questions: which entries share a moment with a stretch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from app.checks.words import content_words
from app.checks.worktime import Span, overlapping, working_span, zone_of
from app.core.facts import BusySlot, Facts, Person

_LONG = timedelta(hours=4)
"""Entries longer than this are few, and are all looked through; the others are found by their start."""


class Diary:
    """One person's calendar. Thousands of entries cost no more than a few, and nothing until they are asked for."""

    def __init__(self, person: Person, busy: Iterable[BusySlot], *, ours: frozenset[str] = frozenset()) -> None:
        """`ours` are the words that tell the draft's own meeting in the calendar: the customer's names."""
        self.person = person
        self._ours = ours
        self._busy = busy

    @cached_property
    def _entries(self) -> list[BusySlot]:
        return sorted(self._busy, key=lambda slot: slot.start)

    @cached_property
    def _index(self) -> tuple[list[BusySlot], list[datetime], list[BusySlot]]:
        """The long entries; the starts of the others, and those others."""
        long: list[BusySlot] = []
        short: list[BusySlot] = []
        for slot in self._entries:
            (long if slot.end - slot.start > _LONG else short).append(slot)
        return long, [slot.start for slot in short], short

    @cached_property
    def _taken(self) -> tuple[list[datetime], list[datetime]]:
        """The stretches in which anything is entered, by their starts and by their ends."""
        return _merged(self._entries)

    @cached_property
    def _confirmed(self) -> tuple[list[datetime], list[datetime]]:
        return _merged(slot for slot in self._entries if not slot.tentative)

    def entries(self, start: datetime, end: datetime) -> tuple[BusySlot, ...]:
        """The taken slots that share a moment with the stretch, the long ones first."""
        long, starts, short = self._index
        first, last = bisect_left(starts, start - _LONG), bisect_left(starts, end)
        return overlapping(long, start, end) + overlapping(short[first:last], start, end)

    def conflicts(self, when: Span) -> tuple[BusySlot, ...]:
        """The taken slots that a meeting would run into, without the entry of this very meeting."""
        return tuple(slot for slot in self.entries(when.start, when.end) if not self._is_this_meeting(slot, when))

    def has_this_meeting(self, when: Span) -> bool:
        """Whether the meeting stands in the calendar already."""
        _, starts, short = self._index
        first, last = bisect_left(starts, when.start), bisect_right(starts, when.start)
        return any(self._is_this_meeting(slot, when) for slot in short[first:last])

    def is_empty(self, when: Span, *, tentative_too: bool) -> bool:
        """Whether there is no entry in the stretch; `tentative_too`: not even one that may still fall through."""
        starts, ends = self._taken if tentative_too else self._confirmed
        before = bisect_left(starts, when.end) - 1
        return before < 0 or ends[before] <= when.start

    def is_free(self, when: Span, *, tentative_too: bool) -> bool:
        """Whether nothing is in the way of the draft's meeting, which may itself be in the calendar already."""
        if self.is_empty(when, tentative_too=tentative_too):
            return True
        if not self.has_this_meeting(when):
            return False
        return all(slot.tentative and not tentative_too for slot in self.conflicts(when))

    def works(self, when: Span) -> bool:
        """Whether the stretch lies within the person's working hours."""
        hours = working_span(when.start.astimezone(zone_of(self.person)).date(), self.person)
        return hours is not None and hours.start <= when.start and when.end <= hours.end

    def _is_this_meeting(self, slot: BusySlot, when: Span) -> bool:
        """Whether the entry begins at the proposed time and names the customer: a meeting confirmed, not doubled."""
        if slot.start != when.start or slot.all_day or slot.away or slot.end - slot.start > _LONG:
            return False
        return bool(content_words(slot.summary) & self._ours)


def _merged(entries: Iterable[BusySlot]) -> tuple[list[datetime], list[datetime]]:
    """Entries in order of start, those that touch as one: the starts and the ends of what is taken."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    for slot in entries:
        if ends and slot.start <= ends[-1]:
            ends[-1] = max(ends[-1], slot.end)
        else:
            starts.append(slot.start)
            ends.append(slot.end)
    return starts, ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """Everybody whom a proposed time needs, as far as their calendars are known."""

    sender: Diary | None
    """The sender; None where a colleague goes instead."""
    colleagues: tuple[Diary, ...] = ()
    complete: bool = True
    """Whether all calendars could be had."""

    def __iter__(self) -> Iterator[Diary]:
        """The sender first."""
        if self.sender is not None:
            yield self.sender
        yield from self.colleagues


def meeting_words(facts: Facts) -> frozenset[str]:
    """The words that tell a meeting with the draft's readers in a calendar."""
    people = [r.contact or r.colleague for r in facts.recipients]
    names = [person.name for person in people if person]
    names += [name for account in (facts.account,) if account for name in (account.name, *account.aliases)]
    return frozenset(content_words(" ".join(names)))
