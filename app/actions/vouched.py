"""What the trail vouches for, held against the rows of actions: where they stand, what they are, what was judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.audit.chain import ChainedEvent
from app.audit.rows import Told, compare_rows, hear_rows
from app.core.actions import action_digest
from app.core.assessment import Assessment
from app.core.codec import from_json
from app.core.digest import sha256_of
from app.core.errors import AuditBroken
from app.store.action_rows import ActionRow
from app.store.store import Reader

_PAGE = 100


def compare_actions(reader: Reader) -> int:
    """Hold every action, its verdicts and what was said to it against its events. Returns how many there are.

    An event is believed: the chain was walked before. Raises AuditBroken.
    """
    count, last = 0, ""
    while rows := reader.actions.page(after=last, limit=_PAGE):
        last = rows[-1].id
        count += len(rows)
        ids = [row.id for row in rows]
        events = reader.audit.of_drafts(ids)
        for row in rows:
            _compare(reader, row, events[row.id])
        compare_rows(reader.vouched.of_drafts(ids), _told_of_rows(ids, events))
    return count


def _compare(reader: Reader, row: ActionRow, events: Sequence[ChainedEvent]) -> None:
    moves = [event.facts for event in events if "version" in event.facts]
    told = (moves[-1]["state"], moves[-1]["version"], moves[-1]["digest"]) if moves else None
    if told != (row.state.value, row.version, row.digest):
        raise AuditBroken(f"action {row.id} is not where the trail left it: its row was changed")
    judged = [event for event in events if "verdict_sha256" in event.facts]
    verdicts = reader.actions.verdicts_of(row.id)
    if [number for number, _, _ in verdicts] != list(range(1, len(judged) + 1)) or row.revision != len(judged):
        raise AuditBroken(f"action {row.id} has {len(verdicts)} verdicts; the trail tells of {len(judged)}")
    for (number, digest, text), event in zip(verdicts, judged, strict=True):
        version = from_json(Assessment, text).ruling.policy_version
        kept = (digest, sha256_of(text.encode()), action_digest(row.action, version))
        if kept != (event.facts["digest"], event.facts["verdict_sha256"], event.facts["digest"]):
            raise AuditBroken(f"action {row.id} is not what was judged: it or verdict {number} was changed")
    _compare_hands(row, events)


def _compare_hands(row: ActionRow, events: Sequence[ChainedEvent]) -> None:
    """The claim and the report are those that the trail tells of."""
    claimed = [event for event in events if event.kind == "action.claimed"]
    claim = (row.claim.id, row.claim.executor, row.claim.person) if row.claim else None
    told = (claimed[-1].facts["claim"], claimed[-1].actor, claimed[-1].facts["person"]) if claimed else None
    if claim != told:
        raise AuditBroken(f"action {row.id} was not claimed as the trail tells")
    reported = [event for event in events if event.kind in ("action.done", "action.failed")]
    report = (f"action.{row.report.outcome}", row.report.by, row.report.reason) if row.report else None
    if report != ((reported[-1].kind, reported[-1].actor, reported[-1].facts["reason"]) if reported else None):
        raise AuditBroken(f"action {row.id} was not reported on as the trail tells")


def _told_of_rows(ids: Sequence[str], events: Mapping[str, Sequence[ChainedEvent]]) -> Mapping[str | None, Told]:
    told: dict[str | None, Told] = {}
    for action_id in ids:
        told[action_id] = {}
        for event in events[action_id]:
            hear_rows(told[action_id], event)
    return told
