"""Promises from before Countersign: what stands in the file, and what is made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.commitments import LedgerEntry
from app.core.errors import InvalidWorld
from integrations.ledger.jsonl import read_ledger
from integrations.people.roster import Roster


def entry(folder: Path, **fields: object) -> LedgerEntry:
    people, ledger = folder / "people.yaml", folder / "ledger.jsonl"
    people.write_text("- {id: maya, email: maya@ours.example, name: Maya Stern}\n", encoding="utf-8")
    ledger.write_text(json.dumps({"person": "maya", **fields}), encoding="utf-8")
    (read,) = read_ledger(ledger, Roster(people))
    return read


def test_the_scarce_thing_is_read_from_the_words(tmp_path: Path) -> None:
    slot = entry(tmp_path, text="We'll keep the last pilot slot for you", object="the last pilot slot")
    person = entry(tmp_path, text="Tom Bright will be on site with you", kind="resource")

    assert slot.thing == "slot:pilot"
    assert person.thing == "person:tom"
    assert entry(tmp_path, text="I'll send the plan", object="the plan").thing is None


def test_what_keeping_it_cost_is_read(tmp_path: Path) -> None:
    assert entry(tmp_path, state="kept", hours=2.5).hours == 2.5
    assert entry(tmp_path, state="kept").hours is None
    with pytest.raises(InvalidWorld, match="line 1 hours: must be a number of at least 0"):
        entry(tmp_path, state="kept", hours="long")
