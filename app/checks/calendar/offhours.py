"""Why a person does not work at a time, in words."""

from __future__ import annotations

from datetime import date

from app.checks.calendar.proposals import A_DAY, Proposal
from app.checks.results import day_name, evidence
from app.checks.worktime import holiday, working_span, zone_of
from app.core.checks import Evidence
from app.core.facts import Facts, Person


def off_hours(proposal: Proposal, person: Person, facts: Facts) -> str | None:
    """Why the person does not work then, or None. A loose time is fine if some of it lies within the hours."""
    zone = zone_of(person)
    start, end = proposal.when.start.astimezone(zone), proposal.when.end.astimezone(zone)
    if proposal.when.length > A_DAY:
        return None
    day = _said_day(proposal, person)
    hours = working_span(day, person)
    if hours is None:
        return day_off(day, person, facts)
    whatever = proposal.loose or proposal.sweeping
    outside = not hours.overlaps(start, end) if whatever else start < hours.start or end > hours.end
    if not outside:
        return None
    return f"is {start:%H:%M} for {person.name}, who works {hours.start:%H:%M}–{hours.end:%H:%M}"


def _said_day(proposal: Proposal, person: Person) -> date:
    """The calendar day that a day without a clock means everywhere; with a clock, the person's own day."""
    if proposal.mention.grain == "day":
        return proposal.when.start.date()
    return proposal.when.start.astimezone(zone_of(person)).date()


def day_off(day: date, person: Person, facts: Facts) -> str:
    """That a day is a holiday, or none of the person's working days."""
    name = holiday(day, person)
    if name is not None:
        return f"is a holiday for {person.name}: {name}, {day_name(day, facts)}"
    return f"is {day_name(day, facts)}, when {person.name} does not work"


def hours_evidence(person: Person, facts: Facts) -> Evidence:
    """The person's working time, as the directory has it."""
    hours = person.working_hours
    days = " ".join(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day] for day in hours.days)
    value = f"{days} {hours.start:%H:%M}–{hours.end:%H:%M} {person.timezone}, holidays {person.holidays or 'none'}"
    return evidence(facts, "people", f"people[{person.id}].working_hours", value)
