"""One-time codes: ask for one as yourself, or decide with one, which is all the proof that a phone has."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.api.access import House, Resolver
from app.core.approvals import Verdict
from app.identity.codes import decide_by_code, issue
from app.records import issued_code_record, row_record

router = APIRouter(tags=["codes"])


class ByCode(BaseModel):
    """A word, with the code that says whose it is."""

    model_config = ConfigDict(extra="forbid")

    request_id: Annotated[str, Field(max_length=80)]
    code: Annotated[str, Field(max_length=40)]
    decision: Verdict
    reason: Annotated[str, Field(max_length=2000)] = ""


@router.post("/approvals/{request_id}/code", status_code=HTTPStatus.CREATED)
def ask(request_id: str, services: House, caller: Resolver) -> dict[str, Any]:
    """A one-time code for the token's person: the text to send to their phone. It is told this once."""
    issued = issue(
        services.store,
        services.ids,
        services.opened.world.people,
        request_id=request_id,
        person=caller.person,
        link=services.settings.address,
        now=services.clock.now(),
    )
    return issued_code_record(issued)


@router.post("/decisions/by-code")
def decide(body: ByCode, services: House) -> dict[str, Any]:
    """Approve or reject once, in the name of whoever was given the code. Needs no token: the code is the proof."""
    standing = decide_by_code(
        services.store,
        services.gate,
        request_id=body.request_id,
        code=body.code,
        verdict=body.decision,
        reason=body.reason,
        now=services.clock.now(),
    )
    return row_record(standing.row)
