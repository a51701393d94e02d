"""Requests for approval and what people decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.core.approvals import ApprovalRequest, ApprovalState, Decision, Requirement, Seat, Verdict
from app.core.codec import from_json, from_record, to_json, to_record
from app.core.matters import Matter
from app.core.proofs import ProofMethod
from app.core.routes import Tier
from app.store.prepared import Question, read_together, write
from app.store.round_trips import Values
from app.store.tables import action_approvals, action_decisions, approvals, decisions
from app.store.vouched import Written


class _Tables:
    """Where the requests about one kind of matter stand, and the statements for them, built once."""

    def __init__(self, requests: sa.Table, words: sa.Table, about: str) -> None:
        self.requests, self.words, self.about = requests, words, requests.c[about]
        self.with_words = (
            sa.select(
                requests,
                self.about.label("about"),
                words.c.person,
                words.c.verdict,
                words.c.digest.label("word_digest"),
                words.c.reason,
                words.c.at,
                words.c.stage.label("word_stage"),
                words.c.in_name_of,
                words.c.verified_at,
                words.c.verified_by,
            )
            .outerjoin(words, words.c.approval_id == requests.c.id)
            .order_by(requests.c.opened_at, requests.c.id, words.c.at)
        )
        self.of_one = self.with_words.where(self.about == sa.bindparam("about_id"))
        self.insert = sa.insert(requests)
        self.insert_word = sa.insert(words)
        self.update = sa.update(requests).where(requests.c.id == sa.bindparam("approval_id"))


_TABLES = {
    Matter.DRAFT: _Tables(approvals, decisions, "draft_id"),
    Matter.ACTION: _Tables(action_approvals, action_decisions, "action_id"),
}


class ApprovalRepository:
    """Reads and writes the requests about drafts, or about other actions, on one connection."""

    def __init__(self, connection: sa.Connection, written: Written, matter: Matter = Matter.DRAFT) -> None:
        self._connection = connection
        self._written = written
        self._tables = _TABLES[matter]

    def open(self, request: ApprovalRequest) -> None:
        """Keep a new request."""
        fixed = ("id", "digest", "opened_at", "expires_at", "accountable")
        write(
            self._connection,
            self._tables.insert,
            {
                **{name: getattr(request, name) for name in fixed},
                self._tables.about.name: request.draft_id,
                **_course(request),
                "requirement": to_json(request.requirement),
                "consulted": list(request.consulted),
                "tier": request.tier.value if request.tier else None,
            },
        )
        self._written.note(self._tables.requests, request.id)

    def of_draft(self, draft_id: str) -> Sequence[ApprovalRequest]:
        """Every request there ever was for the draft, or action, oldest first."""
        (found,) = read_together(self._connection, self.asking(draft_id))
        return requests_from(found)

    def asking(self, draft_id: str) -> tuple[Question, Values]:
        """The question that `of_draft` asks; `requests_from` understands the answer."""
        return self._tables.of_one, {"about_id": draft_id}

    def decide(self, request: ApprovalRequest, decision: Decision) -> None:
        """Keep one person's word. Raises sqlalchemy's IntegrityError where the person has said so already."""
        write(
            self._connection,
            self._tables.insert_word,
            {
                "approval_id": request.id,
                "person": decision.person,
                "verdict": decision.verdict.value,
                "digest": decision.digest,
                "reason": decision.reason,
                "at": decision.at,
                "stage": decision.stage,
                "in_name_of": decision.in_name_of,
                "verified_at": decision.verified_at,
                "verified_by": decision.verified_by.value if decision.verified_by else None,
            },
        )
        self._written.note(self._tables.words, request.id, decision.person, decision.verdict.value)

    def save(self, request: ApprovalRequest) -> None:
        """Keep where the request stands now: its state, who is asked, and how far its timers have come."""
        write(self._connection, self._tables.update, {"approval_id": request.id, **_course(request)})
        self._written.note(self._tables.requests, request.id)

    def drafts_asking(self, people: Collection[str]) -> Sequence[str]:
        """Ids of the drafts, or actions, with a request that waits and that asks any of these people now."""
        asked, about = self._tables.requests.c, self._tables.about
        named = (sa.type_coerce(asked.people, sa.Text).contains(json.dumps(p), autoescape=True) for p in people)
        waiting = asked.state == ApprovalState.PENDING.value
        query = sa.select(about).where(waiting, sa.or_(sa.false(), *named))
        return self._connection.execute(query.order_by(about)).scalars().all()

    def of_drafts(self, draft_ids: Sequence[str]) -> Mapping[str, Sequence[ApprovalRequest]]:
        """What `of_draft` gives, for many drafts at once; a draft about which nobody was asked is left out."""
        asked: dict[str, list[ApprovalRequest]] = {}
        tables = self._tables
        found = self._connection.execute(tables.with_words.where(tables.about.in_(draft_ids))).mappings()
        for request in requests_from(found):
            asked.setdefault(request.draft_id, []).append(request)
        return asked


def requests_from(found: Iterable[Mapping[Any, Any]]) -> list[ApprovalRequest]:
    """One request for each run of rows that the join gave for it."""
    requests: dict[str, ApprovalRequest] = {}
    for row in found:
        request = requests.get(row["id"]) or _request(row)
        words = (*request.decisions, _decision(row)) if row["person"] is not None else ()
        requests[row["id"]] = replace(request, decisions=words)
    return list(requests.values())


def _decision(row: Mapping[Any, Any]) -> Decision:
    return Decision(
        person=row["person"],
        verdict=Verdict(row["verdict"]),
        digest=row["word_digest"],
        reason=row["reason"],
        at=row["at"],
        stage=row["word_stage"],
        in_name_of=row["in_name_of"],
        verified_at=row["verified_at"],
        verified_by=ProofMethod(row["verified_by"]) if row["verified_by"] else None,
    )


def _request(row: Mapping[Any, Any]) -> ApprovalRequest:
    return ApprovalRequest(
        id=row["id"],
        draft_id=row["about"],
        digest=row["digest"],
        requirement=from_json(Requirement, row["requirement"]),
        people=tuple(row["people"]),
        state=ApprovalState(row["state"]),
        opened_at=row["opened_at"],
        expires_at=row["expires_at"],
        stage=row["stage"],
        seats=tuple(from_record(Seat, seat) for seat in row["seats"]),
        since=row["since"],
        reminders=row["reminders"],
        level=row["level"],
        ladder_ended=row["ladder_ended"],
        paused=row["paused"],
        consulted=tuple(row["consulted"]),
        accountable=row["accountable"],
        tier=Tier(row["tier"]) if row["tier"] else None,
    )


def _course(request: ApprovalRequest) -> dict[str, Any]:
    """The columns that change while a request waits."""
    return {
        "people": list(request.people),
        "state": request.state.value,
        "stage": request.stage,
        "seats": [to_record(seat) for seat in request.seats],
        "since": request.since,
        "reminders": request.reminders,
        "level": request.level,
        "ladder_ended": request.ladder_ended,
        "paused": request.paused,
    }
