"""What surrounds a decision: an agent's word, questions, places passed on, reopening, absences, notices."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app import desk
from app.api.access import AgentResolver, Caller, DraftReader, House, Resolver, Submitter
from app.approvals.agents import hand_on
from app.approvals.board import read_board
from app.core.approvals import AGENT_PREFIX, Verdict
from app.core.codec import to_record
from app.records import standing_record
from app.standing import Standing

router = APIRouter(tags=["approvals"])

_Reason = Annotated[str, Field(max_length=2000)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AgentsWord(_Body):
    """What an agent says to the bytes that the digest names, with its own reasons."""

    agent: _Name
    digest: str
    decision: Verdict
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    request_id: str | None = None


class Said(_Body):
    """A question or a comment."""

    text: _Reason


class Answered(_Body):
    """An answer, in the name of the token's person, or of the agent that wrote the draft."""

    text: _Reason
    agent: _Name | None = None


class PassedOn(_Body):
    """Whose place goes to whom. Without `place_of`: that of the token's person."""

    to: str
    place_of: str | None = None
    reason: _Reason = ""


class Reopened(_Body):
    """The digest that was read, and why people are to be asked again."""

    digest: str
    reason: _Reason = ""


class Away(_Body):
    """Who is away from when until when, with offsets. Without `person`: the token's; without `start`: from now."""

    until: AwareDatetime
    start: AwareDatetime | None = None
    person: str | None = None
    delegate: str | None = None


@router.post("/drafts/{draft_id}/agent-decision")
def agent_decision(draft_id: str, body: AgentsWord, services: House, caller: AgentResolver) -> dict[str, Any]:
    """An agent's word, where the draft's rule asks that agent. The token's person must have no part in the draft."""
    after = hand_on(
        services.gate,
        draft_id,
        agent=body.agent,
        by=caller.person,
        verdict=body.decision,
        digest=body.digest,
        reason=body.reason,
        request_id=body.request_id,
    )
    return standing_record(after)


@router.post("/drafts/{draft_id}/questions", status_code=HTTPStatus.CREATED)
def ask(draft_id: str, body: Said, services: House, caller: Resolver) -> dict[str, Any]:
    """Ask the sender or the agent for information. Pauses reminders until it is answered, never the expiry."""
    return standing_record(services.gate.reviews.questions.ask(draft_id, person=caller.person.id, text=body.text))


@router.post("/drafts/{draft_id}/questions/{question_id}/answer")
def answer(draft_id: str, question_id: str, body: Answered, services: House, caller: Submitter) -> dict[str, Any]:
    """Answer a question."""
    if body.agent is not None:
        _shown(services, draft_id, caller)  # whoever hands on an agent's answer gets to see the draft
    author = AGENT_PREFIX + body.agent if body.agent is not None else caller.person.id
    after = services.gate.reviews.questions.answer(draft_id, question_id, author=author, text=body.text)
    return standing_record(after)


@router.post("/drafts/{draft_id}/comments", status_code=HTTPStatus.CREATED)
def comment(draft_id: str, body: Said, services: House, caller: Resolver) -> dict[str, Any]:
    """Note something for those who decide."""
    after = services.gate.reviews.questions.comment(draft_id, person=caller.person.id, text=body.text)
    return standing_record(after)


@router.post("/drafts/{draft_id}/reassign")
def reassign(draft_id: str, body: PassedOn, services: House, caller: Resolver) -> dict[str, Any]:
    """Have somebody else asked in a place."""
    after = services.gate.reviews.reassigning.reassign(
        draft_id,
        place_of=body.place_of or caller.person.id,
        to=body.to,
        person=caller.person.id,
        reason=body.reason,
    )
    return standing_record(after)


@router.post("/drafts/{draft_id}/reopen")
def reopen(draft_id: str, body: Reopened, services: House, caller: Resolver) -> dict[str, Any]:
    """Have people asked again about a draft that expired, on today's facts."""
    after = services.gate.reopen(draft_id, person=caller.person.id, digest=body.digest, reason=body.reason)
    return standing_record(after)


@router.get("/notices")
def notices(
    services: House, caller: DraftReader, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[dict[str, Any]]:
    """What the token's person was told, newest first."""
    return [to_record(notice) for notice in read_board(services.store, caller.person.id, limit=limit)]


@router.get("/absences")
def absences(services: House, caller: DraftReader) -> list[dict[str, Any]]:  # noqa: ARG001 - the right to read
    """Who is away now or will be."""
    return [to_record(absence) for absence in services.gate.reviews.absences.known()]


@router.post("/absences", status_code=HTTPStatus.CREATED)
def go_away(body: Away, services: House, caller: Resolver) -> dict[str, Any]:
    """Say that somebody is away. What waits for them is put before whoever is there, at once."""
    start: datetime = body.start or services.clock.now()
    absence = services.gate.reviews.absences.add(
        person=body.person or caller.person.id,
        start=start,
        until=body.until,
        delegate=body.delegate,
        by=caller.person.id,
    )
    return to_record(absence)


@router.delete("/absences/{absence_id}")
def come_back(absence_id: str, services: House, caller: Resolver) -> dict[str, Any]:
    """Have an absence end now, or never begin."""
    return to_record(services.gate.reviews.absences.end(absence_id, by=caller.person.id))


def _shown(services: House, draft_id: str, caller: Caller) -> Standing:
    with services.store.read() as reader:
        return desk.shown(reader, draft_id, person=caller.person, people=services.opened.world.people)
