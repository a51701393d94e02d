"""Other customers by name, and the words that only look like them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks import run_checks
from app.core.checks import Severity
from app.core.facts import Account, ApprovedStatement, Facts, Recipient
from app.core.findings import Kind
from tests.unit.app.checks.builders import ACME, DEAL, document, draft, facts, failed, found, results, rewritten

CUSTOMERS = (
    ACME,
    Account(id="halcyon", name="Halcyon Logistics", domains=("halcyonlogistics.example",), aliases=("Halcyon",)),
    Account(id="halcyon-health", name="Halcyon Health", domains=("hh.example",)),
    Account(id="norvik", name="Norvik Shipping", aliases=("Norvik", "Norvik Rederi")),
    Account(id="castlegate", name="Castlegate & Hart", aliases=("Castlegate",)),
    Account(id="target", name="Target"),
    Account(id="apple", name="Apple Pie Co", aliases=("Apple",)),
    Account(id="lumiere", name="Verrerie Lumière"),
    Account(id="sap", name="SAP"),
    Account(id="corvane", name="Corvane Foods"),
    Account(id="monday", name="Monday"),
)


def world(**changes: object) -> Facts:
    """The quiet world with many customers."""
    return facts(**{"customers": CUSTOMERS, **changes})


@pytest.mark.parametrize(
    "text",
    [
        "Halcyon Logistics pays 20 a seat.",
        "We did the same for Halcyon last year.",
        "The Halcyon rollout took six weeks.",
        "We cut the planning time of our customer\nHalcyon Logistics by a third.",
        "At Castlegate and Hart they use it too.",
        "See halcyonlogistics.example/prices",
        "Ask piotr@halcyonlogistics.example",
        "Corvane pays 24,000.",
        "We met Target last week and they signed.",
        "Target pays 12 per seat.",
        "Verrerie Lumiere uses it.",
        "I told SAP the same.",
        "- Norvik: 40 seats",
        "NORVIK SHIPPING has 40 seats",
    ],
)
def test_another_customer_is_found(text: str) -> None:
    (result,) = results("content.other_customer", found(text), world())

    assert result.severity is Severity.HIGH
    assert result.spans


@pytest.mark.parametrize(
    "text",
    [
        "Acme Mills has 40 seats.",
        "Our target is May. Target date is May.",
        "An apple pie, and the Target for Q3",
        "TARGET: 40 seats",
        "Target: 40 seats",
        "Our office is at Halcyon Road 12.",
        "Norvik-style planning",
        "our SAP connector and your SAP export",
        "those were halcyon days",
        "Your carrier Halcyon Logistics will load it.",
        "You mentioned that you used to work at Halcyon.",
        "our implementation partner Castlegate & Hart",
        "Dear Mr. Norvik, see you",
        "See you Monday. Until Monday then.",
        "Halcyonic and SaP",
        "halcyonlogistics.example.org is somebody else",
    ],
)
def test_what_is_no_other_customer_is_not(text: str) -> None:
    assert results("content.other_customer", found(text), world()) == []


def test_the_longest_name_counts() -> None:
    theirs = world(account=CUSTOMERS[2], accounts={"halcyon-health": CUSTOMERS[2]})

    assert results("content.other_customer", found("Halcyon Health has 40 seats."), theirs) == []
    assert results("content.other_customer", found("Halcyon has 40 seats."), theirs)


def test_the_readers_own_company_may_be_named_without_a_deal() -> None:
    theirs = world(account=None, accounts={}, deal=None, recipients=(Recipient(email="p@halcyonlogistics.example"),))

    assert results("content.other_customer", found("Halcyon has 40 seats."), theirs) == []


def test_a_partner_of_the_deal_may_be_named() -> None:
    with_partner = world(deal=replace(DEAL, next_step="Kick-off with Halcyon"))

    assert results("content.other_customer", found("Halcyon will install it."), with_partner) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [({}, False), ({"approved": False}, True), ({"customer": "acme"}, True), ({"expires": date(2026, 1, 1)}, True)],
)
def test_a_public_reference_may_be_named(changes: dict[str, object], told: bool) -> None:
    study = document("Halcyon Logistics Case Study", **changes)

    said = results("content.other_customer", found("Halcyon saved a third."), world(library=(study,)))

    assert bool(said) is told


def test_an_approved_statement_makes_a_name_public() -> None:
    said = ApprovedStatement(id="s", kind=Kind.OTHER, text="Halcyon Logistics is our customer.", approved_by="ruben")

    assert results("content.other_customer", found("Halcyon is with us."), world(approved=(said,))) == []


def test_colleagues_may_read_it() -> None:
    house = world(recipients=(Recipient(email="kim@ours.example"),))

    assert results("content.other_customer", found("Halcyon pays 20."), house) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We did the same for Halcyon last year.", "We did the same for another customer last year."),
        ("Halcyon's rollout took six weeks.", "Another customer's rollout took six weeks."),
        ("The Halcyon rollout took six weeks.", None),
        ("Ask piotr@halcyonlogistics.example", None),
    ],
)
def test_a_name_that_stands_alone_can_be_left_out(text: str, after: str | None) -> None:
    (result,) = results("content.other_customer", found(text), world())

    assert (rewritten(found(text), result) if result.suggestion else None) == after


def test_a_name_in_the_subject_is_told() -> None:
    (result,) = results("content.other_customer", found("Hi"), world(), draft(subject="Re: Halcyon pricing"))

    assert result.spans == ()
    assert result.message.endswith("in the subject")


@pytest.mark.parametrize("source", ["crm", "library", "approved"])
def test_nothing_is_said_while_a_source_is_unknown(source: str) -> None:
    checked = run_checks(draft(), found("Halcyon pays 20."), failed(source, customers=CUSTOMERS))

    assert [r for r in checked.results if r.check == "content.other_customer"] == []
