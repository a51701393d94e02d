"""Leave to do an action: claimed once, for a while, for exactly what was approved; and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.actions.course import Courses
from app.actions.holding import require_not_stopped, take_places
from app.actions.judging import ActionJudge, Recheck
from app.actions.standing import ActionStanding, read_action
from app.approvals import telling
from app.core.actions import ActionState, Claim, Outcome, Report, Values
from app.core.approvals import AGENT_PREFIX, ApprovalState
from app.core.clock import Clock
from app.core.errors import Conflict, InvalidInput, NotPermitted, StaleDigest, StaleVersion
from app.core.facts import Person
from app.core.ids import Ids
from app.core.matters import Matter, Phase
from app.core.notices import NoticeKind
from app.core.plain import plain
from app.core.ports import People
from app.limits.floors import held_back
from app.limits.holding import is_attended
from app.permissions import Operation, require, require_seer
from app.permissions.relations import to_draft
from app.store.action_rows import ActionRow
from app.store.store import Store, Transaction
from app.trail import happened

LEASE = timedelta(minutes=5)
"""How long a claim stands that names no other time."""
SHORTEST_LEASE, LONGEST_LEASE = timedelta(seconds=10), timedelta(hours=1)
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Permits:
    """Hands out claims and hears reports."""

    store: Store
    clock: Clock
    ids: Ids
    people: People
    judge: ActionJudge
    courses: Courses

    # ── claim ─────────────────────────────────────────────────────────────────────────────────────────────────

    def claim(
        self,
        action_id: str,
        *,
        person: Person,
        digest: str,
        executor: str = "",
        lease: timedelta = LEASE,
        key: str | None = None,
    ) -> ActionStanding:
        """Leave to do this action now, once: from here on nobody else gets it. `executor` is the program's name.

        The same `key` again gives the same claim, as long as it is open. Facts are read again first: where they speak
        against it now, the action goes back before people.

        Raises NotFound, NotPermitted, StaleDigest, InvalidInput, and Conflict where it may not be claimed (any more),
        where it went back to people, or while a stop holds it.
        """
        who = _executor(executor, person)
        if not SHORTEST_LEASE <= lease <= LONGEST_LEASE:
            shortest, longest = int(SHORTEST_LEASE.total_seconds()), int(LONGEST_LEASE.total_seconds())
            raise InvalidInput(f"has to be {shortest} to {longest} seconds", field="lease")
        now = self.clock.now()
        claim = Claim(id=self.ids.new("cl"), executor=who, person=person.id, at=now, until=now + lease, key=key)
        standing = self._claimable(action_id, claim, person, digest)
        if standing.row.state is ActionState.EXECUTING:
            return standing  # by this very claim, made before
        with self.store.read() as reader:
            today = self.judge.recheck(reader, standing, standing.row.permit, at=now)
        try:
            taken, reasons = self._take(standing, today, claim)
        except StaleVersion:
            return self._claimable(action_id, claim, person, digest)  # which says who was first
        if reasons:
            raise Conflict(f"action {action_id} was not claimed and was judged again: {'; '.join(reasons)}")
        return taken

    def _claimable(self, action_id: str, claim: Claim, person: Person, digest: str) -> ActionStanding:
        """The action where it may be claimed so, or was by this very claim. Raises as `claim` does."""
        with self.store.read() as reader:
            standing = read_action(reader, action_id)
            self._require_executor(standing, person, claim.executor)
            if not _is_repeated(standing.row, claim):
                _require_claimable(standing, digest, now=claim.at)
                # Before it is judged: what a stop holds stays as it is, to be claimed when the stop is over.
                require_not_stopped(reader, action_id, standing.action, doing="claimed")
        return standing

    def _take(self, standing: ActionStanding, today: Recheck, claim: Claim) -> tuple[ActionStanding, tuple[str, ...]]:
        """The action under its claim; or on the course of today's verdict, and the reasons. Raises StaleVersion."""
        verdict, reasons = today.verdict, today.reasons
        with self.store.write(now=claim.at) as tx:
            if not reasons:
                limits = self.judge.policy.of_version(tx, verdict.ruling.policy_version).limits
                floor = take_places(tx, standing.row, verdict, limits)
                if floor is None:
                    return self._begin(tx, standing, claim), ()
                approved = standing.assessment if is_attended(standing.row.permit) else None
                verdict = held_back(verdict, approved, floor, people=self.people, editors=standing.editors)
                reasons = (floor.why,)
            return self.courses.set_anew(tx, standing, verdict, reasons=reasons), reasons

    def _begin(self, tx: Transaction, standing: ActionStanding, claim: Claim) -> ActionStanding:
        row = standing.row
        after = replace(
            row,
            state=ActionState.EXECUTING,
            version=row.version + 1,
            due_at=claim.until,
            claim=claim,
            updated_at=tx.now,
        )
        event = happened(
            "action.claimed",
            claim.executor,
            claim=claim.id,
            person=claim.person,
            until=claim.until.isoformat(),
            permit=row.permit.granted_by if row.permit else None,
        )
        tx.move_action(row, after, event)
        return standing.moved(after)

    def _require_executor(self, standing: ActionStanding, person: Person, executor: str) -> None:
        require_seer(person, standing, self.people)
        relations = to_draft(person, standing, self.people)
        require(person, Operation.ACTION_CLAIM, relations, doing=f"claim action {standing.row.id}")
        if standing.demand is None or not standing.demand.separate_duties:
            return
        row = standing.row
        said = [word for request in standing.approvals for word in request.decisions]
        approvers = {name for word in said for name in (word.person, word.principal)}
        taken = {row.on_behalf_of, row.proposed_by, AGENT_PREFIX + row.agent, *approvers}
        for name in (person.id, executor):
            if name.casefold() in {each.casefold() for each in taken}:
                raise NotPermitted(
                    f"{name} proposed or approved action {row.id}, and its rule wants somebody else to carry it out"
                )

    # ── report ────────────────────────────────────────────────────────────────────────────────────────────────

    def report(
        self,
        action_id: str,
        *,
        person: Person,
        outcome: Outcome,
        claim: str | None = None,
        result: Values | None = None,
        reason: str = "",
    ) -> ActionStanding:
        """Say what became of an action: with the claim, as its executor; without, as a person who has looked.

        Without a claim only where the lease has run out and nobody knows. The same report twice is one; an executor
        may still report when the lease is over. Raises NotFound, NotPermitted, InvalidInput without a reason where
        one is needed, and Conflict where it is too late or another report was heard.
        """
        why = plain(reason, field="reason")
        with self.store.write(now=self.clock.now()) as tx:
            standing = read_action(tx, action_id)
            by = self._reporter(standing, person, claim)
            row = standing.row
            if (known := row.report) is not None and (known.outcome, known.by, known.result) == (outcome, by, result):
                return standing
            if row.state not in (ActionState.EXECUTING, ActionState.UNKNOWN):
                raise Conflict(f"action {action_id} is {row.state}; there is nothing to report")
            if claim is None and row.state is ActionState.EXECUTING:
                until = row.claim.until.isoformat(timespec="seconds") if row.claim else "later"
                raise Conflict(f"action {action_id} is being carried out until {until}; wait for the report")
            if not why and (claim is None or outcome is Outcome.FAILED):
                raise InvalidInput("is missing; say what you saw, or why it failed", field="reason")
            report = Report(outcome=outcome, by=by, at=tx.now, reason=why, result=result)
            after = replace(
                row,
                state=ActionState(outcome.value),
                version=row.version + 1,
                due_at=None,
                report=report,
                updated_at=tx.now,
            )
            event = happened(f"action.{outcome}", by, claim=row.claim.id if row.claim else None, reason=why)
            tx.move_action(row, after, event)
            return standing.moved(after)

    def _reporter(self, standing: ActionStanding, person: Person, claim: str | None) -> str:
        require_seer(person, standing, self.people)
        if claim is None:
            relations = to_draft(person, standing, self.people)
            require(person, Operation.ACTION_REPORT, relations, doing=f"settle action {standing.row.id}")
            return f"person:{person.id}"
        known = standing.row.claim
        if known is None or (known.id, known.person) != (claim, person.id):
            raise NotPermitted(f"{person.id} does not hold claim {claim} on action {standing.row.id}")
        return known.executor

    # ── what time does ────────────────────────────────────────────────────────────────────────────────────────

    def lapse(self, standing: ActionStanding) -> None:
        """Nobody claimed it in time. Raises StaleVersion."""
        with self.store.write(now=self.clock.now()) as tx:
            event = happened("action.expired", "gate", reason="nobody claimed it in time")
            row = standing.move(tx, event, Phase.EXPIRED).row
            told = (row.on_behalf_of, row.proposed_by)
            words = f"action {row.id} ({row.subject}) was let through and not claimed in time; propose it again"
            notices = telling.notices(
                self.ids, row, None, NoticeKind.EXPIRED, [(who, words) for who in told], at=tx.now
            )
            tx.notices.add(notices)

    def lose(self, standing: ActionStanding) -> None:
        """The lease is over and nobody has reported: nobody knows, and people are told. Raises StaleVersion."""
        row = standing.row
        with self.store.write(now=self.clock.now()) as tx:
            after = replace(row, state=ActionState.UNKNOWN, version=row.version + 1, due_at=None, updated_at=tx.now)
            tx.move_action(row, after, happened("action.unknown", "gate", claim=row.claim.id if row.claim else None))
            words = (
                f"nobody knows whether action {row.id} ({row.subject}) was carried out: "
                f"{row.claim.executor if row.claim else 'its executor'} has not reported; look, and say so"
            )
            told = (row.on_behalf_of, row.proposed_by, *([row.claim.person] if row.claim else []), *_agreed(standing))
            notices = telling.notices(
                self.ids, after, None, NoticeKind.UNREPORTED, [(who, words) for who in told], at=tx.now
            )
            tx.notices.add(notices)


def _agreed(standing: ActionStanding) -> tuple[str, ...]:
    """The people who approved it."""
    done = [request for request in standing.approvals if request.state is ApprovalState.APPROVED]
    return tuple(who for request in done for who in request.approvers if not who.startswith(AGENT_PREFIX))


def _executor(name: str, person: Person) -> str:
    name = plain(name, field="executor")
    if len(name) > _LONGEST_NAME or "\n" in name:
        raise InvalidInput(f"has to be one line of at most {_LONGEST_NAME} characters", field="executor")
    return AGENT_PREFIX + name if name else f"person:{person.id}"


def _is_repeated(row: ActionRow, claim: Claim) -> bool:
    known = row.claim
    if claim.key is None or known is None or row.state is not ActionState.EXECUTING:
        return False
    return (known.key, known.executor, known.person) == (claim.key, claim.executor, claim.person)


def _require_claimable(standing: ActionStanding, digest: str, *, now: datetime) -> None:
    row = standing.row
    if digest != row.digest:
        raise StaleDigest(row.id, row.digest, matter=Matter.ACTION)
    if row.state is ActionState.EXECUTING and row.claim is not None:
        until = row.claim.until.isoformat(timespec="seconds")
        raise Conflict(f"action {row.id} was claimed by {row.claim.executor}, until {until}")
    if row.state is not ActionState.APPROVED or row.permit is None:
        raise Conflict(f"action {row.id} is {row.state}; only what is approved can be claimed")
    if row.due_at is not None and row.due_at <= now:
        raise Conflict(f"action {row.id} could be claimed until {row.due_at.isoformat(timespec='seconds')}")
    if row.permit.digest != row.digest:
        raise StaleDigest(row.id, row.digest, matter=Matter.ACTION)
