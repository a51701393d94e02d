"""Small drafts, facts and policies for the tests of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.core.assessment import Risk, Ruling
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts, Person, UnknownFact
from app.core.findings import Commitment, Findings, Kind, Strength
from app.core.routes import Tier
from app.policy import Policy, load_policy, rule_on

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
SENDER = Person(id="maya", email="maya@northwind.example", name="Maya", manager="rosa")
LOW = Risk(tier=Tier.LOW)


def draft(*, action: str = "reply", deal_id: str | None = None) -> Draft:
    """A mail to one customer."""
    return Draft(
        action=action, agent="follow-up", on_behalf_of="maya", to=("li@acme.example",), text="Hello", deal_id=deal_id
    )


def deal(*, amount: float = 5000.0, on_hold: bool = False) -> Deal:
    """A small open deal."""
    return Deal(
        id="d1",
        name="Pilot",
        account="acme",
        stage="proposal",
        amount=amount,
        currency="USD",
        owner="omar",
        on_hold=on_hold,
        close_date=date(2026, 12, 1),
    )


def facts(*, of_deal: Deal | None = None, unknown: Sequence[UnknownFact] = ()) -> Facts:
    """What is known about a mail of Maya's."""
    return Facts(now=NOW, sender=SENDER, recipients=(), deal=of_deal, unknown=tuple(unknown))


def commitment(*, strength: Strength = Strength.FIRM) -> Commitment:
    """A promise to send a deck."""
    return Commitment(
        text="I will send the deck",
        start=0,
        end=20,
        strength=strength,
        kind=Kind.DELIVERABLE,
        actor="sender",
        action="send",
        object="the deck",
        recipient=None,
        due=None,
        rule="will-send",
    )


def findings(*commitments: Commitment) -> Findings:
    """What was found in a text that holds these promises."""
    return Findings(text="Hello", commitments=commitments)


def result(severity: Severity, check: str = "calendar.busy") -> CheckResult:
    """Something that a check says."""
    return CheckResult(check=check, severity=severity, message="the slot is taken")


def policy(*rules: str) -> Policy:
    """A policy of rules in YAML flow style, such as `{id: a, route: block}`."""
    return load_policy("\n".join(["version: 3", "rules:", *(f"  - {rule}" for rule in rules)]) if rules else EMPTY)


EMPTY = "version: 3\nrules: []\n"


def ruling(
    of: Policy,
    *,
    results: Sequence[CheckResult] = (),
    unknown: Sequence[UnknownFact] = (),
    of_deal: Deal | None = None,
    deal_id: str | None = None,
    action: str = "reply",
    risk: Risk = LOW,
    resource: str = "agent_action",
    operation: str = "send_email",
) -> Ruling:
    """What the policy says about a plain mail with these circumstances."""
    return rule_on(
        of,
        draft=draft(action=action, deal_id=deal_id),
        findings=findings(),
        results=results,
        risk=risk,
        facts=facts(of_deal=of_deal),
        unknown=unknown,
        resource=resource,
        operation=operation,
    )
