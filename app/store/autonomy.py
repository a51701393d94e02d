"""What became of drafts, by agent, kind of mail and tier; what was signed on these figures; and incidents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from app.core.assessment import Risk
from app.core.autonomy import Figures, Incident, Outcome, Promotion, Subject
from app.core.codec import from_json
from app.core.drafts import Draft
from app.core.routes import Tier
from app.store.columns import moment_text
from app.store.locks import take_autonomy
from app.store.prepared import rows_together, write
from app.store.tables import incidents, outcomes, promotions, revisions
from app.store.vouched import Written

_SUBJECT = (outcomes.c.agent, outcomes.c.action, outcomes.c.tier)
_PROMOTED = (promotions.c.agent, promotions.c.action, promotions.c.tier)
_SAME = sa.and_(*(a == b for a, b in zip(_SUBJECT, _PROMOTED, strict=True)))
_IN_FORCE = sa.select(promotions).where(promotions.c.ended_at.is_(None))
_OF_AGENT = _IN_FORCE.where(
    promotions.c.agent == sa.bindparam("agent"), promotions.c.action == sa.bindparam("action")
)
_LAST_END = sa.select(sa.func.max(promotions.c.ended_at)).where(_SAME).correlate(outcomes).scalar_subquery()
# Counted from the index alone; what came before autonomy last ended is left out.
_COUNTS = (
    sa.select(*_SUBJECT, outcomes.c.outcome, sa.func.count().label("drafts"))
    .where(sa.type_coerce(outcomes.c.at, sa.String) > sa.func.coalesce(sa.type_coerce(_LAST_END, sa.String), ""))
    .group_by(*_SUBJECT, outcomes.c.outcome)
)
_COUNTS_OF_ONE = (
    sa.select(outcomes.c.outcome, sa.func.count().label("drafts"))
    .where(*(column == sa.bindparam(column.name) for column in _SUBJECT))
    .where(sa.type_coerce(outcomes.c.at, sa.String) > sa.bindparam("since"))
    .group_by(outcomes.c.outcome)
)
_ENDS = (
    sa.select(*_PROMOTED, sa.func.max(promotions.c.ended_at).label("at"))
    .where(promotions.c.ended_at.is_not(None))
    .group_by(*_PROMOTED)
)
_FIRST = sa.select(revisions.c.content).where(
    revisions.c.draft_id == sa.bindparam("draft_id"), revisions.c.number == 1
)
_INSERT_OUTCOME = sa.insert(outcomes)
_FIRST_VERDICT = _FIRST.with_only_columns(revisions.c.verdict)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judged:
    """The one part of a verdict that is needed here."""

    risk: Risk


class AutonomyRepository:
    """Reads and writes outcomes, promotions and incidents on one connection."""

    def __init__(self, connection: sa.Connection, written: Written) -> None:
        self._connection = connection
        self._written = written
        self._tiers: dict[str, Tier] = {}

    def take(self) -> None:
        """Until this transaction ends nobody else signs, ends or records an incident."""
        take_autonomy(self._connection)

    # ── outcomes ──────────────────────────────────────────────────────────────────────────────────────────────

    def as_written(self, draft_id: str) -> Draft:
        """The draft in the agent's own words."""
        return from_json(Draft, self._connection.execute(_FIRST, {"draft_id": draft_id}).scalar_one())

    def first_tier(self, draft_id: str) -> Tier:
        """The tier of risk that the draft had when it came in."""
        if draft_id not in self._tiers:
            self.remember_tiers([draft_id])
        return self._tiers[draft_id]

    def remember_tiers(self, draft_ids: Sequence[str]) -> None:
        """Read `first_tier` of all of these in one go; it never changes."""
        answers = rows_together(self._connection, *((_FIRST_VERDICT, {"draft_id": each}) for each in draft_ids))
        for draft_id, ((text,),) in zip(draft_ids, answers, strict=True):
            self._tiers[draft_id] = from_json(_Judged, text).risk.tier

    def put_outcome(self, draft_id: str, subject: Subject, outcome: Outcome, *, at: datetime) -> None:
        """Keep what became of a draft. Raises sqlalchemy's IntegrityError where that is known already."""
        row = {"draft_id": draft_id, "outcome": outcome.value, "at": at, **_columns(subject)}
        write(self._connection, _INSERT_OUTCOME, row)
        self._written.note(outcomes, draft_id)

    def outcome_of(self, draft_id: str) -> tuple[Subject, Outcome] | None:
        """What became of a draft; None while that is open, and for drafts from before outcomes were kept."""
        row = self._connection.execute(sa.select(outcomes).where(outcomes.c.draft_id == draft_id)).first()
        return (_subject(row._mapping), Outcome(row.outcome)) if row else None

    def subjects_of(self, draft_ids: Collection[str]) -> frozenset[Subject]:
        """What the outcomes of these drafts count for."""
        query = sa.select(*_SUBJECT).distinct().where(outcomes.c.draft_id.in_(draft_ids))
        return frozenset(_subject(row._mapping) for row in self._connection.execute(query))

    def change_outcome(self, draft_id: str, outcome: Outcome, *, at: datetime) -> None:
        """Keep that it has become something else, at this moment."""
        changed = {"outcome": outcome.value, "at": at}
        self._connection.execute(sa.update(outcomes).where(outcomes.c.draft_id == draft_id).values(changed))
        self._written.note(outcomes, draft_id)

    def figures(self, subject: Subject) -> Figures:
        """The figures of one subject."""
        since = self._ends(subject).get(subject)
        of_whom = {**_columns(subject), "since": moment_text(since) if since else ""}
        counts = {Outcome(row.outcome): row.drafts for row in self._connection.execute(_COUNTS_OF_ONE, of_whom)}
        return Figures(counts=counts, since=since)

    def every_figures(self) -> Mapping[Subject, Figures]:
        """The figures of every subject that has any, or whose autonomy has ended."""
        ends = self._ends()
        counts: dict[Subject, dict[Outcome, int]] = {subject: {} for subject in ends}
        for row in self._connection.execute(_COUNTS):
            counts.setdefault(_subject(row._mapping), {})[Outcome(row.outcome)] = row.drafts
        return {subject: Figures(counts=counts[subject], since=ends.get(subject)) for subject in sorted(counts)}

    def _ends(self, subject: Subject | None = None) -> Mapping[Subject, datetime]:
        query = _ENDS
        if subject is not None:
            pairs = zip(_PROMOTED, _parts(subject), strict=True)
            query = query.where(*(column == value for column, value in pairs))
        return {_subject(row._mapping): row.at for row in self._connection.execute(query)}

    # ── promotions ────────────────────────────────────────────────────────────────────────────────────────────

    def in_force(self) -> Mapping[Subject, Promotion]:
        """Every promotion in force."""
        found = (_promotion(row) for row in self._connection.execute(_IN_FORCE))
        return {promotion.subject: promotion for promotion in found}

    def of_agent(self, agent: str, action: str) -> Sequence[Promotion]:
        """The promotions in force of one agent for one kind of mail, at whatever tier."""
        return [_promotion(row) for row in self._connection.execute(_OF_AGENT, {"agent": agent, "action": action})]

    def promotion(self, subject: Subject) -> Promotion | None:
        """The promotion in force."""
        return next((p for p in self.of_agent(subject.agent, subject.action) if p.subject == subject), None)

    def put_promotion(self, promotion: Promotion) -> None:
        """Keep a signed promotion. Raises sqlalchemy's IntegrityError where one is in force."""
        values = {name: getattr(promotion, name) for name in promotion.__slots__ if name != "subject"}
        self._connection.execute(sa.insert(promotions).values(**values, **_columns(promotion.subject)))
        self._written.note(promotions, promotion.id)

    def end_promotion(self, promotion: Promotion, *, by: str, at: datetime, reason: str) -> Promotion | None:
        """Keep that the promotion has ended. Returns it as it is now; None where somebody else has ended it."""
        values = {"ended_at": at, "ended_by": by, "end_reason": reason}
        update = sa.update(promotions).where(promotions.c.id == promotion.id, promotions.c.ended_at.is_(None))
        if self._connection.execute(update.values(values)).rowcount != 1:
            return None
        self._written.note(promotions, promotion.id)
        return replace(promotion, ended_at=at, ended_by=by, end_reason=reason)

    def every_promotion(self) -> Sequence[Promotion]:
        """Promotions in force and ended ones, in the order in which they were signed."""
        query = sa.select(promotions).order_by(promotions.c.signed_at, promotions.c.id)
        return [_promotion(row) for row in self._connection.execute(query)]

    def promotions_of(self, ids: Collection[str]) -> Sequence[Promotion]:
        """The promotions with these ids, in the order in which they were signed."""
        query = sa.select(promotions).where(promotions.c.id.in_(ids))
        found = self._connection.execute(query.order_by(promotions.c.signed_at, promotions.c.id))
        return [_promotion(row) for row in found]

    # ── incidents ─────────────────────────────────────────────────────────────────────────────────────────────

    def put_incident(self, incident: Incident) -> None:
        """Keep an incident."""
        values = {name: getattr(incident, name) for name in incident.__slots__}
        self._connection.execute(sa.insert(incidents).values(values))
        self._written.note(incidents, incident.id)

    def incidents_of(self, draft_id: str) -> Sequence[Incident]:
        """What was recorded about a draft, oldest first."""
        query = sa.select(incidents).where(incidents.c.draft_id == draft_id)
        found = self._connection.execute(query.order_by(incidents.c.at, incidents.c.id))
        return [Incident(**row._mapping) for row in found]


def _parts(subject: Subject) -> tuple[str, str, str]:
    return (subject.agent, subject.action, subject.tier.value)


def _columns(subject: Subject) -> dict[str, str]:
    return dict(zip(("agent", "action", "tier"), _parts(subject), strict=True))


def _subject(columns: sa.RowMapping) -> Subject:
    return Subject(agent=columns["agent"], action=columns["action"], tier=Tier(columns["tier"]))


def _promotion(row: sa.Row[tuple[object, ...]]) -> Promotion:
    values = {name: value for name, value in row._mapping.items() if name not in ("agent", "action", "tier")}
    return Promotion(subject=_subject(row._mapping), **values)
