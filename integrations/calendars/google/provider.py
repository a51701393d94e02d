"""Google Calendar behind the port: a person's own calendar with its titles, else when they are busy."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from app.core.clock import Clock
from app.core.errors import FactUnavailable, NotAvailable
from app.core.facts import BusySlot, Person
from integrations.calendars.google.agenda import Agenda
from integrations.calendars.google.freebusy import MOST_AT_ONCE, Busy, ask
from integrations.credentials.google.app import EVENTS, FREEBUSY
from integrations.credentials.google.caller import Caller, api
from integrations.credentials.google.tokens import Keys, connect
from integrations.credentials.google.trouble import NO_API, NotLetIn, NoToken, Refusal
from integrations.http import NotAnswered, NotReached

_SOURCE = "calendar"
_FRESH = timedelta(seconds=30)
"""How old an answer may be and still be given: a draft asks several times, and looks again before it leaves."""
_DAY = timedelta(days=1)


@dataclass(kw_only=True)
class _Known:
    """What is known of one person. `lock` is held while Google is asked about them."""

    person: Person
    lock: threading.Lock = field(default_factory=threading.Lock)
    agenda: Agenda | None = None
    busy: Busy | None = None


class GoogleCalendars:
    """The calendars of colleagues. Those who have connected their own are asked in their own name.

    Everybody else is looked up through `viewer`, an account that sees when they are busy. Answers are kept in memory
    and brought up to date when they are asked for again.
    """

    def __init__(
        self,
        keys: Keys,
        *,
        clock: Clock,
        viewer: str = "",
        root: str | None = None,
        ca_file: str | None = None,
        fresh: timedelta = _FRESH,
        seconds: float = 60,
    ) -> None:
        """`root` replaces Google's address, `ca_file` the authorities; one look takes so many `seconds` at most."""
        self._keys = keys
        self._clock = clock
        self._viewer = viewer.lower()
        self._root = root
        self._ca_file = ca_file
        self._fresh = fresh
        self._seconds = seconds
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}
        self._quiet: dict[str, datetime] = {}

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Raises FactUnavailable where nobody has let the gate see the calendar, or Google does not answer.
        """
        known = self._of(person)
        with known.lock:
            self._bring_up_to_date(known, start, end)
            if known.agenda is not None:
                return known.agenda.between(start, end)
            if known.busy is None:
                raise FactUnavailable(_SOURCE, f"nothing is known of {person.email}; try again")
            if known.busy.unseen:
                raise FactUnavailable(_SOURCE, _cannot_be_seen(person, known.busy.unseen))
            return known.busy.between(start, end)

    def as_of(self, person: Person) -> datetime:
        """The moment from which the person's calendar is; it is looked at where it was not yet. Raises as above."""
        known = self._of(person)
        if known.agenda is None and known.busy is None:
            now = self._clock.now()
            self.busy(person, now, now + _DAY)
        moment = known.agenda.as_of if known.agenda else known.busy.as_of if known.busy else None
        if moment is None:
            raise FactUnavailable(_SOURCE, f"nothing is known of {person.email}; try again")
        return moment

    # ── what is known, and how it gets known ──────────────────────────────────────────────────────────────

    def _of(self, person: Person) -> _Known:
        """What is known of the person; nothing of it where they have moved or been renamed."""
        with self._lock:
            known = self._known.get(person.email.lower())
            if known is None or known.person != person:
                known = self._known[person.email.lower()] = _Known(person=person)
            return known

    def _bring_up_to_date(self, known: _Known, start: datetime, end: datetime) -> None:
        now = self._clock.now()
        held = known.agenda or known.busy
        if held and held.as_of and now - held.as_of <= self._fresh and held.covers(start, end):
            return
        for account in self._that_may_look(known.person):
            self._require_no_quiet(account, now)
            with self._told(account), self._open(account) as caller:
                if account == known.person.email.lower() and EVENTS in caller.scopes:
                    agenda = known.agenda or Agenda(known.person)
                    agenda.bring_up_to_date(self._events, caller, start, end, now=now)
                    known.agenda = agenda
                    return
                if FREEBUSY in caller.scopes:
                    self._ask_freebusy(known, caller, start, end, now=now)
                    return
        raise FactUnavailable(_SOURCE, _cannot_be_seen(known.person, "nobody has let the gate look"))

    def _ask_freebusy(self, known: _Known, caller: Caller, start: datetime, end: datetime, *, now: datetime) -> None:
        """Ask about the person, and in the same breath about others whose answers have grown old."""
        others = (
            [known.person, *self._grown_old(known.person, now)] if caller.account == self._viewer else [known.person]
        )
        found = ask(self._freebusy, caller, others[:MOST_AT_ONCE], start, end, now=now)
        known.busy, known.agenda = found[known.person.email], None
        with self._lock:
            for email, busy in found.items():
                other = self._known.get(email.lower())
                if other is not None and other.agenda is None:
                    other.busy = busy

    def _grown_old(self, person: Person, now: datetime) -> list[Person]:
        with self._lock:
            rest = [known for known in self._known.values() if known.person != person and known.agenda is None]
        return [known.person for known in rest if known.busy is not None and now - known.busy.as_of > self._fresh]

    def _that_may_look(self, person: Person) -> Sequence[str]:
        """The accounts that can be asked: the person's own, where they have connected it, then the viewer."""
        own = person.email.lower()
        with self._told(own):
            accounts = self._keys.accounts()
        named = [own] if accounts is None or own in accounts else []
        return [*named, self._viewer] if self._viewer and self._viewer != own else named

    def _require_no_quiet(self, account: str, now: datetime) -> None:
        until = self._quiet.get(account)
        if until is not None and now < until:
            raise FactUnavailable(_SOURCE, f"Google wants quiet from {account} until {until:%H:%M:%S} UTC")

    @cached_property
    def _events(self) -> Any:
        return self._api.events()

    @cached_property
    def _freebusy(self) -> Any:
        return self._api.freebusy()

    @cached_property
    def _api(self) -> Any:
        return api("calendar", "v3", root=self._root)

    @contextmanager
    def _open(self, account: str) -> Iterator[Caller]:
        opened = Caller.open(self._keys, account, seconds=self._seconds, clock=self._clock, ca_file=self._ca_file)
        with opened as caller:
            yield caller

    @contextmanager
    def _told(self, account: str) -> Iterator[None]:
        """Raise what happens within as a FactUnavailable, and keep quiet for as long as Google asks for it."""
        try:
            yield
        except Refusal as refused:
            if refused.pause is not None:
                self._quiet[account] = self._clock.now() + refused.pause
            raise FactUnavailable(_SOURCE, _refused(refused, account)) from None
        except NoToken as error:
            if error.pause is not None:
                self._quiet[account] = self._clock.now() + error.pause
            raise FactUnavailable(_SOURCE, str(error)) from None
        except NotAvailable as error:  # the key is missing under which grants are encrypted
            raise FactUnavailable(_SOURCE, str(error)) from None
        except NotLetIn as error:
            raise FactUnavailable(_SOURCE, f"{error}, with --for send,calendar") from None
        except (NotReached, NotAnswered) as error:
            raise FactUnavailable(_SOURCE, f"Google Calendar does not answer: {error}") from None


def _refused(refused: Refusal, account: str) -> str:
    if refused.reason in NO_API:
        return "the house's project at Google has no Calendar API; enable it in the Google Cloud console"
    if refused.status == 403 and not refused.is_limit:
        return (
            f"{refused}: the owner of {account} has not allowed it; run {connect(account)}, with --for send,calendar"
        )
    return str(refused)


def _cannot_be_seen(person: Person, reason: str) -> str:
    return (
        f"Google shows no calendar of {person.email} ({reason}): have them share when they are busy with the account "
        f"that looks, or connect their own with {connect(person.email)}, --for send,calendar"
    )
