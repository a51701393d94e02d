"""The directory and the CRM as they are, but for one thing: whoever asks them is not kept waiting for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from app.core.errors import FactUnavailable
from app.core.facts import Account, BusySlot, Contact, Deal, Person
from app.core.ports import Calendars, Crm, People, is_local
from app.facts.lookups import Line, Lookup, Lookups, silence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _InTime:
    lookups: Lookups
    limit: timedelta
    """For each question."""

    def ask(self, source: str, port: object, question: Callable[[], T]) -> T:
        """The answer. Raises FactUnavailable where it does not come in time, else whatever the question raises."""
        if is_local(port):
            return question()

        def answers() -> Iterator[T]:
            yield question()

        lookup = self.lookups.put(Lookup(Line(id(port), source, source), answers))
        self.lookups.wait(lookup, self.limit.total_seconds())
        if lookup.silent:
            raise FactUnavailable(source, silence(self.limit))
        if lookup.error is not None:
            raise lookup.error
        return lookup.answer  # type: ignore[return-value] # a question without an error has an answer


@dataclass(frozen=True, slots=True)
class PeopleInTime(_InTime):
    """A directory; every method may raise FactUnavailable."""

    people: People

    def person(self, id_or_email: str) -> Person | None:
        """The colleague with this id or address, or None."""
        return self.ask("people", self.people, lambda: self.people.person(id_or_email))

    def with_role(self, role: str) -> Sequence[Person]:
        """Everybody who has the role."""
        return self.ask("people", self.people, lambda: self.people.with_role(role))

    def everybody(self) -> Sequence[Person]:
        """Every colleague."""
        return self.ask("people", self.people, self.people.everybody)


@dataclass(frozen=True, slots=True)
class CrmInTime(_InTime):
    """A CRM; every method may raise FactUnavailable."""

    crm: Crm

    def deal(self, deal_id: str) -> Deal | None:
        """The deal with this id, or None."""
        return self.ask("crm", self.crm, lambda: self.crm.deal(deal_id))

    def account(self, account_id: str) -> Account | None:
        """The account with this id, or None."""
        return self.ask("crm", self.crm, lambda: self.crm.account(account_id))

    def contact(self, email: str) -> Contact | None:
        """The contact with this address, or None."""
        return self.ask("crm", self.crm, lambda: self.crm.contact(email))

    def accounts(self) -> Sequence[Account]:
        """Every account."""
        return self.ask("crm", self.crm, self.crm.accounts)

    def as_of(self) -> datetime:
        """The moment for which the answers are vouched."""
        return self.ask("crm", self.crm, self.crm.as_of)


@dataclass(frozen=True, slots=True)
class CalendarsInTime(_InTime):
    """Everybody's calendars; every method may raise FactUnavailable."""

    calendars: Calendars

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`."""
        return self.ask("calendar", self.calendars, lambda: self.calendars.busy(person, start, end))

    def as_of(self, person: Person) -> datetime:
        """The moment from which the person's calendar is."""
        return self.ask("calendar", self.calendars, lambda: self.calendars.as_of(person))
