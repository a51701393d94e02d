"""The ledger: what was promised, and what became of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from app.api.access import House, LedgerReader, LedgerWriter
from app.core.commitments import CommitmentState
from app.ledger import service
from app.records import commitment_record

router = APIRouter(prefix="/commitments", tags=["commitments"])


class Settled(BaseModel):
    """What became of a promise."""

    model_config = ConfigDict(extra="forbid")

    state: CommitmentState
    reason: Annotated[str, Field(max_length=2000)] = ""
    hours: float | None = None
    """With `kept`: what keeping it cost."""


@router.get("")
def listed(
    services: House,
    caller: LedgerReader,  # noqa: ARG001 - the right to read
    state: CommitmentState | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> list[dict[str, Any]]:
    """Commitments by due moment, those without one last; `standing` says which are due soon or overdue."""
    now = services.clock.now()
    with services.store.read() as reader:
        return [commitment_record(entry, now=now) for entry in service.entries(reader, state=state, limit=limit)]


@router.patch("/{commitment_id}")
def settle(commitment_id: str, body: Settled, services: House, caller: LedgerWriter) -> dict[str, Any]:
    """Say what became of a promise, in the name of the token's person."""
    now = services.clock.now()
    entry = service.settle(
        services.store,
        commitment_id,
        body.state,
        person=caller.person,
        reason=body.reason,
        now=now,
        hours=body.hours,
    )
    return commitment_record(entry, now=now)
