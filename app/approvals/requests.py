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
from app.core.lifecycle import State
from app.core.notices import NoticeKind
from app.standing import Standing
from app.store.rows import DraftRow
from app.store.store import Transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """Opens requests and moves drafts that stay in review. All of it in the caller's transaction."""

    panel: Panel
    ids: Ids

    def draw_up(
        self, tx: Transaction, row: DraftRow, assessment: Assessment, *, editors: frozenset[str]
    ) -> tuple[DraftRow, tuple[ApprovalRequest, ...]]:
        """The row with its first timer and the request that it needs, not stored yet; no request out of review."""
        if row.state is not State.IN_REVIEW:
            return row, ()
        requirement = assessment.ruling.approvals or Requirement()
        case = self.panel.case(tx, row, assessment, requirement, editors=editors, now=tx.now)
        request = self.panel.new_request(self.ids, row, assessment, case, requirement, now=tx.now)
        return replace(row, due_at=self._due(tx, request, case)), (request,)

    def keep(self, tx: Transaction, row: DraftRow, requests: Iterable[ApprovalRequest]) -> None:
        """Store what was drawn up, after its draft, and tell those who are asked."""
        for request in requests:
            tx.approvals.open(request)
            self._tell_asked(tx, row, request, before=())
            self.tell(tx, row, request, NoticeKind.CONSULTED, telling.consulted(row, request))

    def case_of(self, tx: Transaction, standing: Standing, request: ApprovalRequest) -> Case:
        """What decides now who is asked about a draft that waits."""
        return self.panel.case(
            tx,
            standing.row,
            standing.assessment,
            request.requirement,
            editors=standing.editors,
            now=tx.now,
            spent=spent(request) if request.stage else frozenset(),
        )

    def now_asked(self, tx: Transaction, standing: Standing) -> tuple[ApprovalRequest, Case] | None:
        """The request that waits, before those who are there at this moment; None where nothing waits."""
        if (request := standing.pending) is None:
            return None
        case = self.case_of(tx, standing, request)
        return self.panel.as_of_now(request, case), case

    def due(self, tx: Transaction, request: ApprovalRequest, case: Case) -> Timer | None:
        """The timer of the request that acts now, if any has rung."""
        return rung(self.panel.timers(tx, request, case, now=tx.now), now=tx.now)

    def turn(
        self, tx: Transaction, standing: Standing, request: ApprovalRequest, case: Case, event: Event
    ) -> Standing:
        """Keep the draft in review with the request as it is now; whoever is asked for the first time is told.

        Raises StaleVersion where somebody moved the draft meanwhile.
        """
        due = self._due(tx, request, case)
        after = replace(standing.row, version=standing.row.version + 1, due_at=due, updated_at=tx.now)
        tx.move(standing.row, after, event)
        tx.approvals.save(request)
        before = standing.pending.people if standing.pending else ()
        self._tell_asked(tx, after, request, before=before)
        return standing.moved(after, request)

    def advance(self, tx: Transaction, request: ApprovalRequest, standing: Standing) -> tuple[ApprovalRequest, Case]:
        """The request with its next stage asked. Raises FactUnavailable where the directory cannot be read."""
        case = replace(self.case_of(tx, standing, request), spent=spent(request))
        return self.panel.next_stage(request, case, now=tx.now), case

    def tell(
        self,
        tx: Transaction,
        row: DraftRow,
        request: ApprovalRequest,
        kind: NoticeKind,
        texts: Iterable[tuple[str, str]],
    ) -> None:
        """Put notices on the board."""
        tx.notices.add(telling.notices(self.ids, row, request.id, kind, texts, at=tx.now))

    def _tell_asked(self, tx: Transaction, row: DraftRow, request: ApprovalRequest, *, before: Sequence[str]) -> None:
        new = [s for s in request.seats if s.person not in before and s.via is not Via.ESCALATED]
        self.tell(tx, row, request, NoticeKind.ASKED, telling.asked(row, request, new))

    def _due(self, tx: Transaction, request: ApprovalRequest, case: Case) -> datetime:
        return min(self.panel.timers(tx, request, case, now=tx.now).values())


def close_pending(
    tx: Transaction, requests: Sequence[ApprovalRequest], state: ApprovalState
) -> Sequence[ApprovalRequest]:
    """Give those of a draft's requests that are open a last state. Returns all of them as they are now."""
    return [_close(tx, request, state) if request.state is ApprovalState.PENDING else request for request in requests]


def _close(tx: Transaction, request: ApprovalRequest, state: ApprovalState) -> ApprovalRequest:
    closed = replace(request, state=state)
    tx.approvals.save(closed)
    return closed


def keep_word(tx: Transaction, request: ApprovalRequest, word: Decision) -> None:
    """Keep a word and what it made of the request."""
    tx.approvals.decide(request, word)
    tx.approvals.save(request)


def already_said(requests: Sequence[ApprovalRequest], word: Decision) -> bool:
    """Whether this person said this of this digest before: the same word twice is one word."""
    said = (w for request in requests for w in request.decisions)
    return any((w.person, w.verdict, w.digest) == (word.person, word.verdict, word.digest) for w in said)


def actor_of(person: str) -> str:
    """Who acts, as the trail names them."""
    return person if person.startswith(AGENT_PREFIX) else f"person:{person}"
