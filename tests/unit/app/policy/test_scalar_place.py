"""A wrong name in a condition is found in the file, however YAML wraps the condition."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InvalidPolicy
from app.policy import load_policy
from app.policy.scalar_place import place_in
from app.policy.yaml_nodes import line_and_column

WRAPPED = {
    "plain": "deal.known && deal.NOPE",
    "plain over lines": "deal.known\n      &&\n\n      deal.NOPE",
    "single quoted": "'deal.name == ''x'' && deal.NOPE'",
    "single quoted over lines": "'deal.name == ''x''\n\n      && deal.NOPE'",
    "double quoted": r'"deal.name == \"\\\"\" && deal.NOPE"',
    "double quoted over lines": '"deal.name == \\"\\x41\\t\\u0020\\" \\\n        && deal.NOPE"',
    "literal": "|\n      deal.known &&\n      deal.NOPE",
    "literal, indented": "|2-   # why\n        deal.known &&\n\n          deal.NOPE\n",
    "folded": ">-\n      deal.known\n      && deal.NOPE\n",
    "folded, with a comment in the condition": ">\n      deal.known &&   // deal\n        deal.NOPE",
    "anchored": "&a !!str 'deal.known && deal.NOPE'",
}


@pytest.mark.parametrize("written", WRAPPED.values(), ids=WRAPPED.keys())
@pytest.mark.parametrize("start", ["", "# π\r\n", "\ufeff"])
def test_the_place_of_a_wrong_name(written: str, start: str) -> None:
    text = f"{start}version: 1\nrules:\n  - id: a\n    route: block\n    when: {written}\n    why: x\n"
    with pytest.raises(InvalidPolicy) as caught:
        load_policy(text)
    assert (caught.value.line, caught.value.column) == line_and_column(text, text.index("NOPE"))


def test_the_end_of_a_condition() -> None:
    with pytest.raises(InvalidPolicy, match="found the end") as caught:
        load_policy("version: 1\nrules:\n  - {id: a, route: block, when: 'deal.known && '}")
    assert (caught.value.line, caught.value.column) == (3, 47)


@given(
    value=st.text(st.characters(blacklist_categories=["Cs"]), min_size=1),
    style=st.sampled_from(["'", '"', "|", ">", None]),
    width=st.integers(5, 40),
    data=st.data(),
)
def test_every_visible_character_is_found(value: str, style: str | None, width: int, data: st.DataObject) -> None:
    text = yaml.dump({"k": {"when": value}}, default_style=style, allow_unicode=True, width=width)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    scalar = root.value[0][1].value[0][1]
    shown = [offset for offset, character in enumerate(value) if not character.isspace()]
    if not shown or scalar.value != value:
        return
    offset = data.draw(st.sampled_from(shown))
    line, column = place_in(text, scalar, offset)
    assert text.split("\n")[line - 1][column - 1] in (value[offset], "\\")
