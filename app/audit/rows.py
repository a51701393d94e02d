"""Approvals, decisions, outcomes, stops and the like: each row held against the sum that the trail has of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.audit.chain import ChainedEvent
from app.core.errors import AuditBroken
from app.store.vouched import SummedRow

Told = dict[tuple[str, str], str]
"""The sum of each row as the trail told it last, by table and key."""

TAKEN_OVER = "rows.taken_over"
"""The event that vouches for rows from before the trail had sums of rows."""

_CALLED: Mapping[str, str] = {
    "approvals": "approval",
    "decisions": "decision",
    "remarks": "remark",
    "outcomes": "the outcome of draft",
    "incidents": "incident",
    "samples": "the sample of draft",
    "stops": "stop",
    "absences": "absence",
    "promotions": "promotion",
    "policy_proposals": "proposed policy",
    "action_approvals": "approval",
    "action_decisions": "decision",
    "action_remarks": "remark",
}


def hear_rows(told: Told, event: ChainedEvent) -> None:
    """Take in what an event says of rows, in the order of the chain."""
    for table, rows in event.facts.get("rows", {}).items():
        told.update({(table, key): sha256 for key, sha256 in rows.items()})


def compare_rows(rows: Iterable[SummedRow], told: Mapping[str | None, Told]) -> None:
    """Hold the rows against what is told of them, by the draft to which they belong. Raises AuditBroken."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        place = (row.table, row.key)
        known = told.get(row.draft_id, {}).get(place)
        if known is None:
            raise AuditBroken(f"{_name(*place)} is there, but the trail does not know it{_of(row.draft_id)}")
        if known != row.sha256:
            raise AuditBroken(f"{_name(*place)} is not what the trail vouches for: its row was changed")
        seen.add(place)
    gone = {place for of_draft in told.values() for place in of_draft} - seen
    if gone:
        raise AuditBroken(f"{_name(*min(gone))} is in the trail but its row is gone")


class TakingOver:
    """Rows may be vouched for as they are found only at the beginning, before the trail has a sum of any row."""

    def __init__(self) -> None:
        self._begun = False

    def hear(self, event: ChainedEvent) -> None:
        """Take in an event, in the order of the chain. Raises AuditBroken where rows were taken over later."""
        if "rows" not in event.facts:
            return
        if event.kind != TAKEN_OVER:
            self._begun = True
        elif self._begun:
            raise AuditBroken(f"event {event.seq} takes rows over as they are, long after all rows were vouched for")


def _name(table: str, key: str) -> str:
    return f"{_CALLED[table]} {key}"


def _of(draft_id: str | None) -> str:
    return f" as one of draft {draft_id}" if draft_id is not None else ""
