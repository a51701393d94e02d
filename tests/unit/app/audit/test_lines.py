"""An exported trail is read strictly, whatever is in the file: a clear refusal, never a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.audit.chain import Event, Head, chain
from app.audit.service import verify_lines
from app.core.errors import AuditBroken, InvalidInput

EVENTS = chain(
    [
        Event(kind="draft.submitted", actor="agent:bot", draft_id="dr_1", facts={"n": 1, "list": [1.5, None, "ü"]}),
        Event(kind="draft.rejected", actor="person:ruth", draft_id="dr_1", facts={"reason": "no \ud800"}),
        Event(kind="policy.published", actor="gate", facts={}),
    ],
    after=Head(),
    at="2026-11-18T15:00:00.000000+00:00",
)
LINES = [json.dumps(event.record()) for event in EVENTS]


def heads() -> list[Head]:
    return [Head(seq=event.seq, hash=event.hash) for event in EVENTS]


def test_a_whole_export_verifies_against_any_head_that_was_noted_down() -> None:
    for head in heads():
        assert verify_lines(LINES, expected=head) == heads()[-1]


def test_a_head_that_was_noted_down_is_held_against_its_event() -> None:
    for head in heads():
        with pytest.raises(AuditBroken, match="is not the one that was noted down"):
            verify_lines(LINES, expected=Head(seq=head.seq, hash="sha256:other"))
    with pytest.raises(AuditBroken, match="cut off"):
        verify_lines(LINES[:2], expected=heads()[2])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"actor": ', '"actor": "person:eve", "actor": ', "names 'actor' twice"),
        ('"n": 1', '"n": 2, "n": 1', "names 'n' twice"),
        ('"n": 1', '"n": NaN', "holds NaN"),
        ('"n": 1', '"n": Infinity', "holds Infinity"),
        ('"n": 1', '"n": -Infinity', "holds -Infinity"),
        ('"n": 1', '"n": 1e999', "too large"),
        ('"n": 1', f'"n": {"9" * 5000}', "is not JSON"),
        ('"n": 1', f'"n": {"[" * 100_000}', "is not JSON"),
        ('"n": 1', f'"n": {"[" * 100_000}{"]" * 100_000}', "is not JSON"),
        ('"n": 1', '"n": ', "is not JSON"),
        ('"kind": ', '"kinds": ', "is not an event"),
        ('"kind": ', '"more": 1, "kind": ', "is not an event"),
    ],
)
def test_what_readers_could_take_in_two_ways_is_refused_by_its_line(old: str, new: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        verify_lines(["", LINES[0].replace(old, new, 1), *LINES[1:]])
    assert refused.value.field == "line 2"


@pytest.mark.parametrize("field", EVENTS[0].record())
@pytest.mark.parametrize("value", ["1", 1, 1.0, True, None, [], {}, ["x"]], ids=repr)
def test_a_value_of_another_type_is_a_broken_trail(field: str, value: Any) -> None:
    for number, line in enumerate(LINES):
        record = json.loads(line)
        forged = json.dumps({**record, field: value})
        if json.loads(forged) == record and type(record[field]) is type(value):
            continue
        with pytest.raises(AuditBroken):
            verify_lines([*LINES[:number], forged, *LINES[number + 1 :]])
