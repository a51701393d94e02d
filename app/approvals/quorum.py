"""Whose word counts, and when enough has been said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core.approvals import (
    SILENCE,
    ApprovalRequest,
    ApprovalState,
    Requirement,
    Seat,
    Stage,
    Verdict,
)
from app.core.facts import Person


def may_decide(request: ApprovalRequest, person: Person, *, editors: frozenset[str]) -> bool:
    """Whether this person's word counts: the request is pending, they were asked, and no edit of theirs bars them."""
    return request.state is ApprovalState.PENDING and free_seat(request, person.id, editors=editors) is not None


def free_seat(request: ApprovalRequest, person: str, *, editors: frozenset[str]) -> Seat | None:
    """The seat from which the person's approval would count now: their own rather than one in another's name.

    None where they were not asked, have spoken already, or all their seats have been used by somebody else.
    """
    separate = request.requirement.separate_duties
    if person not in request.people or edit_bars(person, request.wanted, separate=separate, editors=editors):
        return None
    spoken = {name for word in request.decisions for name in (word.person, word.principal)}
    if person in spoken:
        return None
    free = [seat for seat in request.seats_of(person) if seat.principal not in spoken]
    return min(free, key=lambda seat: seat.principal != person, default=None)


def satisfied(request: ApprovalRequest, editors: frozenset[str]) -> bool:
    """Whether enough of those asked in this stage have approved exactly this digest, at least one not an editor.

    One person counts once, and so does one seat: a delegate's word and that of the person whose place it is are one.
    For a demand with `step_up`, only words count that came with a fresh proof of who gave them.
    """
    demand, stage = request.requirement, request.wanted
    words = [word for word in request.decisions if word.digest == request.digest and word.stage == request.stage]
    if any(word.verdict is Verdict.REJECT for word in words):
        return False
    if demand.step_up:
        words = [word for word in words if word.verified_at is not None]
    if any(word.person == SILENCE for word in words):
        return True
    counted = [
        word
        for word in words
        if word.person in request.people
        and not edit_bars(word.person, stage, separate=demand.separate_duties, editors=editors)
    ]
    return is_enough((word.person for word in counted), stage, editors) and is_enough(
        (word.principal for word in counted), stage, editors
    )


def shortage(
    requirement: Requirement, people: Sequence[str], *, editors: frozenset[str], stage: int = 0
) -> str | None:
    """Why these people can never satisfy the stage, in plain words that say what to do; None where they can."""
    wanted = requirement.stages[stage]
    if is_enough(people, wanted, editors):
        return None
    found = "nobody" if not people else "only " + ", ".join(people)
    return (
        f"{wanted.needed} needed by {wanted.resolver}, but {found} may decide: "
        "name another resolver or fallback in the policy, or give a colleague the role admin"
    )


def edit_bars(person: str, stage: Stage, *, separate: bool, editors: frozenset[str]) -> bool:
    """An editor may be one of several approvers, never the only one, and none where duties are separate."""
    return person in editors and (separate or stage.needed < 2)


def is_enough(people: Iterable[str], stage: Stage, editors: frozenset[str]) -> bool:
    """Whether these are as many as the stage needs, and not editors alone."""
    distinct = set(people)
    return len(distinct) >= max(stage.needed, 1) and bool(distinct - editors)
