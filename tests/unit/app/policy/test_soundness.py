"""Rules that can never apply are refused, and rules that never decide are reported, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import InvalidPolicy
from app.policy.coverage import coverage_of
from app.policy.document import load_policy
from app.policy.soundness import checked_policy, flaws_in

SAMPLE = Path(__file__).parents[4] / "sample_data" / "policy.yaml"


def text_of(*rules: str) -> str:
    """A policy of rules in YAML flow style; the first begins on line 3, column 5."""
    return "\n".join(["version: 1", "rules:", *(f"  - {rule}" for rule in rules)])


@pytest.mark.parametrize(
    ("when", "culprit", "message"),
    [
        ("deal.amount > 10 && deal.amount < 5", "deal.amount < 5", "deal.amount < 5 contradicts deal.amount > 10"),
        ('deal.id == "a" && deal.id == "b"', 'deal.id == "b"', "where either value will do, write deal.id in [...]"),
        ("deal.known && checks.exists(c, c.severity in [])", "c.severity in", "nothing is in an empty list"),
        (
            'checks.exists(c, c.severity == "low" && deal.known && c.severity == "high")',
            'c.severity == "high"',
            'contradicts c.severity == "low"; where either value will do, write c.severity in [...]',
        ),
        ("deal.known && (1 > 2)", "1 > 2", "1 > 2 can never hold; correct it"),
        ("false", "false", "false never holds; remove the rule"),
        ("now.getHours() >= 24", "now.getHours", "now.getHours() >= 24 can never hold"),
        (
            "(deal.known || deal.on_hold) && !deal.known && !deal.on_hold",
            "!deal.on_hold",
            "!deal.on_hold contradicts what stands before it",
        ),
        ("deal.known ? false : 1 > 2", "deal.known", "can never hold; correct it"),
    ],
)
def test_a_rule_that_can_never_apply_is_refused_where_it_goes_wrong(when: str, culprit: str, message: str) -> None:
    text = text_of("{id: ok, route: review}", f"id: never\n    route: review\n    when: >-\n      {when}")
    with pytest.raises(InvalidPolicy) as caught:
        checked_policy(text)
    assert "rule 'never': it can never apply: " in str(caught.value)
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.column) == (7, 7 + when.index(culprit))


def test_what_is_in_force_is_read_all_the_same() -> None:
    """A version that was published before this was looked for stays in force."""
    assert load_policy(text_of('{id: never, route: block, when: "false"}')).rules[0].when == "false"


AUTO, REVIEW, BLOCK = "auto_send", "review", "block"


@pytest.mark.parametrize(
    ("rules", "flawed", "message"),
    [
        (
            ["{id: a, route: review}", "{id: b, route: review, when: deal.known}"],
            ("b", 4, 34),
            "it never decides: rule 'a' (line 3) applies wherever it does and comes first",
        ),
        (
            ["{id: a, route: auto_send, when: deal.known}", "{id: b, route: block, when: true}"],
            ("a", 3, 37),
            "rule 'b' (line 4) applies wherever it does and says block, which is stricter",
        ),
        (
            ["{id: a, route: auto_send, when: deal.known}", "{id: b, route: review, when: deal.known == true}"],
            ("a", 3, 37),
            "rule 'b' (line 4) has the same condition and says review, which is stricter; keep the one that is meant",
        ),
        (
            ["{id: a, route: review, when: deal.amount > 5}", "{id: b, route: review, when: deal.amount >= 6}"],
            ("b", 4, 34),
            "rule 'a' (line 3) applies wherever it does",
        ),
        (
            ["{id: a, route: review, when: deal.amount > 5}", "{id: b, route: review, when: deal.amount > 5}"],
            ("b", 4, 34),
            "rule 'a' (line 3) has the same condition and comes first",
        ),
        (  # may fail, but never where the other holds
            [
                "{id: a, route: review, when: 1 / thread.step > 0}",
                "{id: b, route: review, when: deal.known && 1 / thread.step > 0}",
            ],
            ("b", 4, 34),
            "rule 'a' (line 3) applies wherever it does",
        ),
        (
            ["{id: a, route: review, action: [send_email, post]}", "{id: b, route: review, action: post}"],
            ("b", 4, 5),
            "rule 'a' (line 3)",
        ),
        (
            ["{id: a, route: review, action: send_email, when: 'checks.exists(k, k.severity == \"block\")'}"],
            ("a", 3, 55),
            "it never decides: the floor builtin.blocking-check applies wherever it does and says block",
        ),
        (
            ["{id: a, route: monitor, action: send_email, when: '!deal.known && draft.deal_id == \"d1\"'}"],
            ("a", 3, 56),
            "the floor builtin.unknown-fact",
        ),
        (['{id: a, route: review, when: \'deal.id != "a" || deal.id != "b"\'}'], ("a", 3, 35), "this always holds"),
        (
            ["{id: a, route: review, when: 'deal.known || (deal.on_hold && !deal.on_hold)'}"],
            ("a", 3, 50),
            "deal.on_hold && !deal.on_hold can never hold: !deal.on_hold contradicts deal.on_hold",
        ),
    ],
)
def test_what_cannot_be_meant_is_reported(rules: list[str], flawed: tuple[str, int, int], message: str) -> None:
    text = text_of(*rules)
    (flaw,) = flaws_in(load_policy(text))
    assert (flaw.rule, flaw.line, flaw.column, flaw.refused) == (*flawed, False)
    assert message in flaw.message
    (warning,) = checked_policy(text).warnings
    assert warning.startswith(f"line {flaw.line}, column {flaw.column}: rule '{flaw.rule}': ")


@pytest.mark.parametrize(
    "rules",
    [
        ["{id: a, route: auto_send}", "{id: b, route: review, when: deal.known}"],
        ["{id: a, route: review, when: deal.known}", "{id: b, route: review}"],
        ["{id: a, route: review, action: send_email}", "{id: b, route: review}"],
        ["{id: a, route: review, action: send_email}", "{id: b, route: review, action: post}"],
        ["{id: a, route: review, resource: record_mutation}", "{id: b, route: review}"],
        ["{id: a, route: block, mode: shadow}", "{id: b, route: review}"],
        ["{id: a, route: block}", "{id: b, route: review, mode: shadow}"],
        # Where the first fails, the second may decide.
        [
            "{id: a, route: review, when: 1 / thread.step > 0 || deal.known}",
            "{id: b, route: review, when: deal.known}",
        ],
        ["{id: a, route: review, when: deal.amount > 5}", "{id: b, route: review, when: deal.amount > 4}"],
        # A demand of another kind of record has other floors.
        ["{id: a, route: review, when: 'checks.exists(k, k.severity == \"block\")'}"],
        ["{id: a, route: review, action: send_email, when: 'draft.deal_id != \"\" && !deal.known'}"],
    ],
)
def test_what_may_matter_is_never_reported(rules: list[str]) -> None:
    assert flaws_in(load_policy(text_of(*rules))) == ()


SILENT = "approvals: {resolver: {auto_approve: {after: 2h}}}"


@pytest.mark.parametrize(
    ("rule", "is_refused"),
    [
        (f"{{id: a, route: review, {SILENT}}}", True),
        (f"{{id: a, route: review, when: 'risk.tier != \"critical\"', {SILENT}}}", True),
        (f'{{id: a, route: review, when: \'risk.tier in ["low", "medium"]\', {SILENT}}}', False),
        (f"{{id: a, route: review, when: 'deal.known && risk.tier == \"low\"', {SILENT}}}", False),
        ("{id: a, route: review, approvals: {then: [{resolver: {auto_approve: {after: 2h}}}]}}", True),
        ("{id: a, route: review, approvals: {resolver: {agent: {name: x, below: high}}}}", False),
    ],
)
def test_silence_approves_no_high_risk(rule: str, is_refused: bool) -> None:
    flaws = flaws_in(load_policy(text_of(rule)))
    assert [flaw.refused for flaw in flaws] == [True] * is_refused
    assert all("auto_approve is for low and medium risk only" in flaw.message for flaw in flaws)


def test_too_many_rules_to_compare_are_said_to_be_too_many() -> None:
    rules = load_policy(
        text_of(*(f"{{id: r{n}, route: review, when: deal.amount > {n}}}" for n in range(9, 0, -1)))
    ).rules
    assert coverage_of(rules).not_compared is None
    assert coverage_of(rules, most_compared=4).not_compared is rules[3]


def test_the_sample_policy_has_no_flaws() -> None:
    assert flaws_in(load_policy(SAMPLE.read_text(encoding="utf-8"))) == ()


def test_a_review_that_can_be_earned_away_covers_none_that_stands() -> None:
    willing = "{id: first, when: deal.known, route: review, autonomy: true}"
    firm = "{id: second, when: deal.known && deal.on_hold, route: review}"
    assert flaws_in(load_policy(text_of(willing, firm))) == ()
    (flaw,) = flaws_in(load_policy(text_of(willing, firm.replace("review", "review, autonomy: true"))))
    assert "it never decides: rule 'first' (line 3) applies wherever it does" in flaw.message
