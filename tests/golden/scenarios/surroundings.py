"""A scenario's world behind the gate's ports: real providers over files where they are cheap, else plain lists."""

from __future__ import annotations

import atexit
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from app.core.codec import from_record
from app.core.facts import ApprovedStatement, PriceFloor, SequencePlan
from app.core.ports import OpenPromises, World
from app.trial import ListedPromises
from integrations.crm.sample import SampleCrm
from integrations.documents.library import FileLibrary
from integrations.documents.reader import read_file
from integrations.ledger.jsonl import read_ledger
from integrations.people.roster import Roster
from tests.golden.scenarios.files import file_bytes
from tests.golden.scenarios.gaps import ledger_with_gaps, with_gaps
from tests.golden.scenarios.history import Outbox
from tests.golden.scenarios.overlay import Parts, parts_of
from tests.golden.scenarios.ports import ListedApproved, ListedCalendars, ListedConversations, ListedSequences
from tests.golden.scenarios.rows import calendars, conversations, ledger_lines, listed
from tests.golden.scenarios.scenario import Scenario

OWN_DOMAIN = "larkspur.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """All that a draft is judged against."""

    world: World
    promises: OpenPromises
    outbox: Outbox
    library: Path
    """The folder with the files that the library's entries name."""


def build(scenario: Scenario, folder: Path) -> Surroundings:
    """The scenario's world, its files in `folder`. Raises InvalidWorld or ValueError with what is wrong."""
    parts = parts_of(scenario)
    people = _roster(json.dumps(parts["people"]))
    ledger = _written(folder / "ledger.jsonl", ledger_lines(parts, people))
    promises = ListedPromises(read_ledger(ledger, people, as_of=scenario.now))
    world = _world(parts, people, scenario, folder)
    return Surroundings(
        world=with_gaps(world, scenario.failing, scenario.stale),
        promises=ledger_with_gaps(promises, scenario.failing),
        outbox=Outbox(sent=listed(parts, "history"), waiting=listed(parts, "waiting")),
        library=folder / "library",
    )


@cache
def _roster(text: str) -> Roster:
    """The directory; nearly all scenarios have the same one, and its file takes longer to read than the others."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Roster(_written(Path(folder.name) / "people.yaml", text))


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def _world(parts: Parts, people: Roster, scenario: Scenario, folder: Path) -> World:
    now = scenario.now
    book = {name: parts[name] for name in ("accounts", "contacts", "deals")}
    approved = cast("Parts", parts["approved"])
    return World(
        people=people,
        crm=SampleCrm(_written(folder / "crm.json", json.dumps(book)), as_of=now),
        calendars=ListedCalendars(slots=calendars(parts, people), at=now),
        library=FileLibrary(_library(parts, folder / "library"), as_of=now),
        approved=ListedApproved(
            listed=[from_record(ApprovedStatement, row) for row in _keyed(approved.get("statements"), "id")],
            floors=[from_record(PriceFloor, row) for row in _keyed(approved.get("price_floors"), "product")],
            at=now,
        ),
        conversations=ListedConversations(threads=conversations(parts), at=now),
        sequences=ListedSequences(
            plans={str(row["id"]): from_record(SequencePlan, row) for row in _keyed(parts["sequences"], "id")}, at=now
        ),
        read_file=read_file,
        own_domains=(OWN_DOMAIN,),
    )


def _keyed(value: object, key: str) -> Iterator[dict[str, object]]:
    for name, row in cast("Mapping[str, Parts]", value or {}).items():
        yield {key: name, **row}


def _library(parts: Parts, shelf: Path) -> Path:
    """The listing, with a file beside it for each of its entries."""
    shelf.mkdir()
    entries = []
    for entry in _keyed(parts["library"], "file"):
        file, words = str(entry["file"]), str(entry.pop("text", entry.get("title", "")))
        (shelf / file).write_bytes(file_bytes(file, words))
        entries.append(entry)
    return _written(shelf / "library.yaml", json.dumps(entries))
