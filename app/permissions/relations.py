"""What a record is to a person."""

from __future__ import annotations

from app.approvals.resolvers import managers_of
from app.core.facts import Person
from app.core.ports import People
from app.matter import MatterStanding
from app.permissions.table import Relation, Relations

FOREIGN: Relations = frozenset({Relation.FOREIGN})


def to_somebodys(person: Person, whose: str) -> Relations:
    """To a record that belongs to one person and that nobody is asked about."""
    return frozenset({Relation.OWN}) if person.id == whose else FOREIGN


def to_draft(person: Person, standing: MatterStanding, people: People) -> Relations:
    """To a draft, or another action. Raises FactUnavailable where the directory cannot be read."""
    found = _without_directory(person, standing)
    sender = people.person(standing.row.on_behalf_of)
    if sender is not None and any(manager.id == person.id for manager in managers_of(sender, people)):
        found |= {Relation.REPORTS}
    return frozenset(found) or FOREIGN


def _without_directory(person: Person, standing: MatterStanding) -> set[Relation]:
    found: set[Relation] = set()
    if person.id in standing.row.owners:
        found.add(Relation.OWN)
    if is_named(person, standing):
        found.add(Relation.ASKED)
    for request in standing.approvals:
        if person.id in request.consulted or person.id == request.accountable:
            found.add(Relation.CONSULTED)
        if person.id in request.people and request is not standing.pending:
            found.add(Relation.EARLIER)
    return found


def is_named(person: Person, standing: MatterStanding) -> bool:
    """Whether the open request asks this person, or they have approved the draft before."""
    asked = standing.pending is not None and person.id in standing.pending.people
    return asked or any(person.id in request.approvers for request in standing.approvals)
