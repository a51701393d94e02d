"""What the trail says became of each commitment, held against the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.audit.chain import ChainedEvent
from app.core.commitments import CommitmentState
from app.core.errors import AuditBroken
from app.store.ledger import EntryState

States = dict[str, str | None]
"""The state of each commitment by its id; None where it is still what it was when it was imported."""

_ENDS = {f"commitment.{state.value}": state.value for state in CommitmentState}


def hear(states: States, event: ChainedEvent) -> None:
    """Take in what an event says of commitments, in the order of the chain. Other events say nothing."""
    if event.kind == "ledger.imported":
        states.update(dict.fromkeys(event.facts["commitments"]))
    elif event.kind == "commitment.opened":
        states[event.facts["commitment"]] = CommitmentState.OPEN.value
    elif event.kind in _ENDS:
        states[event.facts["commitment"]] = _ENDS[event.kind]


def compare_promises(entries: Iterable[EntryState], told: Mapping[str | None, States]) -> None:
    """Hold the ledger's entries against what is told of them, by the draft that made them. Raises AuditBroken."""
    seen: set[str] = set()
    for entry in entries:
        states = told.get(entry.draft_id, {})
        if entry.id not in states:
            raise AuditBroken(f"commitment {entry.id} is in the ledger, but the trail does not know it")
        if entry.state != (states[entry.id] or entry.first):
            raise AuditBroken(f"commitment {entry.id} is not what the trail says became of it: its state was changed")
        seen.add(entry.id)
    gone = {commitment for states in told.values() for commitment in states} - seen
    if gone:
        raise AuditBroken(f"commitment {min(gone)} is in the trail but its row is gone")
