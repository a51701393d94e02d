"""Calendars that people publish at a private address each, as the gate's port."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core.clock import Clock
from app.core.errors import FactUnavailable, NotAvailable
from app.core.facts import BusySlot, Person
from app.core.grants import Grant, Grants
from integrations.calendars.ics_address import AddressGone, Marks, NotRead, look
from integrations.calendars.ics_agenda import Agenda, NoCalendar
from integrations.http import GRACE_SECONDS

PROVIDER = "ics"
_SOURCE = "calendar"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Copy:
    """A calendar as it was at a moment."""

    agenda: Agenda
    marks: Marks
    as_of: datetime
    """When its server was asked."""


@dataclass(kw_only=True)
class _Published:
    """What is known of one address."""

    version: int
    """Of the grant that holds the address: another one may be about another calendar."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    copy: _Copy | None = None
    quiet_until: datetime | None = None
    looking: Future[_Copy] | None = None
    """The look that is under way."""


class IcsAddresses:
    """When people are busy, by the address that each of them has handed in. Many threads ask at once.

    A copy that has grown old is brought up to date when it is asked for, in a thread of its own. A server that takes
    its time is waited for as long as `patience` says where the copy is still good enough; its answer then serves the
    next question.
    """

    def __init__(
        self,
        grants: Grants,
        *,
        clock: Clock,
        ca_file: str | None = None,
        fresh_for: timedelta = timedelta(minutes=1),
        known_for: timedelta = timedelta(minutes=15),
        patience: timedelta = timedelta(seconds=1),
        seconds: float = 20,
    ) -> None:
        """`fresh_for`: how old a copy may be and nobody asks; `known_for`: how old it may be where its server is slow
        or silent. Either way `as_of` tells its age. One look takes so many `seconds` at most.
        """
        self._grants = grants
        self._clock = clock
        self._ca_file = ca_file
        self._fresh_for = fresh_for
        self._known_for = known_for
        self._patience = patience.total_seconds()
        self._seconds = seconds
        self._lock = threading.Lock()
        self._known: dict[str, _Published] = {}

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Raises FactUnavailable where no address was handed in, or what is there is no calendar or cannot be had.
        """
        try:
            return self._up_to_date(person).agenda.taken(person, start, end)
        except NoCalendar:
            raise FactUnavailable(_SOURCE, f"{_the(person)} holds an event that cannot be read; mend it") from None

    def as_of(self, person: Person) -> datetime:
        """When the server of the calendar was asked for what is known of it. Raises FactUnavailable as above."""
        copy = self._published(self._open_grant(person)).copy
        return (copy or self._up_to_date(person)).as_of

    def _up_to_date(self, person: Person) -> _Copy:
        grant = self._open_grant(person)
        published = self._published(grant)
        copy, looking = self._copy_or_look(grant, published)
        if looking is None:
            if copy is None:
                raise FactUnavailable(_SOURCE, f"{_the(person)} is left alone for a while, as its server wants")
            return copy
        try:
            return looking.result(self._patience if copy else self._seconds + GRACE_SECONDS)
        except (NotRead, TookTooLong) as error:
            if copy is not None:
                return copy
            words = str(error) or "its server takes too long"
            raise FactUnavailable(_SOURCE, f"{_the(person)} cannot be read: {words}") from None
        except AddressGone as gone:
            raise FactUnavailable(_SOURCE, f"{_the(person)} cannot be read: {gone}; {_connect(person)}") from None

    def _open_grant(self, person: Person) -> Grant:
        try:
            grant = self._grants.of(PROVIDER, person.email)
        except NotAvailable as error:
            raise FactUnavailable(_SOURCE, str(error)) from None
        if grant is None:
            raise FactUnavailable(_SOURCE, f"nobody has handed in an address for {person.id}; {_connect(person)}")
        if grant.closed:
            raise FactUnavailable(_SOURCE, f"{_the(person)} is no use any more: {grant.closed}; {_connect(person)}")
        return grant

    def _published(self, grant: Grant) -> _Published:
        with self._lock:
            known = self._known.get(grant.account)
            if known is None or known.version != grant.version:
                known = self._known[grant.account] = _Published(version=grant.version)
            return known

    def _copy_or_look(self, grant: Grant, published: _Published) -> tuple[_Copy | None, Future[_Copy] | None]:
        """The copy, where it is good enough, and the look that is under way, where it could be better.

        Neither where there is no such copy and the server wants to be left alone.
        """
        with published.lock:
            now, copy = self._clock.now(), published.copy
            if copy is not None and now - copy.as_of > self._known_for:
                copy = None
            fresh = copy is not None and now - copy.as_of <= self._fresh_for
            if fresh or (published.quiet_until is not None and now < published.quiet_until):
                return copy, None
            if published.looking is None:
                published.looking = _in_the_background(lambda: self._look(grant, published))
            return copy, published.looking

    def _look(self, grant: Grant, published: _Published) -> _Copy:
        """Ask the server, and keep what it says. Raises NotRead and AddressGone."""
        pause = None
        try:
            published.copy = copy = self._seen(grant, published.copy, now=self._clock.now())
        except NotRead as error:
            pause = error.pause
            raise
        except AddressGone as gone:
            self._grants.closed(grant, str(gone))
            raise
        else:
            return copy
        finally:
            with published.lock:
                published.looking = None
                published.quiet_until = self._clock.now() + pause if pause else None

    def _seen(self, grant: Grant, copy: _Copy | None, *, now: datetime) -> _Copy:
        marks = copy.marks if copy else None
        seen = look(grant.secret, marks, now=now, seconds=self._seconds, ca_file=self._ca_file)
        if copy is not None and seen.content is None:
            return replace(copy, as_of=now)
        return _Copy(agenda=agenda_of(seen.content or b""), marks=seen.marks, as_of=now)


def agenda_of(content: bytes) -> Agenda:
    """The calendar. Raises NotRead, whose words hold nothing of what was there."""
    try:
        return Agenda(content)
    except NoCalendar:
        raise NotRead("what is there is no calendar, or not all of it can be read") from None


def _in_the_background(work: Callable[[], _Copy]) -> Future[_Copy]:
    """Do it in a thread that keeps no process from ending."""
    future: Future[_Copy] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            future.set_exception(error)

    threading.Thread(target=run, name="calendar-look", daemon=True).start()
    return future


def _the(person: Person) -> str:
    return f"the calendar address of {person.id}"


def _connect(person: Person) -> str:
    return f"run `countersign accounts connect ics --for {person.id}`"
