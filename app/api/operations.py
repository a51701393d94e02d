"""The trail."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.api.access import AuditReader, House
from app.audit.service import trail_for
from app.records import event_record

router = APIRouter(tags=["operations"])


@router.get("/audit")
def audit(
    services: House,
    caller: AuditReader,
    draft: str | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> list[dict[str, Any]]:
    """The newest events of the trail, of one draft or of all, oldest of them first; exactly as they were hashed."""
    with services.store.read() as reader:
        people = services.opened.world.people
        events = trail_for(reader, person=caller.person, people=people, draft=draft, limit=limit)
        return [event_record(event) for event in events]
