"""Threads and sequences as their files have them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.errors import FactUnavailable, InvalidWorld
from app.core.facts import Message, SequencePlan
from integrations.crm.sequences import FileSequences
from integrations.mail.conversations import FileConversations
from tests.unit.integrations.worlds import write

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)


def threads(folder: Path, content: object) -> FileConversations:
    return FileConversations(write(folder / "conversations.json", json.dumps(content)), as_of=NOW)


def sequences(folder: Path, content: str) -> FileSequences:
    return FileSequences(write(folder / "sequences.yaml", content), as_of=NOW)


def message(**changes: object) -> dict[str, object]:
    return {"from": "Dana@acme.example", "to": ["sam@ours.example"], "at": "2026-11-17T09:00:00-05:00", **changes}


def test_a_thread_oldest_first(tmp_path: Path) -> None:
    late = message(at="2026-11-18T09:00:00-05:00", automatic=True, to="sam@ours.example, Lee@BÜCHER.example")
    provider = threads(tmp_path, {"t-1": {"messages": [late, message()]}, "t-2": {}})
    provider.load()

    thread = provider.conversation("t-1")

    assert thread is not None
    assert thread.messages == (
        Message(
            sender="dana@acme.example",
            recipients=("sam@ours.example",),
            at=datetime(2026, 11, 17, 14, tzinfo=UTC),
        ),
        Message(
            sender="dana@acme.example",
            recipients=("sam@ours.example", "lee@xn--bcher-kva.example"),
            at=datetime(2026, 11, 18, 14, tzinfo=UTC),
            automatic=True,
        ),
    )
    empty = provider.conversation("t-2")
    assert empty is not None
    assert empty.messages == ()
    assert provider.conversation("t-3") is None
    assert provider.as_of() == NOW


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"t-1": {"messages": [message(**{"from": "nobody"})]}}, r"conversations\.json \[t-1\]\.messages\[0\]\.from"),
        ({"t-1": {"messages": [message(to=[])]}}, r"messages\[0\]\.to: is missing"),
        ({"t-1": {"messages": [message(to=["x"])]}}, r"to: must be one address"),
        ({"t-1": {"messages": [message(at=None)]}}, r"messages\[0\]\.at: is missing"),
        ({"t-1": {"messages": [message(at="noon")]}}, r"at: must be a moment"),
        ({"t-1": {"messages": [message(automatic="maybe")]}}, r"automatic: must be true or false"),
        ({"t-1": {"messages": {"0": message()}}}, r"messages: must be a list"),
        ([{"id": "t-1"}, {"id": "t-1"}], r"\[1\]\.id: 't-1' is there twice"),
        ("no", r"must be a list"),
    ],
)
def test_threads_that_cannot_be_read(tmp_path: Path, content: object, place: str) -> None:
    provider = threads(tmp_path, content)

    with pytest.raises(InvalidWorld, match=place):
        provider.load()
    with pytest.raises(FactUnavailable, match="mailbox"):
        provider.conversation("t-1")


def test_a_mailbox_that_went_away(tmp_path: Path) -> None:
    provider = FileConversations(tmp_path / "conversations.json")

    with pytest.raises(FactUnavailable, match="mailbox"):
        provider.conversation("t-1")
    with pytest.raises(FactUnavailable, match="mailbox"):
        provider.as_of()


@pytest.mark.parametrize(
    "content",
    [
        "spring: {steps: 4, days_between: 3}\nwinter: {steps: '2', ended: yes}\n",
        "sequences:\n  - {id: spring, steps: 4, days_between: 3}\n  - {id: winter, steps: 2, ended: true}\n",
    ],
)
def test_sequences_as_planned(tmp_path: Path, content: str) -> None:
    provider = sequences(tmp_path, content)
    provider.load()

    assert provider.sequence("spring") == SequencePlan(id="spring", steps=4, days_between=3)
    assert provider.sequence("winter") == SequencePlan(id="winter", steps=2, ended=True)
    assert provider.sequence("autumn") is None
    assert provider.as_of() == NOW


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("spring: {}", r"sequences\.yaml \[spring\]\.steps: must be the number of its steps"),
        ("spring: {steps: 0}", r"steps: must be the number of its steps"),
        ("spring: {steps: 2.5}", r"steps: must be a whole number"),
        ("spring: {steps: 2, days_between: soon}", r"days_between: must be a number"),
        ("- {id: a, steps: 1}\n- {id: a, steps: 1}", r"\[1\]\.id: 'a' is there twice"),
        ("- {steps: 1}", r"id: is missing"),
    ],
)
def test_sequences_that_cannot_be_read(tmp_path: Path, content: str, place: str) -> None:
    provider = sequences(tmp_path, content)

    with pytest.raises(InvalidWorld, match=place):
        provider.load()
    with pytest.raises(FactUnavailable, match="sequences"):
        provider.sequence("a")
