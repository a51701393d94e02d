"""Drafts of the past with every verdict on them, read in pages; never their content, which may be large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.lifecycle import State
from app.store.columns import Moment
from app.store.rows import Permit
from app.store.tables import approvals, decisions, drafts, revisions

_PAGE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class PastRevision:
    """A verdict as it was kept. `author` is `agent:…`, `person:…` or `gate`; verdict and facts are JSON."""

    author: str
    at: datetime
    verdict: str
    facts: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PastRow:
    """A draft, where it stands today, and its verdicts in order."""

    id: str
    client_id: str | None
    state: State
    permit: Permit | None
    created_at: datetime
    first_word_at: datetime | None
    """When it was first approved or rejected, where it was."""
    revisions: Sequence[PastRevision]


_ORDER = (drafts.c.created_at, drafts.c.id)
_ROW = sa.select(drafts.c.id, drafts.c.client_id, drafts.c.state, drafts.c.permit, drafts.c.created_at).order_by(
    *_ORDER
)
_REVISIONS = sa.select(
    revisions.c.draft_id, revisions.c.author, revisions.c.at, revisions.c.verdict, revisions.c.facts
).order_by(revisions.c.draft_id, revisions.c.number)
_FIRST_WORDS = (
    sa.select(approvals.c.draft_id, sa.func.min(decisions.c.at).label("at"))
    .join(decisions, decisions.c.approval_id == approvals.c.id)
    .group_by(approvals.c.draft_id)
)


class PastRepository:
    """Reads the past on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def count(self, *, since: datetime | None, until: datetime | None) -> int:
        """How many drafts came in from `since` on and before `until`."""
        query = sa.select(sa.func.count()).select_from(drafts).where(*_within(since, until))
        return self._connection.execute(query).scalar_one()

    def drafts(self, *, since: datetime | None, until: datetime | None) -> Iterator[PastRow]:
        """Those drafts, in the order in which they came in."""
        query = _ROW.where(*_within(since, until)).limit(_PAGE)
        page = self._connection.execute(query).all()
        while page:
            ids = [row.id for row in page]
            verdicts, words = self._revisions(ids), self._first_words(ids)
            for row in page:
                yield PastRow(
                    id=row.id,
                    client_id=row.client_id,
                    state=State(row.state),
                    permit=Permit(**row.permit) if row.permit else None,
                    created_at=row.created_at,
                    first_word_at=words.get(row.id),
                    revisions=verdicts.get(row.id, ()),
                )
            last = sa.tuple_(sa.literal(page[-1].created_at, Moment), sa.literal(page[-1].id))
            page = self._connection.execute(query.where(sa.tuple_(*_ORDER) > last)).all()

    def _revisions(self, ids: Sequence[str]) -> Mapping[str, Sequence[PastRevision]]:
        found: dict[str, list[PastRevision]] = {}
        for row in self._connection.execute(_REVISIONS.where(revisions.c.draft_id.in_(ids))):
            kept = PastRevision(author=row.author, at=row.at, verdict=row.verdict, facts=row.facts)
            found.setdefault(row.draft_id, []).append(kept)
        return found

    def _first_words(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        found = self._connection.execute(_FIRST_WORDS.where(approvals.c.draft_id.in_(ids)))
        return {row.draft_id: row.at for row in found}


def _within(since: datetime | None, until: datetime | None) -> Iterator[sa.ColumnElement[bool]]:
    if since is not None:
        yield drafts.c.created_at >= since
    if until is not None:
        yield drafts.c.created_at < until
