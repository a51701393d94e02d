"""Reading a policy: what it means, and where and how a wrong one is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.core.approvals import Requirement, Resolver, ResolverKind, Stage
from app.core.autonomy import Autonomy
from app.core.errors import InvalidPolicy
from app.core.limits import Limits
from app.core.routes import Route, Tier
from app.policy import load_policy
from app.policy.model import Resource

SAMPLE = Path(__file__).parents[4] / "sample_data" / "policy.yaml"

FULL = """\
version: 1
rules:
  - id: high-value
    when: deal.amount >= 100000 && size(commitments) > 0        # a remark
    resource: agent_action
    action: send_email
    route: review
    approvals: {needed: 2, separate_duties: true, step_up: true,
                resolver: {manager: {}}, fallback: {role: admin}, escalate_after: 2h, expires_after: 7d}
    why: "Anything over 100k needs two people"
    mode: live
limits: {per_sender_per_hour: 60, per_recipient_domain_per_day: 200}
undo_window: 45s
sampling: {auto_send: 0.05}
"""


def test_a_policy_with_every_key_is_read() -> None:
    policy = load_policy(FULL)
    (rule,) = policy.rules
    assert (policy.version, policy.undo_window, policy.text) == (1, timedelta(seconds=45), FULL)
    assert (rule.id, rule.line, rule.resource, rule.actions) == (
        "high-value",
        3,
        Resource.AGENT_ACTION,
        ("send_email",),
    )
    assert rule.when == "deal.amount >= 100000 && size(commitments) > 0"
    assert (rule.route, rule.why, rule.shadow) == (Route.REVIEW, "Anything over 100k needs two people", False)
    assert rule.approvals == Requirement(
        needed=2,
        separate_duties=True,
        step_up=True,
        resolver=Resolver(kind=ResolverKind.MANAGER),
        fallback=Resolver(kind=ResolverKind.ROLE, argument="admin"),
        escalate_after=timedelta(hours=2),
        expires_after=timedelta(days=7),
    )
    assert policy.limits == Limits(per_sender_per_hour=60, per_recipient_domain_per_day=200)
    assert policy.sampling == {Route.AUTO_SEND: 0.05}


def test_every_part_of_approvals_is_read() -> None:
    approvals = """\
        resolver: {agent: {name: reviewer, below: high}}
        fallback: {record_owner: {}}
        then:
          - {needed: 2, resolver: {role: legal}, fallback: {manager: {}}}
          - {resolver: {user: {id: rosa}}}
        consulted: [{role: finance}, {user: {id: omar}}]
        accountable: {record_owner: {}}
        remind_after: 1h
        escalate_after: 4h
        expires_after: 2d
"""
    policy = load_policy("version: 1\nrules:\n  - id: a\n    route: review\n    approvals:\n" + approvals)
    owner = Resolver(kind=ResolverKind.RECORD_OWNER)
    legal = Resolver(kind=ResolverKind.ROLE, argument="legal")
    rosa = Resolver(kind=ResolverKind.USER, argument="rosa")
    assert policy.rules[0].approvals == Requirement(
        resolver=Resolver(kind=ResolverKind.AGENT, argument="reviewer", below=Tier.HIGH),
        fallback=owner,
        then=(
            Stage(needed=2, resolver=legal, fallback=Resolver(kind=ResolverKind.MANAGER)),
            Stage(resolver=rosa),
        ),
        consulted=(
            Resolver(kind=ResolverKind.ROLE, argument="finance"),
            Resolver(kind=ResolverKind.USER, argument="omar"),
        ),
        accountable=owner,
        remind_after=timedelta(hours=1),
        escalate_after=timedelta(hours=4),
        expires_after=timedelta(days=2),
    )


def test_a_reason_can_be_demanded_and_silence_can_approve() -> None:
    policy = load_policy(
        "version: 1\nrules:\n  - {id: a, route: review, approvals: {justify: true}}\n"
        "  - {id: b, route: review, approvals: {resolver: {auto_approve: {after: 2h}}}}"
    )
    first, second = (rule.approvals for rule in policy.rules)
    assert first == Requirement(justify=True)
    assert second == Requirement(resolver=Resolver(kind=ResolverKind.AUTO_APPROVE, after=timedelta(hours=2)))


def test_deciding_from_a_phone_is_for_rules_that_say_so() -> None:
    text = "version: 1\nrules:\n  - {id: a, route: review, approvals: {by_phone: true}}\n"
    (rule,) = load_policy(text).rules
    assert rule.approvals == Requirement(by_phone=True)
    assert not Requirement().by_phone


def test_limits_by_tier_are_read() -> None:
    policy = load_policy(
        "version: 1\nrules: []\nlimits: {per_account_per_day: 9, per_agent_per_hour: 8, per_tier: {high_per_hour: 3}}"
    )
    assert policy.limits == Limits(per_account_per_day=9, per_agent_per_hour=8, per_tier={Tier.HIGH: 3})


def test_what_comes_after_the_request_has_lapsed_is_reported() -> None:
    rule = "{id: a, route: review, approvals: {remind_after: 2h, escalate_after: 1d, expires_after: 24h}}"
    assert load_policy(f"version: 1\nrules: [{rule}]").warnings == (
        "line 2: approvals.escalate_after: never comes about, the request lapses before; lengthen expires_after",
    )


def test_a_policy_that_is_acted_on_in_all_its_parts_has_no_warnings() -> None:
    assert load_policy(FULL).warnings == ()


def test_what_it_takes_to_earn_autonomy_is_read() -> None:
    rule = "{id: a, route: review, autonomy: true}"
    policy = load_policy(f"version: 1\nrules: [{rule}]\nautonomy: {{level: 0.9, minimum: 30, tiers: [low]}}")
    assert policy.autonomy == Autonomy(level=0.9, minimum=30, tiers=(Tier.LOW,))
    assert policy.rules[0].autonomy
    assert policy.warnings == ()
    usual = load_policy(f"version: 1\nrules: [{rule}]\nautonomy: {{level: .95, minimum: 30}}").autonomy
    assert usual == Autonomy(level=0.95, minimum=30, tiers=(Tier.LOW, Tier.MEDIUM))
    assert load_policy("version: 1\nrules: []").autonomy is None


def test_autonomy_that_nothing_comes_of_is_reported() -> None:
    without_rule = "version: 1\nrules: [{id: a, route: review}]\nautonomy: {level: 0.9, minimum: 30}"
    assert load_policy(without_rule).warnings == (
        "line 3: autonomy: no rule says `autonomy: true`, so nothing can be earned",
    )
    without_level = "version: 1\nrules:\n- {id: a, route: review, autonomy: true}"
    assert load_policy(without_level).warnings == (
        "line 3: rule 'a' says `autonomy: true` and the policy has no `autonomy` at its top, so nothing can be"
        " earned",
    )


def test_a_rule_about_records_says_so_or_is_reported() -> None:
    rule = "version: 1\nrules: [{{id: a, {}action: update_record, route: block}}]"
    assert load_policy(rule.format("resource: record_mutation, ")).warnings == ()
    (warning,) = load_policy(rule.format("")).warnings
    assert warning.startswith("line 2: rule 'a': 'update_record' changes records; write `resource: record_mutation`")


def test_what_is_left_out_has_a_default() -> None:
    policy = load_policy("version: 7\nrules: [{id: a, route: monitor}]")
    (rule,) = policy.rules
    assert (policy.undo_window, policy.warnings) == (timedelta(seconds=30), ())
    assert (rule.when, rule.actions, rule.approvals, rule.shadow) == ("true", ("*",), None, False)
    assert rule.why == "rule 'a' applies"


@pytest.mark.parametrize("written", ["true", '"true"', "'true'"])
def test_a_rule_that_always_applies(written: str) -> None:
    assert load_policy(f"version: 1\nrules: [{{id: a, when: {written}, route: block}}]").rules[0].when == "true"


@pytest.mark.parametrize(
    ("written", "resolver"),
    [
        ("{manager: {}}", Resolver(kind=ResolverKind.MANAGER)),
        ("{record_owner: {}}", Resolver(kind=ResolverKind.RECORD_OWNER)),
        ("{role: legal}", Resolver(kind=ResolverKind.ROLE, argument="legal")),
        ("{user: {id: sender}}", Resolver(kind=ResolverKind.USER, argument="sender")),
        ("{user: {id: rosa}}", Resolver(kind=ResolverKind.USER, argument="rosa")),
    ],
)
def test_resolvers(written: str, resolver: Resolver) -> None:
    policy = load_policy(f"version: 1\nrules: [{{id: a, route: review, approvals: {{resolver: {written}}}}}]")
    assert policy.rules[0].approvals == Requirement(resolver=resolver)


def test_the_sample_policy_is_sound() -> None:
    assert load_policy(SAMPLE.read_text(encoding="utf-8")).rules


RULE = "version: 1\nrules:\n  - "
REFUSED = [
    ("", 1, 1, "the policy is empty"),
    ("[]", 1, 1, "the policy has to be a mapping"),
    ("rules: []", 1, 1, "'version' is missing"),
    ("version: 1", 1, 1, "'rules' is missing"),
    ("version: one\nrules: []", 1, 10, "version has to be a whole number"),
    ("version: 0\nrules: []", 1, 10, "version has to be from 1 to"),
    ("version: 1_0\nrules: []", 1, 10, "version has to be a whole number"),
    ("version: 1\nrules: {}", 2, 8, "rules has to be a list"),
    ("version: 1\nrules: []\nrule: []", 3, 1, "unknown key 'rule' in the policy; did you mean 'rules'?"),
    ("version: 1\nrules: []\nversion: 2", 3, 1, "'version' stands twice"),
    ("version: 1\nrules: []\n? [a]\n: b", 3, 3, "unknown key 'this'"),
    ("version: 1\nrules: [", 2, 9, "not valid YAML"),
    ("version: 1\nrules: []\nundo\x07: 3", 3, 5, "not valid YAML: a character that does not belong"),
    ('version: "\\UFFFFFFFF"', 1, 1, "not valid YAML"),
    ("[" * 3000, 1, 1, "not valid YAML"),
    ("version: 1\n---\nversion: 2", 2, 1, "not valid YAML"),
    ("version: 1\nrules: []\nundo_window: 30", 3, 14, "a number and a unit, such as 30s, 15m, 24h or 7d"),
    ("version: 1\nrules: []\nundo_window: [30s]", 3, 14, "a number and a unit"),
    ("version: 1\nrules: []\nundo_window: 8d", 3, 14, "undo_window can be 7d at most"),
    ("version: 1\nrules: []\nlimits: {per_sender: 3}", 3, 10, "did you mean 'per_sender_per_hour'?"),
    ("version: 1\nrules: []\nlimits: {per_sender_per_hour: 0}", 3, 31, "from 1 to 1000000"),
    ("version: 1\nrules: []\nsampling: {review: 0.1}", 3, 12, "unknown key 'review' in sampling"),
    ("version: 1\nrules: []\nautonomy: 0.9", 3, 11, "autonomy has to be a mapping"),
    ("version: 1\nrules: []\nautonomy: {levl: 0.9}", 3, 12, "unknown key 'levl' in autonomy"),
    ("version: 1\nrules: []\nautonomy: {level: 0.9}", 3, 11, "autonomy has no 'minimum'"),
    ("version: 1\nrules: []\nautonomy: {minimum: 30}", 3, 11, "autonomy has no 'level'"),
    ("version: 1\nrules: []\nautonomy: {minimum: 30, level: 1}", 3, 32, "from 0.5 and below 1"),
    ("version: 1\nrules: []\nautonomy: {minimum: 30, level: 0.4}", 3, 32, "from 0.5 and below 1"),
    ("version: 1\nrules: []\nautonomy: {minimum: 9, level: 0.9}", 3, 21, "autonomy.minimum has to be from 10"),
    ("version: 1\nrules: []\nautonomy: {minimum: 30, level: 0.9, tiers: []}", 3, 44, "autonomy.tiers names nothing"),
    ("version: 1\nrules: []\nautonomy: {minimum: 30, level: 0.9, tiers: [low, lo]}", 3, 50, "unknown tier 'lo'"),
    ("version: 1\nrules: []\nautonomy: {minimum: 30, level: 0.9, tiers: [high]}", 3, 45, "earned at high risk"),
    ("version: 1\nrules: [{id: a, route: review, autonomy: 1}]", 2, 42, "autonomy has to be true or false"),
    ("version: 1\nrules: [{id: a, route: monitor, autonomy: true}]", 2, 43, "rules with `route: review`"),
    ("version: 1\nrules: []\nsampling: {auto_send: 5%}", 3, 23, "a number from 0 to 1"),
    ("version: 1\nrules: []\nsampling: {auto_send: 1.5}", 3, 23, "a number from 0 to 1"),
    (RULE + "route: block", 3, 5, "this rule has no 'id'"),
    (RULE + "id: a", 3, 5, "this rule has no 'route'"),
    (RULE + "just text", 3, 5, "a rule has to be a mapping"),
    (RULE + "{id: 3, route: block}", 3, 10, "id has to be a text; put it in quotes"),
    (RULE + "{id: '', route: block}", 3, 10, "id is empty"),
    (RULE + '{id: "\\ud800", route: block}', 3, 10, "half of a character"),
    (RULE + "{id: a b, route: block}", 3, 10, "'a b' cannot be an id"),
    (RULE + "{id: builtin.x, route: block}", 3, 10, "belong to the built-in floors"),
    (RULE + "{id: a, route: blok}", 3, 20, "unknown route 'blok'; did you mean 'block'?"),
    (RULE + "{id: a, route: [block]}", 3, 20, "route has to be a single value"),
    (RULE + "{id: a, roote: block}", 3, 13, "unknown key 'roote' in a rule; did you mean 'route'?"),
    (RULE + "{id: a, route: block}\n  - {id: a, route: block}", 4, 10, "is taken by the rule on line 3"),
    (RULE + "{id: a, route: block, resource: agent}", 3, 37, "unknown resource 'agent'"),
    (RULE + "{id: a, route: block, action: send_emial}", 3, 35, "did you mean 'send_email'?"),
    (RULE + "{id: a, route: block, action: reply}", 3, 35, "the kind of mail is draft.action"),
    (RULE + "{id: a, route: block, action: [send_email, 3]}", 3, 48, "action has to be a text"),
    (RULE + "{id: a, route: block, action: []}", 3, 35, "action names nothing"),
    (RULE + "{id: a, route: block, resource: record_mutation, action: A B}", 3, 62, "cannot be an action"),
    (RULE + "{id: a, route: block, mode: off}", 3, 33, "mode has to be a text"),
    (RULE + "{id: a, route: block, mode: shadw}", 3, 33, "did you mean 'shadow'?"),
    (RULE + "{id: a, route: block, why: [x]}", 3, 32, "why has to be a single value"),
    (RULE + "{id: a, route: block, when: [x]}", 3, 33, "when has to be a single value"),
    (RULE + "{id: a, route: block, when: yes}", 3, 33, "when has to be a text"),
    (RULE + "{id: a, route: block, when: deal.amont > 1}", 3, 38, "did you mean 'deal.amount'?"),
    (RULE + "{id: a, route: block, approvals: {}}", 3, 27, "approvals belong to a rule with route: review"),
    (RULE + "{id: a, route: review, approvals: 2}", 3, 39, "approvals has to be a mapping"),
    (RULE + "{id: a, route: review, approvals: {need: 2}}", 3, 40, "did you mean 'needed'?"),
    (RULE + "{id: a, route: review, approvals: {needed: 0}}", 3, 48, "needed has to be from 1 to 20"),
    (RULE + "{id: a, route: review, approvals: {separate_duties: 1}}", 3, 57, "has to be true or false"),
    (RULE + "{id: a, route: review, approvals: {expires_after: 0h}}", 3, 55, "longer than nothing"),
    (RULE + "{id: a, route: review, approvals: {escalate_after: soon}}", 3, 56, "a number and a unit"),
    (RULE + "{id: a, route: review, approvals: {resolver: manager}}", 3, 50, "a mapping with one key"),
    (RULE + "{id: a, route: review, approvals: {resolver: {boss: {}}}}", 3, 51, "unknown resolver 'boss'"),
    (RULE + "{id: a, route: review, approvals: {resolver: {manager: x}}}", 3, 60, "write manager: {}"),
    (RULE + "{id: a, route: review, approvals: {resolver: {manager: {a: b}}}}", 3, 61, "write manager: {}"),
    (RULE + "{id: a, route: review, approvals: {resolver: {role: {}}}}", 3, 57, "role has to be a single value"),
    (RULE + "{id: a, route: review, approvals: {resolver: {user: {}}}}", 3, 57, "'user' needs an id"),
    (RULE + "{id: a, route: review, approvals: {resolver: {user: {name: x}}}}", 3, 58, "unknown key 'name'"),
    (RULE + "{id: a, route: review, approvals: {resolver: {agent: {}}}}", 3, 58, "needs a name"),
    (RULE + "{id: a, route: review, approvals: {resolver: {agent: {name: x}}}}", 3, 58, "needs a below"),
    (
        RULE + "{id: a, route: review, approvals: {resolver: {agent: {name: x, below: low}}}}",
        3,
        75,
        "no tier is below low",
    ),
    (
        RULE + "{id: a, route: review, approvals: {resolver: {agent: {name: x, below: grave}}}}",
        3,
        75,
        "unknown tier 'grave'",
    ),
    (
        RULE + "{id: a, route: review, approvals: {resolver: {auto_approve: {}}}}",
        3,
        65,
        "needs to know after how long",
    ),
    (RULE + "{id: a, route: review, approvals: {resolver: {auto_approve: {after: 0s}}}}", 3, 73, "no time at all"),
    (
        RULE + "{id: a, route: review, approvals: {resolver: {auto_approve: {after: 24h}}}}",
        3,
        50,
        "auto_approve comes too late",
    ),
    (
        RULE + "{id: a, route: review, approvals: {fallback: {auto_approve: {after: 2h}}}}",
        3,
        50,
        "cannot be a fallback",
    ),
    (
        RULE + "{id: a, route: review, approvals: {needed: 2, resolver: {auto_approve: {after: 2h}}}}",
        3,
        48,
        "auto_approve gives one approval",
    ),
    (
        RULE + "{id: a, route: review, approvals: {justify: true, resolver: {auto_approve: {after: 2h}}}}",
        3,
        49,
        "justify needs a person",
    ),
    (
        RULE + "{id: a, route: review, approvals: {by_phone: true, step_up: true}}",
        3,
        50,
        "by_phone is never enough where step_up is demanded",
    ),
    (
        RULE + "{id: a, route: review, approvals: {step_up: true, resolver: {agent: {name: x, below: high}}}}",
        3,
        49,
        "step_up needs a person",
    ),
    (
        RULE + "{id: a, route: review, approvals: {consulted: [{agent: {name: x, below: high}}]}}",
        3,
        52,
        "consulted has to be a person",
    ),
    (
        RULE + "{id: a, route: review, approvals: {accountable: {auto_approve: {after: 1h}}}}",
        3,
        53,
        "accountable has to be a person",
    ),
    (RULE + "{id: a, route: review, approvals: {consulted: {manager: {}}}}", 3, 51, "consulted has to be a list"),
    (RULE + "{id: a, route: review, approvals: {then: [{needed: 2}]}}", 3, 47, "this stage has no 'resolver'"),
    (
        RULE + "{id: a, route: review, approvals: {then: [{resolver: {manager: {}}, step_up: true}]}}",
        3,
        73,
        "unknown key 'step_up' in a stage of then",
    ),
    (
        RULE + "{id: a, route: review, approvals: {then: [{needed: 2, resolver: {agent: {name: x, below: high}}}]}}",
        3,
        56,
        "agent gives one approval",
    ),
    (
        RULE + "{id: a, route: review, approvals: {remind_after: 0s}}",
        3,
        54,
        "remind_after has to be longer than nothing",
    ),
    ("version: 1\nrules: []\nlimits: {per_tier: {hgih_per_hour: 3}}", 3, 21, "did you mean 'high_per_hour'?"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), REFUSED, ids=[case[3] for case in REFUSED])
def test_a_wrong_policy_is_refused_where_it_is_wrong(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        load_policy(text)
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_too_many_rules_are_refused() -> None:
    rules = "\n".join(f"- {{id: r{n}, route: block}}" for n in range(1001))
    with pytest.raises(InvalidPolicy, match="at most 1000 rules"):
        load_policy("version: 1\nrules:\n" + rules)


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(InvalidPolicy, match="longer than"):
        load_policy("#" * 1_000_001)
