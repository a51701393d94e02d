"""How much could go wrong."""

from __future__ import annotations

import math

import pytest

from app.core.checks import Severity
from app.core.facts import UnknownFact
from app.core.findings import Strength
from app.core.routes import Tier
from app.policy.tiers import assess_risk
from tests.unit.app.policy.samples import commitment, deal, draft, facts, findings, result

GAP = UnknownFact(source="calendar", reason="no answer")


def test_a_mail_without_a_promise_is_low() -> None:
    risk = assess_risk(draft(), findings(), [result(Severity.INFO)], facts(of_deal=deal(amount=1e6)))
    assert risk.tier is Tier.LOW
    assert risk.reasons == ("no promise, and nothing found that speaks against it",)


@pytest.mark.parametrize(
    ("severity", "tier"),
    [
        (Severity.LOW, Tier.MEDIUM),
        (Severity.MEDIUM, Tier.MEDIUM),
        (Severity.HIGH, Tier.HIGH),
        (Severity.BLOCK, Tier.CRITICAL),
    ],
)
def test_results(severity: Severity, tier: Tier) -> None:
    risk = assess_risk(draft(), findings(), [result(Severity.INFO), result(severity)], facts())
    assert (risk.tier, risk.reasons) == (tier, ("calendar.busy: the slot is taken",))


@pytest.mark.parametrize(
    ("strength", "amount", "tier", "reason"),
    [
        (Strength.TENTATIVE, 5e5, Tier.MEDIUM, 'tentative offer: "I will send the deck"'),
        (Strength.CONDITIONAL, 5e5, Tier.MEDIUM, 'conditional offer: "I will send the deck"'),
        (Strength.FIRM, 99_999.99, Tier.MEDIUM, 'firm promise: "I will send the deck"'),
        (Strength.FIRM, 100_000, Tier.HIGH, 'firm promise on a deal of 100,000 or more: "I will send the deck"'),
        (Strength.FIRM, math.nan, Tier.HIGH, 'firm promise on a deal of 100,000 or more: "I will send the deck"'),
        (Strength.FIRM, None, Tier.MEDIUM, 'firm promise: "I will send the deck"'),
    ],
)
def test_promises(strength: Strength, amount: float | None, tier: Tier, reason: str) -> None:
    of_deal = None if amount is None else deal(amount=amount)
    risk = assess_risk(draft(), findings(commitment(strength=strength)), [], facts(of_deal=of_deal))
    assert (risk.tier, risk.reasons) == (tier, (reason,))


@pytest.mark.parametrize(("amount", "tier"), [(5e3, Tier.HIGH), (1e5, Tier.CRITICAL)])
def test_a_fact_that_could_not_be_had(amount: float, tier: Tier) -> None:
    risk = assess_risk(draft(), findings(), [], facts(of_deal=deal(amount=amount), unknown=[GAP]))
    assert (risk.tier, risk.reasons) == (tier, ("not known (calendar): no answer",))


def test_a_deal_that_the_crm_does_not_have() -> None:
    risk = assess_risk(draft(deal_id="d404"), findings(), [], facts())
    assert (risk.tier, risk.reasons) == (Tier.HIGH, ("not known (crm): there is no deal 'd404'",))


def test_the_gravest_reason_comes_first_and_none_twice() -> None:
    risk = assess_risk(draft(), findings(commitment(), commitment()), [result(Severity.BLOCK)], facts(unknown=[GAP]))
    assert risk.tier is Tier.CRITICAL
    assert risk.reasons == (
        "calendar.busy: the slot is taken",
        "not known (calendar): no answer",
        'firm promise: "I will send the deck"',
    )
