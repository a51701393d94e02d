"""How the ledger's checks speak of a promise: who made it, to whom, for when, and what stands in the ledger."""

from __future__ import annotations

import re

from app.checks.ledger.matching import Match
from app.checks.ledger.quantities import Quantity, in_unit
from app.checks.results import day_name, evidence, name_of
from app.core.checks import Evidence
from app.core.commitments import LedgerEntry
from app.core.facts import Facts
from extractors.lazily import compiled

_DETERMINED = compiled(
    r"(?:the|a|an|our|your|my|their|this|that|these|those|all|two|three|\d\S*)\b|[$€£]", re.IGNORECASE
)
_ITSELF = frozenset({"it", "this", "that", "them", "these", "those", "they", "the", "a", "an", "our", "your"})


def promised(entry: LedgerEntry, facts: Facts) -> str:
    """`You promised Dana Reyes the SOC 2 report`."""
    who = "You" if entry.person == facts.sender.id else entry.person
    return f"{who} promised {receiver(entry, facts)} {thing(entry)}"


def receiver(entry: LedgerEntry, facts: Facts) -> str:
    """Whom it was promised to, by name where the mail goes there too."""
    here = {recipient.email.casefold(): name_of(recipient) for recipient in facts.recipients}
    return here.get(entry.recipient.casefold(), entry.recipient)


def thing(entry: LedgerEntry) -> str:
    """What was promised, with an article; the whole sentence where its object says nothing by itself."""
    if not entry.object or entry.object.casefold() in _ITSELF:
        return f"“{entry.text}”"
    return entry.object if _DETERMINED.match(entry.object) else f"the {entry.object}"


def days(match: Match, facts: Facts) -> tuple[str, str]:
    """The day that was promised and the one that is named now."""
    old, new = match.entry.due_day, match.statement.due_day
    if old is None or new is None:
        raise ValueError("a conflict of days has two days")
    return day_name(old, facts), day_name(new, facts)


def amounts(match: Match, unit: str) -> tuple[str, str]:
    """The amount that was promised and the one that is named now."""
    new, old = match.amounts
    return _listed(in_unit(old, unit)), _listed(in_unit(new, unit))


def entry_evidence(entry: LedgerEntry, facts: Facts) -> tuple[Evidence, ...]:
    """What the ledger has of the promise."""
    fields = {"text": entry.text, "due_day": entry.due_day, "made_at": entry.made_at.isoformat()}
    return tuple(
        evidence(facts, "ledger", f"{entry.id}.{field}", value)
        for field, value in fields.items()
        if value is not None
    )


def _listed(found: tuple[Quantity, ...]) -> str:
    sign = "%" if found and found[0].unit == "percent" else ""
    return " and ".join(dict.fromkeys(f"{quantity.value:,g}{sign}" for quantity in found))
