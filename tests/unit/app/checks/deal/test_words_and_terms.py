"""The checks that read what is said about prices, terms, currencies, days and next steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.checks import Severity
from app.core.facts import ApprovedStatement, Facts
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import (
    NOW,
    SAM,
    at,
    claim,
    deal,
    draft,
    facts,
    failed,
    found,
    ny,
    promise,
    results,
)

PROSPECT = deal(stage="prospecting")
UNAPPROVED = deal(legal_approved=False)
CLOSES = deal(close_date=date(2026, 11, 30))


@pytest.mark.parametrize("stage", ["prospecting", "qualification"])
@pytest.mark.parametrize(
    "text",
    [
        "The price is $12 per seat.",
        "Pricing starts at $40,000 a year.",
        "Your discount is 10%.",
        "For a fleet like yours it comes to about $40,000.",
        "A scheduling licence comes to $27,500 per year.",
        "You're looking at roughly 28k a year for the whole fleet.",
        "You asked for a ballpark: around $30,000 a year for everything.",
        "The licence is $27,500 a year and saves you a lot of waiting.",
        "I would budget $30,000 for the first year.",
        "Would $27,500 a year for the licence fit your budget?",
        "The module is $9,900 a year.",
        "The first year would be half price.",
    ],
)
def test_prices_come_too_early_before_the_customer_is_qualified(text: str, stage: str) -> None:
    (result,) = results("deal.stage", found(text), deal(stage=stage))

    assert result.severity is Severity.HIGH
    assert "prices" in result.message
    assert results("deal.stage", found(text), deal(stage="discovery")) == []


def test_a_paper_with_prices_names_them_too() -> None:
    findings = found("Attached is our quote.", claim("Attached is our quote", "our quote"))

    assert results("deal.stage", findings, PROSPECT)


def test_so_does_the_promise_of_a_quote() -> None:
    text = "I'll send you a quote by Friday."
    findings = found(text, promise("I'll send you a quote", thing="a quote"))

    assert results("deal.stage", findings, PROSPECT)


@pytest.mark.parametrize(
    "text",
    [
        "Happy to talk pricing once we know your fleet.",
        "Customers save $40,000 a year with it.",
        "An hour of downtime costs $20,000.",
        "What budget do you have in mind?",
        "I saw that you raised $20m.",
        "Our list prices are public: you find them on our website, from $900 a year.",
        "Are you still paying $14,000 a year to your present supplier?",
        "Your present system costs you $12,000 a year, you wrote.",
        "I can't name a price such as $30,000 before we know your fleet.",
        "The port handles goods worth $4 million per month.",
    ],
)
def test_other_money_and_the_word_alone_do_not(text: str) -> None:
    assert results("deal.stage", found(text), PROSPECT) == []


@pytest.mark.parametrize(("stage", "spoken"), [("prospecting", 1), ("qualification", 1), ("proposal", 0)])
def test_legal_terms_come_too_early_before_an_offer(stage: str, spoken: int) -> None:
    assert len(results("deal.stage", found("We accept your liability clause."), deal(stage=stage))) == spoken


BINDING = [
    ("liability", "We accept your liability cap of 24 months."),
    ("payment terms", "Net 60 works for us."),
    ("payment terms", "You can have 90 days to pay."),
    ("indemnity", "We'll indemnify you against third-party claims."),
    ("service credits", "We can offer service credits of 10%."),
    ("data processing", "We'll sign your DPA as is."),
    ("termination", "You may cancel at any time."),
    ("contract terms", "All your redlines are accepted."),
]
OPEN = [
    "Legal is still reviewing the liability clause.",
    "I'll pass your redlines on the indemnity to our legal team.",
    "We can't accept unlimited liability.",
    "I'll send you the DPA on Friday.",
    "You'll get the redlines on Friday.",
    "What do you need on liability?",
    "Subject to legal approval we could go to net 45.",
    "The invoice is payable within 30 days.",
    "We only use sub-processors in the EU.",
    "Thanks for the redlines.",
]


@pytest.mark.parametrize(("term", "text"), BINDING)
def test_a_legal_term_is_settled_before_legal_has_approved_it(term: str, text: str) -> None:
    (result,) = results("deal.legal", found(text), UNAPPROVED)

    assert f"({term})" in result.message
    assert result.spans == ((0, len(text) - 1),)


@pytest.mark.parametrize("text", OPEN)
def test_a_term_that_is_only_spoken_of_is_not_settled(text: str) -> None:
    assert results("deal.legal", found(text), UNAPPROVED) == []


@pytest.mark.parametrize(
    ("world", "field"),
    [
        (UNAPPROVED, "legal_approved"),
        (deal(legal_terms="renegotiation"), "legal_terms"),
        (deal(flags=("renegotiation",)), "flags"),
    ],
)
def test_the_evidence_says_why_terms_are_open(world: Facts, field: str) -> None:
    (result,) = results("deal.legal", found(BINDING[0][1]), world)

    assert result.evidence[0].field.endswith(field)


def test_approved_terms_counsel_and_approved_statements_are_fine() -> None:
    text = found("Net 45 payment terms work for us.")
    allowed = ApprovedStatement(id="n", kind=Kind.OTHER, text="Payment terms net 45", approved_by="legal")

    assert results("deal.legal", text, deal()) == []
    assert results("deal.legal", text, replace(UNAPPROVED, sender=replace(SAM, roles=("legal",)))) == []
    assert results("deal.legal", text, replace(UNAPPROVED, approved=(allowed,), as_of={"approved": NOW})) == []
    assert results("deal.legal", found("Net 90 payment terms work for us."), replace(UNAPPROVED, approved=(allowed,)))


@pytest.mark.parametrize(
    ("text", "currency", "spoken"),
    [
        ("The price is €40,000 a year.", "USD", 1),
        ("We'll take 5,000 euros off.", "USD", 1),
        ("It is £12 per seat.", "EUR", 1),
        ("The total is USD 9,000.", "CAD", 1),
        ("The price is $40,000.", "CAD", 0),
        ("The fee is 9,000 kr.", "SEK", 0),
        ("The price is $40,000, roughly €36,000.", "USD", 0),
        ("Our customers save €200,000 a year.", "USD", 0),
        ("Each pallet weighs 500 pounds.", "USD", 0),
        ("The price is 40,000.", "USD", 0),
    ],
)
def test_a_price_in_another_currency(text: str, currency: str, spoken: int) -> None:
    assert len(results("deal.currency", found(text), deal(currency=currency))) == spoken


@pytest.mark.parametrize(
    ("text", "words", "day", "severity"),
    [
        ("We will sign by 15 January.", "15 January", ny(15, 9, month=12).replace(year=2026), Severity.MEDIUM),
        ("We'll go live on 24 November.", "24 November", ny(24, 9), Severity.MEDIUM),
        ("We'll kick off the implementation on 23 November.", "23 November", ny(23, 9), Severity.MEDIUM),
        ("This offer expires on 25 November.", "25 November", ny(25, 9), Severity.LOW),
    ],
)
def test_a_day_that_does_not_go_with_the_close_date(text: str, words: str, day: object, severity: Severity) -> None:
    (result,) = results("deal.close_date", found(text, at(words, day, grain="day", kind="date")), CLOSES)  # type: ignore[arg-type]

    assert result.severity is severity
    assert "Monday 30 Nov" in result.message


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("We will sign by 25 November.", "25 November", ny(25, 9)),
        ("The price is valid until 12 December.", "12 December", ny(12, 9, month=12)),
        ("We'll kick off the implementation on 7 December.", "7 December", ny(7, 9, month=12)),
        ("The pilot starts on 23 November.", "23 November", ny(23, 9)),
        ("Our kickoff call is on 23 November.", "23 November", ny(23, 9)),
        ("If you sign by 12 December, the price stays.", "12 December", ny(12, 9, month=12)),
        ("Could you sign by 12 December?", "12 December", ny(12, 9, month=12)),
        ("The NDA was signed on 3 November.", "3 November", ny(3, 9)),
        ("I'll send the slides on 12 December.", "12 December", ny(12, 9, month=12)),
    ],
)
def test_other_days_do(text: str, words: str, day: object) -> None:
    findings = found(text, at(words, day, grain="day", kind="date"))  # type: ignore[arg-type]

    assert results("deal.close_date", findings, CLOSES) == []
    assert results("deal.close_date", findings, deal(close_date=None)) == []


def test_a_closed_deal_has_no_close_date_to_clash_with() -> None:
    findings = found("We'll go live on 24 November.", at("24 November", ny(24, 9), grain="day", kind="date"))

    assert results("deal.close_date", findings, deal(close_date=date(2026, 11, 30), stage="closed_won")) == []


def sending(text: str, thing: str, due: tuple[str, date] | None = None) -> Findings:
    return found(text, promise(text.rstrip("."), thing=thing, due=due))


@pytest.mark.parametrize(
    ("step", "findings"),
    [
        ("Legal review first", found("We can skip the legal review.")),
        ("Security review, then order form", found("There's no need to wait for the security review.")),
        ("Security review, then order form", sending("I'll send you the order form.", "the order form")),
        ("Demo before pricing", sending("I'll send you the pricing.", "the pricing")),
        ("No pricing until the demo", sending("I'll get you a quote.", "a quote")),
        ("Order form after legal review", sending("I'll send you the order form.", "the order form")),
        ("Demo → pricing", sending("I'll send you the pricing.", "the pricing")),
        (
            "Send revised quote by 20 Nov",
            sending(
                "I'll send the revised quote by December 4.", "the revised quote", ("December 4", date(2026, 12, 4))
            ),
        ),
    ],
)
def test_what_goes_against_the_next_step(step: str, findings: Findings) -> None:
    (result,) = results("deal.next_step", findings, deal(next_step=step))

    assert step in result.message
    assert result.spans


@pytest.mark.parametrize(
    ("step", "findings"),
    [
        ("Security review, then order form", found("We won't skip the security review.")),
        ("Security review, then order form", sending("I'll send the SOC 2 report.", "the SOC 2 report")),
        (
            "Security review, then order form",
            sending("I'll send the order form once the security review is done.", "the order form"),
        ),
        ("Legal review done, send contract", sending("I'll send you the contract.", "the contract")),
        ("Demo before pricing", found("We can talk about pricing after the demo.")),
        ("Board paper due in December", sending("I'll send you the rollout plan.", "the rollout plan")),
        ("", sending("I'll send you the pricing.", "the pricing")),
        (
            "Send revised quote by 20 Nov",
            sending("I'll send the revised quote by Nov 19.", "the revised quote", ("Nov 19", date(2026, 11, 19))),
        ),
    ],
)
def test_what_does_not(step: str, findings: Findings) -> None:
    assert results("deal.next_step", findings, deal(next_step=step)) == []


@pytest.mark.parametrize(
    ("step", "action", "spoken"),
    [
        ("Call back in January", "follow_up", 1),
        ("Do not contact before 1 Dec", "follow_up", 1),
        ("Call back in January", "reply", 0),
        ("Follow up on 16 Nov", "follow_up", 0),
        ("Board decides in January", "follow_up", 0),
    ],
)
def test_somebody_who_wants_to_be_left_alone_until_then(step: str, action: str, spoken: int) -> None:
    findings = found("Any news on the budget?")

    assert len(results("deal.next_step", findings, deal(next_step=step), draft(action=action))) == spoken


@pytest.mark.parametrize("check", ["deal.stage", "deal.legal", "deal.currency", "deal.close_date", "deal.next_step"])
@pytest.mark.parametrize("world", [facts(deal=None), failed("crm", deal=None)])
def test_without_a_deal_nothing_is_guessed(check: str, world: Facts) -> None:
    assert results(check, found("We accept your liability clause for €5, skip legal."), world) == []
