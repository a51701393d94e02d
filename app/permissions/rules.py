"""The rules that the services ask: the table, and what it cannot say, such as whose word still counts.

A draft that somebody may not see does not exist for them: whatever they try, the answer is NotFound.
"""

from __future__ import annotations

from app.approvals.quorum import may_decide as is_asked
from app.core.commitments import LedgerEntry
from app.core.errors import NotFound, NotPermitted
from app.core.facts import Person
from app.core.limits import StopScope
from app.core.ports import People
from app.matter import MatterRow, MatterStanding
from app.permissions.relations import is_named, to_draft, to_somebodys
from app.permissions.rights import may, require
from app.permissions.table import Operation, Relation, Relations

_STOPPING = {"edit": Operation.EDIT, "reject": Operation.REJECT, "undo": Operation.UNDO}
_NOBODYS: Relations = frozenset({Relation.FOREIGN})


def require_person(id_or_email: str, people: People) -> Person:
    """The colleague with this id or address. Raises NotFound."""
    person = people.person(id_or_email)
    if person is None:
        raise NotFound("person", id_or_email)
    return person


# ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────────


def may_see(person: Person, standing: MatterStanding, people: People) -> bool:
    """Whether the person may read the draft. Raises FactUnavailable where the directory cannot be read."""
    return may(person, Operation.VIEW) or may(person, Operation.VIEW, to_draft(person, standing, people))


def require_seer(person: Person, standing: MatterStanding, people: People, *, sought: str | None = None) -> None:
    """Raise NotFound, as if there were no such draft, unless the person may read it. `sought`: how they named it."""
    if not may_see(person, standing, people):
        raise NotFound(standing.row.matter, sought or standing.row.id)


def may_decide(person: Person, standing: MatterStanding) -> bool:
    """Only those whom the open request names may approve, and not what they alone wrote."""
    asked = standing.pending is not None and is_asked(standing.pending, person, editors=standing.editors)
    return asked and may(person, Operation.RESOLVE, frozenset({Relation.ASKED}))


def may_stop(person: Person, standing: MatterStanding) -> bool:
    """Those who are asked, the person the mail is written for, and admins may edit, reject and undo."""
    return _may_stop(person, standing, Operation.REJECT)


def _may_stop(person: Person, standing: MatterStanding, operation: Operation) -> bool:
    relations = set()
    if person.id in standing.row.owners:
        relations.add(Relation.OWN)
    if is_named(person, standing):
        relations.add(Relation.ASKED)
    return may(person, operation, frozenset(relations) or _NOBODYS)


def require_decider(
    person: Person, standing: MatterStanding, people: People, *, operation: Operation = Operation.RESOLVE
) -> None:
    """Raise NotFound unless the person may read the draft, NotPermitted unless they may approve it."""
    require_seer(person, standing, people)
    if not may_decide(person, standing):
        asked = ", ".join(standing.pending.people) if standing.pending else "nobody"
        raise NotPermitted(
            f"{person.id} may not approve {_named(standing.row)}: {asked or 'nobody'} is asked ({operation})"
        )


def require_stopper(person: Person, standing: MatterStanding, people: People, doing: str) -> None:
    """Raise NotFound unless the person may read the draft, NotPermitted unless they may edit, reject or undo it."""
    require_seer(person, standing, people)
    if not _may_stop(person, standing, _STOPPING[doing]):
        raise NotPermitted(
            f"{person.id} may not {doing} {_named(standing.row)}: "
            f"{standing.row.on_behalf_of}, those who are asked, owners and admins may ({_STOPPING[doing]})"
        )


def _named(row: MatterRow) -> str:
    return f"{row.matter} {row.id}"


# ── everything else ───────────────────────────────────────────────────────────────────────────────────────────


def require_ledger_keeper(person: Person, entry: LedgerEntry) -> None:
    """Raise NotPermitted unless the person owes the promise, or manages people."""
    relations = to_somebodys(person, entry.person)
    require(person, Operation.LEDGER_SETTLE, relations, doing=f"settle commitment {entry.id} of {entry.person}")


def require_switcher(person: Person, scope: StopScope) -> None:
    """Raise NotPermitted unless the person may stop and resume this; managers may not where it is everything."""
    if scope is StopScope.ALL:
        require(person, Operation.STOP_ALL, doing="stop or resume everything")
    else:
        require(person, Operation.STOP_AGENT, doing=f"stop or resume an {scope}")


def require_policy_author(person: Person) -> None:
    """Raise NotPermitted unless the person may propose policies, and try them on past drafts."""
    require(person, Operation.POLICY_PROPOSE, doing="propose or try a policy")


def require_policy_reviewer(person: Person, *, author: str) -> None:
    """Raise NotPermitted unless the person may review a policy of this author: somebody else has to."""
    require(person, Operation.POLICY_REVIEW, doing="review a policy")
    if not may(person, Operation.POLICY_REVIEW, to_somebodys(person, author)):
        raise NotPermitted(f"{person.id} wrote this policy; somebody else has to review it")


def require_policy_publisher(person: Person, *, without_review: bool = False) -> None:
    """Raise NotPermitted unless the person may put a policy in force."""
    if without_review:
        require(person, Operation.POLICY_EXCEPT, doing="publish a policy without a review")
    require(person, Operation.POLICY_PUBLISH, doing="publish a policy")
