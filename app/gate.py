"""The one road: submit → extract → check → route → approve → undo window → deliver → watch.

Every step is one transaction that moves the draft, adds to the trail and sets the next wake-up, or does none of
it. Nothing leaves but under a permit for exactly its digest, and facts are read again right before it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import assert_never

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError

from app.approvals.again import until_not_overtaken
from app.approvals.requests import close_pending
from app.approvals.reviews import Reviews
from app.approvals.timers import Timer
from app.assess import Assessor
from app.autonomy.outcomes import keep_left, keep_stopped
from app.core.approvals import AGENT_PREFIX, ApprovalState, Decision, Verdict
from app.core.assessment import Assessment
from app.core.clock import Clock
from app.core.codec import to_json
from app.core.digest import submission_digest
from app.core.drafts import Draft
from app.core.errors import (
    Busy,
    MoveNotAllowed,
    ReusedKey,
    StaleDigest,
    StaleVersion,
    StepUpRequired,
)
from app.core.ids import Ids
from app.core.lifecycle import EDITABLE, State
from app.core.plain import plain
from app.core.proofs import Proof, ProofSource
from app.course import course_of, leave_at
from app.delivery import stuck
from app.delivery.dispatch import Dispatcher
from app.delivery.outcomes import Outcome
from app.delivery.recheck import after_a_stop, failed_closed, reopened
from app.delivery.sending import Begun, Departure, Sending
from app.delivery.settling import settle_as_sent, try_again
from app.edits import DraftEdit, apply_edit
from app.identity.step_up import with_proof
from app.judging import Judge
from app.ledger.entries import entries_of
from app.limits.floors import stop_floor, stop_in_words
from app.limits.holding import (
    remember_hold,
    require_not_stopped,
    stop_in_force,
)
from app.permissions import require_person, require_stopper
from app.permissions.reviewing import require_reopener, require_settler
from app.policy.live import LivePolicy
from app.standing import Standing, read_standing
from app.store.rows import DraftRow, Permit
from app.store.store import Reader, Store, Transaction
from app.trail import happened, judged

_log = structlog.get_logger(__name__)

LATE = timedelta(minutes=1)
"""From when on a mail that was to leave counts as overdue."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Stands between the agents that write and the customers who read."""

    store: Store
    assessor: Assessor
    dispatcher: Dispatcher
    policy: LivePolicy
    clock: Clock
    ids: Ids
    judged: Callable[[timedelta], None] = field(default=lambda _took: None, repr=False, compare=False)
    """Hears how long each verdict took."""
    most_overdue: int = 20_000
    """How many mails may be late to leave before nothing new is taken in."""

    @cached_property
    def reviews(self) -> Reviews:
        """What happens to drafts that wait for people."""
        world, lookups = self.assessor.world, self.assessor.lookups
        return Reviews(store=self.store, world=world, lookups=lookups, clock=self.clock, ids=self.ids)

    @cached_property
    def sending(self) -> Sending:
        """Calls the provider for what may leave, and asks it about what may have left."""
        return Sending(store=self.store, dispatcher=self.dispatcher, clock=self.clock, settled=self._settled)

    @cached_property
    def judge(self) -> Judge:
        """Gives the verdicts."""
        return Judge(assessor=self.assessor, policy=self.policy, judged=self.judged)

    # ── submit → extract → check → route ──────────────────────────────────────────────────────────────────

    def submit(self, draft: Draft, *, idempotency_key: str | None = None) -> Standing:
        """Judge a draft, keep it with its verdict, and set it on its way.

        The same client id or idempotency key gives the same draft again; `new` tells. Raises InvalidDraft, ReusedKey
        where the key was used for another content, InvalidPolicy where none is in force, FactUnavailable where the
        directory cannot be read, and Busy where far more waits to leave than leaves.
        """
        draft = self.assessor.admit(draft)
        now = self.clock.now()
        with self.store.read() as reader:
            known = self._handed_in_before(reader, draft, idempotency_key)
            if known is not None:
                return known
            if reader.due.more_than(self.most_overdue, before=now - LATE):
                raise Busy(self.most_overdue, retry_after=LATE)
            assessment = self.judge.verdict(reader, draft, at=now)
        try:
            with self.store.write(now=now) as tx:
                return self._admit(tx, draft, assessment, idempotency_key)
        except IntegrityError:
            # The same key came in between our look and our write: the first one is the draft.
            with self.store.read() as reader:
                known = self._handed_in_before(reader, draft, idempotency_key)
            if known is None:
                raise
            return known

    def _handed_in_before(self, reader: Reader, draft: Draft, key: str | None) -> Standing | None:
        by_client_id = reader.drafts.by_key(client_id=draft.client_id, idempotency_key=None)
        by_key = reader.drafts.by_key(client_id=None, idempotency_key=key)
        row = by_client_id or by_key
        if row is None:
            return None
        if row.submission != submission_digest(draft) or (by_key is not None and by_key.id != row.id):
            raise ReusedKey(key or draft.client_id or "", row.id)
        return read_standing(reader, row.id)

    def _admit(self, tx: Transaction, draft: Draft, assessment: Assessment, key: str | None) -> Standing:
        course = course_of(assessment, draft, now=tx.now, undo_window=self.judge.undo_window(tx, assessment))
        row = DraftRow(
            id=self.ids.new("dr"),
            client_id=draft.client_id,
            idempotency_key=key,
            submission=submission_digest(draft),
            state=course.state,
            version=1,
            due_at=course.due_at,
            revision=1,
            digest=assessment.digest,
            route=assessment.route,
            permit=course.permit,
            attempts=0,
            agent=draft.agent,
            on_behalf_of=draft.on_behalf_of,
            deal_id=draft.deal_id,
            thread_id=draft.thread.id if draft.thread else None,
            subject=draft.subject,
            created_at=tx.now,
            updated_at=tx.now,
        )
        author = f"agent:{draft.agent}"
        verdict = to_json(assessment)
        row, requests = self.reviews.requests.draw_up(tx, row, assessment, editors=frozenset())
        tx.admit(row, judged("draft.submitted", author, draft, assessment, verdict=verdict))
        tx.drafts.add_revision(row, draft, verdict, author=author, at=tx.now, facts=assessment.facts)
        remember_hold(tx, row, draft, assessment)
        self.reviews.requests.keep(tx, row, requests)
        return Standing(row=row, draft=draft, assessment=assessment, approvals=requests, new=True)

    # ── approve, reject, edit, undo ───────────────────────────────────────────────────────────────────────

    def decide(
        self,
        draft_id: str,
        *,
        person: str,
        verdict: Verdict,
        digest: str,
        reason: str = "",
        request_id: str | None = None,
        proof: ProofSource | None = None,
    ) -> Standing:
        """One person's word on exactly the bytes that `digest` names; the same word twice is one word.

        With `request_id`, the word counts for that request only: a repeated call cannot answer a later request that
        was opened for the same bytes because the facts around them had changed. `proof` is asked for only where the
        rule demands that the person proves anew who they are, and when nothing else stands in the way.

        Raises NotFound, NotPermitted, StaleDigest where the draft is no longer what the person saw, Conflict
        where nothing waits for a decision, StepUpRequired where the rule demands a proof, and what `proof` raises.
        """
        reason = plain(reason, field="reason")

        def hear(tx: Transaction, proved: Proof | None = None) -> Standing:
            who = person if person.startswith(AGENT_PREFIX) else require_person(person, self.assessor.world.people).id
            word = Decision(person=who, verdict=verdict, digest=digest, reason=reason, at=tx.now)
            word = with_proof(word, proved)
            return self.reviews.deciding.hear(tx, read_standing(tx, draft_id), word, request_id, self._departure)

        try:
            return until_not_overtaken(self.store, self.clock, draft_id, hear)
        except StepUpRequired:
            if proof is None:
                raise
        proved = proof()  # in a transaction of its own: a wrong code counts although nothing is decided
        return until_not_overtaken(self.store, self.clock, draft_id, partial(hear, proved=proved))

    def _departure(self, tx: Transaction, standing: Standing) -> datetime:
        """When a draft leaves that is approved now. Raises Conflict where a stop holds it."""
        require_not_stopped(tx, standing.row.id, standing.draft)
        window = self.judge.undo_window(tx, standing.assessment)
        return leave_at(standing.draft, standing.assessment, now=tx.now, undo_window=window)

    def edit(self, draft_id: str, edit: DraftEdit, *, person: str, digest: str) -> Standing:
        """Change the text: a new digest, judged again; approvals given before mean nothing any more.

        Raises NotFound, NotPermitted, StaleDigest, InvalidDraft, MoveNotAllowed, or StaleVersion where somebody
        moved the draft meanwhile.
        """
        now = self.clock.now()
        with self.store.read() as reader:
            standing = read_standing(reader, draft_id)
            editor = require_person(person, self.assessor.world.people)
            require_stopper(editor, standing, self.assessor.world.people, "edit")
            if digest != standing.row.digest:
                raise StaleDigest(draft_id, standing.row.digest)
            if standing.row.state not in EDITABLE:
                raise MoveNotAllowed(draft_id=draft_id, source=standing.row.state, target="edited")
            draft = apply_edit(standing.draft, edit)
            if draft == standing.draft:
                return standing
            editors = standing.editors | {editor.id}
            assessment = self.judge.verdict(reader, draft, at=now, row=standing.row, editors=editors)
        with self.store.write(now=now) as tx:
            edited = replace(standing, draft=draft, editors=editors)
            return self._set_course(tx, edited, assessment, kind="draft.edited", actor=f"person:{editor.id}")

    def undo(self, draft_id: str, *, person: str) -> Standing:
        """Take a draft back that has not begun to leave; it will not. Doing it twice does it once.

        Raises NotFound, NotPermitted, MoveNotAllowed where it is too late.
        """
        with self.store.write(now=self.clock.now()) as tx:
            standing = read_standing(tx, draft_id)
            who = require_person(person, self.assessor.world.people)
            require_stopper(who, standing, self.assessor.world.people, "undo")
            row = standing.row
            if row.state is State.UNDONE:
                return standing
            after = replace(
                row, state=State.UNDONE, version=row.version + 1, due_at=None, permit=None, updated_at=tx.now
            )
            tx.move(row, after, happened("draft.undone", f"person:{who.id}"))
            keep_stopped(tx, standing)
            return standing.moved(after)

    def reopen(self, draft_id: str, *, person: str, digest: str, reason: str = "") -> Standing:
        """Have people asked again about a draft that expired, on today's facts; it never leaves by a rule alone.

        Raises NotFound, NotPermitted, StaleDigest, MoveNotAllowed where it has not expired, StaleVersion.
        """
        now, why = self.clock.now(), plain(reason, field="reason")
        with self.store.read() as reader:
            standing = read_standing(reader, draft_id)
            who = require_person(person, self.assessor.world.people)
            require_reopener(who, standing, self.assessor.world.people)
            if digest != standing.row.digest:
                raise StaleDigest(draft_id, standing.row.digest)
            if standing.row.state is not State.EXPIRED:
                raise MoveNotAllowed(draft_id=draft_id, source=standing.row.state, target="reopened")
            fresh = self.judge.today(reader, standing, at=now)
        verdict, reasons = reopened(standing.assessment, fresh), (f"{who.id} reopened it",)
        with self.store.write(now=now) as tx:
            tx.record(happened("draft.reopened", f"person:{who.id}", draft_id=draft_id, reason=why))
            # The gate judges it again: whoever reopens a draft has not written it.
            return self._set_course(tx, standing, verdict, kind="draft.judged_again", actor="gate", reasons=reasons)

    # ── wake: expiry, delivery, reconciling ───────────────────────────────────────────────────────────────

    def wake(self, draft_id: str, version: int) -> None:
        """Do what a draft's timer asks for, if the draft is still at that version. Calling it twice does it once."""
        now = self.clock.now()
        with self.store.read() as reader:
            standing = read_standing(reader, draft_id)
        row = standing.row
        if row.version != version or row.due_at is None or row.due_at > now:
            return
        try:
            match row.state:
                case State.IN_REVIEW:
                    self._tend(standing)
                case State.SCHEDULED:
                    self.deliver([standing])
                case State.SENDING | State.UNKNOWN | State.RECONCILING:
                    self.sending.reconcile(standing, held=partial(_held, draft=standing.draft))
                case State.NEEDS_PERSON | State.FAILED:
                    with self.store.write(now=now) as tx:
                        stuck.remind(tx, standing, self.ids)
                case State.BLOCKED | State.SENT | State.REJECTED | State.EXPIRED | State.UNDONE:
                    return
                case _:
                    assert_never(row.state)
        except StaleVersion:
            return  # somebody was first; the draft has another timer now, or none

    def _tend(self, standing: Standing) -> None:
        """Remind, escalate or expire, whichever is due; where silence is consent, only on today's facts."""
        now, row, request = self.clock.now(), standing.row, standing.pending
        with self.store.write(now=now) as tx:
            timer = self.reviews.tending.tend(tx, standing)
        if timer is not Timer.CONSENT or request is None:
            return
        permit = Permit(digest=row.digest, granted_by=f"consent:{request.id}")
        permitted = replace(standing, row=replace(row, permit=permit))
        with self.store.read() as reader:
            fresh, reasons = self.judge.recheck(reader, permitted, at=now)
        with self.store.write(now=now) as tx:
            if not reasons and (stop := stop_in_force(tx, standing.draft)):
                fresh, reasons = self.judge.held_back(permitted, fresh, stop_floor(stop)), (stop_in_words(stop),)
            if reasons:
                self._set_course(tx, standing, fresh, kind="draft.judged_again", actor="gate", reasons=reasons)
            else:
                self.reviews.deciding.consent(tx, standing, self._departure)

    def deliver(self, standings: Sequence[Standing]) -> None:
        """Let scheduled drafts leave that still may: judged on today's facts, begun together, sent side by side."""
        self.sending.send(self._begin([self._look_again(standing) for standing in standings]))

    def _look_again(self, standing: Standing) -> Departure:
        now, row, draft = self.clock.now(), standing.row, standing.draft
        with self.store.read() as reader:  # of its own: whatever goes wrong with it is this draft's trouble alone
            fresh, reasons = self.judge.recheck(reader, standing, at=now)
        if reasons:
            return Departure(standing=standing, fresh=fresh, reasons=reasons)
        try:
            intent = self.dispatcher.prepare(row, draft, fresh.sender, at=now)
        except Exception as error:  # noqa: BLE001 - what cannot be written as approved must not leave
            unwritten = f"it cannot be written as a mail: {error}"
            return Departure(standing=standing, fresh=failed_closed(fresh, str(error)), reasons=(unwritten,))
        return Departure(standing=standing, fresh=fresh, intent=intent)

    def _begin(self, departures: Sequence[Departure]) -> list[Begun]:
        """Begin those that may leave, in one transaction, or each in its own where somebody was first with one."""
        try:
            with self.store.write(now=self.clock.now()) as tx:
                self.judge.lock_places(tx, [(d.standing, d.fresh) for d in departures if d.intent])
                left = _not_overtaken(tx, departures) if len(departures) > 1 else departures
                return [begun for departure in left if (begun := self._begin_one(tx, departure))]
        except (StaleVersion, OperationalError):
            if len(departures) == 1:
                raise
        return [begun for departure in departures for begun in self._begin_alone(departure)]

    def _begin_alone(self, departure: Departure) -> list[Begun]:
        try:
            return self._begin([departure])
        except StaleVersion:
            return []  # somebody was first; the draft has another timer now, or none
        except OperationalError as error:
            # Those that were begun already are sent all the same. This one is still due: a later round tries again.
            _log.warning("not begun", draft=departure.standing.row.id, error=error)
            return []

    def _begin_one(self, tx: Transaction, departure: Departure) -> Begun | None:
        """Begin to send the draft, or put it on another course where it may not leave, or not yet."""
        standing, fresh, reasons = departure.standing, departure.fresh, departure.reasons
        if not reasons and (floor := self.judge.no_place(tx, standing, fresh)):
            fresh, reasons = self.judge.held_back(standing, fresh, floor), (floor.why,)
        if reasons or departure.intent is None:
            known = replace(standing, approvals=tuple(tx.approvals.of_draft(standing.row.id)))
            self._set_course(tx, known, fresh, kind="draft.judged_again", actor="gate", reasons=reasons)
            return None
        if self.dispatcher.wait_for_slot(tx, standing.row, departure.intent):
            return None
        row, intent = self.dispatcher.begin(tx, standing.row, departure.intent)
        return Begun(standing=replace(standing, row=row, assessment=fresh), intent=intent)

    def judge_again(self, draft_id: str, *, reason: str) -> None:
        """Put a draft that a stop holds in review on the course of today's verdict; in another state it stays.

        Raises NotFound, StaleVersion where somebody was first, FactUnavailable where the directory cannot be read.
        """
        now = self.clock.now()
        with self.store.read() as reader:
            standing = read_standing(reader, draft_id)
            if standing.row.state is not State.IN_REVIEW:
                return
            today = self.judge.today(reader, standing, at=now)
        fresh = after_a_stop(standing.assessment, today, standing.approvals)
        with self.store.write(now=now) as tx:
            self._set_course(tx, standing, fresh, kind="draft.judged_again", actor="gate", reasons=(reason,))

    def _set_course(
        self,
        tx: Transaction,
        standing: Standing,
        assessment: Assessment,
        *,
        kind: str,
        actor: str,
        reasons: tuple[str, ...] = (),
    ) -> Standing:
        """Put the draft, as it is now, on the course of a new verdict: a new revision, and a new request at need."""
        row, draft, verdict = standing.row, standing.draft, to_json(assessment)
        course = course_of(assessment, draft, now=tx.now, undo_window=self.judge.undo_window(tx, assessment))
        after = replace(course.steer(row, assessment, at=tx.now), revision=row.revision + 1, subject=draft.subject)
        after, opened = self.reviews.requests.draw_up(tx, after, assessment, editors=standing.editors)
        tx.move(row, after, judged(kind, actor, draft, assessment, verdict=verdict, reasons=reasons))
        closed = close_pending(tx, standing.approvals, ApprovalState.VOID)
        tx.drafts.add_revision(after, draft, verdict, author=actor, at=tx.now, facts=assessment.facts)
        remember_hold(tx, after, draft, assessment)
        self.reviews.requests.keep(tx, after, opened)
        return replace(standing, assessment=assessment).moved(after, *closed, *opened)

    def _settled(self, tx: Transaction, settled: Sequence[tuple[Standing, Outcome]]) -> None:
        """Hear what attempts to send came to, in the transaction that keeps it."""
        tx.autonomy.remember_tiers([standing.row.id for standing, _ in settled if standing.row.state is State.SENT])
        for standing, outcome in settled:
            if outcome.tell:
                stuck.tell(tx, standing, self.ids, reason=outcome.reason)
            if standing.row.state is State.SENT:
                self._has_left(tx, standing)

    def settle_send(
        self, draft_id: str, *, person: str, digest: str, left: bool, reason: str, version: int | None = None
    ) -> Standing:
        """A person has looked at the mailbox about a send that is stuck: it did leave, or it is to be tried again.

        With `version`, the word counts only for the draft as it stood then: what the mailbox showed says nothing
        about an attempt that was made since.

        Raises NotFound, NotPermitted, StaleDigest, InvalidInput without a reason, MoveNotAllowed, StaleVersion.
        """
        why = plain(reason, field="reason").strip()
        with self.store.write(now=self.clock.now()) as tx:
            standing = read_standing(tx, draft_id)
            who = require_person(person, self.assessor.world.people)
            require_settler(who, standing, self.assessor.world.people)
            if digest != standing.row.digest:
                raise StaleDigest(draft_id, standing.row.digest)
            if version is not None and version != standing.row.version:
                raise StaleVersion(draft_id, version)
            if not left:
                return try_again(tx, standing, who, reason=why)
            settled = settle_as_sent(tx, standing, who, reason=why)
            self._has_left(tx, settled)
            return settled

    # ── watch ─────────────────────────────────────────────────────────────────────────────────────────────

    def _has_left(self, tx: Transaction, standing: Standing) -> None:
        self._enter_in_ledger(tx, standing)
        version = standing.assessment.ruling.policy_version
        keep_left(tx, standing, sampling=self.policy.of_version(tx, version).sampling)

    def _enter_in_ledger(self, tx: Transaction, standing: Standing) -> None:
        """What was promised is open from the moment it was sent; monitoring watches it from here."""
        draft_id = standing.row.id
        entries = entries_of(standing.assessment, standing.draft, draft_id=draft_id, ids=self.ids, at=tx.now)
        tx.ledger.add(entries)
        for entry in entries:
            tx.record(happened("commitment.opened", "gate", draft_id=draft_id, commitment=entry.id, text=entry.text))


def _not_overtaken(tx: Transaction, departures: Sequence[Departure]) -> Sequence[Departure]:
    """Those that nobody has moved since: another worker that was first with one held the same places until now."""
    rows = [departure.standing.row for departure in departures]
    versions = tx.drafts.versions([row.id for row in rows])
    return [each for each, row in zip(departures, rows, strict=True) if versions.get(row.id) == row.version]


def _held(tx: Transaction, draft: Draft) -> str:
    """The reason of the stop that holds the draft; empty where none does."""
    stop = stop_in_force(tx, draft)
    return stop_in_words(stop) if stop else ""
