"""Ports over plain lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.errors import FactUnavailable
from app.core.facts import ApprovedStatement, BusySlot, Conversation, Person, PriceFloor, SequencePlan


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedCalendars:
    """Everybody's taken slots."""

    slots: Mapping[str, Sequence[BusySlot]]
    at: datetime

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """Those of the person that overlap the stretch. Raises FactUnavailable for somebody without a calendar."""
        if person.id not in self.slots:
            raise FactUnavailable("calendar", f"{person.id} has no calendar")
        return sorted(
            (slot for slot in self.slots[person.id] if slot.start < end and start < slot.end),
            key=lambda slot: (slot.start, slot.end, slot.summary),
        )

    def as_of(self, person: Person) -> datetime:
        """The moment of the scenario."""
        if person.id not in self.slots:
            raise FactUnavailable("calendar", f"{person.id} has no calendar")
        return self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedApproved:
    """What may be said."""

    listed: Sequence[ApprovedStatement]
    floors: Sequence[PriceFloor]
    at: datetime

    def statements(self) -> Sequence[ApprovedStatement]:
        """All of them."""
        return self.listed

    def price_floors(self) -> Sequence[PriceFloor]:
        """All of them."""
        return self.floors

    def as_of(self) -> datetime:
        """The moment of the scenario."""
        return self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedConversations:
    """The threads."""

    threads: Mapping[str, Conversation]
    at: datetime

    def conversation(self, thread_id: str) -> Conversation | None:
        """The thread, or None."""
        return self.threads.get(thread_id)

    def as_of(self) -> datetime:
        """The moment of the scenario."""
        return self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedSequences:
    """The sequences."""

    plans: Mapping[str, SequencePlan]
    at: datetime

    def sequence(self, sequence_id: str) -> SequencePlan | None:
        """The sequence, or None."""
        return self.plans.get(sequence_id)

    def as_of(self) -> datetime:
        """The moment of the scenario."""
        return self.at
