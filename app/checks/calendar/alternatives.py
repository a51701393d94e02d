"""The nearest time that is free for everybody who is needed, put into the words of the proposal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from app.checks.calendar.diary import Diary, Team
from app.checks.calendar.place import Place, place_of, too_near
from app.checks.calendar.proposals import USUAL_LENGTH, Proposal
from app.checks.calendar.quiet import is_quiet, readers
from app.checks.results import day_name
from app.checks.wording import day_reworded, time_reworded, time_written_out
from app.checks.worktime import Span, today, working_span, zone_of
from app.core.checks import Suggestion
from app.core.drafts import Draft
from app.core.facts import Contact, Facts

GRID = timedelta(minutes=30)
"""Free slots start on the half hour."""


def another_time(proposal: Proposal, team: Team, draft: Draft, facts: Facts) -> Suggestion | None:
    """The nearest time on the same day that nothing speaks against, else one on the first later day that has one.

    None where a calendar is not known, where no time is left as far as the calendars were read, and where the words
    are of a form that cannot safely be changed.
    """
    slot = _nearest(proposal, team, readers(draft, facts), facts)
    if slot is None:
        return None
    zone = zone_of(facts.sender)
    start = proposal.when.start
    in_senders_zone = start.utcoffset() == start.astimezone(zone).utcoffset()
    said_in = zone if in_senders_zone else start.tzinfo
    words = _worded(proposal, Span(start=slot.start.astimezone(said_in), end=slot.end.astimezone(said_in)), facts)
    if words is None or words == proposal.mention.text:
        return None
    whose = "everybody's calendar" if len(list(team)) > 1 else f"{_owner(team, facts)} calendar"
    here = slot.start.astimezone(zone)
    return Suggestion(
        start=proposal.mention.start,
        end=proposal.mention.end,
        replacement=words,
        why=f"the nearest free time in {whose} is {day_name(here.date(), facts)} {here:%H:%M}",
    )


def free_within(window: Span, diaries: list[Diary], facts: Facts, *, tentative_too: bool) -> bool:
    """Whether everybody has the same half hour of working time free in a stretch."""
    if not diaries:
        return True
    for slot in _slots(diaries[0], window.start, facts, USUAL_LENGTH, until=window.end):
        if all(d.is_free(slot, tentative_too=tentative_too) and d.works(slot) for d in diaries):
            return True
    return False


def _nearest(proposal: Proposal, team: Team, called: list[Contact], facts: Facts) -> Span | None:
    diaries = list(team)
    if facts.busy_until is None or not team.complete or not diaries:
        return None
    zone, wanted = zone_of(facts.sender), proposal.when
    length = USUAL_LENGTH if proposal.loose or proposal.sweeping else wanted.length
    morning = datetime.combine(wanted.start.astimezone(zone).date(), time(), zone)
    place = place_of(proposal.words, facts)
    best: Span | None = None
    for slot in _slots(diaries[0], morning, facts, length, until=facts.busy_until):
        if best is not None and slot.start.astimezone(zone).date() != best.start.astimezone(zone).date():
            break
        nearer = best is None or _off(slot, wanted, zone_day=morning) < _off(best, wanted, zone_day=morning)
        if nearer and _suits(slot, diaries, called, place, facts):
            best = slot
    return best


def _suits(slot: Span, diaries: list[Diary], called: list[Contact], place: Place | None, facts: Facts) -> bool:
    if not all(d.is_empty(slot, tentative_too=True) and d.works(slot) for d in diaries):
        return False
    if any(is_quiet(slot.start, contact, facts) for contact in called):
        return False
    return place is None or not any(any(too_near(place, slot, d, facts.thresholds.travel)) for d in diaries)


def _off(slot: Span, wanted: Span, *, zone_day: datetime) -> timedelta:
    """How far the slot's time of day is from the one that was wanted."""
    here = slot.start.astimezone(zone_day.tzinfo)
    return abs((here - datetime.combine(here.date(), time(), here.tzinfo)) - (wanted.start - zone_day))


def _slots(diary: Diary, after: datetime, facts: Facts, length: timedelta, *, until: datetime) -> Iterator[Span]:
    """The stretches of a person's working time from `after` on, whether free or not, not too soon from now."""
    zone = zone_of(diary.person)
    earliest = max(after, facts.now + facts.thresholds.short_notice).astimezone(zone)
    day = after.astimezone(zone).date()
    while datetime.combine(day, time(), zone) < until:
        hours = working_span(day, diary.person)
        if hours is not None:
            start = _on_grid(max(hours.start, earliest))
            while start + length <= min(hours.end, until):
                yield Span(start=start, end=start + length)
                start += GRID
        day += timedelta(days=1)


def _on_grid(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not past else moment - past + GRID


def _worded(proposal: Proposal, new: Span, facts: Facts) -> str | None:
    mention, old, now = proposal.mention, proposal.when, today(facts)
    if mention.grain == "day":
        moved = old.start.date() != new.start.date()
        return day_reworded(mention.text, old.start.date(), new.start.date(), today=now) if moved else None
    if mention.text.lower().startswith("in "):
        return f"on {time_written_out(new.start)}"
    return time_written_out(new.start) if proposal.loose else time_reworded(mention.text, old, new, today=now)


def _owner(team: Team, facts: Facts) -> str:
    (only,) = team
    return "your" if only.person.id == facts.sender.id else f"{only.person.name}'s"
