"""Calendars, threads and ledger lines, as short as a scenario writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from app.core.drafts import Draft
from app.core.errors import InvalidWorld
from app.core.facts import BusySlot, Conversation, Message, Person
from app.extraction import extract_findings
from integrations.fields import Fields, record
from integrations.people.roster import Roster
from tests.golden.scenarios.overlay import Parts
from tests.golden.scenarios.scenario import DEFAULT_SENDER, DEFAULT_TO

_USUAL_MADE_AT = "2026-11-10T09:00:00-05:00"


def listed(parts: Parts, name: str) -> list[Fields]:
    """The records of a list."""
    rows = cast("list[object]", parts[name])
    return [record(row, file="world", path=f"{name}[{index}]") for index, row in enumerate(rows)]


def calendars(parts: Parts, people: Roster) -> dict[str, list[BusySlot]]:
    """The taken slots by person. Raises InvalidWorld or ValueError for an event that makes no sense."""
    slots: dict[str, list[BusySlot]] = {}
    by_person = cast("Parts", parts["calendars"])
    for person_id in by_person:
        person = people.person(person_id)
        if person is None:
            raise ValueError(f"calendars.{person_id} is nobody's; use the id of a colleague")
        events = listed(by_person, person_id)
        slots[person_id] = [_slot(event, person) for event in events if event.text("busy", "busy") != "free"]
    return slots


def _slot(fields: Fields, person: Person) -> BusySlot:
    busy = fields.text("busy", "busy")
    if busy not in {"busy", "tentative", "away"}:
        raise fields.refusal("busy", "one of busy, tentative, away, free")
    start, end = _whole_days(fields) if fields.has("day") else _hours(fields)
    zone = ZoneInfo(person.timezone)
    return BusySlot(
        start=start if start.tzinfo else start.replace(tzinfo=zone),
        end=end if end.tzinfo else end.replace(tzinfo=zone),
        summary=fields.text("summary", "Busy"),
        all_day=fields.has("day"),
        tentative=busy == "tentative",
        away=busy == "away",
        location=fields.text("location", ""),
    )


def _whole_days(fields: Fields) -> tuple[datetime, datetime]:
    first = fields.text("day")
    last = datetime.fromisoformat(fields.text("until", first)).date()
    return datetime.fromisoformat(first), datetime.combine(last + timedelta(days=1), time())


def _hours(fields: Fields) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(fields.text("start")), datetime.fromisoformat(fields.text("end"))


def conversations(parts: Parts) -> dict[str, Conversation]:
    """The threads by id. Raises InvalidWorld for a mail without a sender or a moment."""
    by_thread = cast("Parts", parts["conversations"])
    return {
        thread: Conversation(id=thread, messages=tuple(_message(row) for row in listed(by_thread, thread)))
        for thread in by_thread
    }


def _message(fields: Fields) -> Message:
    at = fields.moment("at")
    if at is None:
        raise InvalidWorld("is missing; say when the mail came", field=fields.place("at"))
    return Message(
        sender=fields.text("from").lower(),
        recipients=tuple(address.lower() for address in fields.words("to")),
        at=at,
        automatic=fields.flag("automatic"),
    )


def ledger_lines(parts: Parts, people: Roster) -> str:
    """The ledger as its file would be, with what the gate writes beside the words when it sends them."""
    deals = cast("Mapping[str, Parts]", parts["deals"])
    account_of = {deal: row.get("account") for deal, row in deals.items()}
    rows = [{"id": f"L-{n}", **fields.values} for n, fields in enumerate(listed(parts, "ledger"), start=1)]
    return "\n".join(json.dumps(_completed(row, account_of, people)) for row in rows)


def _completed(written: Parts, account_of: Parts, people: Roster) -> Parts:
    row = {"person": DEFAULT_SENDER, "recipient": DEFAULT_TO, "made_at": _USUAL_MADE_AT, "state": "open", **written}
    row.setdefault("account", account_of.get(str(row.get("deal_id"))))
    owner = people.person(str(row["person"])) or people.everybody()[0]
    draft = Draft(action="reply", agent="x", on_behalf_of=owner.id, to=(DEFAULT_TO,), text=str(row["text"]))
    made_at = datetime.fromisoformat(str(row["made_at"]))
    for promise in extract_findings(draft, sender=owner, at=made_at).commitments[:1]:
        read = {
            "action": promise.action,
            "object": promise.object,
            "kind": promise.kind.value,
            "strength": promise.strength.value,
            "due_day": promise.due_day.isoformat() if promise.due_day else None,
        }
        row = {**read, **row}
    return row
