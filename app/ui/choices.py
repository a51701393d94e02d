"""What a person may do with a draft right now, and in plain words why not. The services decide; this explains."""

from __future__ import annotations

from dataclasses import dataclass

from app.approvals.panel import missing, silent_people
from app.approvals.quorum import shortage
from app.core.facts import Person
from app.core.lifecycle import EDITABLE, MOVES, State
from app.core.ports import People
from app.permissions import may_decide, may_stop
from app.standing import Standing
from app.ui.words import names_of

_NOT_WAITING = {
    State.BLOCKED: "It is blocked: nobody may wave it through. Edit or reject it.",
    State.SCHEDULED: "It has been let go, and leaves unless it is taken back.",
    State.SENDING: "It is being sent.",
    State.UNKNOWN: "Nobody knows yet whether it left; the mailbox is being asked.",
    State.RECONCILING: "The mailbox is being asked whether it left.",
    State.NEEDS_PERSON: "It may have left, and the mailbox cannot tell: look there before anything else.",
    State.FAILED: "It has not been sent, and is not tried again by itself.",
    State.SENT: "It has been sent.",
    State.REJECTED: "It has been rejected.",
    State.EXPIRED: "Its time ran out, and nothing was sent. Reopened, it is judged on today's facts.",
    State.UNDONE: "It was taken back, and nothing was sent.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """For each action None where it is open, else the reason why it is not."""

    approve: str | None
    edit: str | None
    reject: str | None
    undo: str | None


def choices_for(person: Person, standing: Standing, people: People) -> Choices:
    """What this person may do with the draft as it stands."""
    stop = None if may_stop(person, standing) else _who_may_stop(standing, people)
    state = standing.row.state
    over = _NOT_WAITING.get(state, "")
    return Choices(
        approve=_why_not_approve(person, standing, people),
        edit=stop if state in EDITABLE else over,
        reject=stop if State.REJECTED in MOVES[state] else over,
        undo=stop if State.UNDONE in MOVES[state] else over or "It has not been let go.",
    )


def _why_not_approve(person: Person, standing: Standing, people: People) -> str | None:
    request = standing.pending
    if request is None:
        return _NOT_WAITING.get(standing.row.state, "Nothing waits for a decision.")
    if person.id in request.approvers:
        return f"You have approved. {missing(request)} more needed, from {names_of(_others(standing), people)}."
    lacking = shortage(request.requirement, request.people, editors=standing.editors, stage=request.stage)
    if lacking is not None:
        return f"Nobody can approve it: {lacking}."
    if may_decide(person, standing):
        return None
    asked = names_of(request.people, people)
    if person.id in standing.editors:
        return f"You changed the text, so your word alone does not count: {asked} is asked."
    return f"{asked} is asked, not you."


def _others(standing: Standing) -> list[str]:
    return list(silent_people(standing.pending)) if standing.pending else []


def _who_may_stop(standing: Standing, people: People) -> str:
    asked = standing.pending.people if standing.pending else ()
    who = dict.fromkeys((standing.row.on_behalf_of, *asked))
    return f"Only {names_of(who, people)} or an administrator may."
