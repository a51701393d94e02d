"""Trying a policy on the drafts of the past."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.api.access import House, PolicyReader
from app.policy.records import simulation_record
from app.policy.trying import simulate

router = APIRouter(prefix="/policy", tags=["policy"])


class SimulationIn(BaseModel):
    """What to try, and on which drafts."""

    model_config = ConfigDict(extra="forbid")

    policy: Annotated[str | None, Field(description="A policy in YAML; the one in force otherwise.")] = None
    since: Annotated[AwareDatetime | None, Field(description="Drafts from then on.")] = None
    until: Annotated[AwareDatetime | None, Field(description="Drafts before then.")] = None


@router.post("/simulate")
def simulation(services: House, caller: PolicyReader, asked: SimulationIn) -> dict[str, Any]:
    """Route past drafts by another policy: what would change, and what people did with those drafts.

    Nothing is stored or sent. For people who may propose policies.
    """
    with services.store.read() as reader:
        found = simulate(
            reader,
            services.gate.policy,
            asked.policy,
            since=asked.since,
            until=asked.until,
            person=caller.person,
        )
    return simulation_record(found)
