"""Facts come back as they were kept, and what is younger than they are is noticed."""

from __future__ import annotations

import json
import math

import pytest

from app.core.checks import Severity
from app.policy.fact_values import cel_facts
from app.policy.kept_facts import facts_of, facts_text
from tests.unit.app.policy.samples import LOW, commitment, deal, draft, facts, findings, result

FOUND_ELSEWHERE = ("checks", "risk", "operation", "target", "changes")
VALUES = cel_facts(
    draft(deal_id="d1"), findings(commitment()), [result(Severity.HIGH)], LOW, facts(of_deal=deal(amount=math.nan))
)


def test_facts_come_back_as_they_were_kept() -> None:
    kept = facts_of(facts_text(VALUES))
    assert kept.complete
    assert kept.values == {name: value for name, value in VALUES.items() if name not in FOUND_ELSEWHERE}


@pytest.mark.parametrize("path", [("now",), ("deal", "amount"), ("commitments", 0, "strength")])
def test_a_fact_that_was_not_known_yet_is_noticed(path: tuple[str | int, ...]) -> None:
    record = json.loads(facts_text(VALUES))
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    assert not facts_of(json.dumps(record)).complete


def test_a_fact_that_is_no_longer_known_is_left_out() -> None:
    record = {**json.loads(facts_text(VALUES)), "weather": "fine"}
    kept = facts_of(json.dumps(record))
    assert kept.complete
    assert "weather" not in kept.values


@pytest.mark.parametrize("text", ["", "[]", '{"deal": 3}', '{"commitments": ["one"]}', '{"now": "yesterday"}'])
def test_what_holds_no_facts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        facts_of(text)
