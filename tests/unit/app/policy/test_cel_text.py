"""Trees back into text, and nodes in place of names."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.policy.cel_parser import parse
from app.policy.cel_substitute import names_in, substituted
from app.policy.cel_text import literal_text, text_of_tree
from app.policy.condition import compile_condition
from tests.unit.app.policy.test_conditions import ACCEPTED
from tests.unit.app.policy.test_properties import CONDITIONS, FEWER, VALUES


@pytest.mark.parametrize("source", ACCEPTED)
def test_the_text_of_a_tree_reads_as_the_same_tree(source: str) -> None:
    text = text_of_tree(parse(source))
    assert text_of_tree(parse(text)) == text


@FEWER
@given(CONDITIONS)
def test_the_text_of_a_tree_says_the_same(source: str) -> None:
    text = text_of_tree(parse(source))
    assert compile_condition(text).execute(VALUES) == compile_condition(source).execute(VALUES)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(deal.known || deal.on_hold) && true", "(deal.known || deal.on_hold) && true"),
        ("!(deal.known && deal.on_hold)", "!(deal.known && deal.on_hold)"),
        ("1 - (2 - 3) == 4", "1 - (2 - 3) == 4"),
        ("(1 - 2) - 3 == 4", "1 - 2 - 3 == 4"),
        ("(1 + 2) * 3 == 9", "(1 + 2) * 3 == 9"),
        ("!(-1 == 1)", "!(-1 == 1)"),
        ("(true ? false : true) ? deal.known : true", "(true ? false : true) ? deal.known : true"),
        ("(deal.known ? deal.owner : sender.id).size() > 0", "(deal.known ? deal.owner : sender.id).size() > 0"),
        (r"""draft.subject == 'a"\n\u00e9\u200b'""", r'draft.subject == "a\"\né\U0000200b"'),
        ("deal.amount > 1e22", "deal.amount > 1e+22"),
    ],
)
def test_brackets_stand_only_where_they_are_needed(source: str, text: str) -> None:
    assert text_of_tree(parse(source)) == text


@pytest.mark.parametrize(("value", "text"), [(True, "true"), (2, "2"), (2.5, "2.5"), ('"', r'"\""'), ("\\", r'"\\"')])
def test_values_are_written_as_conditions_write_them(value: str | float | bool, text: str) -> None:
    assert literal_text(value) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('c.text == "x" && deal.known', 'checks[0].text == "x" && deal.known'),
        ("commitments.exists(c, c.text == d)", "commitments.exists(c, c.text == d)"),
        ("c.exists(d, d == c)", "checks[0].exists(d, d == checks[0])"),
        # The macro's own variable would catch the fact that is put in.
        ("deal.flags.exists(checks, checks == c.text)", "deal.flags.exists(checks_, checks_ == checks[0].text)"),
        (
            "size([c.text, c.text[0]]) > -(c.size) ? c.a : !c.b",
            "size([checks[0].text, checks[0].text[0]]) > -checks[0].size ? checks[0].a : !checks[0].b",
        ),
    ],
)
def test_a_node_stands_in_for_a_name_where_the_name_means_it(source: str, text: str) -> None:
    assert text_of_tree(substituted(parse(source), {"c": parse("checks[0]")})) == text


def test_names_are_facts_and_variables() -> None:
    assert names_in(parse("commitments.exists(c, c.text == deal.name)")) == {"commitments", "c", "deal"}
