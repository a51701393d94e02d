"""Wording that only lawyers may use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checks import run_checks
from app.core.checks import Severity
from app.core.facts import ApprovedStatement
from app.core.findings import Kind
from tests.unit.app.checks.builders import SAM, draft, facts, failed, found, results


@pytest.mark.parametrize(
    "text",
    [
        "We will indemnify you against all claims.",
        "we indemnify and hold you harmless",
        "We hereby warrant that the software is free of defects.",
        "We accept unlimited liability.",
        "We guarantee a full refund.",
        "You can treat this email as legally binding.",
        "This agreement shall be governed by the laws of Delaware.",
        "We will pay a penalty of 1% per day of delay.",
        "We grant you exclusivity in Illinois.",
        "We won't sell to your competitors.",
        "We waive all claims.",
        "We shall be liable for any damages.",
        "We'll take full liability",
        "This offer is legally binding.",
        "liquidated damages of 500 a day payable by us",
        "Ours will indemnify you.",
        "We will give you exclusive rights for Chicago",
        "We are legally bound by this.",
        "We hereby undertake to deliver.",
        "Our liability is unlimited.",
        "I warrant that the data stays in the EU.",
        "We agree to the jurisdiction of the courts of Paris",
        "we're happy to indemnify you",
        "money-back guarantee",
        "We'll pay damages if we're late.",
        "We will not work with any competitors",
    ],
)
def test_undertakings_of_ours_are_found(text: str) -> None:
    assert results("content.legal", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Our legal team will look at the indemnity clause.",
        "You asked whether we indemnify customers.",
        "We cannot accept unlimited liability.",
        "Would you like us to indemnify you?",
        "This is not a legally binding offer.",
        "The MSA is governed by English law.",
        "under warranty",
        "That would warrant a call.",
        "exclusive of VAT",
        "an exclusive webinar for customers",
        "no penalty for cancelling",
        "a late fee penalty of 1.5% may apply to you",
        "Your lawyers asked about unlimited liability.",
        "e-signatures are legally binding",
        "The NDA is signed.",
        "The order form becomes binding when both sign.",
        "you will indemnify us",
        "as set out in the MSA, we indemnify you",
        "We guarantee 99.9% uptime",
        "Legal reads it on Monday",
        "our liability insurance",
        "we don't warrant that",
        "Governing law is still open on your side",
        "If we indemnify you, legal must sign",
        "we can't grant exclusivity",
        "exclusive discount",
        "We'll pay the invoice",
        "without penalty",
        "Nils wants to know if governing law is an issue",
        "They will indemnify you",
    ],
)
def test_what_binds_nobody_of_us_is_not(text: str) -> None:
    assert results("content.legal", found(text), facts()) == []


def test_a_lawyer_may_write_so() -> None:
    lawyer = facts(sender=replace(SAM, roles=("legal",)))

    assert results("content.legal", found("We will indemnify you."), lawyer) == []


def test_what_was_approved_may_be_said_as_long_as_it_may() -> None:
    text = "We will indemnify you against claims of third parties."
    said = ApprovedStatement(id="s", kind=Kind.GUARANTEE, text=text, approved_by="nils")
    past = replace(said, until=facts().now.date().replace(year=2025))

    assert results("content.legal", found(text), facts(approved=(said,))) == []
    for statement in (past, replace(said, customer="globex")):
        (result,) = results("content.legal", found(text), facts(approved=(statement,)))
        assert result.severity is Severity.MEDIUM


def test_a_sentence_is_told_once() -> None:
    text = "We hereby warrant that it works and we accept unlimited liability."

    assert len(results("content.legal", found(text), facts())) == 1


def test_nothing_is_said_while_the_approved_statements_are_unknown() -> None:
    checked = run_checks(draft(), found("We will indemnify you."), failed("approved"))

    assert [r for r in checked.results if r.check == "content.legal"] == []


@pytest.mark.parametrize(
    "text",
    [
        "We indemnify Brightwater against any loss.",
        "We take on unlimited liability for data loss.",
        "If you're not happy, we guarantee a refund, no questions asked.",
        "This email is a legally binding commitment on our part.",
        "We agree that New York law governs this deal.",
        "We'll pay a penalty of $1,000 for each day of delay.",
        "You'll be our exclusive customer in the Midwest, and we won't sell to your competitors.",
        "We accept a contractual penalty of 2% per week.",
        "We will be liable for all damages without limitation.",
        "We'll give you exclusivity in your region for two years.",
        "We guarantee your money back.",
        "We hereby guarantee and warrant the results.",
        "This offer is binding on us until December.",
        "We assume full liability for the migration.",
        "You get a full refund, guaranteed.",
        "We are committing to unlimited liability here.",
        "This shall be governed by the laws of the State of New York.",
        "We undertake to compensate you for all damages.",
        "We grant Brightwater exclusive rights in Illinois.",
        "In case of delay we pay liquidated damages of 500 dollars a day.",
        "Consider this a legally binding offer.",
    ],
)
def test_other_ways_to_say_so_are_found(text: str) -> None:
    assert results("content.legal", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Our legal team will send redlines on Friday.",
        "Your lawyers want unlimited liability, and we can't offer that.",
        "The software comes with a one-year warranty.",
        "This offer is non-binding.",
        "Is there a penalty clause in your current contract?",
        "I guarantee you will like the new map.",
        "That warrants a closer look.",
        "We are exclusive to nobody.",
        "Your contract says that we indemnify you under section 9.",
        "Nils will tell you whether we can accept a penalty.",
    ],
)
def test_other_harmless_words_are_not(text: str) -> None:
    assert results("content.legal", found(text), facts()) == []
