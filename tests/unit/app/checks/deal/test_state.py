"""The checks on a deal's state: each speaks when it should, keeps quiet when it nearly should, and never guesses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import Severity
from app.core.facts import Facts
from app.core.findings import Findings
from app.core.thresholds import Thresholds
from tests.unit.app.checks.builders import deal, draft, facts, failed, found, promise, results

NOTHING = Findings(text="Thanks!")
PROMISE = found("I'll send it.", promise("I'll send it"))


@pytest.mark.parametrize(
    ("check", "world", "action"),
    [
        ("deal.hold", deal(on_hold=True), "reply"),
        ("deal.hold", deal(on_hold=True, stage="negotiation"), "cold_outreach"),
        ("deal.closed", deal(stage="closed_lost"), "reply"),
        ("deal.closed", deal(stage="closed_lost"), "invoice_reminder"),
        ("deal.closed", deal(stage="closed_won"), "follow_up"),
        ("deal.closed", deal(stage="closed_won"), "proposal"),
        ("deal.renegotiation", deal(legal_terms="renegotiation"), "invoice_reminder"),
        ("deal.renegotiation", deal(flags=("strategic", "Renegotiation")), "invoice_reminder"),
    ],
)
def test_the_deals_state_speaks_against_the_mail(check: str, world: Facts, action: str) -> None:
    (result,) = results(check, NOTHING, world, draft(action=action))

    assert result.severity is Severity.HIGH
    assert "Acme - Planner" in result.message
    assert result.evidence[0].source == "crm"
    assert result.evidence[0].as_of == world.now


@pytest.mark.parametrize(
    ("check", "world", "action"),
    [
        ("deal.hold", facts(), "reply"),
        ("deal.hold", deal(flags=("hold",)), "reply"),
        ("deal.hold", facts(deal=None), "reply"),
        ("deal.closed", deal(stage="closed_won"), "reply"),
        ("deal.closed", deal(stage="closed_won"), "invoice_reminder"),
        ("deal.closed", deal(stage="closed_won"), "meeting_confirmation"),
        ("deal.closed", deal(stage="negotiation"), "follow_up"),
        ("deal.renegotiation", deal(legal_terms="renegotiation"), "reply"),
        ("deal.renegotiation", deal(legal_terms="custom"), "invoice_reminder"),
        ("deal.renegotiation", deal(flags=("strategic",)), "invoice_reminder"),
    ],
)
def test_other_states_do_not(check: str, world: Facts, action: str) -> None:
    assert results(check, NOTHING, world, draft(action=action)) == []


@pytest.mark.parametrize("amount", [100_000, 412_000.5])
def test_a_promise_on_a_large_deal_is_marked(amount: float) -> None:
    (result,) = results("deal.amount", PROMISE, deal(amount=amount))

    assert result.severity is Severity.MEDIUM
    assert result.spans == ((0, 12),)
    assert "USD" in result.message


@pytest.mark.parametrize(
    ("findings", "world"),
    [(PROMISE, deal(amount=99_999.99)), (NOTHING, deal(amount=500_000)), (PROMISE, facts(deal=None))],
)
def test_small_deals_and_mails_without_promise_are_not(findings: Findings, world: Facts) -> None:
    assert results("deal.amount", findings, world) == []


@pytest.mark.parametrize(("threshold", "spoken"), [(50_000, 1), (50_001, 0)])
def test_the_company_says_what_a_large_deal_is(threshold: float, spoken: int) -> None:
    world = replace(deal(amount=50_000), thresholds=Thresholds(large_deal=threshold))

    assert len(results("deal.amount", PROMISE, world)) == spoken


@pytest.mark.parametrize("check", ["deal.hold", "deal.closed", "deal.renegotiation", "deal.amount"])
def test_without_the_crm_nothing_is_guessed(check: str) -> None:
    assert results(check, PROMISE, failed("crm", deal=None)) == []
