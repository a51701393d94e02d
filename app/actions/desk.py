"""What of the agents' actions waits for whom."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.standing import ActionStanding, read_action
from app.core.actions import OPEN
from app.core.errors import NotFound
from app.core.facts import Person
from app.core.ports import People
from app.core.routes import Tier
from app.desk import is_consulted
from app.permissions import Operation, may_decide, may_stop, require
from app.permissions.relations import to_draft
from app.permissions.rights import may
from app.store.store import Reader

_MOST = 1000
_TIERS = list(Tier)


def waiting(reader: Reader, *, person: Person | None, people: People) -> Sequence[ActionStanding]:
    """Actions that wait for a person, or (None) for anybody: what they are asked about first, then by risk and age.

    A person sees what they may decide, take back or settle, and what they are consulted about or accountable for.
    """
    found = (read_action(reader, each) for each in reader.actions.ids_in(OPEN, limit=_MOST))
    mine = [each for each in found if person is None or _concerns(person, each, people)]
    return sorted(mine, key=lambda each: _urgency(each, person))


def waiting_for_everybody(reader: Reader, *, person: Person, people: People) -> Sequence[ActionStanding]:
    """What waits for anybody. Raises NotPermitted unless the person may read everything."""
    require(person, Operation.VIEW, doing="see everybody's approvals")
    return waiting(reader, person=None, people=people)


def find_action(reader: Reader, reference: str) -> ActionStanding:
    """The action with this id or client id. Raises NotFound."""
    try:
        return read_action(reader, reference)
    except NotFound:
        known = reader.actions.id_by_client_id(reference)
        if known is None:
            raise
    return read_action(reader, known)


def _concerns(person: Person, standing: ActionStanding, people: People) -> bool:
    if may_stop(person, standing) or is_consulted(person, standing):
        return True
    return may(person, Operation.ACTION_REPORT, to_draft(person, standing, people))


def _urgency(standing: ActionStanding, person: Person | None) -> tuple[object, ...]:
    row = standing.row
    asked = person is not None and may_decide(person, standing)
    return (not asked, -_TIERS.index(standing.assessment.risk.tier), row.created_at, row.id)
