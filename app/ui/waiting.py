"""What is known about a request that waits: who may take whose place, and what happens with time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.approvals.panel import all_seats, silent_people, spent
from app.approvals.resolvers import Case, may_take
from app.approvals.timers import Timer
from app.core.absences import Absence
from app.core.approvals import ApprovalRequest, Via
from app.core.errors import FactUnavailable, NotPermitted
from app.core.facts import Person
from app.permissions import Operation
from app.permissions.reviewing import require_over
from app.standing import Standing
from app.ui.session import Seat


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One request that waits, as of now."""

    request: ApprovalRequest
    case: Case
    timers: Mapping[Timer, datetime]
    """When what happens by itself; empty where nobody knows now."""


def read_waiting(seat: Seat, standing: Standing) -> Waiting | None:
    """The request that waits, if any."""
    request = standing.pending
    if request is None:
        return None
    panel = seat.services.gate.reviews.requests.panel
    with seat.services.store.read() as reader:
        case = panel.case(
            reader,
            standing.row,
            standing.assessment,
            request.requirement,
            editors=standing.editors,
            now=seat.now,
            spent=spent(request) if request.stage else frozenset(),
        )
        try:
            timers = panel.timers(reader, request, case, now=seat.now)
        except FactUnavailable:
            timers = {}
    return Waiting(request=request, case=case, timers=timers)


def places_to_pass_on(seat: Seat, request: ApprovalRequest) -> Sequence[str]:
    """Whose place before the draft the reader may give to somebody else; their own first."""
    silent = set(silent_people(request))
    owners = dict.fromkeys(s.person for s in all_seats(request) if s.via is not Via.DELEGATE and s.person in silent)
    open_to = [owner for owner in owners if _may_pass_on(seat, owner)]
    return sorted(open_to, key=lambda owner: owner != seat.person.id)


def _may_pass_on(seat: Seat, owner: str) -> bool:
    try:
        require_over(seat.person, owner, seat.people, Operation.REASSIGN, doing="pass on a place")
    except (NotPermitted, FactUnavailable):
        return False
    return True


def newcomers(seat: Seat, waiting: Waiting, place_of: str) -> Sequence[Person]:
    """Who may take over this place."""
    request, case = waiting.request, waiting.case
    place = next((s for s in all_seats(request) if s.person == place_of and s.via is not Via.DELEGATE), None)
    if place is None:
        return ()
    try:
        return [
            person
            for person in seat.people.everybody()
            if person.id not in request.people
            and may_take(place, person, request.wanted, case) is None
            and not case.away.is_away(person)
        ]
    except FactUnavailable:
        return ()


def my_absence(seat: Seat) -> Absence | None:
    """The absence that the reader is in now."""
    known = seat.services.gate.reviews.absences.known()
    return next((each for each in known if each.person == seat.person.id and each.covers(seat.now)), None)
