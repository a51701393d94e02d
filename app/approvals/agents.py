"""An agent's word on a draft, handed on by a program that a person answers for."""

from __future__ import annotations

from app import desk
from app.core.approvals import AGENT_PREFIX, Verdict
from app.core.errors import NotPermitted
from app.core.facts import Person
from app.gate import Gate
from app.permissions import Operation, require
from app.standing import Standing


def hand_on(
    gate: Gate,
    draft_id: str,
    *,
    agent: str,
    by: Person,
    verdict: Verdict,
    digest: str,
    reason: str,
    request_id: str | None = None,
) -> Standing:
    """The draft after the agent's word, which counts where the draft's rule asks that agent.

    `by` answers for the program. Raises NotFound, NotPermitted where they may not speak for agents or have a part in
    the draft themselves, and what `Gate.decide` raises.
    """
    with gate.store.read() as reader:
        standing = desk.shown(reader, draft_id, person=by, people=gate.assessor.world.people)
    require(by, Operation.AGENT, doing=f"hand on the word of agent {agent}")
    if by.id in {standing.row.on_behalf_of, *standing.editors}:
        raise NotPermitted(f"{by.id} wrote or edited draft {draft_id}; use another person's token")
    return gate.decide(
        standing.row.id,
        person=AGENT_PREFIX + agent,
        verdict=verdict,
        digest=digest,
        reason=reason,
        request_id=request_id,
    )
