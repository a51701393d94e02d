"""The checks of documents against the library."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.checks import Severity
from app.core.facts import Facts, Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import (
    ACME,
    DANA,
    GLOBEX,
    HANK,
    SAM,
    claim,
    document,
    draft,
    facts,
    failed,
    file,
    found,
    promise,
    results,
    rewritten,
)

LIBRARY = (
    document("SOC 2 Type II Report", expires=date(2027, 3, 31)),
    document("Security Overview 2026"),
    document("Planner Data Sheet"),
    document("Delmar Foundry Case Study"),
    document("Product Roadmap 2027", approved=False),
    document("Penetration Test Summary 2024", expires=date(2026, 3, 31)),
    document("Price List 2025", expires=date(2025, 12, 31)),
    document("Price List 2026"),
    document("ROI Model", expires=date(2026, 12, 31)),
    document("Globex Rollout Plan", customer="globex"),
    document("Acme Pricing Schedule", customer="acme"),
)


def shelf(*recipients: Recipient, **changes: object) -> Facts:
    here = {"recipients": recipients} if recipients else {}
    return facts(library=LIBRARY, **here, **changes)


def sending(thing: str, day: date | None = None, action: str = "send") -> Findings:
    text = f"I'll {action} you {thing} soon"
    return found(text, promise(text, action=action, thing=thing, due=("soon", day) if day else None))


def attached(thing: str) -> Findings:
    text = f"Attached is {thing}."
    return found(text, claim(f"Attached is {thing}", thing))


@pytest.mark.parametrize(
    ("findings", "after"),
    [
        (sending("our ISO 27001 certificate"), None),
        (sending("the brochure"), None),
        (sending("the audit report"), None),
        (sending("our ISO 9001 certificate"), None),
        (attached("our ESG report"), None),
        (sending("our disaster recovery plan"), None),
        (sending("the business continuity plan"), None),
        (sending("our incident response policy to your CISO"), None),
        (sending("our data retention policy"), None),
        (sending("a copy of our environmental policy"), None),
        (sending("our list of sub-processors"), None),
        (attached("our insurance certificate"), None),
        (sending("the SOC 2 Type I report"), "I'll send you the SOC 2 Type II Report soon"),
        (sending("our Inspect data sheet"), "I'll send you our Planner Data Sheet soon"),
        (sending("a security whitepaper"), "I'll send you the Security Overview 2026 soon"),
        (
            sending("the data sheet and the security whitepaper"),
            "I'll send you the data sheet and the Security Overview 2026 soon",
        ),
    ],
)
def test_a_document_that_the_library_does_not_have(findings: Findings, after: str | None) -> None:
    (result,) = results("document.unknown", findings, shelf())

    assert result.severity is Severity.HIGH
    assert result.spans
    assert (rewritten(findings, result) if result.suggestion else None) == after


@pytest.mark.parametrize(
    "thing",
    [
        "the SOC 2 report",
        "our compliance report",
        "the data sheet",
        "a case study",
        "the price list",
        "the security overview",
        "the revised quote",
        "the proposal",
        "your redlines",
        "meeting notes",
        "the contract",
        "a summary of our call",
        "the usage report",
        "the incident report",
        "the deck",
        "a deck",
        "the executive summary",
        "the order form",
        "your security questionnaire",
        "the Acme case study",
        "it",
        "the SOC 2 questionnaire answers",
        "the training certificates",
        "the slides from the session",
        "our rollout plan for your depots",
        "our test plan for the pilot",
        "our action plan after the outage",
        "our weekly status report",
        "our draft statement of work",
        "our answers to your questionnaire",
        "our data flow diagram for your warehouse",
        "our meeting statement",
    ],
)
def test_what_the_library_has_or_never_holds_is_fine(thing: str) -> None:
    assert results("document.unknown", sending(thing), shelf()) == []


@pytest.mark.parametrize("action", ["prepare", "draft", "put together", "fill in", "update"])
def test_what_is_made_by_hand_is_looked_for_nowhere(action: str) -> None:
    assert results("document.unknown", sending("a whitepaper", action=action), shelf()) == []
    assert results("document.expired", sending("the pen test report", action=action), shelf()) == []


@pytest.mark.parametrize(
    ("check", "findings", "title"),
    [
        ("document.not_approved", sending("the product roadmap"), "Product Roadmap 2027"),
        ("document.not_approved", attached("our roadmap"), "Product Roadmap 2027"),
        ("document.expired", sending("the pen test report"), "Penetration Test Summary 2024"),
        ("document.expired", attached("the 2025 price list"), "Price List 2025"),
        ("document.expired", sending("the ROI model", date(2027, 1, 4)), "ROI Model"),
    ],
)
def test_a_document_that_may_not_be_shared(check: str, findings: Findings, title: str) -> None:
    (result,) = results(check, findings, shelf())

    assert result.severity is Severity.HIGH
    assert result.message.startswith(title)
    assert result.evidence[0].source == "library"


@pytest.mark.parametrize(
    ("check", "findings"),
    [
        ("document.not_approved", sending("the product overview")),
        ("document.not_approved", sending("the SOC 2 report")),
        ("document.not_approved", sending("your roadmap")),
        ("document.expired", sending("the price list")),
        ("document.expired", sending("the 2026 price list")),
        ("document.expired", sending("the ROI model", date(2026, 12, 31))),
        ("document.expired", sending("a summary of the workshop")),
        ("document.expired", sending("the ROI analysis")),
    ],
)
def test_its_neighbours_may(check: str, findings: Findings) -> None:
    assert results(check, findings, shelf()) == []


@pytest.mark.parametrize(
    ("check", "name"),
    [
        ("document.not_approved", "product-roadmap-2027.pdf"),
        ("document.expired", "Penetration_Test_Summary_2024_final.pdf"),
        ("document.other_customer", "globex-rollout-plan.pdf"),
        ("document.other_customer", "GlobexRolloutPlan.docx"),
    ],
)
def test_attached_files_are_recognised_by_name(check: str, name: str) -> None:
    (result,) = results(check, found("Hi"), shelf(), draft(attachments=(file(name),)))

    assert result.spans == ()


@pytest.mark.parametrize("name", ["rollout-plan.pdf", "roadmap.pdf", "summary-2024.pdf", "acme-pricing-schedule.pdf"])
def test_other_files_are_none_of_them(name: str) -> None:
    mail = draft(attachments=(file(name),))

    for check in ("document.not_approved", "document.expired", "document.other_customer"):
        assert results(check, found("Hi"), shelf(), mail) == []


def test_words_and_file_are_one_document() -> None:
    mail = draft(attachments=(file("product-roadmap-2027.pdf"),))

    (result,) = results("document.not_approved", attached("the product roadmap"), shelf(), mail)

    assert result.spans


def test_what_is_another_customers_is_not_missing_from_the_library() -> None:
    mail = draft(attachments=(file("globex-pricing.xlsx"),))
    world = facts(library=(*LIBRARY[:4], document("Globex Pricing", file="globex-pricing.xlsx", customer="globex")))

    for thing in ("the pricing sheet", "our price list", "the rate card"):
        assert results("document.other_customer", attached(thing), world, mail)
        assert results("document.unknown", attached(thing), world, mail) == []
    assert results("document.unknown", attached("our ISO 27001 certificate"), world, mail)


def test_what_is_called_another_customers_is_told_by_one_check() -> None:
    world = facts(library=LIBRARY[:2], customers=(ACME, GLOBEX))

    assert results("document.other_customer", sending("the Globex price list"), world)
    assert results("document.unknown", sending("the Globex price list"), world) == []


DANA_READS = Recipient(email=DANA.email, contact=DANA)
HANK_READS = Recipient(email=HANK.email, contact=HANK)
STRANGER = Recipient(email="x@y.example")
COLLEAGUE = Recipient(email=SAM.email, colleague=SAM)


@pytest.mark.parametrize(
    ("thing", "world"),
    [
        ("the Globex rollout plan", shelf()),
        ("the Acme pricing schedule", shelf(HANK_READS, deal=None, account=None)),
        ("the Acme pricing schedule", shelf(DANA_READS, HANK_READS)),
        ("the Globex rollout plan", shelf(STRANGER)),
        ("the Globex rollout plan", shelf(STRANGER, deal=None, account=None)),
    ],
)
def test_a_customers_document_goes_to_nobody_else(thing: str, world: Facts) -> None:
    (result,) = results("document.other_customer", sending(thing), world)

    assert result.severity is Severity.BLOCK


@pytest.mark.parametrize(
    ("thing", "world"),
    [
        ("the Acme pricing schedule", shelf()),
        ("the Globex rollout plan", shelf(COLLEAGUE)),
        ("the Globex rollout plan", shelf(HANK_READS, deal=None, account=None)),
        ("the rollout plan", shelf()),
        ("the pricing schedule", shelf(HANK_READS, deal=None, account=None)),
    ],
)
def test_but_to_its_own_customer_and_to_colleagues(thing: str, world: Facts) -> None:
    assert results("document.other_customer", sending(thing), world) == []


@pytest.mark.parametrize(
    ("check", "source"),
    [
        ("document.unknown", "library"),
        ("document.not_approved", "library"),
        ("document.expired", "library"),
        ("document.other_customer", "library"),
        ("document.other_customer", "crm"),
    ],
)
def test_without_its_source_nothing_is_guessed(check: str, source: str) -> None:
    for thing in (
        "our ISO 27001 certificate",
        "the product roadmap",
        "the pen test report",
        "the Globex rollout plan",
    ):
        assert results(check, sending(thing), failed(source, library=LIBRARY)) == []


def test_a_suggestion_needs_a_place() -> None:
    text = "It goes out soon"
    (result,) = results("document.unknown", found(text, promise(text, thing="our Inspect data sheet")), shelf())

    assert result.suggestion is None
