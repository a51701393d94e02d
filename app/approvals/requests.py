"""Requests for approval in the caller's transaction: opened, asked anew, closed. Writers move the draft first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.approvals import telling
from app.approvals.panel import Panel, spent
from app.approvals.resolvers import Case
from app.approvals.timers import Timer, rung
from app.audit.chain import Event
from app.core.approvals import AGENT_PREFIX, ApprovalRequest, ApprovalState, Decision, Requirement, Via
from app.core.assessment import Assessment
from app.core.ids import Ids
from app.core.matters import Matter, Phase
from app.core.notices import NoticeKind
from app.matter import MatterRow, MatterStanding, R, S
from app.store.approvals import ApprovalRepository
from app.store.store import Transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """Opens requests and moves what stays in review. All of it in the caller's transaction."""

    panel: Panel
    ids: Ids

    def draw_up(
        self, tx: Transaction, row: R, assessment: Assessment, *, editors: frozenset[str]
    ) -> tuple[R, tuple[ApprovalRequest, ...]]:
        """The row with its first timer and the request that it needs, not stored yet; no request out of review."""
        if row.phase is not Phase.WAITING:
            return row, ()
        requirement = assessment.ruling.approvals or Requirement()
        case = self.panel.case(tx, row, assessment, requirement, editors=editors, now=tx.now)
        request = self.panel.new_request(self.ids, row, assessment, case, requirement, now=tx.now)
        return row.due(self._due(tx, request, case)), (request,)

    def keep(self, tx: Transaction, row: MatterRow, requests: Iterable[ApprovalRequest]) -> None:
        """Store what was drawn up, after its draft, and tell those who are asked."""
        for request in requests:
            tx.requests(row.matter).open(request)
            self._tell_asked(tx, row, request, before=())
            self.tell(tx, row, request, NoticeKind.CONSULTED, telling.consulted(row, request))

    def case_of(self, tx: Transaction, standing: MatterStanding, request: ApprovalRequest) -> Case:
        """What decides now who is asked about what waits."""
        return self.panel.case(
            tx,
            standing.row,
            standing.assessment,
            request.requirement,
            editors=standing.editors,
            now=tx.now,
            spent=spent(request) if request.stage else frozenset(),
        )

    def now_asked(self, tx: Transaction, standing: MatterStanding) -> tuple[ApprovalRequest, Case] | None:
        """The request that waits, before those who are there at this moment; None where nothing waits."""
        if (request := standing.pending) is None:
            return None
        case = self.case_of(tx, standing, request)
        return self.panel.as_of_now(request, case), case

    def due(self, tx: Transaction, request: ApprovalRequest, case: Case) -> Timer | None:
        """The timer of the request that acts now, if any has rung."""
        return rung(self.panel.timers(tx, request, case, now=tx.now), now=tx.now)

    def turn(self, tx: Transaction, standing: S, request: ApprovalRequest, case: Case, event: Event) -> S:
        """Keep it in review with the request as it is now; whoever is asked for the first time is told.

        Raises StaleVersion where somebody moved it meanwhile.
        """
        after = standing.move(tx, event, Phase.WAITING, due_at=self._due(tx, request, case))
        tx.requests(after.row.matter).save(request)
        before = standing.pending.people if standing.pending else ()
        self._tell_asked(tx, after.row, request, before=before)
        return after.asking(request)

    def advance(
        self, tx: Transaction, request: ApprovalRequest, standing: MatterStanding
    ) -> tuple[ApprovalRequest, Case]:
        """The request with its next stage asked. Raises FactUnavailable where the directory cannot be read."""
        case = replace(self.case_of(tx, standing, request), spent=spent(request))
        return self.panel.next_stage(request, case, now=tx.now), case

    def tell(
        self,
        tx: Transaction,
        row: MatterRow,
        request: ApprovalRequest,
        kind: NoticeKind,
        texts: Iterable[tuple[str, str]],
    ) -> None:
        """Put notices on the board."""
        tx.notices.add(telling.notices(self.ids, row, request.id, kind, texts, at=tx.now))

    def _tell_asked(
        self, tx: Transaction, row: MatterRow, request: ApprovalRequest, *, before: Sequence[str]
    ) -> None:
        new = [s for s in request.seats if s.person not in before and s.via is not Via.ESCALATED]
        self.tell(tx, row, request, NoticeKind.ASKED, telling.asked(row, request, new))

    def _due(self, tx: Transaction, request: ApprovalRequest, case: Case) -> datetime:
        return min(self.panel.timers(tx, request, case, now=tx.now).values())


def close_pending(
    tx: Transaction, requests: Sequence[ApprovalRequest], state: ApprovalState, *, matter: Matter = Matter.DRAFT
) -> Sequence[ApprovalRequest]:
    """Give those of the requests about one thing that are open a last state. Returns all of them as they are now."""
    kept = tx.requests(matter)
    return [_close(kept, each, state) if each.state is ApprovalState.PENDING else each for each in requests]


def _close(kept: ApprovalRepository, request: ApprovalRequest, state: ApprovalState) -> ApprovalRequest:
    closed = replace(request, state=state)
    kept.save(closed)
    return closed


def keep_word(tx: Transaction, matter: Matter, request: ApprovalRequest, word: Decision) -> None:
    """Keep a word and what it made of the request."""
    kept = tx.requests(matter)
    kept.decide(request, word)
    kept.save(request)


def already_said(requests: Sequence[ApprovalRequest], word: Decision) -> bool:
    """Whether this person said this of this digest before: the same word twice is one word."""
    said = (w for request in requests for w in request.decisions)
    return any((w.person, w.verdict, w.digest) == (word.person, word.verdict, word.digest) for w in said)


def actor_of(person: str) -> str:
    """Who acts, as the trail names them."""
    return person if person.startswith(AGENT_PREFIX) else f"person:{person}"
