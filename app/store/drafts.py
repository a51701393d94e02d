"""Drafts, their revisions and their verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core.assessment import Assessment
from app.core.codec import from_json, to_json
from app.core.drafts import Draft
from app.core.errors import NotFound, StaleVersion
from app.core.facts import History
from app.core.lifecycle import TIMED, State
from app.core.routes import Route
from app.store.history import Outside, read_history
from app.store.prepared import read, read_together, write
from app.store.rows import DraftRow, Permit
from app.store.tables import approvals, drafts, revisions


def _row(columns: Mapping[Any, Any]) -> DraftRow:
    values = dict(columns)
    permit = values.pop("permit")
    state, route = State(values.pop("state")), Route(values.pop("route"))
    return DraftRow(**values, state=state, route=route, permit=Permit(**permit) if permit else None)


def _whole(columns: Mapping[Any, Any]) -> tuple[DraftRow, Draft, Assessment]:
    values = dict(columns)
    content, verdict = values.pop("content"), values.pop("verdict")
    return _row(values), from_json(Draft, content), from_json(Assessment, verdict)


# Statements that are run for every draft are built once: building them costs more than running them.
_WITH_ID = drafts.c.id == sa.bindparam("id")
_GET = sa.select(drafts).where(_WITH_ID)
# A question for each key that there is: asked for either, a database may read every draft where hardly any has one.
_BY_KEY = {
    key.name: sa.select(drafts).where(key == sa.bindparam(key.name))
    for key in (drafts.c.client_id, drafts.c.idempotency_key)
}
_EVERY_WHOLE = sa.select(drafts, revisions.c.content, revisions.c.verdict).join(
    revisions, (revisions.c.draft_id == drafts.c.id) & (revisions.c.number == drafts.c.revision)
)
WHOLE = _EVERY_WHOLE.where(_WITH_ID)
"""A draft (`id`) with its content and its verdict; see `whole_from`."""
_INSERT = sa.insert(drafts)
_INSERT_REVISION = sa.insert(revisions)
_COMPARE_AND_SET = sa.update(drafts).where(
    drafts.c.id == sa.bindparam("old_id"),
    drafts.c.version == sa.bindparam("old_version"),
    drafts.c.state == sa.bindparam("old_state"),
)
_FOR_LIFE = {"id", "client_id", "idempotency_key", "submission", "agent", "on_behalf_of", "deal_id", "thread_id"}
_MOVING = tuple(name for name in DraftRow.__slots__ if name not in {*_FOR_LIFE, "created_at"})
"""The columns that a move may change: to write the others again would have their indexes written, too."""

_LARGE_ROWS = 20
"""How many rows with a draft's content are read at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """Content and verdict of a draft as they were kept, still as JSON records."""

    draft_id: str
    number: int
    author: str
    content: str
    digest: str
    verdict: str
    at: datetime
    facts: str | None
    """The facts that conditions read; None where they were not kept."""


def whole_from(found: Sequence[Mapping[str, Any]], draft_id: str) -> tuple[DraftRow, Draft, Assessment]:
    """What `WHOLE` brought. Raises NotFound."""
    if not found:
        raise NotFound("draft", draft_id)
    return _whole(found[0])


class DraftRepository:
    """Reads and writes drafts on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, draft_id: str) -> DraftRow:
        """The row. Raises NotFound."""
        found = read(self._connection, _GET, {"id": draft_id})
        if not found:
            raise NotFound("draft", draft_id)
        return _row(found[0])

    def whole(self, draft_id: str) -> tuple[DraftRow, Draft, Assessment]:
        """The row, what the draft says in its current revision, and its current verdict. Raises NotFound."""
        return whole_from(read(self._connection, WHOLE, {"id": draft_id}), draft_id)

    def by_key(self, *, client_id: str | None, idempotency_key: str | None) -> DraftRow | None:
        """The draft that was handed in under this client id or this idempotency key, if any."""
        keys = {"client_id": client_id, "idempotency_key": idempotency_key}
        asked = [(_BY_KEY[name], {name: key}) for name, key in keys.items() if key is not None]
        found = [row for rows in read_together(self._connection, *asked) for row in rows]
        return _row(found[0]) if found else None

    def editors(self, draft_id: str) -> frozenset[str]:
        """Ids of the people who wrote a revision of the draft."""
        authors = self._connection.execute(
            sa.select(revisions.c.author).where(revisions.c.draft_id == draft_id)
        ).scalars()
        return frozenset(a.removeprefix("person:") for a in authors if a.startswith("person:"))

    def insert(self, row: DraftRow) -> None:
        """Write a new row. Raises sqlalchemy's IntegrityError where its client id or key is taken."""
        write(self._connection, _INSERT, _columns(row))

    def add_revision(
        self, row: DraftRow, draft: Draft, verdict: str, *, author: str, at: datetime, facts: str | None = None
    ) -> None:
        """Keep content, verdict (an assessment as JSON) and facts (as JSON too) of the row's current revision."""
        write(
            self._connection,
            _INSERT_REVISION,
            {
                "draft_id": row.id,
                "number": row.revision,
                "author": author,
                "content": to_json(draft),
                "digest": row.digest,
                "verdict": verdict,
                "at": at,
                "facts": facts,
            },
        )

    def compare_and_set(self, before: DraftRow, after: DraftRow) -> None:
        """Replace what may change of the row if it is still as `before`.

        Raises StaleVersion if it has moved on, at the latest from the end of the transaction.
        """
        old = {"old_id": before.id, "old_version": before.version, "old_state": before.state.value}

        def require_one(touched: int) -> None:
            if touched != 1:
                raise StaleVersion(before.id, before.version)

        write(self._connection, _COMPARE_AND_SET, {**_columns(after, _MOVING), **old}, heard=require_one)

    def in_states(self, states: Iterable[State], *, limit: int = 1000) -> Sequence[DraftRow]:
        """The drafts in any of these states, oldest first."""
        found = self._connection.execute(
            sa.select(drafts)
            .where(drafts.c.state.in_([s.value for s in states]))
            .order_by(drafts.c.created_at, drafts.c.id)
            .limit(limit)
        )
        return [_row(row._mapping) for row in found]

    def overdue(self, *, now: datetime, grace: timedelta, limit: int) -> Sequence[tuple[str, int]]:
        """Ids and versions of drafts whose timer rang more than `grace` ago, longest overdue first."""
        found = self._connection.execute(
            sa.select(drafts.c.id, drafts.c.version)
            .where(drafts.c.state.in_(_TIMED), drafts.c.due_at <= now - grace)
            .order_by(drafts.c.due_at)
            .limit(limit)
        )
        return [(row.id, row.version) for row in found]

    def counts(self) -> dict[State, int]:
        """How many drafts there are in each state."""
        found = self._connection.execute(sa.select(drafts.c.state, sa.func.count()).group_by(drafts.c.state))
        return {State(state): count for state, count in found}

    def history(self, draft: Draft, *, row: DraftRow | None, outside: Outside) -> History:
        """What this gate has sent and keeps waiting, as far as it concerns the draft; `row` is its own, if stored."""
        return read_history(self._connection, draft, row=row, outside=outside)

    def page(self, *, after: str, limit: int) -> Sequence[DraftRow]:
        """The next drafts by id; the first ones after the empty text."""
        found = self._connection.execute(
            sa.select(drafts).where(drafts.c.id > after).order_by(drafts.c.id).limit(limit)
        )
        return [_row(row._mapping) for row in found]

    def revisions_of(self, draft_ids: Sequence[str]) -> Iterator[Revision]:
        """Every revision of these drafts, each draft's in order; read a few at a time, for they may be large."""
        place = sa.tuple_(revisions.c.draft_id, revisions.c.number)
        query = sa.select(revisions).where(revisions.c.draft_id.in_(draft_ids)).order_by(*place).limit(_LARGE_ROWS)
        last = ("", 0)
        while page := self._connection.execute(query.where(place > last)).all():
            yield from (Revision(**row._mapping) for row in page)
            last = (page[-1].draft_id, page[-1].number)

    def waiting(self, state: State, *, person: str | None, newest_first: bool = False, limit: int) -> Sequence[str]:
        """Ids of drafts in the state: by due moment, or those that were changed last first.

        With a person, only drafts in that person's name and those about which that person was ever asked or told.
        """
        query = sa.select(drafts.c.id).where(drafts.c.state == state.value)
        if person is not None:
            lists = (sa.type_coerce(names, sa.Text) for names in (approvals.c.people, approvals.c.consulted))
            named = sa.or_(*(names.contains(json.dumps(person), autoescape=True) for names in lists))
            answers_for = approvals.c.accountable == person
            asked = sa.exists().where(approvals.c.draft_id == drafts.c.id, named | answers_for)
            query = query.where((drafts.c.on_behalf_of == person) | asked)
        order = (drafts.c.updated_at.desc(), drafts.c.id) if newest_first else (drafts.c.due_at, drafts.c.id)
        return self._connection.execute(query.order_by(*order).limit(limit)).scalars().all()

    def whole_of(self, draft_ids: Sequence[str]) -> Sequence[tuple[DraftRow, Draft, Assessment]]:
        """What `whole` gives, for many drafts at once, in no particular order."""
        found = self._connection.execute(_EVERY_WHOLE.where(drafts.c.id.in_(draft_ids)))
        return [_whole(row._mapping) for row in found]

    def versions(self, draft_ids: Sequence[str]) -> Mapping[str, int]:
        """The versions at which these drafts are now."""
        found = self._connection.execute(sa.select(drafts.c.id, drafts.c.version).where(drafts.c.id.in_(draft_ids)))
        return {row.id: row.version for row in found}

    def editors_of(self, draft_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """What `editors` gives, for many drafts at once; a draft that nobody changed is left out."""
        found = self._connection.execute(
            sa.select(revisions.c.draft_id, revisions.c.author).where(
                revisions.c.draft_id.in_(draft_ids), revisions.c.author.startswith("person:")
            )
        )
        editors: dict[str, frozenset[str]] = {}
        for draft_id, author in found:
            editors[draft_id] = editors.get(draft_id, frozenset()) | {author.removeprefix("person:")}
        return editors

    def ids_beginning(self, prefix: str, *, limit: int) -> Sequence[str]:
        """Ids that begin exactly so, in order."""
        # LIKE alone would take capital letters for small ones on SQLite.
        begins = drafts.c.id.startswith(prefix, autoescape=True) & (
            sa.func.substr(drafts.c.id, 1, len(prefix)) == prefix
        )
        query = sa.select(drafts.c.id).where(begins).order_by(drafts.c.id).limit(limit)
        return self._connection.execute(query).scalars().all()


_TIMED = [state.value for state in TIMED]


def _columns(row: DraftRow, names: Iterable[str] = DraftRow.__slots__) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    values["permit"] = asdict(row.permit) if row.permit else None
    values["state"], values["route"] = row.state.value, row.route.value
    return values
