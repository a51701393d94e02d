"""Busy times from one `.ics` file a person: `<folder>/<person id>.ics`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from app.core.errors import FactUnavailable, InvalidWorld
from app.core.facts import BusySlot, Person
from integrations.calendars.ics_agenda import Agenda, NoCalendar
from integrations.files import FactFile

_SOURCE = "calendar"


class IcsCalendars:
    """Calendars as files. A file is parsed once for each change of its bytes."""

    def __init__(self, folder: Path, *, as_of: datetime | None = None) -> None:
        """`as_of` is the moment the files are vouched for; None: each file's own time."""
        self._folder = folder
        self._as_of = as_of
        self._lock = threading.Lock()
        self._files: dict[str, FactFile[Agenda]] = {}

    def load(self) -> None:
        """Read every calendar now. Raises InvalidWorld, which names the file."""
        for path in sorted(self._folder.glob("*.ics")):
            self._file(path.stem).read()

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Transparent, cancelled and declined events are free; what is tentative or an absence says so. All-day and
        floating events stand in the person's zone.
        Raises FactUnavailable where the person has no calendar or it cannot be read.
        """
        agenda = self._file(person.id).fact()
        try:
            return agenda.taken(person, start, end)
        except NoCalendar as error:
            raise FactUnavailable(_SOURCE, f"{person.id}.ics {error}") from error

    def as_of(self, person: Person) -> datetime:
        """The moment for which the person's calendar is vouched. Raises FactUnavailable where there is none."""
        return self._file(person.id).as_of()

    def _file(self, person_id: str) -> FactFile[Agenda]:
        name = f"{person_id}.ics"
        if Path(name).name != name:
            raise FactUnavailable(_SOURCE, f"{person_id!a} is no file name; give the person an id without slashes")
        with self._lock:
            if person_id not in self._files:
                self._files[person_id] = FactFile(
                    self._folder / name,
                    source=_SOURCE,
                    parse=partial(_parsed, file=name),
                    as_of=self._as_of,
                )
            return self._files[person_id]


def _parsed(data: bytes, *, file: str) -> Agenda:
    try:
        return Agenda(data)
    except NoCalendar as error:
        raise InvalidWorld(str(error), field=f"calendars/{file}") from None
