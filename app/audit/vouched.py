"""What the trail vouches for, held against the rows: drafts with all that belongs to them, policies, commitments.

The rows are read in pages, together with the events about them. An event is believed: the chain was walked before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.audit.chain import ChainedEvent
from app.audit.policies import PolicyEvents, compare_proposals, compare_published
from app.audit.promises import States, compare_promises, hear
from app.audit.promotions import Told, compare_promotions, hear_promotion
from app.audit.rows import TakingOver, compare_rows, hear_rows
from app.audit.rows import Told as ToldRows
from app.core.assessment import Assessment
from app.core.codec import from_json
from app.core.digest import draft_digest, sha256_of
from app.core.drafts import Draft
from app.core.errors import AuditBroken
from app.store.drafts import Revision
from app.store.rows import DraftRow, SendIntent
from app.store.store import Reader
from app.trail import judged

_PAGE = 100

Events = Mapping[str, Sequence[ChainedEvent]]


@dataclass(kw_only=True, slots=True)
class HouseEvents:
    """What the events of no draft say. They are few, so they are kept while the chain is walked."""

    policies: PolicyEvents = field(default_factory=PolicyEvents)
    promises: States = field(default_factory=dict)
    promotions: Told = field(default_factory=dict)
    rows: ToldRows = field(default_factory=dict)
    taking_over: TakingOver = field(default_factory=TakingOver)

    def hear(self, event: ChainedEvent) -> None:
        """Take in an event, in the order of the chain. Raises AuditBroken where it cannot stand at its place."""
        self.taking_over.hear(event)
        if event.draft_id is not None:
            return
        self.policies.hear(event)
        hear(self.promises, event)
        hear_promotion(self.promotions, event)
        hear_rows(self.rows, event)


def compare_house(reader: Reader, told: HouseEvents) -> None:
    """Hold what belongs to no draft against its events: policies, signatures, stops, absences. Raises AuditBroken."""
    compare_rows(reader.vouched.of_the_house(), {None: told.rows})
    compare_published(reader.policies.every_version(), told.policies.published)
    compare_proposals(reader.proposals.each(), told.policies.proposals)
    compare_promises(reader.ledger.states_of(None), {None: told.promises})
    compare_promotions(reader.autonomy.every_promotion(), told.promotions)


def compare_drafts(reader: Reader) -> int:
    """Hold every draft, and all that belongs to it, against its events. Returns how many. Raises AuditBroken."""
    lost = reader.audit.draft_without_row()
    if lost is not None:
        raise AuditBroken(f"draft {lost} is in the trail but its row is gone")
    count = 0
    for rows in _pages(reader):
        ids = [row.id for row in rows]
        events = reader.audit.of_drafts(ids)
        for row in rows:
            _compare_place(row, events[row.id])
        _compare_revisions(reader, rows, events)
        _compare_sends(reader, ids, events)
        _compare_promises(reader, ids, events)
        _compare_kept(reader, ids, events)
        count += len(rows)
    return count


def _pages(reader: Reader) -> Iterator[Sequence[DraftRow]]:
    last = ""
    while rows := reader.drafts.page(after=last, limit=_PAGE):
        yield rows
        last = rows[-1].id


def _compare_place(row: DraftRow, events: Sequence[ChainedEvent]) -> None:
    moves = [event.facts for event in events if "version" in event.facts]
    told = (moves[-1]["state"], moves[-1]["version"], moves[-1]["digest"]) if moves else None
    if told != (row.state.value, row.version, row.digest):
        raise AuditBroken(f"draft {row.id} is not where the trail left it: its row was changed")


# ── revisions: one for each verdict that the trail tells of ───────────────────────────────────────────────────


def _compare_revisions(reader: Reader, rows: Sequence[DraftRow], events: Events) -> None:
    verdicts = {row.id: [event for event in events[row.id] if "checks" in event.facts] for row in rows}
    seen = dict.fromkeys(verdicts, 0)
    for revision in reader.drafts.revisions_of(list(verdicts)):
        told = verdicts[revision.draft_id]
        seen[revision.draft_id] += 1
        if revision.number != seen[revision.draft_id] or revision.number > len(told):
            raise AuditBroken(f"draft {revision.draft_id} has a revision {revision.number} too many, or lacks one")
        _compare_revision(revision, told[revision.number - 1])
    for row in rows:
        told = verdicts[row.id]
        if not seen[row.id] == row.revision == len(told):
            raise AuditBroken(f"draft {row.id} has {seen[row.id]} revisions; the trail tells of {len(told)}")
        if told[-1].facts["digest"] != row.digest:
            raise AuditBroken(f"draft {row.id} is not its revision {row.revision}: its digest is another")


def _compare_revision(revision: Revision, event: ChainedEvent) -> None:
    name = f"revision {revision.number} of draft {revision.draft_id}"
    try:
        draft, verdict = from_json(Draft, revision.content), from_json(Assessment, revision.verdict)
    except ValueError:
        raise AuditBroken(f"{name} is not what was judged: it cannot be read any more") from None
    digest = event.facts["digest"]
    found = {
        "content": draft_digest(draft, verdict.ruling.policy_version) == digest,
        "digest": revision.digest == digest,
        "verdict": verdict.digest == digest,
        "author": revision.author == event.actor,
        "facts": _sum(revision.facts) == event.facts.get("facts_sha256"),
    }
    facts = judged(event.kind, event.actor, draft, verdict, verdict=revision.verdict).facts
    found |= {fact: value == event.facts[fact] for fact, value in facts.items() if fact in event.facts}
    changed = [part for part, same in found.items() if not same]
    if changed:
        raise AuditBroken(f"{name} is not what was judged: its {', '.join(changed)} changed after event {event.seq}")


def _sum(text: str | None) -> str | None:
    return sha256_of(text.encode()) if text is not None else None


# ── sends: the bytes that were begun, and whom they reached ───────────────────────────────────────────────────


def _compare_sends(reader: Reader, ids: Sequence[str], events: Events) -> None:
    missing = {
        event.facts["send_id"] for told in events.values() for event in told if event.facts.get("send_id") is not None
    }
    reached = reader.sends.reached(ids)
    for intent in reader.sends.of_drafts(ids):
        missing.discard(intent.send_id)
        changed = _changed_in(intent, events[intent.draft_id], reached.get(intent.send_id, frozenset()))
        if changed:
            raise AuditBroken(f"send {intent.send_id} of draft {intent.draft_id} was changed: {changed}")
    if missing:
        raise AuditBroken(f"send {min(missing)} is in the trail but its row is gone")


def _changed_in(intent: SendIntent, events: Sequence[ChainedEvent], reached: frozenset[str]) -> str:
    told = [event for event in events if event.facts.get("send_id") == intent.send_id]
    raw = hashlib.sha256(intent.raw).hexdigest()
    sums = {intent.raw_sha256, *(event.facts["raw_sha256"] for event in told if "raw_sha256" in event.facts)}
    if not told or sums != {raw}:
        return "its bytes are not those that the trail names"
    judged_so = [event for event in events if "checks" in event.facts and event.facts["digest"] == intent.digest]
    sent = [event for event in told if event.kind == "draft.sent"]
    addressed = [event.facts["recipients"] for event in (*judged_so, *sent)]
    if not judged_so or any(recipients != list(intent.recipients) for recipients in addressed):
        return "its recipients are not those that the trail names"
    if reached != (frozenset(r.lower() for r in intent.recipients) if sent else frozenset()):
        return "the addresses it reached are not those that the trail names"
    receipt = (sent[-1].facts["provider"], sent[-1].facts["provider_id"]) if sent else (None, None)
    if receipt != (intent.provider, intent.provider_id) or (intent.sent_at is not None) != bool(sent):
        return "its receipt is not the one that the trail names"
    return ""


def _compare_promises(reader: Reader, ids: Sequence[str], events: Events) -> None:
    told: dict[str | None, States] = {}
    for draft_id in ids:
        told[draft_id] = {}
        for event in events[draft_id]:
            hear(told[draft_id], event)
    compare_promises(reader.ledger.states_of(ids), told)


def _compare_kept(reader: Reader, ids: Sequence[str], events: Events) -> None:
    told: dict[str | None, ToldRows] = {}
    for draft_id in ids:
        told[draft_id] = {}
        for event in events[draft_id]:
            hear_rows(told[draft_id], event)
    compare_rows(reader.vouched.of_drafts(ids), told)
