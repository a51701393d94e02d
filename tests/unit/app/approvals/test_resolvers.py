"""Who may decide, and when enough have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.approvals.quorum import may_decide, satisfied, shortage
from app.approvals.resolvers import people_for
from app.core.approvals import (
    SENDER,
    ApprovalRequest,
    ApprovalState,
    Decision,
    Requirement,
    Resolver,
    ResolverKind,
    Verdict,
)
from app.core.facts import Deal, Person
from app.core.proofs import ProofMethod

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
NOBODY: frozenset[str] = frozenset()


def person(id: str, *, manager: str | None = None, roles: tuple[str, ...] = ()) -> Person:
    return Person(id=id, email=f"{id}@northwind.example", name=id.title(), manager=manager, roles=roles)


class Directory:
    """A directory of a few people that counts how often it is asked for a role."""

    def __init__(self, *people: Person) -> None:
        self._people = people
        self.asked_roles: list[str] = []

    def person(self, id_or_email: str) -> Person | None:
        return next((p for p in self._people if id_or_email in (p.id, p.email)), None)

    def with_role(self, role: str) -> Sequence[Person]:
        self.asked_roles.append(role)
        return [p for p in self._people if role in p.roles]

    def everybody(self) -> Sequence[Person]:
        return self._people


MAYA = person("maya", manager="rosa")
ROSA = person("rosa", manager="vera")
VERA = person("vera", manager="vera")
OMAR = person("omar")
LENA = person("lena", roles=("legal",))
LUIS = person("luis", roles=("legal",))
ADA = person("ada", roles=("admin",))
ALL = (MAYA, ROSA, VERA, OMAR, LENA, LUIS, ADA)

DEAL = Deal(id="d1", name="Pilot", account="acme", stage="proposal", amount=1.0, currency="USD", owner="omar")
MANAGER = Resolver(kind=ResolverKind.MANAGER)
OWNER = Resolver(kind=ResolverKind.RECORD_OWNER)
LEGAL = Resolver(kind=ResolverKind.ROLE, argument="legal")
ADMIN = Resolver(kind=ResolverKind.ROLE, argument="admin")
THE_SENDER = Resolver(kind=ResolverKind.USER, argument=SENDER)


def user(id: str) -> Resolver:
    return Resolver(kind=ResolverKind.USER, argument=id)


def ask(
    requirement: Requirement,
    *,
    sender: Person = MAYA,
    deal: Deal | None = DEAL,
    people: Sequence[Person] = ALL,
    editors: frozenset[str] = NOBODY,
) -> tuple[str, ...]:
    return people_for(requirement, sender=sender, deal=deal, people=Directory(*people), editors=editors)


@pytest.mark.parametrize(
    ("resolver", "found"),
    [
        (MANAGER, ("rosa",)),
        (OWNER, ("omar",)),
        (LEGAL, ("lena", "luis")),
        (THE_SENDER, ("maya",)),
        (user("vera"), ("vera",)),
        (user("vera@northwind.example"), ("vera",)),
    ],
)
def test_each_resolver(resolver: Resolver, found: tuple[str, ...]) -> None:
    assert ask(Requirement(resolver=resolver)) == found


@pytest.mark.parametrize(
    ("resolver", "sender", "deal"),
    [
        (user("nobody"), MAYA, DEAL),
        (OWNER, MAYA, None),
        (OWNER, MAYA, replace(DEAL, owner=None)),
        (OWNER, MAYA, replace(DEAL, owner="gone")),
        (MANAGER, replace(MAYA, manager=None), DEAL),
        (MANAGER, replace(MAYA, manager="gone"), DEAL),
        (MANAGER, replace(MAYA, manager="maya"), DEAL),
        (Resolver(kind=ResolverKind.ROLE, argument="treasurer"), MAYA, DEAL),
        (Resolver(kind=ResolverKind.ROLE), MAYA, DEAL),
        (Resolver(kind=ResolverKind.USER), MAYA, DEAL),
    ],
)
def test_a_resolver_that_finds_nobody_gives_way_to_the_fallback(
    resolver: Resolver, sender: Person, deal: Deal | None
) -> None:
    people = (sender, *ALL[1:])
    assert ask(Requirement(resolver=resolver, fallback=LEGAL), sender=sender, deal=deal, people=people) == (
        "lena",
        "luis",
    )


def test_without_a_fallback_the_managers_are_asked_from_the_nearest_up() -> None:
    nobody = Requirement(resolver=user("nobody"), fallback=None)
    assert ask(nobody) == ("rosa",)
    assert ask(nobody, editors=frozenset({"rosa"})) == ("vera",)
    assert ask(nobody, editors=frozenset({"rosa", "vera"})) == ("ada",)


def test_a_circle_of_managers_ends() -> None:
    circle = (person("maya", manager="rosa"), person("rosa", manager="vera"), person("vera", manager="rosa"))
    nobody = Requirement(resolver=user("nobody"), fallback=None)
    assert ask(nobody, people=circle) == ("rosa",)
    assert ask(nobody, people=circle, editors=frozenset({"rosa", "vera"})) == ()


def test_managers_that_lead_back_to_the_sender_end_there() -> None:
    circle = (person("maya", manager="rosa"), person("rosa", manager="maya"))
    assert ask(Requirement(), people=circle, editors=frozenset({"rosa"})) == ()


def test_nobody_at_all_is_an_empty_answer_with_a_reason() -> None:
    assert ask(Requirement(fallback=None), sender=replace(MAYA, manager=None), people=()) == ()
    reason = shortage(Requirement(), (), editors=NOBODY)
    assert reason is not None
    assert "1 needed by manager, but nobody may decide: name another resolver" in reason


def test_the_directory_is_read_no_further_than_needed() -> None:
    directory = Directory(*ALL)
    people_for(Requirement(resolver=LEGAL), sender=MAYA, deal=None, people=directory, editors=NOBODY)
    assert directory.asked_roles == ["legal"]


def test_separate_duties_bar_the_sender() -> None:
    apart = Requirement(resolver=THE_SENDER, fallback=MANAGER, separate_duties=True)
    assert ask(apart) == ("rosa",)
    assert ask(replace(apart, separate_duties=False)) == ("maya",)
    owned = replace(apart, resolver=OWNER, needed=2)
    assert ask(owned, sender=OMAR, deal=DEAL) == ("ada",)


@pytest.mark.parametrize(
    ("needed", "separate", "found"),
    [
        (1, False, ("luis",)),
        (1, True, ("luis",)),
        (2, False, ("lena", "luis")),
        (2, True, ("luis", "ada")),
    ],
)
def test_an_editor_is_never_the_only_approver(needed: int, separate: bool, found: tuple[str, ...]) -> None:
    demand = Requirement(needed=needed, resolver=LEGAL, fallback=ADMIN, separate_duties=separate)
    assert ask(demand, editors=frozenset({"lena"})) == found


def test_editors_alone_cannot_decide_however_many_they_are() -> None:
    demand = Requirement(needed=2, resolver=LEGAL, fallback=None)
    assert ask(demand, people=(LENA, LUIS), editors=frozenset({"lena", "luis"})) == ()
    assert ask(demand, people=(LENA, LUIS, ADA), editors=frozenset({"lena", "luis"})) == ("lena", "luis", "ada")


def test_a_demand_for_more_than_the_resolver_finds_goes_on_to_the_next() -> None:
    assert ask(Requirement(needed=2, resolver=MANAGER, fallback=ADMIN)) == ("rosa", "ada")
    assert ask(Requirement(needed=2, resolver=MANAGER, fallback=None)) == ("rosa", "vera")
    assert ask(Requirement(needed=2, resolver=LEGAL)) == ("lena", "luis")


def test_nobody_stands_twice() -> None:
    assert ask(Requirement(needed=2, resolver=user("rosa"), fallback=MANAGER)) == ("rosa", "vera")


def test_too_few_may_still_decide_and_the_shortage_is_told() -> None:
    demand = Requirement(needed=2, resolver=MANAGER, fallback=None)
    assert ask(demand, people=(MAYA, replace(ROSA, manager=None))) == ("rosa",)
    reason = shortage(demand, ("rosa",), editors=NOBODY)
    assert reason is not None
    assert "2 needed by manager, but only rosa may decide" in reason


def test_no_shortage() -> None:
    assert shortage(Requirement(needed=2), ("rosa", "ada"), editors=frozenset({"ada"})) is None


def test_step_up_is_no_shortage() -> None:
    assert shortage(Requirement(step_up=True), ("rosa",), editors=NOBODY) is None


def request(
    *words: Decision,
    requirement: Requirement | None = None,
    people: tuple[str, ...] = ("rosa", "ada"),
    state: ApprovalState = ApprovalState.PENDING,
) -> ApprovalRequest:
    return ApprovalRequest(
        id="ap_1",
        draft_id="dr_1",
        digest="sha256:1",
        requirement=requirement or Requirement(),
        people=people,
        state=state,
        opened_at=AT,
        expires_at=AT + timedelta(hours=1),
        decisions=words,
    )


def says(person: str, verdict: Verdict = Verdict.APPROVE, digest: str = "sha256:1") -> Decision:
    return Decision(person=person, verdict=verdict, digest=digest, reason="", at=AT)


def proved(person: str) -> Decision:
    return replace(says(person), verified_at=AT, verified_by=ProofMethod.TOTP)


def test_who_may_decide() -> None:
    assert may_decide(request(), ROSA, editors=NOBODY)
    assert not may_decide(request(), MAYA, editors=NOBODY)
    assert not may_decide(request(people=()), ROSA, editors=NOBODY)
    assert not may_decide(request(), ROSA, editors=frozenset({"rosa"}))
    assert may_decide(request(requirement=Requirement(needed=2)), ROSA, editors=frozenset({"rosa"}))
    apart = Requirement(needed=2, separate_duties=True)
    assert not may_decide(request(requirement=apart), ROSA, editors=frozenset({"rosa"}))


@pytest.mark.parametrize("state", [state for state in ApprovalState if state is not ApprovalState.PENDING])
def test_a_closed_request_takes_no_word(state: ApprovalState) -> None:
    assert not may_decide(request(state=state), ROSA, editors=NOBODY)


TWO = Requirement(needed=2)
APART = Requirement(needed=2, separate_duties=True)


@pytest.mark.parametrize(
    ("asked", "editors", "enough"),
    [
        (request(), [], False),
        (request(says("rosa")), [], True),
        (request(says("maya")), [], False),
        (request(says("rosa", digest="sha256:2")), [], False),
        (request(says("rosa")), ["rosa"], False),
        (request(says("rosa"), says("ada")), ["rosa"], True),
        (request(says("rosa"), says("ada", Verdict.REJECT)), [], False),
        (request(says("rosa"), says("ada", Verdict.REJECT, "sha256:2")), [], True),
        (request(says("rosa"), requirement=TWO), [], False),
        (request(says("rosa"), says("rosa"), requirement=TWO), [], False),
        (request(says("rosa"), says("ada"), requirement=TWO), [], True),
        (request(says("rosa"), says("ada"), requirement=TWO), ["rosa"], True),
        (request(says("rosa"), says("ada"), requirement=TWO), ["rosa", "ada"], False),
        (request(says("rosa"), says("ada"), requirement=APART), ["rosa"], False),
        (request(says("rosa"), says("ada"), requirement=replace(TWO, needed=3)), [], False),
        (request(says("rosa"), requirement=Requirement(needed=0)), [], True),
        (request(requirement=Requirement(needed=0)), [], False),
        (request(says("rosa"), says("ada"), requirement=Requirement(step_up=True)), [], False),
        (request(says("rosa"), proved("ada"), requirement=Requirement(step_up=True)), [], True),
        (request(says("rosa"), proved("ada"), requirement=replace(TWO, step_up=True)), [], False),
    ],
)
def test_when_enough_have_approved(asked: ApprovalRequest, editors: list[str], enough: bool) -> None:
    assert satisfied(asked, frozenset(editors)) is enough
