"""What happens in review by itself: reminders, escalation, people who come and go, and at last expiry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.approvals import telling
from app.approvals.panel import silent_people, with_seats
from app.approvals.requests import Requests, close_pending
from app.approvals.resolvers import Case, seats_above
from app.approvals.timers import Timer
from app.core.approvals import ApprovalRequest, ApprovalState
from app.core.errors import FactUnavailable
from app.core.matters import Phase
from app.core.notices import NoticeKind
from app.matter import MatterStanding
from app.store.store import Transaction
from app.trail import happened


@dataclass(frozen=True, kw_only=True, slots=True)
class Tending:
    """Does what a request's timers ask for, one thing at a time, each in the caller's transaction."""

    requests: Requests

    def tend(self, tx: Transaction, standing: MatterStanding) -> Timer | None:
        """Do what is due, but for consent by silence, which is not ours to give. Returns which timer had rung.

        Raises StaleVersion where somebody moved it meanwhile.
        """
        known = self.requests.now_asked(tx, standing)
        if known is None:
            self._expire(tx, standing, None)
            return Timer.EXPIRY
        request, case = known
        timer = self.requests.due(tx, request, case)
        match timer:
            case Timer.EXPIRY:
                self._expire(tx, standing, request)
            case Timer.ESCALATION:
                self._escalate(tx, standing, request, case)
            case Timer.REMINDER:
                self._remind(tx, standing, request, case)
            case Timer.ABSENCE | None:
                event = happened("approval.asked_anew", "gate", approval=request.id, asked=list(request.people))
                self.requests.turn(tx, standing, request, case, event)
            case Timer.CONSENT:
                pass
        return timer

    def _expire(self, tx: Transaction, standing: MatterStanding, request: ApprovalRequest | None) -> None:
        matter = standing.row.matter
        row = standing.move(tx, happened(f"{matter}.expired", "gate"), Phase.EXPIRED).row
        close_pending(tx, tx.requests(matter).of_draft(row.id), ApprovalState.EXPIRED, matter=matter)
        if request is not None:
            self.requests.tell(tx, row, request, NoticeKind.EXPIRED, telling.expired(row, request))

    def _remind(self, tx: Transaction, standing: MatterStanding, request: ApprovalRequest, case: Case) -> None:
        silent = silent_people(request)
        reminded = replace(request, reminders=self._count_missed(tx, request, case))
        event = happened(
            "approval.reminded", "gate", approval=request.id, number=reminded.reminders, people=list(silent)
        )
        self.requests.turn(tx, standing, reminded, case, event)
        self.requests.tell(
            tx, standing.row, request, NoticeKind.REMINDED, telling.reminded(standing.row, request, silent)
        )

    def _count_missed(self, tx: Transaction, request: ApprovalRequest, case: Case) -> int:
        """The number of the reminder that is due last by now: a worker that was away for days reminds once."""
        number = request.reminders + 1
        while number - request.reminders < _MOST_MISSED:
            later = replace(request, reminders=number)
            moment = self.requests.panel.timers(tx, later, case, now=tx.now).get(Timer.REMINDER)
            if moment is None or moment > tx.now:
                return number
            number += 1
        return number

    def _escalate(self, tx: Transaction, standing: MatterStanding, request: ApprovalRequest, case: Case) -> None:
        try:
            above = seats_above(request.seats, request.wanted, case)
        except FactUnavailable:
            return  # the timer stays as it is, and the next sweep tries again
        if not above:
            ended = replace(request, ladder_ended=True)
            event = happened("approval.ladder_ended", "gate", approval=request.id, level=request.level)
            self.requests.turn(tx, standing, ended, case, event)
            return
        seats = (*request.seats, *above)
        climbed = replace(with_seats(request, seats), level=request.level + 1, since=tx.now, reminders=0)
        event = happened(
            "approval.escalated",
            "gate",
            approval=request.id,
            level=climbed.level,
            people=[seat.person for seat in above],
        )
        self.requests.turn(tx, standing, climbed, case, event)
        self.requests.tell(
            tx, standing.row, request, NoticeKind.ESCALATED, telling.escalated(standing.row, request, above)
        )


_MOST_MISSED = 1000
