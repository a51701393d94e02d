"""Passing a place on to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

from app.approvals.again import until_not_overtaken
from app.approvals.panel import all_seats, spent, with_seats
from app.approvals.requests import Requests
from app.approvals.resolvers import may_take
from app.core.approvals import AGENT_PREFIX, ApprovalRequest, Seat, Via
from app.core.clock import Clock
from app.core.errors import Conflict, NotPermitted
from app.core.plain import plain
from app.core.ports import People
from app.matter import S
from app.permissions import Operation, require_person, require_seer
from app.permissions.reviewing import require_over
from app.store.store import Reader, Store, Transaction
from app.trail import happened


@dataclass(frozen=True, kw_only=True)
class Reassigning(Generic[S]):
    """Gives one of the places before a draft, or another action, to another colleague, for good."""

    store: Store
    clock: Clock
    people: People
    requests: Requests
    standing_of: Callable[[Reader, str], S]
    """Reads what the requests are about by its id. Raises NotFound."""

    def reassign(self, draft_id: str, *, place_of: str, to: str, person: str, reason: str = "") -> S:
        """Have `to` asked instead of `place_of`, who is then asked no more. The time of those asked starts anew.

        Whoever has the place may, a manager of theirs, and admins. Raises NotFound, NotPermitted where the newcomer
        may not take the place or the actor may not give it away, Conflict where nothing waits or it is used already.
        """
        why = plain(reason, field="reason")

        def act(tx: Transaction) -> S:
            standing = self.standing_of(tx, draft_id)
            actor, newcomer = require_person(person, self.people), require_person(to, self.people)
            require_seer(actor, standing, self.people)
            is_agent = place_of.startswith(AGENT_PREFIX)
            owner = place_of if is_agent else require_person(place_of, self.people).id
            require_over(actor, owner, self.people, Operation.REASSIGN, doing=f"pass on the place of {owner}")
            known = self.requests.now_asked(tx, standing)
            if known is None:
                raise Conflict(
                    f"{standing.row.matter} {draft_id} is {standing.row.state}; nothing waits for a decision"
                )
            request, case = known
            seat = _free_place(request, owner)
            if newcomer.id in spent(request):
                raise NotPermitted(f"{newcomer.id} has approved already, and counts once")
            if (refusal := may_take(seat, newcomer, request.wanted, case)) is not None:
                raise NotPermitted(refusal)
            taken = Seat(person=newcomer.id, via=Via.REASSIGNED, instead_of=owner, role=seat.role)
            asked = self.requests.panel.as_of_now(_swapped(request, seat, taken), case)
            renewed = replace(asked, since=tx.now, reminders=0, ladder_ended=False)
            event = happened(
                "approval.reassigned",
                f"person:{actor.id}",
                approval=request.id,
                place_of=owner,
                to=newcomer.id,
                reason=why,
            )
            return self.requests.turn(tx, standing, renewed, case, event)

        return until_not_overtaken(self.store, self.clock, draft_id, act)


def _free_place(request: ApprovalRequest, owner: str) -> Seat:
    seat = next((s for s in request.seats_of(owner) if s.via is not Via.DELEGATE), None)
    if seat is None:
        raise Conflict(f"{owner} has no place before {request.draft_id}; asked are {', '.join(request.people)}")
    if owner in spent(request):
        raise Conflict(f"the place of {owner} before {request.draft_id} has been used already")
    return seat


def _swapped(request: ApprovalRequest, old: Seat, new: Seat) -> ApprovalRequest:
    if any(seat.person == new.person and seat.via is not Via.DELEGATE for seat in request.seats):
        raise Conflict(f"{new.person} is asked about {request.draft_id} already")
    return with_seats(request, tuple(new if seat == old else seat for seat in all_seats(request)))
