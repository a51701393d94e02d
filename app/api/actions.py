"""Actions other than mail: propose, decide, claim, report, take back; and what waits for whom."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from starlette.concurrency import run_in_threadpool

from app.actions import desk
from app.actions.intake import action_from_json, values_from
from app.actions.records import action_record
from app.actions.rollback import rollback_of
from app.api.access import ActionReader, AgentResolver, Caller, Executor, House, Proposer, Resolver
from app.api.reviewing import AgentsWord, Answered, PassedOn, Said
from app.core.actions import Outcome
from app.core.approvals import AGENT_PREFIX, Verdict

router = APIRouter(prefix="/actions", tags=["actions"])

_Reason = Annotated[str, Field(max_length=2000)]
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "required": ["kind", "agent", "on_behalf_of", "target"]},
                "example": {
                    "client_id": "sync-5512",
                    "kind": "update_record",
                    "agent": "crm-agent",
                    "on_behalf_of": "priya",
                    "deal_id": "d-1",
                    "target": {"system": "salesforce", "type": "opportunity", "id": "006A1"},
                    "before": {"stage": "proposal"},
                    "after": {"stage": "negotiation"},
                    "reason": "The customer sent a redlined contract.",
                },
            }
        },
    }
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Decided(_Body):
    """A person's word on exactly what the digest names."""

    digest: str
    decision: Verdict
    reason: _Reason = ""
    request_id: str | None = None
    code: Annotated[str, Field(max_length=40)] | None = None
    """Of the person's authenticator app, where the rule demands a fresh proof of who approves."""


class Claimed(_Body):
    """What is claimed, by which program, for how long. The same `key` again gives the same claim."""

    digest: str
    executor: Annotated[str, Field(max_length=200)] = ""
    lease_seconds: Annotated[float, Field(ge=10, le=3600)] = 300
    key: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class Reported(_Body):
    """What became of it. Without `claim`: by a person who has looked, after the lease is over."""

    outcome: Outcome
    claim: str | None = None
    result: dict[str, JsonValue] | None = None
    reason: _Reason = ""


class TakenBack(_Body):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    client_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None


@router.post("", status_code=HTTPStatus.CREATED, openapi_extra=_BODY)
async def propose(request: Request, response: Response, services: House, caller: Proposer) -> dict[str, Any]:
    """Propose an action; the answer says whether it may be claimed. 200 where it was proposed before."""
    action = action_from_json(await request.body())
    standing = await run_in_threadpool(services.actions.propose, action, person=caller.person)
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/actions/{standing.row.id}"
    if not standing.new:
        response.status_code = HTTPStatus.OK
    return action_record(standing)


@router.get("")
def waiting(
    services: House,
    caller: ActionReader,
    everybody: Annotated[bool, Query(alias="all", description="Everybody's; for managers and admins.")] = False,
) -> list[dict[str, Any]]:
    """Actions that wait for the token's person, or for anybody."""
    read = desk.waiting_for_everybody if everybody else desk.waiting
    with services.store.read() as reader:
        found = read(reader, person=caller.person, people=services.opened.world.people)
    return [action_record(each) for each in found]


@router.get("/{action_id}")
def show(action_id: str, services: House, caller: ActionReader) -> dict[str, Any]:
    """Where an action stands. 404 also where the token's person may not read it."""
    return _shown(services, action_id, caller)


@router.post("/{action_id}/decision")
def decide(action_id: str, body: Decided, services: House, caller: Resolver) -> dict[str, Any]:
    """Approve or reject exactly what the digest names, in the name of the token's person."""
    standing = services.actions.decide(
        action_id,
        person=caller.person.id,
        verdict=body.decision,
        digest=body.digest,
        reason=body.reason,
        request_id=body.request_id,
        proof=partial(services.second_factors.prove, caller.person, body.code) if body.code is not None else None,
    )
    return action_record(standing)


@router.post("/{action_id}/agent-decision")
def agent_decision(action_id: str, body: AgentsWord, services: House, caller: AgentResolver) -> dict[str, Any]:
    """An agent's word, where the action's rule asks that agent."""
    standing = services.actions.hand_on(
        action_id,
        agent=body.agent,
        by=caller.person,
        verdict=body.decision,
        digest=body.digest,
        reason=body.reason,
        request_id=body.request_id,
    )
    return action_record(standing)


@router.post("/{action_id}/questions", status_code=HTTPStatus.CREATED)
def ask(action_id: str, body: Said, services: House, caller: Resolver) -> dict[str, Any]:
    """Ask the person in whose name it is done, or the agent, for information."""
    return action_record(services.actions.questions.ask(action_id, person=caller.person.id, text=body.text))


@router.post("/{action_id}/questions/{question_id}/answer")
def answer(action_id: str, question_id: str, body: Answered, services: House, caller: Proposer) -> dict[str, Any]:
    """Answer a question."""
    if body.agent is not None:
        _shown(services, action_id, caller)  # whoever hands on an agent's answer gets to see the action
    author = AGENT_PREFIX + body.agent if body.agent is not None else caller.person.id
    questions = services.actions.questions
    return action_record(questions.answer(action_id, question_id, author=author, text=body.text))


@router.post("/{action_id}/comments", status_code=HTTPStatus.CREATED)
def comment(action_id: str, body: Said, services: House, caller: Resolver) -> dict[str, Any]:
    """Note something for those who decide."""
    return action_record(services.actions.questions.comment(action_id, person=caller.person.id, text=body.text))


@router.post("/{action_id}/reassign")
def reassign(action_id: str, body: PassedOn, services: House, caller: Resolver) -> dict[str, Any]:
    """Have somebody else asked in a place."""
    after = services.actions.reassigning.reassign(
        action_id,
        place_of=body.place_of or caller.person.id,
        to=body.to,
        person=caller.person.id,
        reason=body.reason,
    )
    return action_record(after)


@router.post("/{action_id}/claim")
def claim(action_id: str, body: Claimed, services: House, caller: Executor) -> dict[str, Any]:
    """Leave to carry it out now, once. `claim.id` in the answer is what the report has to name."""
    standing = services.actions.permits.claim(
        action_id,
        person=caller.person,
        digest=body.digest,
        executor=body.executor,
        lease=timedelta(seconds=body.lease_seconds),
        key=body.key,
    )
    return action_record(standing)


@router.post("/{action_id}/result")
def report(action_id: str, body: Reported, services: House, caller: Executor) -> dict[str, Any]:
    """Say what became of it."""
    standing = services.actions.permits.report(
        action_id,
        person=caller.person,
        outcome=body.outcome,
        claim=body.claim,
        result=values_from(body.result, "result"),
        reason=body.reason,
    )
    return action_record(standing)


@router.post("/{action_id}/withdraw")
def withdraw(action_id: str, services: House, caller: Resolver) -> dict[str, Any]:
    """Take an action back that nobody has claimed."""
    return action_record(services.actions.withdraw(action_id, person=caller.person.id))


@router.post("/{action_id}/rollback", status_code=HTTPStatus.CREATED)
def roll_back(action_id: str, body: TakenBack, services: House, caller: Proposer) -> dict[str, Any]:
    """Propose what takes a done action back; it goes through the same gate."""
    done = services.actions.show(action_id, person=caller.person)
    action = rollback_of(done, reason=body.reason, client_id=body.client_id)
    return action_record(services.actions.propose(action, person=caller.person))


def _shown(services: House, action_id: str, caller: Caller) -> dict[str, Any]:
    return action_record(services.actions.show(action_id, person=caller.person))
