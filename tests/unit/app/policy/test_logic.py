"""What can never hold, and what follows from what. Whatever is claimed is put to the test on drafts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.policy.cel_parser import parse
from app.policy.condition import EVALUATION_ERRORS, compile_condition
from app.policy.fact_values import Value
from app.policy.logic import ALWAYS, NEVER, All, Either, Formula, Is, Isnt, Opaque, negated
from app.policy.logic_reading import cannot_fail, formula_of
from app.policy.logic_solver import can_hold, implies
from tests.unit.app.policy.test_properties import CONDITIONS, FEWER, VALUES

NEVER_HOLDS = [
    "false",
    "1 == 2",
    '"a" in ["b"]',
    "deal.amount > 10 && deal.amount < 5",
    "deal.amount > 10.5 && 10.5 >= deal.amount",
    "deal.amount >= 10 && !(deal.amount > 9)",
    'deal.name == "a" && deal.name == "b"',
    'deal.name == "a" && deal.name != "a"',
    'deal.name < ""',
    'deal.name in ["a", "b"] && deal.name in ["c"]',
    'deal.name in ["a", "b"] && deal.name > "b"',
    'deal.close_date < "2026-01-01" && deal.close_date > "2026-02-01"',
    "checks.exists(c, c.severity in [])",
    'checks.exists(c, c.severity == "low" && c.severity == "high")',
    'risk.tier != "low" && risk.tier != "medium" && risk.tier != "high" && risk.tier != "critical"',
    "deal.known && !deal.known",
    "deal.known == true && deal.known != true",
    "(deal.known ? deal.on_hold : deal.on_hold) && !deal.on_hold",
    "thread.step > 1 && thread.step < 2",
    "thread.step >= 1 && thread.step <= 2 && thread.step != 1 && thread.step != 2",
    "size(commitments) < 0",
    "commitments.size() == 0 && size(commitments) > 0",
    'size(commitments) == 0 && commitments.exists(c, c.strength == "firm")',
    'commitments == [] && commitments.exists(c, c.strength == "firm")',
    "size(commitments) > 0 && commitments.all(c, false)",
    'commitments.all(c, c.strength == "firm") && commitments.exists(c, c.strength == "tentative")',
    'size(commitments.filter(c, c.strength == "firm")) > 0 && !commitments.exists(d, d.strength == "firm")',
    'commitments.exists_one(c, c.strength == "firm") && commitments.all(c, c.strength == "tentative")',
    '"vip" in deal.flags && size(deal.flags) == 0',
    '"vip" in deal.flags && !deal.flags.exists(f, f == "vip")',
    'draft.subject.startsWith("Re: ") && draft.subject.startsWith("Fwd: ")',
    'draft.subject.startsWith("Re: a") && !draft.subject.startsWith("Re: ")',
    'draft.subject.endsWith("abc") && !draft.subject.contains("b")',
    'draft.subject == "x" && draft.subject.contains("y")',
    'draft.subject.matches("a+") && !draft.subject.matches("a+")',
    "now.getHours() > 23",
    "now.getDayOfWeek() == 7",
    'now > timestamp("2026-02-01T00:00:00Z") && now < timestamp("2026-01-01T00:00:00+01:00")',
    "deal.owner == sender.id && sender.id != deal.owner",
    "deal.owner < sender.id && !(sender.id > deal.owner)",
    "!has(deal.amount)",
    "draft.attachments[0].filename == 'a' && draft.attachments[0].filename == 'b'",
    "(deal.known || deal.on_hold) && !deal.known && !deal.on_hold",
    "commitments.exists(a, commitments.exists(b, b.text == a.text && b.text != a.text))",
]

MAY_HOLD = [
    "true",
    "deal.amount > 10 && deal.amount < 11",
    "deal.amount >= 10 && deal.amount <= 10",
    'deal.name != "a" && deal.name != "b"',
    'deal.name > "a" && deal.name < "b"',
    'commitments.exists(c, c.strength == "firm") && commitments.exists(c, c.strength == "tentative")',
    'commitments.all(c, c.strength == "firm") && commitments.all(c, c.strength == "tentative")',
    "deal.flags.exists(f, f == 'a') && deal.flags.exists(f, f == 'b')",
    'draft.subject.startsWith("Re: ") && draft.subject.startsWith("Re: a")',
    'draft.subject.contains("a") && draft.subject.contains("b")',
    'draft.subject.contains("ab") && !draft.subject.startsWith("ab")',
    "deal.owner < sender.id && !(deal.owner <= sender.id)",  # opaque: not worth knowing
    "deal.amount * 2.0 > 10.0 && deal.amount * 2.0 < 5.0",  # sums may be no number at all
    "now.getHours() == 23 && size(draft.subject) > 10",
    'now - duration("24h") < now',
    "9007199254740993 == 9007199254740993",
    "commitments.map(c, c.text).size() > 3",
    "deal.known == deal.on_hold",
    "size(commitments.filter(c, c.strength == 'firm')) > 1",
    "(deal.known ? 1 : 2) == 3",
    "deal.flags + ['x'] == []",
    "draft.recipients == draft.external_recipients",
    'deal.owner in [sender.id, "x"]',
    "sender.id in draft.recipients",
]


@pytest.mark.parametrize("source", NEVER_HOLDS)
def test_what_can_never_hold_is_found(source: str) -> None:
    compile_condition(source)
    assert not can_hold(formula_of(parse(source)))
    assert can_hold(negated(formula_of(parse(source))))


@pytest.mark.parametrize("source", MAY_HOLD)
def test_what_might_hold_is_left_alone(source: str) -> None:
    compile_condition(source)
    assert can_hold(formula_of(parse(source)))


SAYS_THE_SAME = ("thread.step > 1", 'risk.tier in ["high", "critical"]')


@pytest.mark.parametrize(
    ("premise", "conclusion"),
    [
        ("deal.amount > 10", "deal.amount > 5"),
        ("deal.amount > 10", "deal.amount >= 10"),
        ('deal.name == "a"', 'deal.name in ["a", "b"]'),
        ('checks.exists(c, c.check == "ledger.moved")', 'checks.exists(k, k.check.startsWith("ledger."))'),
        ('checks.exists(c, c.severity == "high")', "size(checks) > 0"),
        ('checks.exists(c, c.severity == "high" && c.check == "a")', 'checks.exists(c, c.severity != "low")'),
        ("size(checks) == 0", 'checks.all(c, c.severity == "low")'),
        ('risk.tier in ["high", "critical"]', '!(risk.tier in ["low", "medium"])'),
        ("thread.step > 1", "thread.step >= 2"),
        ("deal.known && deal.on_hold", "deal.on_hold || sequence.known"),
    ],
)
def test_what_follows_is_found(premise: str, conclusion: str) -> None:
    stronger, weaker = formula_of(parse(premise)), formula_of(parse(conclusion))
    assert implies(stronger, weaker)
    assert not (implies(weaker, stronger) and premise != "thread.step > 1" and "risk" not in premise)


def test_a_question_that_is_too_large_stays_open() -> None:
    pairs = [Either((Is(Opaque(f"a{n}")), Is(Opaque(f"b{n}")))) for n in range(40)]
    three = [Opaque("x"), Opaque("y"), Opaque("z")]
    impossible: list[Formula] = [Either(tuple(Is(atom) for atom in three)), *(Isnt(atom) for atom in three)]
    assert not can_hold(All(tuple(impossible)))
    assert can_hold(All((*pairs, *impossible)))


def test_all_of_nothing_holds_and_one_of_nothing_does_not() -> None:
    assert can_hold(ALWAYS)
    assert not can_hold(NEVER)
    assert negated(ALWAYS) == NEVER


@pytest.mark.parametrize(
    "source",
    [
        "deal.amount > 10 && deal.known",
        "-1 < 2",
        "checks.exists(c, c.check.startsWith('a'))",
        "draft.subject.matches('a') ? size(checks) > 0 : deal.name in ['a']",
        "now.getHours() > 3 && now > timestamp('2026-01-01T00:00:00Z')",
    ],
)
def test_some_conditions_cannot_fail(source: str) -> None:
    assert cannot_fail(parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "draft.attachments[0].size > 1",
        "10 / thread.step > 1",
        "commitments.exists(c, int(c.text) > 1)",
        "draft.subject.matches(draft.action)",
        "-thread.step > 1",
        "timestamp(deal.close_date) < now",
    ],
)
def test_some_conditions_may_fail(source: str) -> None:
    assert not cannot_fail(parse(source))


def _records(**fields: st.SearchStrategy[Value]) -> st.SearchStrategy[list[dict[str, Value]]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=2)


WORDS = st.sampled_from(["", "a", "b", "ab", "2026-01-01"])
AMOUNTS = st.sampled_from([0.0, 1.0, 1.5, 2.0, 3.0])
STEPS = st.integers(-1, 3)
SOME_VALUES: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {
        "deal": st.fixed_dictionaries(
            {
                "known": st.booleans(),
                "name": WORDS,
                "close_date": st.sampled_from(["", "2026-01-01", "2026-06-01"]),
                "amount": AMOUNTS,
                "flags": st.lists(WORDS, max_size=2),
            }
        ),
        "thread": st.fixed_dictionaries({"step": STEPS}),
        "risk": st.fixed_dictionaries({"tier": st.sampled_from(["low", "medium", "high", "critical"])}),
        "commitments": _records(text=WORDS, strength=st.sampled_from(["firm", "tentative", "conditional"])),
        "now": st.just(datetime(2026, 1, 1, 10, tzinfo=UTC)),
    }
)
ATOMS = st.one_of(
    st.builds("deal.amount {} {}".format, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), AMOUNTS),
    st.builds("{1} {0} thread.step".format, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), STEPS),
    st.builds('deal.name {} "{}"'.format, st.sampled_from(["<", "<=", "==", "!="]), WORDS),
    st.builds('deal.name in ["{}", "{}"]'.format, WORDS, WORDS),
    st.builds('deal.name.{}("{}")'.format, st.sampled_from(["startsWith", "endsWith", "contains"]), WORDS),
    st.builds('"{}" in deal.flags'.format, WORDS),
    st.builds("size({}) {} {}".format, st.sampled_from(["deal.flags", "commitments"]), st.sampled_from("<>"), STEPS),
    st.builds('risk.tier in ["{}", "low"]'.format, st.sampled_from(["medium", "high"])),
    st.builds('deal.flags[{}] == "{}"'.format, st.integers(0, 2), WORDS),
    st.builds(
        'commitments.{}(c, c.strength {} "firm" {} c.text == "{}")'.format,
        st.sampled_from(["exists", "all", "exists_one"]),
        st.sampled_from(["==", "!="]),
        st.sampled_from(["&&", "||"]),
        WORDS,
    ),
    st.builds('size(commitments.filter(c, c.text != "{}")) {} 0'.format, WORDS, st.sampled_from(["==", ">", "<="])),
    st.sampled_from(["deal.known", "deal.known == true", "deal.close_date < '2026-02-01'", "now.getHours() > 9"]),
)
FORMULAS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["&&", "&&", "||"]), inner),
        inner.map("!({})".format),
        st.builds("(({}) ? ({}) : ({}))".format, inner, inner, inner),
    ),
    max_leaves=6,
)


def _answer(source: str, values: dict[str, Value]) -> object:
    try:
        return compile_condition(source).execute(values)
    except EVALUATION_ERRORS:
        return None


@FEWER
@given(FORMULAS, st.lists(SOME_VALUES, min_size=5, max_size=5))
def test_what_holds_for_some_draft_is_never_called_impossible(source: str, drafts: list[dict[str, Value]]) -> None:
    formula = formula_of(parse(source))
    for values in drafts:
        answer = _answer(source, values)
        if answer is True:
            assert can_hold(formula)
        elif answer is False:
            assert can_hold(negated(formula))
        else:
            assert not cannot_fail(parse(source))


@FEWER
@given(FORMULAS, FORMULAS, st.lists(SOME_VALUES, min_size=5, max_size=5))
def test_what_is_said_to_follow_follows_for_every_draft(
    premise: str, conclusion: str, drafts: list[dict[str, Value]]
) -> None:
    assume(cannot_fail(parse(conclusion)))
    if implies(formula_of(parse(premise)), formula_of(parse(conclusion))):
        for values in drafts:
            assert _answer(premise, values) is not True or _answer(conclusion, values) is True


@FEWER
@given(CONDITIONS)
def test_every_condition_can_be_reasoned_about(source: str) -> None:
    formula = formula_of(parse(source))
    assert can_hold(formula if compile_condition(source).execute(VALUES) else negated(formula))
