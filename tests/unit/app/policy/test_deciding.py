"""Which facts made a condition true."""

from __future__ import annotations

import math

import cel
import pytest
from hypothesis import given

from app.core.assessment import DecidingFact, RuleMatch
from app.core.checks import Severity
from app.core.codec import from_json, to_json
from app.core.findings import Strength
from app.core.routes import Route
from app.policy.condition import read_condition
from app.policy.deciding import LONGEST_VALUE, MOST_FACTS, deciding_facts
from app.policy.fact_values import Value, cel_facts
from tests.unit.app.policy.samples import LOW, commitment, deal, draft, facts, findings, policy, result, ruling
from tests.unit.app.policy.test_properties import CONDITIONS, FEWER, VALUES

PROMISES = findings(commitment(strength=Strength.TENTATIVE), commitment(strength=Strength.FIRM))
RESULTS = [result(Severity.LOW, "loop.x"), result(Severity.HIGH, "deal.hold")]


def why(source: str, amount: float = 120_000.0) -> dict[str, object]:
    """The deciding facts of a condition that has to be true."""
    world: dict[str, Value] = cel_facts(draft(), PROMISES, RESULTS, LOW, facts(of_deal=deal(amount=amount)))
    world["deal"] = {**world["deal"], "flags": ["b", "vip"]}  # type: ignore[dict-item]
    condition = read_condition(source)
    context = cel.Context(variables=world)
    assert condition.program.execute(context) is True
    return {fact.path: fact.value for fact in deciding_facts(condition, world, context)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true", {}),
        ("deal.amount >= 100000 && size(commitments) > 0", {"deal.amount": 120_000.0, "size(commitments)": 2}),
        ("100000 <= deal.amount", {"deal.amount": 120_000.0}),
        ('commitments.exists(c, c.strength == "firm")', {"commitments[1].strength": "firm"}),
        ('!commitments.all(c, c.strength == "firm")', {"commitments[0].strength": "tentative"}),
        (
            'checks.exists(c, c.severity in ["high"] && c.check == "deal.hold")',
            {"checks[1].severity": "high", "checks[1].check": "deal.hold"},
        ),
        ('!checks.exists(c, c.severity == "block")', {'checks.exists(c, c.severity == "block")': False}),
        ("!hidden.exists(h, true)", {"size(hidden)": 0}),
        ("hidden.all(h, h.how == 'x')", {"size(hidden)": 0}),
        ("commitments.all(c, c.kind == 'deliverable')", {'commitments.all(c, c.kind == "deliverable")': True}),
        ("deal.on_hold || deal.known || deal.amount > 1", {"deal.known": True}),
        ("!(deal.on_hold && deal.known)", {"deal.on_hold": False}),
        ("!(deal.on_hold || sequence.known)", {"deal.on_hold": False, "sequence.known": False}),
        ('"vip" in deal.flags', {"deal.flags[1]": "vip"}),
        ('!("x" in deal.flags)', {"deal.flags": '["b", "vip"]'}),
        ('deal.stage in ["proposal"]', {"deal.stage": "proposal"}),
        ('draft.agent.startsWith("follow")', {"draft.agent": "follow-up"}),
        ("deal.known ? deal.amount > 1 : deal.on_hold", {"deal.known": True, "deal.amount": 120_000.0}),
        ("deal.owner != sender.id", {"deal.owner": "omar", "sender.id": "maya"}),
        ("has(deal.amount)", {}),
        ("deal.amount * 2.0 > 5.0", {"deal.amount * 2.0": 240_000.0}),
        ("commitments[1].strength == 'firm'", {"commitments[1].strength": "firm"}),
        ("now.getHours() == 15", {"now.getHours()": 15}),
        ("now > timestamp('2026-01-01T00:00:00Z')", {"now": "2026-11-18T15:00:00+00:00"}),
        ("draft.recipients != []", {"draft.recipients": '["li@acme.example"]'}),
        ("commitments != []", {"commitments": "[…, …]"}),
        # The part that fails is passed over.
        ("draft.attachments[0].size > 3 || deal.known", {"deal.known": True}),
        (
            'commitments.exists(c, c.strength == "tentative" || 1 / (size(c.text) - 20) > 0)',
            {'commitments.exists(c, c.strength == "tentative" || 1 / (size(c.text) - 20) > 0)': True},
        ),
        (
            "commitments.exists(c, deal.flags.exists(commitments, commitments == 'vip' && c.strength == 'firm'))",
            {"deal.flags[1]": "vip", "commitments[1].strength": "firm"},
        ),
    ],
)
def test_the_parts_that_settle_a_condition_are_named(source: str, expected: dict[str, object]) -> None:
    assert why(source) == expected


def test_an_amount_that_is_no_number_is_put_into_words() -> None:
    assert why("deal.amount > 1e12", amount=math.nan) == {"deal.amount": "unbounded"}


def test_what_is_named_is_short() -> None:
    many = " && ".join(f"size(draft.subject) < {n}" for n in range(5, 9))
    assert len(why(f"{many} && {' && '.join(f'deal.amount > {n}.0 * 1.0' for n in range(20))}")) <= MOST_FACTS
    long = "!checks.exists(c, " + " || ".join(f'c.check == "x{n}"' for n in range(40)) + ")"
    (path,) = why(long)
    assert len(path) == LONGEST_VALUE
    assert path.endswith("…")


def test_a_verdict_names_the_facts_of_every_rule_that_matched() -> None:
    rules = policy(
        "{id: big, route: review, when: deal.amount > 10}",
        "{id: trial, route: block, mode: shadow, when: deal.known}",
        "{id: always, route: monitor}",
        "{id: apart, route: block, when: deal.on_hold}",
    )
    matches = {match.rule: match.facts for match in ruling(rules, of_deal=deal()).matches}
    assert matches == {
        "big": (DecidingFact(path="deal.amount", value=5000.0),),
        "trial": (DecidingFact(path="deal.known", value=True),),
        "always": (),
    }


@pytest.mark.parametrize("value", ["text", True, 3, 2.5, 2.0])
def test_facts_are_kept_as_they_are(value: str | float | bool) -> None:
    match = RuleMatch(rule="a", route=Route.BLOCK, why="so", facts=(DecidingFact(path="deal.x", value=value),))
    kept = from_json(RuleMatch, to_json(match))
    assert kept == match
    assert type(kept.facts[0].value) is type(value)


def test_a_verdict_from_before_facts_were_named_is_read() -> None:
    old = '{"rule": "a", "route": "block", "why": "so", "shadow": false}'
    assert from_json(RuleMatch, old) == RuleMatch(rule="a", route=Route.BLOCK, why="so")


@FEWER
@given(CONDITIONS)
def test_every_condition_that_holds_can_be_explained(source: str) -> None:
    condition, context = read_condition(source), cel.Context(variables=VALUES)
    if condition.program.execute(context):
        facts_found = deciding_facts(condition, VALUES, context)
        match = RuleMatch(rule="a", route=Route.BLOCK, why="so", facts=facts_found)
        assert from_json(RuleMatch, to_json(match)) == match
