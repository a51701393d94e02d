"""Actions and their verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.actions import Action, ActionState, Claim, Report
from app.core.assessment import Assessment
from app.core.codec import from_json, to_json
from app.core.errors import NotFound, StaleVersion
from app.core.matters import Matter
from app.core.routes import Route
from app.store.action_rows import ActionRow
from app.store.rows import Permit
from app.store.tables import action_verdicts, actions

_WHOLE = sa.select(actions, action_verdicts.c.verdict).join(
    action_verdicts,
    (action_verdicts.c.action_id == actions.c.id) & (action_verdicts.c.number == actions.c.revision),
)


class ActionRepository:
    """Reads and writes actions on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def whole(self, action_id: str) -> tuple[ActionRow, Assessment]:
        """The action and its current verdict. Raises NotFound."""
        found = self._connection.execute(_WHOLE.where(actions.c.id == action_id)).first()
        if found is None:
            raise NotFound("action", action_id)
        return _whole(found._mapping)

    def whole_of(self, action_ids: Sequence[str]) -> Sequence[tuple[ActionRow, Assessment]]:
        """What `whole` gives, for many at once, by the moment they came in."""
        query = _WHOLE.where(actions.c.id.in_(action_ids)).order_by(actions.c.created_at, actions.c.id)
        return [_whole(row._mapping) for row in self._connection.execute(query)]

    def id_by_client_id(self, client_id: str | None) -> str | None:
        """The id of the action that was proposed under this client id, if any."""
        if client_id is None:
            return None
        query = sa.select(actions.c.id).where(actions.c.client_id == client_id)
        return self._connection.execute(query).scalar_one_or_none()

    def insert(self, row: ActionRow) -> None:
        """Write a new one. Raises sqlalchemy's IntegrityError where its client id is taken."""
        self._connection.execute(sa.insert(actions), _columns(row))

    def add_verdict(self, row: ActionRow, verdict: str, *, at: datetime) -> None:
        """Keep the verdict (an assessment as JSON) of the row's current revision."""
        values = {"action_id": row.id, "number": row.revision, "digest": row.digest, "verdict": verdict, "at": at}
        self._connection.execute(sa.insert(action_verdicts), values)

    def compare_and_set(self, before: ActionRow, after: ActionRow) -> None:
        """Replace the row if it is still as `before`. Raises StaleVersion if it has moved on."""
        as_before = (actions.c.id == before.id) & (actions.c.version == before.version)
        still = as_before & (actions.c.state == before.state.value)
        if self._connection.execute(sa.update(actions).where(still).values(**_columns(after))).rowcount != 1:
            raise StaleVersion(before.id, before.version, matter=Matter.ACTION)

    def ids_in(self, states: Sequence[ActionState], *, limit: int) -> Sequence[str]:
        """Ids of those in any of these states: by due moment, then by the moment they came in."""
        query = sa.select(actions.c.id).where(actions.c.state.in_([state.value for state in states]))
        order = (actions.c.due_at, actions.c.created_at, actions.c.id)
        return self._connection.execute(query.order_by(*order).limit(limit)).scalars().all()

    def overdue(self, states: Sequence[ActionState], *, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Ids and versions of those in these states whose timer has rung, longest overdue first."""
        query = sa.select(actions.c.id, actions.c.version).where(
            actions.c.state.in_([state.value for state in states]), actions.c.due_at <= now
        )
        found = self._connection.execute(query.order_by(actions.c.due_at).limit(limit))
        return [(row.id, row.version) for row in found]

    def page(self, *, after: str, limit: int) -> Sequence[ActionRow]:
        """The next ones by id; the first ones after the empty text."""
        query = sa.select(actions).where(actions.c.id > after).order_by(actions.c.id).limit(limit)
        return [_row(row._mapping) for row in self._connection.execute(query)]

    def verdicts_of(self, action_id: str) -> Sequence[tuple[int, str, str]]:
        """Number, digest and JSON of every verdict that an action has had, in their order."""
        columns = (action_verdicts.c.number, action_verdicts.c.digest, action_verdicts.c.verdict)
        query = sa.select(*columns).where(action_verdicts.c.action_id == action_id)
        found = self._connection.execute(query.order_by(action_verdicts.c.number))
        return [(row.number, row.digest, row.verdict) for row in found]


def _whole(columns: Mapping[Any, Any]) -> tuple[ActionRow, Assessment]:
    return _row(columns), from_json(Assessment, columns["verdict"])


def _row(columns: Mapping[Any, Any]) -> ActionRow:
    permit, claim, report = columns["permit"], columns["claim"], columns["report"]
    return ActionRow(
        id=columns["id"],
        client_id=columns["client_id"],
        submission=columns["submission"],
        action=from_json(Action, columns["content"]),
        state=ActionState(columns["state"]),
        version=columns["version"],
        due_at=columns["due_at"],
        revision=columns["revision"],
        digest=columns["digest"],
        route=Route(columns["route"]),
        permit=Permit(**permit) if permit else None,
        proposed_by=columns["proposed_by"],
        claim=from_json(Claim, claim) if claim else None,
        report=from_json(Report, report) if report else None,
        created_at=columns["created_at"],
        updated_at=columns["updated_at"],
    )


def _columns(row: ActionRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "client_id": row.client_id,
        "submission": row.submission,
        "content": to_json(row.action),
        "state": row.state.value,
        "version": row.version,
        "due_at": row.due_at,
        "revision": row.revision,
        "digest": row.digest,
        "route": row.route.value,
        "permit": asdict(row.permit) if row.permit else None,
        "agent": row.agent,
        "on_behalf_of": row.on_behalf_of,
        "proposed_by": row.proposed_by,
        "rollback_of": row.action.rollback_of,
        "claim": to_json(row.claim) if row.claim else None,
        "report": to_json(row.report) if row.report else None,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }
