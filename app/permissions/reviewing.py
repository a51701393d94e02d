"""The rules around a decision: passing places on, questions and answers, reopening, being away."""

from __future__ import annotations

from app.approvals.resolvers import managers_of
from app.core.errors import NotPermitted
from app.core.facts import Person
from app.core.ports import People
from app.matter import MatterStanding
from app.permissions.relations import FOREIGN, to_draft
from app.permissions.rights import require
from app.permissions.rules import require_seer
from app.permissions.table import Operation, Relation, Relations


def require_over(person: Person, whose: str, people: People, operation: Operation, *, doing: str) -> None:
    """Raise NotPermitted unless the table lets the person do it to something of this colleague, or agent, of theirs.

    Raises FactUnavailable where the directory cannot be read.
    """
    require(person, operation, _to_colleague(person, whose, people), doing=doing)


def _to_colleague(person: Person, whose: str, people: People) -> Relations:
    if person.id == whose:
        return frozenset({Relation.OWN})
    owner = people.person(whose)
    above = managers_of(owner, people) if owner is not None else iter(())
    return frozenset({Relation.REPORTS}) if any(manager.id == person.id for manager in above) else FOREIGN


def require_remarker(person: Person, standing: MatterStanding, people: People, *, doing: str) -> None:
    """Raise NotFound unless the person may read the draft, NotPermitted unless they may ask and comment."""
    require_seer(person, standing, people)
    require(person, Operation.ASK, to_draft(person, standing, people), doing=f"{doing} {_named(standing)}")


def require_answerer(person: Person | str, standing: MatterStanding, people: People) -> None:
    """Raise NotPermitted unless this is the sender, somebody above everybody, or the agent that wrote the draft."""
    if isinstance(person, str):
        if person != f"agent:{standing.row.agent}":
            raise NotPermitted(f"{person} may not answer about {_named(standing)}: agent:{standing.row.agent} may")
        return
    require_seer(person, standing, people)
    relations = to_draft(person, standing, people) & {Relation.OWN} or FOREIGN
    require(person, Operation.ANSWER, relations, doing=f"answer about {_named(standing)}")


def require_reopener(person: Person, standing: MatterStanding, people: People) -> None:
    """Raise NotFound unless the person may read the draft, NotPermitted unless they may have it asked about again."""
    require_seer(person, standing, people)
    require(person, Operation.REOPEN, to_draft(person, standing, people), doing=f"reopen {_named(standing)}")


def require_settler(person: Person, standing: MatterStanding, people: People) -> None:
    """Raise NotFound unless the person may read the draft, NotPermitted unless they may say what its mail came to."""
    require_seer(person, standing, people)
    require(person, Operation.SETTLE, to_draft(person, standing, people), doing=f"settle draft {standing.row.id}")


def _named(standing: MatterStanding) -> str:
    return f"{standing.row.matter} {standing.row.id}"
