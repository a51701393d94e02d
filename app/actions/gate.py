"""The road of an action: propose → judge → approve → claim → report. Countersign carries nothing out itself.

What people say about it is asked for and heard by the same code that asks about drafts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from sqlalchemy.exc import IntegrityError

from app.actions.course import CLAIMABLE_FOR, Courses, on_course
from app.actions.holding import require_not_stopped, stop_on
from app.actions.judging import ActionJudge
from app.actions.permits import Permits
from app.actions.standing import ActionStanding, barred_proposer, read_action
from app.approvals.again import until_not_overtaken
from app.approvals.questions import Questions
from app.approvals.reassigning import Reassigning
from app.approvals.requests import close_pending
from app.approvals.reviews import Reviews
from app.approvals.timers import Timer
from app.assess import Assessor
from app.core.actions import ENTRY, TIMED, Action, ActionState, proposal_digest
from app.core.approvals import AGENT_PREFIX, ApprovalState, Decision, Verdict
from app.core.assessment import Assessment
from app.core.clock import Clock
from app.core.errors import NotPermitted, ReusedKey, StaleVersion, StepUpRequired
from app.core.facts import Person
from app.core.ids import Ids
from app.core.matters import Matter
from app.core.plain import plain
from app.core.ports import People
from app.core.proofs import Proof, ProofSource
from app.identity.step_up import with_proof
from app.limits.floors import held_back, stop_floor, stop_in_words
from app.permissions import Operation, require, require_person, require_seer, require_stopper
from app.policy.live import LivePolicy
from app.store.action_rows import ActionRow
from app.store.rows import Permit
from app.store.store import Reader, Store, Transaction
from app.trail import happened

_MOST_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class ActionGate:
    """Stands between agents and what they want to do besides sending mail."""

    store: Store
    assessor: Assessor
    policy: LivePolicy
    clock: Clock
    ids: Ids
    reviews: Reviews
    """Those of the drafts: the same people are asked, in the same way."""

    @property
    def people(self) -> People:
        """The directory."""
        return self.assessor.world.people

    @cached_property
    def judge(self) -> ActionJudge:
        """Gives the verdicts."""
        return ActionJudge(assessor=self.assessor, policy=self.policy)

    @cached_property
    def courses(self) -> Courses:
        """Sets actions on their course."""
        return Courses(requests=self.reviews.requests)

    @cached_property
    def permits(self) -> Permits:
        """Claims and reports."""
        return Permits(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            people=self.people,
            judge=self.judge,
            courses=self.courses,
        )

    @cached_property
    def questions(self) -> Questions[ActionStanding]:
        """Questions, answers, comments."""
        return Questions(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            people=self.people,
            requests=self.reviews.requests,
            standing_of=read_action,
        )

    @cached_property
    def reassigning(self) -> Reassigning[ActionStanding]:
        """Passes places on."""
        return Reassigning(
            store=self.store,
            clock=self.clock,
            people=self.people,
            requests=self.reviews.requests,
            standing_of=read_action,
        )

    # ── propose ───────────────────────────────────────────────────────────────────────────────────────────────

    def propose(self, action: Action, *, person: Person) -> ActionStanding:
        """Judge an action and keep it with its verdict. `person` answers for whoever proposes it.

        The same client id again gives the same action; `new` tells. Raises InvalidDraft where the person or the deal
        that it names does not exist, ReusedKey, InvalidPolicy, FactUnavailable, and NotFound where it takes back an
        action that the person may not see.
        """
        require(person, Operation.ACTION_PROPOSE, doing="propose an action")
        action = replace(action, on_behalf_of=self.judge.admit(action).on_behalf_of)
        now = self.clock.now()
        with self.store.read() as reader:
            known = _proposed_before(reader, action)
            if known is not None:
                return known
            if action.rollback_of is not None:
                require_seer(person, read_action(reader, action.rollback_of), self.people)
            verdict = self._first_verdict(reader, action, person, at=now)
        row = _new_row(self.ids.new("ac"), action, person, verdict, at=now)
        try:
            with self.store.write(now=now) as tx:
                return self.courses.enter(tx, row, verdict, actor=f"agent:{action.agent}")
        except IntegrityError:
            # The same client id came in between our look and our write: the first one is the action.
            with self.store.read() as reader:
                known = _proposed_before(reader, action)
            if known is None:
                raise
            return known

    def _first_verdict(self, reader: Reader, action: Action, person: Person, *, at: datetime) -> Assessment:
        """The verdict; whoever proposes is left out of those asked where the rule separates duties."""
        verdict = self.judge.verdict(reader, action, at=at)
        barred = barred_proposer(verdict.ruling.approvals, person.id)
        return self.judge.verdict(reader, action, at=at, editors=barred) if barred else verdict

    # ── approve, reject, withdraw ─────────────────────────────────────────────────────────────────────────────

    def decide(
        self,
        action_id: str,
        *,
        person: str,
        verdict: Verdict,
        digest: str,
        reason: str = "",
        request_id: str | None = None,
        proof: ProofSource | None = None,
    ) -> ActionStanding:
        """One person's, or agent's, word on exactly what `digest` names; the same word twice is one word.

        `request_id`, `proof` and the errors are those of `Gate.decide`.
        """
        reason = plain(reason, field="reason")

        def hear(tx: Transaction, proved: Proof | None = None) -> ActionStanding:
            who = person if person.startswith(AGENT_PREFIX) else require_person(person, self.people).id
            word = with_proof(Decision(person=who, verdict=verdict, digest=digest, reason=reason, at=tx.now), proved)
            return self.reviews.deciding.hear(tx, read_action(tx, action_id), word, request_id, _claimable_until)

        try:
            return until_not_overtaken(self.store, self.clock, action_id, hear)
        except StepUpRequired:
            if proof is None:
                raise
        proved = proof()  # in a transaction of its own: a wrong code counts although nothing is decided
        return until_not_overtaken(self.store, self.clock, action_id, partial(hear, proved=proved))

    def hand_on(
        self,
        action_id: str,
        *,
        agent: str,
        by: Person,
        verdict: Verdict,
        digest: str,
        reason: str,
        request_id: str | None = None,
    ) -> ActionStanding:
        """An agent's word, where the rule asks that agent. `by` answers for it and has no part in the action.

        Raises NotFound, NotPermitted, and what `decide` raises.
        """
        with self.store.read() as reader:
            row = self._shown(reader, action_id, by).row
        require(by, Operation.AGENT, doing=f"hand on the word of agent {agent}")
        if by.id in {row.on_behalf_of, row.proposed_by}:
            raise NotPermitted(f"{by.id} proposed action {action_id}; use another person's token")
        return self.decide(
            action_id,
            person=AGENT_PREFIX + agent,
            verdict=verdict,
            digest=digest,
            reason=reason,
            request_id=request_id,
        )

    def withdraw(self, action_id: str, *, person: str, reason: str = "") -> ActionStanding:
        """Take an action back that nobody has claimed; it will not be done. Doing it twice does it once.

        Raises NotFound, NotPermitted, MoveNotAllowed where it is too late, StaleVersion.
        """
        why = plain(reason, field="reason")
        with self.store.write(now=self.clock.now()) as tx:
            standing = read_action(tx, action_id)
            who = require_person(person, self.people)
            require_stopper(who, standing, self.people, "undo")
            row = standing.row
            if row.state is ActionState.WITHDRAWN:
                return standing
            after = replace(
                row,
                state=ActionState.WITHDRAWN,
                version=row.version + 1,
                due_at=None,
                permit=None,
                updated_at=tx.now,
            )
            tx.move_action(row, after, happened("action.withdrawn", f"person:{who.id}", reason=why))
            closed = close_pending(tx, standing.approvals, ApprovalState.VOID, matter=Matter.ACTION)
            return standing.moved(after, *closed)

    def show(self, action_id: str, *, person: Person | None) -> ActionStanding:
        """The action, to somebody who may read it; None is the operator of this machine. Raises NotFound."""
        with self.store.read() as reader:
            return read_action(reader, action_id) if person is None else self._shown(reader, action_id, person)

    def _shown(self, reader: Reader, action_id: str, person: Person) -> ActionStanding:
        standing = read_action(reader, action_id)
        require_seer(person, standing, self.people)
        return standing

    # ── what time does ────────────────────────────────────────────────────────────────────────────────────────

    def wake_due(self) -> int:
        """Do what the timers of actions ask for that have rung. Returns how many had; any worker may, at any time."""
        with self.store.read() as reader:
            due = reader.actions.overdue(TIMED, now=self.clock.now(), limit=_MOST_AT_ONCE)
        for action_id, version in due:
            self.wake(action_id, version)
        return len(due)

    def wake(self, action_id: str, version: int) -> None:
        """Do what an action's timer asks for, if the action is still at that version. Twice does it once."""
        with self.store.read() as reader:
            standing = read_action(reader, action_id)
        row, now = standing.row, self.clock.now()
        if row.version != version or row.due_at is None or row.due_at > now:
            return
        try:
            if row.state is ActionState.IN_REVIEW:
                self._tend(standing)
            elif row.state is ActionState.APPROVED:
                self.permits.lapse(standing)
            elif row.state is ActionState.EXECUTING:
                self.permits.lose(standing)
        except StaleVersion:
            return  # somebody was first; the action has another timer now, or none

    def _tend(self, standing: ActionStanding) -> None:
        """Remind, escalate or expire, whichever is due; where silence is consent, only on today's facts."""
        now, request = self.clock.now(), standing.pending
        with self.store.write(now=now) as tx:
            timer = self.reviews.tending.tend(tx, standing)
        if timer is not Timer.CONSENT or request is None:
            return
        permit = Permit(digest=standing.row.digest, granted_by=f"consent:{request.id}")
        with self.store.read() as reader:
            today = self.judge.recheck(reader, standing, permit, at=now)
        with self.store.write(now=now) as tx:
            tx.stops.share()
            verdict, reasons = today.verdict, today.reasons
            if not reasons and (stop := stop_on(tx.stops.active(), standing.action)):
                reasons = (stop_in_words(stop),)
                verdict = held_back(verdict, None, stop_floor(stop), people=self.people, editors=standing.editors)
            if reasons:
                self.courses.set_anew(tx, standing, verdict, reasons=reasons)
            else:
                self.reviews.deciding.consent(tx, standing, _claimable_until)


def _proposed_before(reader: Reader, action: Action) -> ActionStanding | None:
    known = reader.actions.id_by_client_id(action.client_id)
    if known is None:
        return None
    standing = read_action(reader, known)
    if standing.row.submission != proposal_digest(action):
        raise ReusedKey(action.client_id or "", known, matter=Matter.ACTION)
    return standing


def _new_row(id: str, action: Action, person: Person, verdict: Assessment, *, at: datetime) -> ActionRow:
    row = ActionRow(
        id=id,
        client_id=action.client_id,
        submission=proposal_digest(action),
        action=action,
        state=ENTRY[verdict.route],
        version=1,
        due_at=None,
        revision=1,
        digest=verdict.digest,
        route=verdict.route,
        permit=None,
        proposed_by=person.id,
        created_at=at,
        updated_at=at,
    )
    return on_course(row, verdict, at=at)


def _claimable_until(tx: Transaction, standing: ActionStanding) -> datetime:
    """Until when an action may be claimed that is approved now. Raises Conflict where a stop holds it."""
    require_not_stopped(tx, standing.row.id, standing.action, doing="approved")
    return tx.now + CLAIMABLE_FOR
