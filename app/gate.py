"""The one road: submit → extract → check → route → approve → undo window → deliver → watch.

Every step is one transaction that moves the draft, adds to the trail and sets the next wake-up, or does none of
it. Nothing leaves but under a permit for exactly its digest, and facts are read again right before it does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy.exc import IntegrityError

from app.approvals.requests import already_said, answered, close_pending, keep_word, open_request
from app.assess import Assessor
from app.core.approvals import ApprovalState, Decision, Verdict
from app.core.assessment import Assessment
from app.core.clock import Clock
from app.core.codec import to_json
from app.core.digest import submission_digest
from app.core.drafts import Draft
from app.core.errors import (
    Conflict,
    MoveNotAllowed,
    NotAvailable,
    ReusedKey,
    StaleDigest,
    StaleVersion,
)
from app.core.ids import Ids
from app.core.lifecycle import AWAITING_RECEIPT, EDITABLE, State
from app.core.plain import plain
from app.course import course_of, leave_at
from app.delivery.dispatch import Dispatcher
from app.delivery.recheck import back_to_review, failed_closed, objections
from app.edits import DraftEdit, apply_edit
from app.ledger.entries import entries_of
from app.permissions import require_decider, require_person, require_stopper
from app.policy.live import LivePolicy
from app.standing import Standing, read_standing
from app.store.history import Outside
from app.store.rows import DraftRow, Permit, SendIntent
from app.store.store import Reader, Store, Transaction
from app.trail import happened, judged

_TRIES_WHEN_OVERTAKEN = 5
_REMEMBERED = timedelta(days=28)
"""How far back it matters when mail went to somebody."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Stands between the agents that write and the customers who read."""

    store: Store
    assessor: Assessor
    dispatcher: Dispatcher
    policy: LivePolicy
    clock: Clock
    ids: Ids

    # ── submit → extract → check → route ──────────────────────────────────────────────────────────────────

    def submit(self, draft: Draft, *, idempotency_key: str | None = None) -> Standing:
        """Judge a draft, keep it with its verdict, and set it on its way.

        The same client id or idempotency key gives the same draft again; `new` tells. Raises InvalidDraft, ReusedKey
        where the key was used for another content, InvalidPolicy where none is in force, and FactUnavailable where
        the directory cannot be read.
        """
        draft = self.assessor.admit(draft)
        now = self.clock.now()
        with self.store.read() as reader:
            known = self._handed_in_before(reader, draft, idempotency_key)
            if known is not None:
                return known
            assessment = self._assess(reader, draft, at=now)
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

    def _assess(
        self,
        reader: Reader,
        draft: Draft,
        *,
        at: datetime,
        row: DraftRow | None = None,
        editors: frozenset[str] = frozenset(),
    ) -> Assessment:
        """The verdict on the draft as it is now; `row` is its own where it is kept already."""
        outside = Outside(own_domains=self.assessor.world.own_domains, since=at - _REMEMBERED)
        return self.assessor.assess(
            draft,
            policy=self.policy.read(reader),
            promises=reader.ledger.at(at),
            history=reader.drafts.history(draft, row=row, outside=outside),
            at=at,
            editors=editors,
        )

    def _admit(self, tx: Transaction, draft: Draft, assessment: Assessment, key: str | None) -> Standing:
        course = course_of(assessment, draft, now=tx.now, undo_window=self._undo_window(tx, assessment))
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
        tx.admit(row, judged("draft.submitted", author, draft, assessment, verdict=verdict))
        tx.drafts.add_revision(row, draft, verdict, author=author, at=tx.now)
        requests = open_request(tx, row, assessment, self.ids)
        return Standing(row=row, draft=draft, assessment=assessment, approvals=requests, new=True)

    def _undo_window(self, tx: Transaction, assessment: Assessment) -> timedelta:
        return self.policy.of_version(tx, assessment.ruling.policy_version).undo_window

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
    ) -> Standing:
        """One person's word on exactly the bytes that `digest` names; the same word twice is one word.

        With `request_id`, the word counts for that request only: a repeated call cannot answer a later request that
        was opened for the same bytes because the facts around them had changed.

        Raises NotFound, NotPermitted, StaleDigest where the draft is no longer what the person saw, Conflict
        where nothing waits for a decision, NotAvailable where the policy demands what cannot be had.
        """
        reason = plain(reason, field="reason")
        for _ in range(_TRIES_WHEN_OVERTAKEN):
            try:
                with self.store.write(now=self.clock.now()) as tx:
                    who = require_person(person, self.assessor.world.people).id
                    word = Decision(person=who, verdict=verdict, digest=digest, reason=reason, at=tx.now)
                    return self._decide(tx, draft_id, word, request_id)
            except (StaleVersion, IntegrityError):
                continue  # somebody else moved the draft: look again, and judge by what is there now
        raise Conflict(f"draft {draft_id} is changing too fast; try again")

    def _decide(self, tx: Transaction, draft_id: str, word: Decision, request_id: str | None) -> Standing:
        standing = read_standing(tx, draft_id)
        person = require_person(word.person, self.assessor.world.people)
        asked = standing.pending
        if already_said([asked] if asked else standing.approvals, word):
            return standing
        if word.verdict is Verdict.REJECT:
            if standing.row.state is State.REJECTED:
                return standing
            require_stopper(person, standing, "reject")
        else:
            require_decider(person, standing)
        if word.digest != standing.row.digest:
            raise StaleDigest(draft_id, standing.row.digest)
        if asked is not None and asked.id != request_id and (request_id or already_said(standing.approvals, word)):
            raise Conflict(
                f"the facts around draft {draft_id} have changed since it was shown; read it again, "
                f"and answer request {asked.id}"
            )
        if word.verdict is Verdict.REJECT:
            return self._reject(tx, standing, word)
        return self._approve(tx, standing, word)

    def _approve(self, tx: Transaction, standing: Standing, word: Decision) -> Standing:
        row, request = standing.row, standing.pending
        if request is None:
            raise Conflict(f"draft {row.id} is {row.state}; nothing waits for a decision")
        if request.expires_at <= tx.now:
            raise Conflict(f"the request for draft {row.id} expired at {request.expires_at.isoformat()}")
        if request.requirement.step_up:
            raise NotAvailable("a fresh sign-in (step-up), which this draft's rule demands")
        heard = answered(request, word, editors=standing.editors)
        after = replace(row, version=row.version + 1, updated_at=tx.now)
        if heard.state is ApprovalState.APPROVED:
            window = self._undo_window(tx, standing.assessment)
            after = replace(
                after,
                state=State.SCHEDULED,
                due_at=leave_at(standing.draft, now=tx.now, undo_window=window),
                permit=Permit(digest=row.digest, granted_by=f"approval:{request.id}"),
            )
        kind = "draft.approved" if after.state is State.SCHEDULED else "draft.partly_approved"
        needed = request.requirement.needed
        event = happened(kind, f"person:{word.person}", approval=request.id, reason=word.reason, needed=needed)
        tx.move(row, after, event)
        keep_word(tx, heard, word)
        return standing.moved(after, heard)

    def _reject(self, tx: Transaction, standing: Standing, word: Decision) -> Standing:
        row, asked = standing.row, standing.pending
        after = replace(
            row, state=State.REJECTED, version=row.version + 1, due_at=None, permit=None, updated_at=tx.now
        )
        tx.move(row, after, happened("draft.rejected", f"person:{word.person}", reason=word.reason))
        if asked is None:
            return standing.moved(after)
        heard = answered(asked, word, editors=standing.editors)
        keep_word(tx, heard, word)
        return standing.moved(after, heard)

    def edit(self, draft_id: str, edit: DraftEdit, *, person: str, digest: str) -> Standing:
        """Change the text: a new digest, judged again; approvals given before mean nothing any more.

        Raises NotFound, NotPermitted, StaleDigest, InvalidDraft, MoveNotAllowed, or StaleVersion where somebody
        moved the draft meanwhile.
        """
        now = self.clock.now()
        with self.store.read() as reader:
            standing = read_standing(reader, draft_id)
            editor = require_person(person, self.assessor.world.people)
            require_stopper(editor, standing, "edit")
            if digest != standing.row.digest:
                raise StaleDigest(draft_id, standing.row.digest)
            if standing.row.state not in EDITABLE:
                raise MoveNotAllowed(draft_id=draft_id, source=standing.row.state, target="edited")
            draft = apply_edit(standing.draft, edit)
            if draft == standing.draft:
                return standing
            editors = standing.editors | {editor.id}
            assessment = self._assess(reader, draft, at=now, row=standing.row, editors=editors)
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
            require_stopper(who, standing, "undo")
            row = standing.row
            if row.state is State.UNDONE:
                return standing
            after = replace(
                row, state=State.UNDONE, version=row.version + 1, due_at=None, permit=None, updated_at=tx.now
            )
            tx.move(row, after, happened("draft.undone", f"person:{who.id}"))
            return standing.moved(after)

    # ── wake: expiry, delivery, reconciling ───────────────────────────────────────────────────────────────

    def wake(self, draft_id: str, version: int) -> None:
        """Do what a draft's timer asks for, if the draft is still at that version. Calling it twice does it once."""
        now = self.clock.now()
        with self.store.read() as reader:
            standing = read_standing(reader, draft_id, with_approvals=False)
        row = standing.row
        if row.version != version or row.due_at is None or row.due_at > now:
            return
        try:
            match row.state:
                case State.IN_REVIEW:
                    self._expire(standing)
                case State.SCHEDULED:
                    self._deliver(standing)
                case State.SENDING | State.UNKNOWN:
                    self._reconcile(standing)
                case State.BLOCKED | State.NEEDS_PERSON | State.SENT | State.REJECTED | State.EXPIRED | State.UNDONE:
                    return
                case _:
                    assert_never(row.state)
        except StaleVersion:
            return  # somebody was first; the draft has another timer now, or none

    def _expire(self, standing: Standing) -> None:
        row = standing.row
        with self.store.write(now=self.clock.now()) as tx:
            after = replace(row, state=State.EXPIRED, version=row.version + 1, due_at=None, updated_at=tx.now)
            tx.move(row, after, happened("draft.expired", "gate"))
            close_pending(tx, tx.approvals.of_draft(row.id), ApprovalState.EXPIRED)

    def _deliver(self, standing: Standing) -> None:
        now, row, draft = self.clock.now(), standing.row, standing.draft
        with self.store.read() as reader:
            fresh, reasons = self._recheck(reader, standing, at=now)
        if not reasons:
            try:
                prepared = self.dispatcher.prepare(row, draft, fresh.sender, at=now)
            except Exception as error:  # noqa: BLE001 - what cannot be written as approved must not leave
                fresh, reasons = failed_closed(fresh, str(error)), (f"it cannot be written as a mail: {error}",)
        with self.store.write(now=now) as tx:
            if reasons:
                known = replace(standing, approvals=tuple(tx.approvals.of_draft(row.id)))
                self._set_course(tx, known, fresh, kind="draft.judged_again", actor="gate", reasons=reasons)
                return
            sending, intent = self.dispatcher.begin(tx, row, prepared)
        self._send(replace(standing, row=sending, assessment=fresh), intent, taken_over=False)

    def _recheck(self, reader: Reader, standing: Standing, *, at: datetime) -> tuple[Assessment, tuple[str, ...]]:
        """The verdict on today's facts, and the reasons why the draft may not leave under its permit."""
        permit, approved = standing.row.permit, standing.assessment
        try:
            fresh = self._assess(reader, standing.draft, at=at, row=standing.row, editors=standing.editors)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, what cannot be judged must not leave
            reason = f"{type(error).__name__}: {error}"
            return failed_closed(approved, reason), (f"it cannot be judged: {reason}",)
        reasons = objections(permit, approved, fresh)
        return (back_to_review(permit, approved, fresh) if reasons else fresh), reasons

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
        course = course_of(assessment, draft, now=tx.now, undo_window=self._undo_window(tx, assessment))
        after = replace(course.steer(row, assessment, at=tx.now), revision=row.revision + 1, subject=draft.subject)
        tx.move(row, after, judged(kind, actor, draft, assessment, verdict=verdict, reasons=reasons))
        closed = close_pending(tx, standing.approvals, ApprovalState.VOID)
        tx.drafts.add_revision(after, draft, verdict, author=actor, at=tx.now)
        opened = open_request(tx, after, assessment, self.ids)
        return replace(standing, assessment=assessment).moved(after, *closed, *opened)

    def _reconcile(self, standing: Standing) -> None:
        """A send went silent or nobody knows how it ended: ask the provider, and send only what never left."""
        with self.store.write(now=self.clock.now()) as tx:
            sending, intent = self.dispatcher.take_over(tx, standing.row)
        self._send(replace(standing, row=sending), intent, taken_over=True)

    def _send(self, standing: Standing, intent: SendIntent, *, taken_over: bool) -> None:
        outcome = self.dispatcher.attempt(standing.row, intent, taken_over=taken_over, now=self.clock.now())
        for _ in range(_TRIES_WHEN_OVERTAKEN):
            try:
                with self.store.write(now=self.clock.now()) as tx:
                    settled = self.dispatcher.settle(tx, standing.row, intent, outcome)
                    if settled.state is State.SENT:
                        self._enter_in_ledger(tx, standing)
                    return
            except StaleVersion:
                # Somebody took over while we were away. Only a receipt is news to them.
                with self.store.read() as reader:
                    row = reader.drafts.get(standing.row.id)
                if outcome.receipt is None or row.state not in AWAITING_RECEIPT:
                    return
                standing = replace(standing, row=row)

    # ── watch ─────────────────────────────────────────────────────────────────────────────────────────────

    def _enter_in_ledger(self, tx: Transaction, standing: Standing) -> None:
        """What was promised is open from the moment it was sent; monitoring watches it from here."""
        draft_id = standing.row.id
        entries = entries_of(standing.assessment, standing.draft, draft_id=draft_id, ids=self.ids, at=tx.now)
        tx.ledger.add(entries)
        for entry in entries:
            tx.record(happened("commitment.opened", "gate", draft_id=draft_id, commitment=entry.id, text=entry.text))
