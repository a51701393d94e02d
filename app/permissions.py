"""Who may do what to a draft. Asked by the services, whatever page or program calls them."""

from __future__ import annotations

from app.approvals.resolvers import may_decide as is_asked
from app.core.commitments import LedgerEntry
from app.core.errors import NotFound, NotPermitted
from app.core.facts import Person
from app.core.ports import People
from app.standing import Standing

ADMIN = "admin"
MANAGER = "manager"


def _asked(person: Person, standing: Standing) -> bool:
    return standing.pending is not None and person.id in standing.pending.people


def may_decide(person: Person, standing: Standing) -> bool:
    """Only those whom the open request names may approve, and not what they alone wrote."""
    return standing.pending is not None and is_asked(standing.pending, person, editors=standing.editors)


def may_stop(person: Person, standing: Standing) -> bool:
    """Those who are asked, the person the mail is written for, and admins may edit, reject and undo."""
    return (
        _asked(person, standing)
        or person.id == standing.row.on_behalf_of
        or ADMIN in person.roles
        or any(person.id in request.approvers for request in standing.approvals)
    )


def require_person(id_or_email: str, people: People) -> Person:
    """The colleague with this id or address. Raises NotFound."""
    person = people.person(id_or_email)
    if person is None:
        raise NotFound("person", id_or_email)
    return person


def require_decider(person: Person, standing: Standing) -> None:
    """Raise NotPermitted unless the person may approve."""
    if not may_decide(person, standing):
        asked = ", ".join(standing.pending.people) if standing.pending else "nobody"
        raise NotPermitted(f"{person.id} may not approve draft {standing.row.id}: {asked or 'nobody'} is asked")


def require_stopper(person: Person, standing: Standing, doing: str) -> None:
    """Raise NotPermitted unless the person may edit, reject or undo."""
    if not may_stop(person, standing):
        raise NotPermitted(
            f"{person.id} may not {doing} draft {standing.row.id}: "
            f"{standing.row.on_behalf_of}, those who are asked, and admins may"
        )


def require_ledger_keeper(person: Person, entry: LedgerEntry) -> None:
    """Raise NotPermitted unless the person owes the promise, manages people, or is an admin."""
    if person.id != entry.person and not {ADMIN, MANAGER} & set(person.roles):
        raise NotPermitted(
            f"{person.id} may not settle commitment {entry.id}: {entry.person}, managers and admins may"
        )
