"""Calendars over Graph: everybody's own where they let the gate in, their colleagues' through those who did."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.clock import Clock
from app.core.errors import FactUnavailable, MailboxClosed, NotAvailable, SendError
from app.core.facts import BusySlot, Person
from integrations.addresses import address_key
from integrations.calendars.outlook import diary as diaries
from integrations.calendars.outlook.slots import VIEW_INTERVAL, of_schedule
from integrations.credentials.microsoft import CALENDAR
from integrations.graph import Graph, GraphStep, Unreadable
from integrations.http import NotAnswered, NotReached

_SOURCE = diaries.SOURCE
_SECONDS = 15.0
_DAY = timedelta(days=1)
_REACH = timedelta(days=56)
"""How much is read at once: more than most drafts ask for, so that the next ones find it done."""
_MOST = timedelta(days=62)
"""The longest stretch of a `getSchedule`."""
_AT_ONCE = 20
"""People in one `getSchedule`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What is known of one person's time. `diary` is None where it was read through a colleague."""

    person: Person
    start: datetime
    end: datetime
    as_of: datetime
    slots: tuple[BusySlot, ...]
    diary: diaries.Diary | None = None

    def covers(self, person: Person, start: datetime, end: datetime) -> bool:
        same = (self.person.email, self.person.timezone) == (person.email, person.timezone)
        return same and self.start <= start and end <= self.end


class OutlookCalendars:
    """When people are busy, by Microsoft 365 and Outlook.com.

    Whoever has let the gate into their calendar is looked up there, personal accounts too, and only what has changed
    is read again. Others are looked up by `getSchedule` through a colleague's account, many in one call; the
    colleague sees of them what their company shares.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        clock: Clock,
        fresh_for: timedelta = timedelta(minutes=1),
        known_for: timedelta = timedelta(minutes=15),
    ) -> None:
        """Nothing is asked again within `fresh_for`; where Graph cannot be reached, what is known counts so long as
        it is not older than `known_for`. Either way `as_of` tells its age."""
        self._graph = graph
        self._clock = clock
        self._fresh_for = fresh_for
        self._known_for = known_for
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, threading.Lock] = {}

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Raises FactUnavailable where nobody who let the gate in can see the person's time, or Graph does not answer.
        """
        known = self._up_to_date(person, start, end)
        stop = bisect_left(known.slots, end, key=lambda slot: slot.start)
        return [slot for slot in known.slots[:stop] if start < slot.end]

    def as_of(self, person: Person) -> datetime:
        """When Graph was asked about the person. Raises FactUnavailable where it was not."""
        with self._lock:
            known = self._known.get(address_key(person.email))
        if known is None:
            raise FactUnavailable(_SOURCE, f"the calendar of {person.id} was not read yet")
        return known.as_of

    def _up_to_date(self, person: Person, start: datetime, end: datetime) -> _Known:
        """What is known of the stretch, asked for once however many want it at the same time."""
        through = _account_for(person, self._accounts())
        with self._lock:
            asking = self._asking.setdefault(through, threading.Lock())
        with asking:
            known = self._find(person, start, end)
            if known is not None and self._clock.now() - known.as_of <= self._fresh_for:
                return known
            try:
                return self._asked(person, start, end, through)
            except diaries.Silent as silent:
                if known is not None and self._clock.now() - known.as_of <= self._known_for:
                    return known
                raise FactUnavailable(_SOURCE, str(silent)) from None

    def _find(self, person: Person, start: datetime, end: datetime) -> _Known | None:
        with self._lock:
            known = self._known.get(address_key(person.email))
        return known if known is not None and known.covers(person, start, end) else None

    def _asked(self, person: Person, start: datetime, end: datetime, through: str) -> _Known:
        with self._step(through) as step:
            if through == person.email.lower():
                found = [self._own(step, person, start, end)]
            else:
                found = self._schedules(step, person, start, end, through)
        with self._lock:
            self._known.update({address_key(one.person.email): one for one in found})
        return found[0]

    def _own(self, step: GraphStep, person: Person, start: datetime, end: datetime) -> _Known:
        """From the person's own calendar."""
        known, now = self._find(person, start, end), self._clock.now()
        if known is not None and known.diary is not None:
            diary = diaries.refreshed(step, known.diary, at=now)
        else:
            first = _day_of(start) - _DAY
            diary = diaries.read(step, start=first, end=max(_day_of(end) + 2 * _DAY, first + _REACH), at=now)
        return _Known(
            person=person,
            start=diary.start,
            end=diary.end,
            as_of=diary.as_of,
            slots=diary.slots(person),
            diary=diary,
        )

    def _schedules(
        self, step: GraphStep, person: Person, start: datetime, end: datetime, through: str
    ) -> list[_Known]:
        """Through a colleague's account: the person first, and in the same call others who have to be asked about.

        Raises FactUnavailable where the person's time is not shown, whatever is shown of the others.
        """
        first, now = _day_of(start), self._clock.now()
        last = max(_day_of(end) + _DAY, first + _REACH)
        if last - first > _MOST:
            raise FactUnavailable(_SOURCE, f"no more than {_MOST.days} days of a colleague's time can be asked for")
        people = [person, *self._others(person, through)][:_AT_ONCE]
        value = {  # an action's own words begin with a capital, unlike all others of Graph's
            "Schedules": [one.email for one in people],
            "StartTime": _named(first),
            "EndTime": _named(last),
            "AvailabilityViewInterval": int(VIEW_INTERVAL.total_seconds() // 60),
        }
        utc = {"Prefer": 'outlook.timezone="UTC"'}
        reply = diaries.told(step.call("POST", "/calendar/getSchedule", value=value, headers=utc))
        shown = {address_key(str(one.get("scheduleId"))): one for one in reply.values()}
        found = []
        for one in people:
            schedule = shown.get(address_key(one.email))
            if schedule is not None and "error" not in schedule:
                slots = tuple(sorted(of_schedule(schedule, one, first), key=lambda slot: (slot.start, slot.end)))
                found.append(_Known(person=one, start=first, end=last, as_of=now, slots=slots))
            elif one is person:
                reason = f"{through} is not shown the time of {person.id}; have {person.id} share it, or sign in"
                raise FactUnavailable(_SOURCE, f"{reason}: {_connect(person.email)}")
        return found

    def _others(self, person: Person, through: str) -> list[Person]:
        """Whoever else was asked about through the same account, and is not fresh any more."""
        now, accounts = self._clock.now(), self._accounts()
        with self._lock:
            known = list(self._known.values())
        return [
            one.person
            for one in known
            if one.diary is None
            and one.person.email != person.email
            and now - one.as_of > self._fresh_for
            and _account_for(one.person, accounts) == through
        ]

    def _accounts(self) -> tuple[str, ...] | None:
        """Who lets the gate into their calendar; None where the application looks everybody up by itself."""
        access = self._graph.access
        with _as_facts():
            return None if access.acts_for_itself else access.accounts(CALENDAR)

    @contextmanager
    def _step(self, account: str) -> Iterator[GraphStep]:
        with _as_facts(), self._graph.step(account, CALENDAR, seconds=_SECONDS) as step:
            yield step


@contextmanager
def _as_facts() -> Iterator[None]:
    try:
        yield
    except (NotReached, NotAnswered, Unreadable) as error:
        raise diaries.Silent(f"Graph did not answer: {error}") from None
    except (MailboxClosed, NotAvailable) as error:
        raise FactUnavailable(_SOURCE, str(error)) from None
    except SendError as error:
        raise diaries.Silent(str(error)) from None


def _account_for(person: Person, accounts: tuple[str, ...] | None) -> str:
    """Through whose account the person is looked up: their own, else a colleague's of the same domain."""
    own = person.email.lower()
    if accounts is None or own in accounts:
        return own
    domain = own.rpartition("@")[2]
    near = [one for one in accounts if one.rpartition("@")[2] == domain]
    if not near:
        raise FactUnavailable(_SOURCE, f"nobody who sees the time of {person.id} signed in; {_connect(own)}")
    return near[0]


def _day_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _named(moment: datetime) -> dict[str, str]:
    return {"dateTime": f"{moment:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}


def _connect(account: str) -> str:
    return f"run `countersign accounts connect microsoft --account {account} --for calendar`"
