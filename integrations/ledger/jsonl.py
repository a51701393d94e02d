"""Promises from before Countersign: `ledger.jsonl`, one a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.core.commitments import CommitmentState, LedgerEntry
from app.core.errors import InvalidWorld
from app.core.facts import Person
from app.core.findings import Kind, Strength
from app.core.ports import People
from app.core.things import scarce_thing
from integrations.fields import Fields, record
from integrations.files import FactFile, json_of

_FILE = "ledger.jsonl"


def read_ledger(path: Path, people: People, *, as_of: datetime | None = None) -> tuple[LedgerEntry, ...]:
    """The file's promises, in its order. `as_of` stands in for a missing `made_at`; None: the file's own time.

    Raises InvalidWorld, which names the line and the field.
    """
    file = FactFile(path, source="ledger", parse=bytes.splitlines, as_of=as_of)
    entries: list[LedgerEntry] = []
    seen: set[str] = set()
    for index, line in enumerate(file.read()):
        if not line.strip():
            continue
        value = json_of(line, file=_FILE, line=index)
        fields = record(value, file=f"{_FILE} line {index + 1}")
        entry = _entry(fields, people, number=index + 1, as_of=file.as_of())
        if entry.id in seen:
            raise InvalidWorld(f"{entry.id!a} is there twice", field=fields.place("id"))
        seen.add(entry.id)
        entries.append(entry)
    return tuple(entries)


def _entry(fields: Fields, people: People, *, number: int, as_of: datetime) -> LedgerEntry:
    owner = people.person(fields.text("person"))
    due_day = _due_day(fields)
    text, object_ = fields.text("text", ""), fields.optional_text("object")
    kind = fields.one_of("kind", Kind, Kind.OTHER, [*Kind])
    return LedgerEntry(
        id=fields.text("id", f"ledger-{number}"),
        person=owner.id if owner else fields.text("person"),
        recipient=fields.text("recipient", ""),
        text=text,
        action=fields.optional_text("action"),
        object=object_,
        kind=kind,
        strength=fields.one_of("strength", Strength, Strength.FIRM, [*Strength]),
        due_day=due_day,
        due_at=fields.moment("due_at") or _end_of(due_day, owner),
        state=fields.one_of("state", CommitmentState, CommitmentState.OPEN, [*CommitmentState]),
        made_at=fields.moment("made_at") or as_of,
        deal_id=fields.optional_text("deal_id"),
        account=fields.optional_text("account"),
        thing=scarce_thing(kind=kind, object=object_, text=text),
        hours=fields.number("hours"),
    )


def _due_day(fields: Fields) -> date | None:
    """`due_day`, or a `due` that is a day or a record with one."""
    due = fields.values.get("due")
    if fields.has("due_day") or due is None:
        return fields.day("due_day")
    if isinstance(due, Mapping):
        return record(due, file=fields.file, path="due").day("due_day")
    return fields.day("due")


def _end_of(day: date | None, owner: Person | None) -> datetime | None:
    if day is None:
        return None
    try:
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(owner.timezone if owner else "UTC"))
        return midnight.astimezone(UTC)
    except OverflowError:
        return None
