"""Reading and verifying the trail."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app import desk
from app.actions.vouched import compare_actions
from app.audit.chain import ChainedEvent, Head, verify
from app.audit.lines import read_lines
from app.audit.vouched import HouseEvents, compare_drafts, compare_house
from app.core.errors import AuditBroken, InvalidInput
from app.core.facts import Person
from app.core.ports import People
from app.permissions import Operation, require
from app.permissions.relations import to_draft
from app.store.store import Reader
from extractors.lazily import compiled

_HEAD = compiled(r"(\d{1,18}):(sha256:[0-9a-f]{64})")


def trail(reader: Reader, *, draft_id: str | None = None, limit: int = 100) -> Sequence[ChainedEvent]:
    """The newest events, of one draft or of all, oldest of them first."""
    if draft_id is None:
        return list(reversed(reader.audit.newest(limit=limit)))
    return list(deque(reader.audit.events(draft_id=draft_id), maxlen=limit))


def trail_for(
    reader: Reader, *, person: Person | None, people: People, draft: str | None = None, limit: int = 100
) -> Sequence[ChainedEvent]:
    """What `trail` gives, of the draft with this id, client id or beginning of an id, as this person may read it.

    None is the operator of this machine. Raises NotFound for a draft that the person may not read, NotPermitted where
    they may not read the whole trail, InvalidInput where several ids begin so.
    """
    if draft is None:
        if person is not None:
            require(person, Operation.AUDIT_VIEW, doing="read the whole trail; name a draft")
        return trail(reader, limit=limit)
    standing = desk.find(reader, draft, person=person, people=people)
    if person is not None:
        relations = to_draft(person, standing, people)
        require(person, Operation.AUDIT_VIEW, relations, doing=f"read the trail of draft {standing.row.id}")
    return trail(reader, draft_id=standing.row.id, limit=limit)


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
    """How many drafts stand where the trail says they stand, with all that belongs to them."""


def verify_store(reader: Reader, *, person: Person | None = None, expected: Head | None = None) -> Verified:
    """Verify the chain, its head, and that the rows still say what the trail vouches for.

    Without a person: for the operator of this machine. Give it a snapshot where others may be writing: it reads the
    database more than once. Raises AuditBroken, NotPermitted.
    """
    if person is not None:
        require(person, Operation.AUDIT_VERIFY, doing="verify the trail")
    house = HouseEvents()

    def heard() -> Iterator[ChainedEvent]:
        for event in reader.audit.events():
            yield event
            house.hear(event)  # after the walk has found that it fits

    try:
        head = _walk(heard(), end=reader.audit.head(), expected=expected)
        compare_house(reader, house)
        compare_actions(reader)
        return Verified(head=head, drafts=compare_drafts(reader))
    except (ValueError, TypeError, RecursionError) as error:
        raise AuditBroken(f"what is kept cannot be read any more, so it was changed: {error}") from error


def _walk(events: Iterable[ChainedEvent], *, end: Head | None = None, expected: Head | None) -> Head:
    """Verify the chain; with `expected`, also that the event with its number is the one that was noted down."""

    def held() -> Iterator[ChainedEvent]:
        for event in events:
            if expected is not None and event.seq == expected.seq and event.hash != expected.hash:
                raise AuditBroken(
                    f"event {event.seq} is not the one that was noted down: {expected.hash}", seq=event.seq
                )
            yield event

    head = verify(held(), head=end)
    if expected is not None and head.seq < expected.seq:
        raise AuditBroken(
            f"the chain ends at event {head.seq}, but {expected.seq} was noted down: "
            "events were cut off or rewritten",
            seq=head.seq + 1,
        )
    return head


def export_lines(reader: Reader, *, person: Person | None = None) -> Iterator[str]:
    """The whole trail as JSON lines in ASCII, to be kept and verified elsewhere.

    Without a person: for the operator of this machine. Raises NotPermitted.
    """
    if person is not None:
        require(person, Operation.AUDIT_EXPORT, doing="export the trail")
    return (json.dumps(event.record(), ensure_ascii=True, separators=(",", ":")) for event in reader.audit.events())


def verify_lines(lines: Iterable[str], *, expected: Head | None = None) -> Head:
    """Verify an exported trail, without the database; it may go on after the expected head.

    Raises AuditBroken, or InvalidInput naming the line.
    """
    return _walk(read_lines(lines), expected=expected)
