"""The directory of colleagues in `people.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import holidays

from app.core.errors import InvalidWorld
from app.core.facts import Person
from integrations.addresses import address_key
from integrations.fields import Fields, records
from integrations.files import FactFile, yaml_of
from integrations.people.hours import working_hours

_FILE = "people.yaml"
_ALIASES = {"role": "roles", "time_zone": "timezone", "mail": "email", "holidays_country": "holidays"}


@dataclass(frozen=True, slots=True)
class _Directory:
    people: tuple[Person, ...]
    by_key: Mapping[str, Person]


class Roster:
    """People from a YAML file: a list of records, or the same under `people:`."""

    def __init__(self, path: Path, *, local: bool = False) -> None:
        """`local`: whether it lies on this machine, so that nobody waits for it (`app.core.ports.is_local`)."""
        self.local = local
        self._file = FactFile(path, source="people", parse=_directory)

    def load(self) -> None:
        """Read the file now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def person(self, id_or_email: str) -> Person | None:
        """The colleague with this id or address (case does not matter), or None. Raises FactUnavailable."""
        return self._file.fact().by_key.get(address_key(id_or_email))

    def with_role(self, role: str) -> Sequence[Person]:
        """Everybody who has the role, in the file's order. Raises FactUnavailable."""
        return [person for person in self.everybody() if role in person.roles]

    def everybody(self) -> Sequence[Person]:
        """Every colleague, in the file's order. Raises FactUnavailable."""
        return self._file.fact().people


def _directory(data: bytes) -> _Directory:
    value = yaml_of(data, file=_FILE)
    if isinstance(value, dict) and "people" in value:
        value = value["people"]
    by_key: dict[str, Person] = {}
    people: list[Person] = []
    for fields in records(value, file=_FILE, aliases=_ALIASES):
        person = _person(fields)
        for name in ("id", "email"):
            key = address_key(getattr(person, name))
            if key in by_key:
                raise InvalidWorld(f"{key!a} belongs to two people; each needs their own", field=fields.place(name))
        by_key[address_key(person.id)] = by_key[address_key(person.email)] = person
        people.append(person)
    if not people:
        raise InvalidWorld("has nobody in it; list at least one person", field=_FILE)
    return _with_manager_ids(people, by_key)


def _with_manager_ids(people: list[Person], by_key: Mapping[str, Person]) -> _Directory:
    """A manager may be named by address; everywhere else it is the id that counts."""
    managed = []
    for person in people:
        manager = by_key.get(address_key(person.manager)) if person.manager else None
        managed.append(replace(person, manager=manager.id) if manager else person)
    keys = {address_key(key): person for person in managed for key in (person.id, person.email)}
    return _Directory(people=tuple(managed), by_key=keys)


def _person(fields: Fields) -> Person:
    email = fields.email("email")
    person_id = fields.text("id", email)
    try:
        hours = working_hours(fields.values.get("working_hours"))
    except ValueError as error:
        raise InvalidWorld(str(error), field=fields.place("working_hours")) from None
    return Person(
        id=person_id,
        email=email,
        name=fields.text("name", person_id),
        title=fields.text("title", ""),
        roles=fields.words("roles"),
        manager=fields.optional_text("manager"),
        timezone=fields.zone("timezone") or "UTC",
        working_hours=hours,
        holidays=_country(fields),
        fiscal_year_start=_month(fields),
        capacity_hours_per_week=fields.number("capacity_hours_per_week"),
    )


def _month(fields: Fields) -> int:
    month = fields.number("fiscal_year_start")
    if month is None:
        return 1
    if month not in range(1, 13):
        raise fields.refusal("fiscal_year_start", "the month in which the year begins, 1 to 12")
    return int(month)


def _country(fields: Fields) -> str | None:
    value = fields.values.get("holidays")
    if isinstance(value, dict):
        fields = replace(fields, values={"holidays": value.get("country")})
    country = (fields.optional_text("holidays") or "").upper()
    if not country:
        return None
    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        raise fields.refusal("holidays", "an ISO country such as US") from None
    return country
