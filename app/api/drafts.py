"""Drafts and decisions: hand in, read, approve, reject, edit, undo; and what waits for whom."""

from __future__ import annotations

import json
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from app import desk
from app.api.access import DraftReader, House, Resolver, Submitter
from app.api.problems import NOT_JSON
from app.core.approvals import Verdict
from app.core.errors import InvalidInput
from app.edits import DraftEdit
from app.intake import draft_from_json
from app.records import acceptance_record, approval_record, row_record, standing_record
from app.rewriting.service import accept_suggestions

router = APIRouter(tags=["drafts"])

_Reason = Annotated[str, Field(max_length=2000)]
_Code = Annotated[str, Field(max_length=40)]
_DRAFT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["action", "agent", "on_behalf_of", "to", "subject", "text"],
                },
                "example": {
                    "client_id": "crm-7731",
                    "action": "reply",
                    "agent": "inbox-agent",
                    "on_behalf_of": "priya",
                    "to": ["claire@customer.example"],
                    "subject": "Re: Security review",
                    "text": "Hi Claire,\n\nI'll send the SOC 2 report by Friday.\n\nPriya",
                },
            }
        },
    }
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Decided(_Body):
    """A person's word on the bytes that the digest names."""

    digest: str
    decision: Verdict
    reason: _Reason = ""
    request_id: str | None = None
    """The request that is answered; a later one for the same bytes is then not."""
    code: _Code | None = None
    """Of the person's authenticator app, where the rule demands a fresh proof of who approves."""


class Settled(_Body):
    """What the token's person found in the mailbox, and how they know."""

    digest: str
    left: bool
    reason: _Reason
    version: int | None = None
    """The version that was read; where it is told and the draft has moved on since, nothing is done."""


class Edited(_Body):
    """The changes; what is left out stays. `digest` names the draft that was read."""

    digest: str
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] | None = None
    suggestions: Literal["all"] | tuple[int, ...] | None = None
    """Suggestions of the verdict to apply: `all`, or their numbers, from 1 in the order of `checks`."""


@router.post("/drafts", status_code=HTTPStatus.CREATED, openapi_extra=_DRAFT_BODY)
async def submit(
    request: Request,
    response: Response,
    services: House,
    caller: Submitter,  # noqa: ARG001 - the right to submit
    idempotency_key: Annotated[str | None, Header()] = None,
) -> dict[str, Any]:
    """Hand in a draft; the answer is its verdict. 201 for a new one, 200 where it was handed in before."""
    if idempotency_key is not None and not 1 <= len(idempotency_key.strip()) <= _MAX_KEY:
        raise InvalidInput(f"must have 1 to {_MAX_KEY} characters", field="Idempotency-Key")
    draft = draft_from_json(_decoded(await request.body()))
    standing = await run_in_threadpool(services.gate.submit, draft, idempotency_key=idempotency_key)
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/drafts/{standing.row.id}"
    if not standing.new:
        response.status_code = HTTPStatus.OK
    return standing_record(standing)


_MAX_KEY = 200
"""Characters of an idempotency key; the database's column holds no more."""


def _decoded(body: bytes) -> object:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(HTTPStatus.BAD_REQUEST, NOT_JSON) from None
    return value


@router.get("/drafts/{draft_id}")
def read(draft_id: str, services: House, caller: DraftReader) -> dict[str, Any]:
    """Where a draft stands: content, verdict, evidence, requests for approval. Takes an id or a client id.

    404 also where the token's person may not read it.
    """
    people = services.opened.world.people
    with services.store.read() as reader:
        return standing_record(desk.find(reader, draft_id, person=caller.person, people=people))


@router.post("/drafts/{draft_id}/decision")
def decide(draft_id: str, body: Decided, services: House, caller: Resolver) -> dict[str, Any]:
    """Approve or reject exactly the bytes that the digest names, in the name of the token's person."""
    standing = services.gate.decide(
        draft_id,
        person=caller.person.id,
        verdict=body.decision,
        digest=body.digest,
        reason=body.reason,
        request_id=body.request_id,
        proof=partial(services.second_factors.prove, caller.person, body.code) if body.code is not None else None,
    )
    return standing_record(standing)


@router.post("/drafts/{draft_id}/edit")
def edit(draft_id: str, body: Edited, services: House, caller: Resolver) -> dict[str, Any]:
    """Change a draft: it gets a new digest and a new verdict, and approvals given before are void.

    With `suggestions` the answer says which of them were applied, and why others were left out.
    """
    changes = DraftEdit(**body.model_dump(exclude={"digest", "suggestions"}))
    person, digest = caller.person.id, body.digest
    if body.suggestions is None:
        return standing_record(services.gate.edit(draft_id, changes, person=person, digest=digest))
    after, accepted = accept_suggestions(
        services.gate, draft_id, body.suggestions, person=person, digest=digest, besides=changes
    )
    return {**standing_record(after), "suggestions": acceptance_record(accepted)}


@router.post("/drafts/{draft_id}/undo")
def undo(draft_id: str, services: House, caller: Resolver) -> dict[str, Any]:
    """Take a draft back that has not begun to leave."""
    return standing_record(services.gate.undo(draft_id, person=caller.person.id))


@router.post("/drafts/{draft_id}/delivery")
def settle(draft_id: str, body: Settled, services: House, caller: Resolver) -> dict[str, Any]:
    """Say what became of a mail that is stuck: it did leave, or it is to be tried again on today's facts."""
    return standing_record(
        services.gate.settle_send(
            draft_id,
            person=caller.person.id,
            digest=body.digest,
            left=body.left,
            reason=body.reason,
            version=body.version,
        )
    )


@router.get("/approvals")
def approvals(
    services: House,
    caller: DraftReader,
    everybody: Annotated[bool, Query(alias="all", description="Everybody's; for managers and admins.")] = False,
) -> list[dict[str, Any]]:
    """What waits for the token's person, most urgent first, or for anybody."""
    queue = desk.queue_of_everybody if everybody else desk.queue
    with services.store.read() as reader:
        items = queue(reader, services.opened.world.crm, person=caller.person, now=services.clock.now())
    return [
        {
            **row_record(item.standing.row),
            "tier": item.standing.assessment.risk.tier.value,
            "rule": item.standing.assessment.ruling.rule,
            "why": item.standing.assessment.ruling.why,
            "first_because": item.first_because,
            "request": approval_record(item.standing.pending) if item.standing.pending else None,
        }
        for item in items
        if item.mine
    ]
