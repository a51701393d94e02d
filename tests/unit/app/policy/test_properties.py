"""What holds for every text: a policy or a clear refusal, and no accepted condition fails for its types."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.checks import Severity
from app.core.errors import InvalidPolicy
from app.policy import Policy, load_policy
from app.policy.cel_syntax import CelError
from app.policy.cel_types import CelType, Field, ListOf, Record, Scalar
from app.policy.condition import compile_condition
from app.policy.fact_model import FACTS
from app.policy.fact_values import cel_facts
from tests.unit.app.policy.samples import LOW, commitment, deal, draft, facts, findings, result
from tests.unit.app.policy.test_document import FULL

SAMPLE = (Path(__file__).parents[4] / "sample_data" / "policy.yaml").read_text(encoding="utf-8")
SOME_RULES = SAMPLE[:1500]
VALUES = cel_facts(draft(), findings(commitment()), [result(Severity.HIGH)], LOW, facts(of_deal=deal()))
FEWER = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_clear(text: str) -> bool:
    """Whether the text is either a policy or refused with a place inside it."""
    try:
        return isinstance(load_policy(text), Policy)
    except InvalidPolicy as error:
        lines = len(text.splitlines()) + 1
        return error.line is not None and error.column is not None and 1 <= error.line <= lines and error.column >= 1


@FEWER
@given(st.text(st.characters()))
def test_any_text_is_a_policy_or_refused(text: str) -> None:
    assert is_clear(text)


YAML = r"""{ } [ ] : - &a *a !!int | >- ' " \ # << ? ~ % true no 1 24h review rules id when deal.amount == null"""
YAML_WORDS = st.sampled_from([*YAML.split(), "\n", "  ", "\n  - "])


@FEWER
@given(base=st.sampled_from([FULL, SOME_RULES]), data=st.data())
def test_a_damaged_policy_is_a_policy_or_refused(base: str, data: st.DataObject) -> None:
    text = base
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(YAML_WORDS | st.text(max_size=3)) + text[end:]
    assert is_clear(text)


CEL = """deal draft checks c . amount subject known ( ) [ ] , && || ! - == < in ? : + 1 2.5 "x" r'y' true exists map
    size has //"""
CEL_WORDS = st.sampled_from(CEL.split())


@FEWER
@given(st.lists(CEL_WORDS, max_size=14).map(" ".join) | st.text(max_size=20))
def test_any_condition_runs_or_is_refused_inside_it(source: str) -> None:
    try:
        program = compile_condition(source)
    except CelError as error:
        assert 0 <= error.offset <= len(source)  # noqa: PT017 (either outcome is right)
    else:
        with suppress(IndexError):
            assert program.execute(VALUES) in (True, False)


def paths(fields: dict[str, Field], prefix: str = "") -> list[tuple[str, CelType]]:
    """Every fact that can be named without an index, with its type."""
    found: list[tuple[str, CelType]] = []
    for name, field in fields.items():
        found.append((prefix + name, field.type))
        if isinstance(field.type, Record):
            found += paths(dict(field.type.fields), f"{prefix}{name}.")
    return found


LEAVES = [(path, type_) for path, type_ in paths(dict(FACTS)) if isinstance(type_, Scalar)]
LISTS = [(path, type_.item) for path, type_ in paths(dict(FACTS)) if isinstance(type_, ListOf)]
LITERALS = {
    "text": ['"x"', '""', "'y'"],
    "number": ["1.5", "100000.0", "0.25"],
    "whole number": ["0", "3", "0x1F"],
    "yes or no": ["true", "false"],
    "moment": ['timestamp("2026-11-18T10:00:00Z")'],
}


@st.composite
def comparison(draw: st.DrawFn, path: str, type_: Scalar) -> str:
    """The fact compared with something of its own type."""
    if type_.choices:
        return f'{path} in ["{draw(st.sampled_from(type_.choices))}"]'
    if type_.name == "yes or no":
        return draw(st.sampled_from([path, f"!{path}", f"{path} == true"]))
    literal = '"2026-11-20"' if type_.is_day else draw(st.sampled_from(LITERALS[type_.name]))
    form = draw(
        st.sampled_from(["{0} == {1}", "{0} <= {1}", "{1} > {0}", "{0} in [{1}]", "(true ? {0} : {1}) != {1}"])
    )
    return form.format(path, literal)


@st.composite
def over_list(draw: st.DrawFn) -> str:
    """A macro over one of the lists."""
    path, item = draw(st.sampled_from(LISTS))
    macro = draw(st.sampled_from(["exists", "all", "exists_one"]))
    if isinstance(item, Record):
        name, field = draw(st.sampled_from(list(item.fields.items())))
        assert isinstance(field.type, Scalar)
        body = draw(comparison(f"x.{name}", field.type))
    else:
        assert isinstance(item, Scalar)
        body = draw(comparison("x", item))
    form = draw(st.sampled_from(["{0}.{1}(x, {2})", "{0}.filter(x, {2}).size() > 0", "size({0}.map(x, {2})) == 0"]))
    return form.format(path, macro, body)


CONDITIONS = st.recursive(
    st.sampled_from(LEAVES).flatmap(lambda leaf: comparison(*leaf)) | over_list(),
    lambda inner: (
        st.builds("({0}) {2} ({1})".format, inner, inner, st.sampled_from(["&&", "||", "=="]))
        | inner.map("!({})".format)
    ),
    max_leaves=5,
)


@FEWER
@given(CONDITIONS)
def test_a_condition_with_fitting_types_is_accepted_and_runs(source: str) -> None:
    assert compile_condition(source).execute(VALUES) in (True, False)
