"""The one question: may this person do that to such a record? Answered by the table alone."""

from __future__ import annotations

from app.core.errors import NotPermitted
from app.core.facts import Person
from app.permissions.relations import FOREIGN
from app.permissions.table import TABLE, Operation, Relations, Role


def roles_of(person: Person) -> frozenset[Role]:
    """The person's roles that the table knows. Everybody is a colleague, whatever else they are."""
    return frozenset({Role.COLLEAGUE, *(role for role in Role if role in person.roles)})


def may(person: Person, operation: Operation, relations: Relations = FOREIGN) -> bool:
    """Whether the table lets the person do this to a record that is this to them, or (without) at all."""
    grant = TABLE[operation]
    return any(grant.of(role) & relations for role in roles_of(person))


def require(person: Person, operation: Operation, relations: Relations = FOREIGN, *, doing: str) -> None:
    """Raise NotPermitted, which says who may, unless the table lets the person do it. `doing`: `settle …`."""
    if not may(person, operation, relations):
        raise NotPermitted(f"{person.id} may not {doing}: {_who_may(operation, relations)} ({operation})")


def _who_may(operation: Operation, relations: Relations) -> str:
    able = sorted(role for role in Role if role is not Role.COLLEAGUE and TABLE[operation].of(role) & relations)
    if able:
        return f"people with the role {' or '.join(able)} may"
    whose = [relation.value for role in Role for relation in sorted(TABLE[operation].of(role))]
    return f"it is for {' or '.join(dict.fromkeys(whose))} records only"
