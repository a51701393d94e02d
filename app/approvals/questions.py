"""Asking for information, answering, and commenting: all of it beside the decision, none of it a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

from app.approvals import telling
from app.approvals.again import until_not_overtaken
from app.approvals.requests import Requests
from app.audit.chain import Event
from app.core.approvals import AGENT_PREFIX, ApprovalRequest
from app.core.clock import Clock
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.ids import Ids
from app.core.notices import NoticeKind
from app.core.plain import plain
from app.core.ports import People
from app.core.remarks import Remark, RemarkKind, open_questions
from app.matter import MatterStanding, S
from app.permissions import require_person
from app.permissions.reviewing import require_answerer, require_remarker
from app.store.store import Reader, Store, Transaction
from app.trail import happened


@dataclass(frozen=True, kw_only=True)
class Questions(Generic[S]):
    """What is said about a request that waits."""

    store: Store
    clock: Clock
    ids: Ids
    people: People
    requests: Requests
    standing_of: Callable[[Reader, str], S]
    """Reads what the requests are about by its id. Raises NotFound."""

    def ask(self, draft_id: str, *, person: str, text: str) -> S:
        """Ask the sender or the agent for information. Until it is answered nobody is reminded; the expiry stands.

        Raises NotFound, NotPermitted for whoever is neither asked nor consulted, Conflict where nothing waits,
        InvalidInput for an empty question.
        """
        words = _words(text, "question")

        def act(tx: Transaction) -> S:
            standing = self.standing_of(tx, draft_id)
            who = require_person(person, self.people)
            require_remarker(who, standing, self.people, doing="ask about")
            request = _waiting(standing)
            remark = self._remark(tx, request, RemarkKind.QUESTION, f"person:{who.id}", words)
            event = happened("approval.question", remark.author, approval=request.id, question=remark.id, text=words)
            after = self._turn(tx, standing, event, paused=True)
            tx.remarks_on(standing.row.matter).add(remark)
            told = telling.question(after.row, who.id, words)
            self.requests.tell(tx, after.row, request, NoticeKind.QUESTION, told)
            return after.saying(remark)

        return until_not_overtaken(self.store, self.clock, draft_id, act)

    def answer(self, draft_id: str, question_id: str, *, author: str, text: str) -> S:
        """Answer a question as the sender, an admin, or the agent that wrote the draft (`agent:<name>`).

        With the last answer the time of those asked starts anew. Raises NotFound, NotPermitted, Conflict where the
        question is answered or its request closed, InvalidInput for an empty answer.
        """
        words = _words(text, "answer")

        def act(tx: Transaction) -> S:
            standing = self.standing_of(tx, draft_id)
            actor = self._answerer(standing, author)
            question = _question(standing, question_id)
            request = _waiting(standing)
            waiting = open_questions(standing.remarks, request.id)
            if question not in waiting:
                raise Conflict(f"question {question_id} is answered, or the request it belongs to is closed")
            remark = replace(self._remark(tx, request, RemarkKind.ANSWER, actor, words), answers=question.id)
            event = happened("approval.answered", actor, approval=request.id, question=question.id, text=words)
            after = self._turn(tx, standing, event, paused=len(waiting) > 1)
            tx.remarks_on(standing.row.matter).add(remark)
            asker = question.author.removeprefix("person:")
            told = telling.answered(after.row, actor.removeprefix("person:"), words, asker=asker)
            self.requests.tell(tx, after.row, request, NoticeKind.ANSWERED, told)
            return after.saying(remark)

        return until_not_overtaken(self.store, self.clock, draft_id, act)

    def comment(self, draft_id: str, *, person: str, text: str) -> S:
        """Note something for those who decide. Raises NotFound, NotPermitted, Conflict where nothing waits."""
        words = _words(text, "comment")
        with self.store.write(now=self.clock.now()) as tx:
            standing = self.standing_of(tx, draft_id)
            who = require_person(person, self.people)
            require_remarker(who, standing, self.people, doing="comment on")
            request = _waiting(standing)
            remark = self._remark(tx, request, RemarkKind.COMMENT, f"person:{who.id}", words)
            tx.remarks_on(standing.row.matter).add(remark)
            tx.record(happened("approval.comment", remark.author, draft_id=draft_id, approval=request.id, text=words))
            return standing.saying(remark)

    def _turn(self, tx: Transaction, standing: S, event: Event, *, paused: bool) -> S:
        known = self.requests.now_asked(tx, standing)
        if known is None:
            raise _nothing_waits(standing)
        request, case = known
        changed = replace(request, paused=paused)
        if request.paused and not paused:
            changed = replace(changed, since=tx.now, reminders=0)
        return self.requests.turn(tx, standing, changed, case, event)

    def _answerer(self, standing: MatterStanding, author: str) -> str:
        if author.startswith(AGENT_PREFIX):
            require_answerer(author, standing, self.people)
            return author
        who = require_person(author, self.people)
        require_answerer(who, standing, self.people)
        return f"person:{who.id}"

    def _remark(self, tx: Transaction, request: ApprovalRequest, kind: RemarkKind, author: str, text: str) -> Remark:
        return Remark(
            id=self.ids.new("rm"),
            draft_id=request.draft_id,
            approval_id=request.id,
            kind=kind,
            author=author,
            text=text,
            at=tx.now,
        )


def _words(text: str, field: str) -> str:
    words = plain(text, field=field).strip()
    if not words:
        raise InvalidInput("is empty; say it in words", field=field)
    return words


def _waiting(standing: MatterStanding) -> ApprovalRequest:
    if standing.pending is None:
        raise _nothing_waits(standing)
    return standing.pending


def _nothing_waits(standing: MatterStanding) -> Conflict:
    row = standing.row
    return Conflict(f"{row.matter} {row.id} is {row.state}; nothing waits for a decision")


def _question(standing: MatterStanding, question_id: str) -> Remark:
    asked = (r for r in standing.remarks if r.id == question_id and r.kind is RemarkKind.QUESTION)
    found = next(asked, None)
    if found is None:
        raise NotFound("question", question_id)
    return found
