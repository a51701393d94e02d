"""Reading and verifying the trail."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.audit.chain import ChainedEvent, Head, verify
from app.core.errors import AuditBroken, InvalidInput
from app.store.store import Reader

_FIELDS = frozenset(ChainedEvent.__slots__)

_HEAD = re.compile(r"(\d{1,18}):(sha256:[0-9a-f]{64})")


def trail(reader: Reader, *, draft_id: str | None = None, limit: int = 100) -> Sequence[ChainedEvent]:
    """The newest events, of one draft or of all, oldest of them first."""
    if draft_id is None:
        return list(reversed(reader.audit.newest(limit=limit)))
    return list(deque(reader.audit.events(draft_id=draft_id), maxlen=limit))


def head_text(head: Head) -> str:
    """A head as it is noted down: `SEQ:HASH`."""
    return f"{head.seq}:{head.hash}"


def parse_head(text: str) -> Head:
    """A head that was noted down. Raises InvalidInput."""
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        raise InvalidInput("is no head; write it as it was noted down, such as 42:sha256:…", field=text[:40])
    return Head(seq=int(match[1]), hash=match[2])


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """The trail is whole. Keep the head somewhere else: it proves later that nothing before it was changed."""

    head: Head
    drafts: int
    """How many drafts stand where the trail says they stand."""


def verify_store(reader: Reader, *, expected: Head | None = None) -> Verified:
    """Verify the chain, its head, and that every draft stands where its last event put it. Raises AuditBroken."""
    last_moves: dict[str, ChainedEvent] = {}

    def watched() -> Iterator[ChainedEvent]:
        for event in reader.audit.events():
            if event.draft_id is not None and "version" in event.facts:
                last_moves[event.draft_id] = event
            if expected is not None and event.seq == expected.seq and event.hash != expected.hash:
                raise AuditBroken(
                    f"event {event.seq} is not the one that was noted down: {expected.hash}", seq=event.seq
                )
            yield event

    head = verify(watched(), head=reader.audit.head())
    if expected is not None and head.seq < expected.seq:
        raise AuditBroken(f"the chain ends at event {head.seq}; {expected.seq} was noted down", seq=head.seq + 1)
    return Verified(head=head, drafts=_compare_drafts(reader, last_moves))


def _compare_drafts(reader: Reader, last_moves: dict[str, ChainedEvent]) -> int:
    count = 0
    for draft_id, state, version, digest in reader.drafts.positions():
        event = last_moves.pop(draft_id, None)
        told = event and (event.facts["state"], event.facts["version"], event.facts["digest"])
        if told != (state, version, digest):
            raise AuditBroken(f"draft {draft_id} is not where the trail left it: its row was changed")
        count += 1
    if last_moves:
        raise AuditBroken(f"draft {next(iter(last_moves))} is in the trail but its row is gone")
    return count


def export_lines(reader: Reader) -> Iterator[str]:
    """The whole trail as JSON lines, to be kept and verified elsewhere."""
    for event in reader.audit.events():
        yield json.dumps(event.record(), ensure_ascii=False, separators=(",", ":"))


def verify_lines(lines: Iterable[str], *, expected: Head | None = None) -> Head:
    """Verify an exported trail, without the database. Raises AuditBroken, or InvalidInput naming the line."""
    return verify((_event(line, number) for number, line in enumerate(lines, 1) if line.strip()), head=expected)


def _event(line: str, number: int) -> ChainedEvent:
    try:
        record = json.loads(line)
    except ValueError:
        raise InvalidInput("is not JSON; give a file made by `audit export`", field=f"line {number}") from None
    if not isinstance(record, dict) or set(record) != _FIELDS or not isinstance(record["facts"], dict):
        raise InvalidInput("is not an event of the trail", field=f"line {number}")
    return ChainedEvent(**record)
