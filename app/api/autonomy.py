"""What agents have earned, samples of what left unattended, and incidents.

Nothing is signed here: a program would sign for a program. People sign on the command line.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from app.api.access import DraftReader, House, PolicyReader, Resolver
from app.autonomy import incidents, promotions, samples
from app.core.autonomy import Look
from app.core.codec import to_record
from app.permissions import Operation, require
from app.records import earning_record

router = APIRouter(tags=["autonomy"])

_Reason = Annotated[str, Field(max_length=2000)]


class WentWrong(BaseModel):
    """What went wrong with a mail that was sent."""

    model_config = ConfigDict(extra="forbid")

    reason: _Reason


class Looked(BaseModel):
    """What a person saw in a sample; an incident needs a reason."""

    model_config = ConfigDict(extra="forbid")

    look: Look
    reason: _Reason = ""


@router.get("/autonomy")
def autonomy(services: House, caller: PolicyReader) -> list[dict[str, Any]]:
    """Every agent, kind of mail and tier with its outcomes, its lower bound, and what is proposed or signed."""
    require(caller.person, Operation.AUTONOMY_VIEW, doing="see what agents have earned")
    with services.store.read() as reader:
        found = promotions.overview(reader, services.gate.policy.read(reader))
    return [earning_record(each) for each in found]


@router.post("/drafts/{draft_id}/incidents", status_code=HTTPStatus.CREATED)
def incident(draft_id: str, body: WentWrong, services: House, caller: Resolver) -> dict[str, Any]:
    """Record that a mail should not have been sent. The same words twice are one incident."""
    made = incidents.record_incident(
        services.store,
        services.ids,
        services.opened.world.people,
        draft_id,
        reason=body.reason,
        person=caller.person,
        now=services.clock.now(),
    )
    return to_record(made)


@router.get("/samples")
def list_samples(
    services: House,
    caller: DraftReader,
    looked_at: Annotated[bool, Query(description="Those that somebody has looked at.")] = False,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[dict[str, Any]]:
    """Mails that left unattended and wait for a look, oldest first; of those, only what the caller may look at."""
    with services.store.read() as reader:
        found = samples.listed(reader, person=caller.person, looked_at=looked_at, limit=limit)
    return [to_record(each) for each in found]


@router.post("/samples/{draft_id}/look")
def look(draft_id: str, body: Looked, services: House, caller: Resolver) -> dict[str, Any]:
    """Say what you saw in a sample."""
    seen = samples.look(
        services.store,
        services.ids,
        services.opened.world.people,
        draft_id,
        seen=body.look,
        reason=body.reason,
        person=caller.person,
        now=services.clock.now(),
    )
    return to_record(seen)
