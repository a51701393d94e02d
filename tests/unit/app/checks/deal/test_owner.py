"""Whose deal it is, and who may write about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checks.registry import run_checks
from app.core.checks import Severity
from app.core.facts import Facts, Person, Recipient
from app.core.findings import Kind
from tests.unit.app.checks.builders import DEAL, SAM, deal, draft, facts, failed, found, promise, results

PRIYA = Person(id="priya", email="priya@ours.example", name="Priya Raman")
PLAIN = found("Here is the list of sites.")
THEIRS = deal(owner="priya")


def as_(roles: tuple[str, ...]) -> Facts:
    return facts(deal=replace(DEAL, owner="priya"), sender=replace(SAM, roles=roles))


@pytest.mark.parametrize("world", [THEIRS, as_(("account_executive",)), as_(("manager", "finance"))])
def test_somebody_elses_deal_is_marked(world: Facts) -> None:
    (result,) = results("deal.owner", PLAIN, world)

    assert result.severity is Severity.MEDIUM
    assert "priya" in result.message
    assert result.evidence[0].value == "priya"


@pytest.mark.parametrize("owner", ["sam", "SAM", "sam@ours.example", None, ""])
def test_ones_own_deal_and_nobodys_are_not(owner: str | None) -> None:
    assert results("deal.owner", PLAIN, deal(owner=owner)) == []


@pytest.mark.parametrize("owner", ["priya", "priya@ours.example"])
def test_an_owner_who_gets_the_mail_knows(owner: str) -> None:
    recipients = (*facts().recipients, Recipient(email=PRIYA.email, colleague=PRIYA))
    world = facts(deal=replace(DEAL, owner=owner), recipients=recipients)

    assert results("deal.owner", PLAIN, world, draft(cc=(PRIYA.email,))) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm covering for Priya this week.",
        "I am writing on behalf of Priya.",
        "Priya asked me to send you the list.",
        "While she is out I'm standing in for Priya.",
        "As Priya's deputy I can answer that.",
    ],
)
def test_a_stand_in_who_says_so_is_fine(text: str) -> None:
    assert results("deal.owner", found(text), THEIRS) == []


def test_standing_in_for_somebody_else_is_not() -> None:
    assert results("deal.owner", found("I'm covering for Marcus this week."), THEIRS)


@pytest.mark.parametrize("role", ["sales_engineer", "finance", "customer_success"])
def test_those_who_help_on_every_deal_may_write_and_give_nothing_away(role: str) -> None:
    text = "I can give you 10% off."
    discount = found(text, promise("I can give you 10% off", kind=Kind.CONCESSION))

    assert results("deal.owner", PLAIN, as_((role,))) == []
    assert results("deal.owner", discount, as_((role,)))


@pytest.mark.parametrize("source", ["crm", "people"])
def test_it_is_not_asked_while_nobody_knows_who_is_who(source: str) -> None:
    world = failed(source, deal=replace(DEAL, owner="priya"))

    assert "deal.owner" not in {r.check for r in run_checks(draft(), PLAIN, world).results}
