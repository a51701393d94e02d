"""One person's word on what waits: whose word counts, what it makes of the request, and when enough has been said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.approvals.exceptions import needs_reason
from app.approvals.panel import missing
from app.approvals.quorum import free_seat, satisfied
from app.approvals.requests import Requests, actor_of, already_said, keep_word
from app.approvals.resolvers import LAST_RESORT_ROLE
from app.audit.chain import Event
from app.autonomy.outcomes import keep_stopped
from app.core.approvals import (
    AGENT_PREFIX,
    SILENCE,
    ApprovalRequest,
    ApprovalState,
    Decision,
    Seat,
    Verdict,
)
from app.core.errors import AlreadyDecided, Conflict, InvalidInput, NotPermitted, StaleDigest, StaleVersion
from app.core.matters import Phase
from app.core.ports import People
from app.identity.step_up import require_step_up
from app.matter import MatterRow, MatterStanding, S
from app.permissions import may_stop, require_decider, require_person, require_seer, require_stopper
from app.standing import Standing
from app.store.rows import Permit
from app.store.store import Transaction
from app.trail import happened

_DECIDED = frozenset({Phase.AGREED, Phase.REJECTED})

Departure = Callable[[Transaction, S], datetime]
"""When the timer rings of what is let through now: a draft leaves then. Raises Conflict where it is held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deciding:
    """Hears words. Everything happens in the caller's transaction, which starts over where it was overtaken."""

    requests: Requests
    people: People

    def hear(
        self, tx: Transaction, standing: S, word: Decision, request_id: str | None, departure: Departure[S]
    ) -> S:
        """What it is about after this word, which may be a repeated one. `word` still lacks its stage and seat.

        Raises what `Gate.decide` does, and StaleVersion where somebody moved it meanwhile.
        """
        row, asked = standing.row, standing.pending
        if row.phase is Phase.WAITING and (asked is None or asked.digest != row.digest):
            raise StaleVersion(row.id, row.version, matter=row.matter)  # it moved between two of our reads
        if already_said([asked] if asked else standing.approvals, word):
            return standing
        if word.verdict is Verdict.REJECT and row.phase is Phase.REJECTED and not _last_words(standing):
            if not word.person.startswith(AGENT_PREFIX):
                require_seer(require_person(word.person, self.people), standing, self.people)
            return standing  # it was blocked, and nobody had been asked
        known = self.requests.now_asked(tx, standing)
        now = standing.asking(known[0]) if known else standing
        self._require_right(now, word)
        if word.digest != row.digest:
            raise StaleDigest(row.id, row.digest, matter=row.matter)
        if asked is not None and asked.id != request_id and (request_id or already_said(standing.approvals, word)):
            raise Conflict(
                f"the facts around {row.matter} {row.id} have changed since it was shown; read it again, "
                f"and answer request {asked.id}"
            )
        if word.verdict is Verdict.REJECT:
            return self._reject(tx, now, word)
        return self._approve(tx, now, word, departure)

    def consent(self, tx: Transaction, standing: S, departure: Departure[S]) -> S:
        """Nobody objected in time: the stage that waits is agreed to, where its rule says so."""
        known = self.requests.now_asked(tx, standing)
        if known is None:
            return standing
        request = known[0]
        after = request.wanted.resolver.after
        word = Decision(
            person=SILENCE,
            verdict=Verdict.APPROVE,
            digest=request.digest,
            reason=f"nobody objected within {after}",
            at=tx.now,
            stage=request.stage,
        )
        known_now = standing.asking(request)
        return self._count(tx, known_now, request, word, departure(tx, known_now), actor="gate")

    def _require_right(self, standing: MatterStanding, word: Decision) -> None:
        """Raise NotPermitted unless this person or agent may say this, AlreadyDecided where it is too late."""
        request = standing.pending
        if word.person.startswith(AGENT_PREFIX):
            if request is None:
                _refuse_if_decided(standing, word.person)
            if request is None or word.person not in request.people:
                raise NotPermitted(f"{word.person} may not decide about {_named(standing.row)}: it is not asked")
            return
        person = require_person(word.person, self.people)
        if request is None:
            _refuse_if_decided(standing, person.id, concerned=may_stop(person, standing))
        elif word.verdict is Verdict.APPROVE and (used := _used_by(request, person.id)) is not None:
            raise _decided(standing.row, used)
        if word.verdict is Verdict.REJECT:
            require_stopper(person, standing, self.people, "reject")
            return
        require_decider(person, standing, self.people)
        seat = free_seat(request, person.id, editors=standing.editors) if request else None
        if seat and seat.role and not {seat.role, LAST_RESORT_ROLE} & set(person.roles):
            raise NotPermitted(f"{person.id} no longer has the role {seat.role}, for which they were asked")

    def _approve(self, tx: Transaction, standing: S, word: Decision, departure: Departure[S]) -> S:
        row, request = standing.row, standing.pending
        if request is None:
            raise Conflict(f"{_named(row)} is {row.state}; nothing waits for a decision")
        if request.expires_at <= tx.now:
            raise Conflict(f"the request for {_named(row)} expired at {request.expires_at.isoformat()}")
        leaves_at = departure(tx, standing)
        if not word.reason.strip() and (why := needs_reason(standing.assessment, request, word.person)):
            raise InvalidInput(f"say why: {why}", field="reason")
        require_step_up(request.requirement, word)
        seat = free_seat(request, word.person, editors=standing.editors) or Seat(person=word.person)
        name = seat.principal if seat.principal != word.person else None
        placed = replace(word, stage=request.stage, in_name_of=name)
        return self._count(tx, standing, request, placed, leaves_at, actor=actor_of(word.person))

    def _count(
        self,
        tx: Transaction,
        standing: S,
        request: ApprovalRequest,
        word: Decision,
        leaves_at: datetime,
        *,
        actor: str,
    ) -> S:
        """Add a word of approval: it is let through, the next stage is asked, or more words are waited for."""
        heard = replace(request, decisions=(*request.decisions, word))
        facts: dict[str, Any] = {
            "approval": request.id,
            "reason": word.reason,
            "needed": request.wanted.needed,
            "stage": request.stage,
            "in_name_of": word.in_name_of,
        }
        if word.verified_at is not None and word.verified_by is not None:
            facts |= {"verified_at": word.verified_at.isoformat(), "verified_by": word.verified_by.value}
        case = self.requests.case_of(tx, standing, heard)
        if satisfied(heard, standing.editors):
            if heard.stage + 1 == len(request.requirement.stages):
                event = happened(f"{standing.row.matter}.approved", actor, **facts)
                return self._let_go(tx, standing, heard, word, leaves_at=leaves_at, event=event)
            heard, case = self.requests.advance(tx, heard, standing)
        facts["missing"] = missing(heard)
        event = happened(f"{standing.row.matter}.partly_approved", actor, **facts)
        after = self.requests.turn(tx, standing, heard, case, event)
        tx.requests(standing.row.matter).decide(heard, word)
        return after

    def _let_go(
        self,
        tx: Transaction,
        standing: S,
        heard: ApprovalRequest,
        word: Decision,
        *,
        leaves_at: datetime,
        event: Event,
    ) -> S:
        done = replace(heard, state=ApprovalState.APPROVED)
        permit = Permit(digest=standing.row.digest, granted_by=f"{_granted_by(done)}:{done.id}")
        after = standing.move(tx, event, Phase.AGREED, due_at=leaves_at, permit=permit)
        keep_word(tx, after.row.matter, done, word)
        return after.asking(done)

    def _reject(self, tx: Transaction, standing: S, word: Decision) -> S:
        asked, matter = standing.pending, standing.row.matter
        event = happened(f"{matter}.rejected", actor_of(word.person), reason=word.reason)
        after = standing.move(tx, event, Phase.REJECTED)
        if isinstance(standing, Standing):  # what agents earn, they earn with mail
            keep_stopped(tx, standing)
        if asked is None:
            return after
        placed = replace(word, stage=asked.stage)
        heard = replace(asked, decisions=(*asked.decisions, placed), state=ApprovalState.REJECTED)
        keep_word(tx, matter, heard, placed)
        return after.asking(heard)


def _granted_by(request: ApprovalRequest) -> str:
    """Whether people let it through, or an agent or silence alone: limits hold what no person has seen."""
    by_people = any(who != SILENCE and not who.startswith(AGENT_PREFIX) for who in request.approvers)
    return "approval" if by_people else "consent"


def _used_by(request: ApprovalRequest, person: str) -> Decision | None:
    """The word that somebody else gave from every seat that this person has."""
    if person in request.approvers or person not in request.people:
        return None
    by_seat = [
        next((word for word in request.decisions if seat.principal in (word.person, word.principal)), None)
        for seat in request.seats_of(person)
    ]
    return by_seat[0] if all(by_seat) and by_seat else None


def _last_words(standing: MatterStanding) -> tuple[Decision, ...]:
    """What was said to the last request that there was."""
    return standing.approvals[-1].decisions if standing.approvals else ()


def _refuse_if_decided(standing: MatterStanding, person: str, *, concerned: bool = False) -> None:
    """Raise AlreadyDecided where the question has been answered meanwhile, to whoever might have answered it."""
    words = _last_words(standing)
    if words and standing.row.phase in _DECIDED and (concerned or person in standing.approvals[-1].people):
        raise _decided(standing.row, words[-1])


def _decided(row: MatterRow, word: Decision) -> AlreadyDecided:
    at = word.at.isoformat(timespec="seconds")
    return AlreadyDecided(row.id, verdict=word.verdict, by=word.person, at=at, matter=row.matter)


def _named(row: MatterRow) -> str:
    return f"{row.matter} {row.id}"
