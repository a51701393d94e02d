"""A rule from the form, written into a policy's text: it says what was meant, and changes nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.approvals import Resolver, ResolverKind
from app.core.errors import InvalidInput, InvalidPolicy
from app.core.routes import Route
from app.policy.differences import differences
from app.policy.document import load_policy
from app.policy.form import FieldTest, Form, cel_of
from app.policy.form_fields import Comparison
from app.policy.form_rule import FormRule, made_to_count, with_rule
from app.settings import SAMPLE_WORLD

MANAGER = Resolver(kind=ResolverKind.MANAGER)
AWKWARD = Form(
    lines=(
        FieldTest(field="deal.amount", comparison=Comparison.AT_LEAST, value=100_000),
        FieldTest(field="deal.name", comparison=Comparison.IS, value='a: "b" # c'),
    )
)
RULE = FormRule(id="large", form=AWKWARD, route=Route.REVIEW, why="Because: it's # big", resolver=MANAGER)
EMPTY = load_policy("version: 1\nrules: []\n")
TEXTS = [
    "version: 1\nrules: [{id: a, route: review}]  # c\nundo_window: 5s\n",
    "version: 1\nrules: []\n",
    "version: 1\nrules: [\n  {id: a, route: review},\n]\n",
    "version: 1\nrules:\n- id: a\n  route: review # hi\n\n# tail\nlimits: {per_agent_per_hour: 3}\n",
    "version: 1\nrules:\n  - id: b\n    route: review\n    when: >-\n      deal.known\n\n\nundo_window: 5s\n",
    "version: 1\nrules:\n  - {id: a, route: review}",
    "undo_window: 5s\nrules:\n  - id: a\n    route: review\n    approvals:\n      then:\n"
    "        - resolver: {role: x}\nversion: 1\n",
    (SAMPLE_WORLD / "policy.yaml").read_text(encoding="utf-8"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_rule_is_added_last_and_nothing_else_changes(text: str) -> None:
    after = with_rule(load_policy(text), RULE, version=2)
    policy = load_policy(after)
    found = differences(load_policy(text), policy)
    assert (found.before, found.after) == (1, 2)
    assert (found.removed, found.changed, found.moved, found.settings) == ((), (), (), ())
    [rule] = found.added
    assert policy.rules[-1] == rule
    assert rule.when == cel_of(AWKWARD)
    assert (rule.route, rule.why, rule.shadow) == (RULE.route, RULE.why, True)
    assert all(line in after for line in text.splitlines() if line.strip().startswith("#"))


def test_who_is_asked_and_how_is_written() -> None:
    asked = replace(
        RULE,
        needed=2,
        resolver=Resolver(kind=ResolverKind.ROLE, argument="legal"),
        justify=True,
        step_up=True,
        separate_duties=True,
        shadow=False,
    )
    [rule] = load_policy(with_rule(EMPTY, asked, version=2)).rules
    demand = rule.approvals
    assert demand is not None
    assert (demand.needed, demand.resolver) == (2, asked.resolver)
    assert demand.justify
    assert demand.step_up
    assert demand.separate_duties
    assert not rule.shadow


@pytest.mark.parametrize(
    "resolver",
    [
        Resolver(kind=ResolverKind.USER, argument="sender"),
        Resolver(kind=ResolverKind.RECORD_OWNER),
    ],
)
def test_every_resolver_of_the_form_is_read_back(resolver: Resolver) -> None:
    [rule] = load_policy(with_rule(EMPTY, replace(RULE, resolver=resolver), version=2)).rules
    assert rule.approvals is not None
    assert rule.approvals.resolver == resolver


def test_a_route_without_people_asks_nobody() -> None:
    [rule] = load_policy(with_rule(EMPTY, replace(RULE, route=Route.BLOCK), version=2)).rules
    assert rule.approvals is None


def test_a_taken_name_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'a' is the name of another rule"):
        with_rule(load_policy(TEXTS[0]), replace(RULE, id="a"), version=2)


def test_a_name_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(InvalidPolicy, match="cannot be an id"):
        with_rule(load_policy(TEXTS[0]), replace(RULE, id="two words"), version=2)


def test_a_resolver_that_the_form_does_not_offer_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not offered in the form"):
        with_rule(load_policy(TEXTS[0]), replace(RULE, resolver=Resolver(kind=ResolverKind.AUTO_APPROVE)), version=2)


def test_a_rule_on_trial_is_made_to_count() -> None:
    text = "version: 3\nrules:\n  - {id: a, route: review}\n  - {id: b, route: block, mode: shadow} # why\n"
    after = made_to_count(text, "b", version=4)
    assert after == text.replace("version: 3", "version: 4").replace("shadow", "live")


@pytest.mark.parametrize("rule_id", ["a", "none"])
def test_what_is_not_on_trial_cannot_be_made_to_count(rule_id: str) -> None:
    with pytest.raises(InvalidInput, match="is not on trial"):
        made_to_count(TEXTS[0], rule_id, version=2)
