"""Which way a draft goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.approvals import Requirement, Resolver, ResolverKind
from app.core.assessment import Risk, RuleMatch
from app.core.checks import Severity
from app.core.facts import UnknownFact
from app.core.routes import Route, Tier
from app.policy import Policy
from app.policy.router import BLOCKING_CHECK, NO_RULE, RULE_ERROR, UNKNOWN_FACT
from tests.unit.app.policy.samples import deal, policy, result, ruling

AUTO = "{id: auto, route: auto_send}"
MONITOR = "{id: monitor, route: monitor}"
REVIEW = "{id: review, route: review, why: read it, approvals: {needed: 2, resolver: {role: legal}}}"
REVIEW_TOO = "{id: review-too, route: review}"
BLOCK = "{id: block, route: block}"
FAILS = "{id: fails, route: block, when: 'size(commitments) / history.sent_in_thread == 1'}"
GAP = UnknownFact(source="calendar", reason="no answer")


@pytest.mark.parametrize(
    ("rules", "route", "rule"),
    [
        ([AUTO], Route.AUTO_SEND, "auto"),
        ([AUTO, MONITOR], Route.MONITOR, "monitor"),
        ([AUTO, MONITOR, REVIEW], Route.REVIEW, "review"),
        ([AUTO, REVIEW, BLOCK, MONITOR], Route.BLOCK, "block"),
        ([REVIEW_TOO, REVIEW], Route.REVIEW, "review-too"),
        ([REVIEW, REVIEW_TOO], Route.REVIEW, "review"),
        ([], Route.REVIEW, NO_RULE),
        (["{id: other, when: 'draft.action == \"proposal\"', route: auto_send}"], Route.REVIEW, NO_RULE),
    ],
)
def test_the_strictest_route_wins_and_of_those_the_first_rule(rules: list[str], route: Route, rule: str) -> None:
    verdict = ruling(policy(*rules))
    assert (verdict.route, verdict.rule, verdict.policy_version) == (route, rule, 3)


def test_every_match_is_recorded() -> None:
    verdict = ruling(policy(AUTO, "{id: not-this, when: deal.known, route: block}", REVIEW))
    assert [match.rule for match in verdict.matches] == ["auto", "review"]
    assert verdict.why == "read it"


@pytest.mark.parametrize(
    ("rules", "route", "rule"),
    [
        ([AUTO], Route.BLOCK, BLOCKING_CHECK),
        ([REVIEW], Route.BLOCK, BLOCKING_CHECK),
        ([AUTO, BLOCK], Route.BLOCK, "block"),
        ([], Route.BLOCK, BLOCKING_CHECK),
    ],
)
def test_a_blocking_check_blocks_whatever_the_policy_says(rules: list[str], route: Route, rule: str) -> None:
    verdict = ruling(policy(*rules), results=[result(Severity.HIGH), result(Severity.BLOCK, "recipient.opted_out")])
    assert (verdict.route, verdict.rule) == (route, rule)
    assert verdict.approvals is None
    assert RuleMatch(rule=BLOCKING_CHECK, route=Route.BLOCK, why="recipient.opted_out: the slot is taken") in (
        verdict.matches
    )


def test_a_grave_result_alone_leaves_the_route_to_the_policy() -> None:
    assert ruling(policy(AUTO), results=[result(Severity.HIGH)]).route is Route.AUTO_SEND


@pytest.mark.parametrize(
    ("rules", "route", "rule"),
    [
        ([AUTO], Route.REVIEW, UNKNOWN_FACT),
        ([MONITOR], Route.REVIEW, UNKNOWN_FACT),
        ([AUTO, REVIEW], Route.REVIEW, "review"),
        ([BLOCK], Route.BLOCK, "block"),
    ],
)
def test_an_unknown_fact_is_reviewed_at_least(rules: list[str], route: Route, rule: str) -> None:
    verdict = ruling(policy(*rules), unknown=[GAP])
    assert (verdict.route, verdict.rule) == (route, rule)


def test_a_deal_that_the_crm_does_not_have_is_an_unknown_fact() -> None:
    verdict = ruling(policy(AUTO), deal_id="d404")
    assert (verdict.route, verdict.rule, verdict.why) == (
        Route.REVIEW,
        UNKNOWN_FACT,
        "crm: there is no deal 'd404'",
    )
    assert ruling(policy(AUTO), deal_id="d1", of_deal=deal()).route is Route.AUTO_SEND


@pytest.mark.parametrize(
    ("rules", "route", "rule"),
    [
        ([AUTO, FAILS], Route.REVIEW, RULE_ERROR),
        ([FAILS, MONITOR], Route.REVIEW, RULE_ERROR),
        ([FAILS], Route.REVIEW, RULE_ERROR),
        ([FAILS, REVIEW], Route.REVIEW, "review"),
        ([FAILS, BLOCK], Route.BLOCK, "block"),
    ],
)
def test_a_rule_that_fails_means_review_at_least(rules: list[str], route: Route, rule: str) -> None:
    verdict = ruling(policy(*rules))
    assert (verdict.route, verdict.rule) == (route, rule)
    assert any(match.rule == RULE_ERROR and match.why.startswith("rule 'fails' (line ") for match in verdict.matches)


@pytest.mark.parametrize(
    "when",
    [
        "size(commitments) / history.sent_in_thread == 1",
        "size(commitments) % history.sent_in_thread == 1",
        "9223372036854775807 + thread.step > 0",
        'checks[0].check == "x"',
        "int(draft.subject) == 1",
        "double(draft.subject) == 1.0",
        "timestamp(draft.subject) < now",
        "duration(draft.subject) > now - now",
        'draft.subject.matches("[" + draft.subject)',
    ],
)
def test_whatever_can_fail_when_a_rule_runs_is_caught(when: str) -> None:
    verdict = ruling(policy(AUTO, f"{{id: fails, route: auto_send, when: '{when}'}}"))
    assert (verdict.route, verdict.rule) == (Route.REVIEW, RULE_ERROR)


@pytest.mark.parametrize(
    "error", [OverflowError, ZeroDivisionError, KeyError, IndexError, TypeError, ValueError, RuntimeError]
)
@pytest.mark.parametrize("shadow", [True, False])
def test_each_kind_of_error_is_caught(error: type[Exception], shadow: bool) -> None:
    class Failing:
        def execute(self, _context: object) -> bool:
            raise error("broken")

    verdict = ruling(_with_program(Failing, shadow=shadow))
    assert verdict.route is (Route.AUTO_SEND if shadow else Route.REVIEW)
    assert [match.shadow for match in verdict.matches if match.rule == RULE_ERROR] == [shadow]


def test_an_answer_that_is_neither_yes_nor_no_is_an_error() -> None:
    class Vague:
        def execute(self, _context: object) -> int:
            return 1

    verdict = ruling(_with_program(Vague, shadow=False))
    assert (verdict.rule, "it says 1 instead of true or false" in verdict.why) == (RULE_ERROR, True)


def _with_program(program: Callable[[], object], *, shadow: bool) -> Policy:
    whole = policy(AUTO, "{id: odd, route: block}")
    condition = replace(whole.rules[1].condition, program=program())  # type: ignore[arg-type]  # instead of the library's
    odd = replace(whole.rules[1], condition=condition, shadow=shadow)
    return replace(whole, rules=(whole.rules[0], odd))


def test_a_shadow_rule_is_recorded_and_decides_nothing() -> None:
    verdict = ruling(policy("{id: trial, route: block, mode: shadow}", AUTO))
    assert (verdict.route, verdict.rule) == (Route.AUTO_SEND, "auto")
    assert [(match.rule, match.shadow) for match in verdict.matches] == [("trial", True), ("auto", False)]


def test_a_shadow_rule_alone_is_no_rule() -> None:
    verdict = ruling(policy("{id: trial, route: auto_send, mode: shadow}"))
    assert (verdict.route, verdict.rule) == (Route.REVIEW, NO_RULE)


def test_the_deciding_rule_says_who_approves() -> None:
    verdict = ruling(policy(AUTO, REVIEW, REVIEW_TOO))
    assert verdict.approvals == Requirement(needed=2, resolver=Resolver(kind=ResolverKind.ROLE, argument="legal"))


@pytest.mark.parametrize("rules", [[REVIEW_TOO, REVIEW], [], [FAILS, AUTO]])
def test_without_more_the_default_approval_is_demanded(rules: list[str]) -> None:
    assert ruling(policy(*rules)).approvals == Requirement()


@pytest.mark.parametrize("rules", [[AUTO], [MONITOR], [BLOCK, REVIEW]])
def test_only_a_review_demands_approval(rules: list[str]) -> None:
    assert ruling(policy(*rules)).approvals is None


def test_a_demand_for_step_up_reaches_the_gate() -> None:
    approvals = ruling(policy("{id: a, route: review, approvals: {step_up: true}}")).approvals
    assert approvals is not None
    assert approvals.step_up


@pytest.mark.parametrize(
    ("rule", "resource", "operation", "applies"),
    [
        ("{id: a, route: block}", "agent_action", "send_email", True),
        ("{id: a, route: block}", "agent_action", "post_message", True),
        ("{id: a, route: block}", "record_mutation", "update", False),
        ("{id: a, route: block, action: send_email}", "agent_action", "post_message", False),
        ("{id: a, route: block, action: [send_email, '*']}", "agent_action", "post_message", True),
        ("{id: a, route: block, resource: record_mutation, action: update}", "record_mutation", "update", True),
        ("{id: a, route: block, resource: record_mutation, action: update}", "record_mutation", "delete", False),
    ],
)
def test_a_rule_covers_its_resource_and_actions(rule: str, resource: str, operation: str, applies: bool) -> None:
    verdict = ruling(policy(rule), resource=resource, operation=operation)
    assert verdict.route is (Route.BLOCK if applies else Route.REVIEW)


def test_a_rule_reads_the_facts_of_the_draft() -> None:
    rules = policy(
        "{id: big, when: 'deal.amount >= 100000 && risk.tier == \"high\"', route: review}",
        "{id: held, when: deal.on_hold, route: block}",
        "{id: reply, when: 'draft.action == \"reply\"', route: auto_send}",
    )
    high = Risk(tier=Tier.HIGH)
    assert ruling(rules, of_deal=deal(amount=100_000), risk=high).rule == "big"
    assert ruling(rules, of_deal=deal(amount=99_999.99), risk=high).rule == "reply"
    assert ruling(rules, of_deal=deal(on_hold=True)).rule == "held"
