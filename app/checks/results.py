"""Small things that every check needs to say what it found."""

from __future__ import annotations

from datetime import date

from app.core.checks import Evidence
from app.core.facts import Facts, Recipient
from app.core.findings import Commitment, Kind

NO_WORK = frozenset({Kind.MEETING, Kind.CONCESSION, Kind.GUARANTEE})
"""What takes no working time of its own: a meeting is in the calendar, a price is held on Sundays too."""


def evidence(facts: Facts, source: str, field: str, value: object) -> Evidence:
    """The fact that a result rests on, as old as its source says."""
    return Evidence(source=source, field=field, value=str(value), as_of=facts.age_of(source))


def span(finding: Commitment) -> tuple[int, int]:
    """Where a commitment stands in the findings' text."""
    return finding.start, finding.end


def day_name(day: date, facts: Facts) -> str:
    """A day as people say it, `Friday 20 Nov`, with its year where that is not the present one."""
    name = f"{day:%A} {day.day} {day:%b}"
    return name if day.year == facts.now.year else f"{name} {day.year}"


def name_of(recipient: Recipient) -> str:
    """The name of the person behind an address, or the address."""
    person = recipient.contact or recipient.colleague
    return person.name if person and person.name else recipient.email


def is_own_domain(address: str, facts: Facts) -> bool:
    """Whether an address is of the sender's own organisation."""
    domain = address.rpartition("@")[2].casefold()
    return domain in {own.casefold() for own in facts.own_domains}


def is_senders_own(commitment: Commitment) -> bool:
    """Whether the sender has to find the time for it; a named colleague's calendar is not known here."""
    return commitment.actor in {"sender", "organisation"}
