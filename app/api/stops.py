"""The stop switch and the limits."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from app.api.access import DraftReader, House, Switcher
from app.core.limits import StopScope
from app.limits import switch
from app.limits.overview import limits_in_use
from app.limits.rejudging import judge_freed
from app.records import stop_record, use_record

router = APIRouter(tags=["stops"])

_Reason = Annotated[str, Field(max_length=2000)]


class Stopping(BaseModel):
    """What to stop, and why. `subject` is the agent or the action; it is left out where everything is stopped."""

    model_config = ConfigDict(extra="forbid")

    scope: StopScope
    subject: str = ""
    reason: _Reason


@router.get("/stops")
def stops(
    services: House,
    caller: DraftReader,  # noqa: ARG001 - the right to read
    every: Annotated[bool, Query(alias="all", description="Those that were lifted too.")] = False,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[dict[str, Any]]:
    """What is stopped now, the newest first, each with the number of drafts that wait in review because of it."""
    with services.store.read() as reader:
        found = switch.listed(reader, every=every, limit=limit)
        return [{**stop_record(stop), "held": reader.stops.held(stop.id)} for stop in found]


@router.post("/stops", status_code=HTTPStatus.CREATED)
def stop(body: Stopping, services: House, caller: Switcher) -> dict[str, Any]:
    """Let nothing of this begin to leave, from now on and on every worker. The same stop twice is one."""
    made = switch.stop(
        services.store,
        services.ids,
        scope=body.scope,
        subject=body.subject,
        reason=body.reason,
        person=caller.person,
        now=services.clock.now(),
    )
    return stop_record(made)


@router.delete("/stops/{stop_id}")
def resume(
    stop_id: str, services: House, caller: Switcher, reason: Annotated[str, Query(max_length=2000)] = ""
) -> dict[str, Any]:
    """Lift a stop. Some of what it put into review is judged again at once, the rest by the workers."""
    now = services.clock.now()
    lifted = switch.resume_by_id(services.store, stop_id, reason=reason, person=caller.person, now=now)
    judged = judge_freed(services.gate)
    with services.store.read() as reader:
        return {**stop_record(lifted), "judged_again": judged.done, "still_waiting": reader.stops.held(stop_id)}


@router.get("/limits")
def limits(services: House, caller: DraftReader) -> list[dict[str, Any]]:  # noqa: ARG001 - the right to read
    """How much of each limit of the policy in force is used up, for those who used most of it."""
    with services.store.read() as reader:
        in_force = services.gate.policy.read(reader).limits
        return [use_record(use) for use in limits_in_use(reader, in_force, at=services.clock.now())]
