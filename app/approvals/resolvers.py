"""From what a rule demands to the people who may give it, and from what they said to whether it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.core.approvals import (
    SENDER,
    ApprovalRequest,
    ApprovalState,
    Requirement,
    Resolver,
    ResolverKind,
    Verdict,
)
from app.core.facts import Deal, Person
from app.core.ports import People

LAST_RESORT_ROLE = "admin"
"""The role that is asked when neither the rule's resolvers nor the sender's managers yield enough people."""


def people_for(
    requirement: Requirement, *, sender: Person, deal: Deal | None, people: People, editors: frozenset[str]
) -> tuple[str, ...]:
    """Ids of those who may decide, without repetitions, the first asked first.

    Asked in this order, and no further than the demand needs: the resolver, its fallback, the sender's managers from
    the nearest up, everybody with the role `admin`. `editors` are the ids of those who changed the draft. An empty
    answer means that nobody may decide and the draft stays in review; `shortage` says why.

    Raises FactUnavailable where the directory cannot be read.
    """
    found: dict[str, None] = {}
    for asked in _circles(requirement, sender=sender, deal=deal, people=people):
        for person in asked:
            if not _is_barred(person.id, requirement, sender=sender.id, editors=editors):
                found[person.id] = None
        if _is_enough(found, requirement, editors):
            break
    return tuple(found) if set(found) - editors else ()


def shortage(requirement: Requirement, people: Sequence[str], *, editors: frozenset[str]) -> str | None:
    """Why these people can never satisfy the demand, in plain words that say what to do; None where they can."""
    if requirement.step_up:
        return "the rule demands step_up, a fresh sign-in that is not available yet: take step_up out of the policy"
    if _is_enough(people, requirement, editors):
        return None
    found = "nobody" if not people else "only " + ", ".join(people)
    return (
        f"{requirement.needed} needed by {requirement.resolver}, but {found} may decide: "
        f"name another resolver or fallback in the policy, or give a colleague the role {LAST_RESORT_ROLE}"
    )


def may_decide(request: ApprovalRequest, person: Person, *, editors: frozenset[str]) -> bool:
    """Whether this person's word counts: the request is pending, they were asked, and no edit of theirs bars them."""
    return (
        request.state is ApprovalState.PENDING
        and person.id in request.people
        and not _edit_bars(person.id, request.requirement, editors)
    )


def satisfied(request: ApprovalRequest, editors: frozenset[str]) -> bool:
    """Whether enough of those asked have approved exactly this digest, at least one of them not an editor.

    Never true for a demand with `step_up`: no decision carries a fresh proof of identity, so none is good enough.
    """
    demand = request.requirement
    words = [decision for decision in request.decisions if decision.digest == request.digest]
    if demand.step_up or any(decision.verdict is Verdict.REJECT for decision in words):
        return False
    approvers = {
        decision.person
        for decision in words
        if decision.person in request.people and not _edit_bars(decision.person, demand, editors)
    }
    return _is_enough(approvers, demand, editors)


def _circles(
    requirement: Requirement, *, sender: Person, deal: Deal | None, people: People
) -> Iterator[Sequence[Person]]:
    """Who is asked first, who next: lazily, so that the directory is read no further than needed."""
    yield _resolve(requirement.resolver, sender=sender, deal=deal, people=people)
    if requirement.fallback is not None:
        yield _resolve(requirement.fallback, sender=sender, deal=deal, people=people)
    for manager in _managers(sender, people):
        yield [manager]
    yield people.with_role(LAST_RESORT_ROLE)


def _resolve(resolver: Resolver, *, sender: Person, deal: Deal | None, people: People) -> Sequence[Person]:
    match resolver.kind:
        case ResolverKind.USER:
            return [sender] if resolver.argument == SENDER else _known(resolver.argument, people)
        case ResolverKind.MANAGER:
            return list(_managers(sender, people))[:1]
        case ResolverKind.ROLE:
            return people.with_role(resolver.argument) if resolver.argument else []
        case ResolverKind.RECORD_OWNER:
            return _known(deal.owner, people) if deal else []


def _known(id: str | None, people: People) -> list[Person]:
    person = people.person(id) if id else None
    return [person] if person else []


def _managers(sender: Person, people: People) -> Iterator[Person]:
    """The sender's manager, that one's manager and so on; ends at a gap, and where the line turns back on itself."""
    seen = {sender.id}
    below = sender
    while above := _known(below.manager, people):
        below = above[0]
        if below.id in seen:
            return
        seen.add(below.id)
        yield below


def _is_barred(person: str, requirement: Requirement, *, sender: str, editors: frozenset[str]) -> bool:
    return _edit_bars(person, requirement, editors) or (requirement.separate_duties and person == sender)


def _edit_bars(person: str, requirement: Requirement, editors: frozenset[str]) -> bool:
    """An editor may be one of several approvers, never the only one, and none where duties are separate."""
    return person in editors and (requirement.separate_duties or requirement.needed < 2)


def _is_enough(people: Iterable[str], requirement: Requirement, editors: frozenset[str]) -> bool:
    distinct = set(people)
    return len(distinct) >= max(requirement.needed, 1) and bool(distinct - editors)
