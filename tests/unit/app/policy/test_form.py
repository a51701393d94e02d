"""Conditions as forms: into CEL, back again, and into English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InvalidInput
from app.policy.cel_syntax import CelError
from app.policy.condition import compile_condition
from app.policy.form import FieldTest, Form, Items, Match, Value, cel_of
from app.policy.form_fields import Comparison, FormField, Kind, field_named, offered_fields, offered_items
from app.policy.form_reading import can_be_form, form_of
from app.policy.form_words import field_words, words_of
from tests.unit.app.policy.test_properties import FEWER


def a_test(field: str, comparison: Comparison, value: Value) -> FieldTest:
    """A line, in short."""
    return FieldTest(field=field, comparison=comparison, value=value)


LARGE = a_test("deal.amount", Comparison.AT_LEAST, 100_000)
FIRM = Items(list="commitments", found=True, tests=(a_test("strength", Comparison.IS, "firm"),))

CASES = [
    (Form(), "true", "always"),
    (
        Form(lines=(LARGE, FIRM)),
        'deal.amount >= 100000 && commitments.exists(item, item.strength == "firm")',
        'the deal\'s amount is at least 100,000 and there is a promise whose strength is "firm"',
    ),
    (
        Form(
            match=Match.ANY,
            lines=(
                a_test("deal.on_hold", Comparison.IS, value=True),
                a_test("sequence.known", Comparison.IS, value=False),
                a_test("deal.stage", Comparison.NONE_OF, ("proposal", "negotiation")),
            ),
        ),
        'deal.on_hold || !sequence.known || !(deal.stage in ["proposal", "negotiation"])',
        "the deal is on hold, or the mail belongs to no sequence, or the deal's stage is none of "
        '"proposal", "negotiation"',
    ),
    (
        Form(
            lines=(
                Items(
                    list="checks",
                    found=False,
                    tests=(
                        a_test("severity", Comparison.ONE_OF, ("high", "block")),
                        a_test("check", Comparison.STARTS_WITH, "deal."),
                    ),
                ),
                a_test("size(commitments)", Comparison.IS, 0),
                a_test("deal.flags", Comparison.INCLUDES, "vip"),
                a_test("deal.paused_sequences", Comparison.EXCLUDES, "s1"),
            )
        ),
        '!checks.exists(item, item.severity in ["high", "block"] && item.check.startsWith("deal.")) && '
        'size(commitments) == 0 && "vip" in deal.flags && !("s1" in deal.paused_sequences)',
        'there is no result of a check whose severity is one of "high", "block" and whose id begins with "deal." and '
        'the number of promises is 0 and the deal\'s flags include "vip" and '
        'the deal\'s paused sequences do not include "s1"',
    ),
    (
        Form(
            lines=(
                a_test("deal.close_date", Comparison.LESS_THAN, "2026-12-31"),
                a_test("draft.on_behalf_of", Comparison.IS_NOT, "sam"),
                Items(list="draft.attachments", found=True, tests=(a_test("size", Comparison.MORE_THAN, 5),)),
                Items(list="contacts", found=True, tests=(a_test("sensitive", Comparison.IS, value=True),)),
                a_test("deal.owner", Comparison.IS, ""),
            )
        ),
        'deal.close_date < "2026-12-31" && draft.on_behalf_of != "sam" && '
        'draft.attachments.exists(item, item.size > 5) && contacts.exists(item, item.sensitive) && deal.owner == ""',
        'the deal\'s close date is before "2026-12-31" (or not known) and the person in whose name the mail goes '
        'out is not "sam" and there is an attached file whose size is more than 5 and there is a recipient that is '
        "marked as sensitive and the deal's owner is empty",
    ),
]


@pytest.mark.parametrize(("form", "source", "words"), CASES)
def test_a_form_is_cel_and_english_and_comes_back(form: Form, source: str, words: str) -> None:
    assert cel_of(form) == source
    assert form_of(source) == form
    assert words_of(form) == words


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("100000 <= deal.amount", Form(lines=(LARGE,))),
        ("commitments.size() == 0", Form(lines=(a_test("size(commitments)", Comparison.IS, 0),))),
        ("deal.known == false", Form(lines=(a_test("deal.known", Comparison.IS, value=False),))),
        ("deal.known != true", Form(lines=(a_test("deal.known", Comparison.IS, value=False),))),
        ("!!deal.known", Form(lines=(a_test("deal.known", Comparison.IS, value=True),))),
        ("thread.step > -1", Form(lines=(a_test("thread.step", Comparison.MORE_THAN, -1),))),
        ('commitments.exists(c, (c.strength == "firm"))', Form(lines=(FIRM,))),
    ],
)
def test_other_spellings_are_read_too(source: str, form: Form) -> None:
    assert form_of(source) == form


@pytest.mark.parametrize(
    "source",
    [
        "deal.known && (deal.on_hold || thread.known)",
        "deal.amount > 1 ? deal.known : deal.on_hold",
        'commitments.all(c, c.strength == "firm")',
        'commitments.exists(c, c.strength == "firm" || c.kind == "meeting")',
        "commitments.exists(c, c.text == deal.name)",
        "deal.owner == sender.id",
        "deal.flags.exists(f, f == 'a')",
        "!(deal.amount > 5)",
        "now > timestamp('2026-01-01T00:00:00Z')",
        "deal.amount in [1.5]",
        "draft.attachments[0].size > 1",
        "false",
        'draft.subject.matches("x")',
        'deal.close_date.startsWith("2026")',
        "deal.known == deal.on_hold",
        'deal.name in [deal.id, "x"]',
    ],
)
def test_what_no_form_says_has_none(source: str) -> None:
    assert form_of(source) is None
    assert not can_be_form(source)


def test_a_wrong_condition_has_no_form() -> None:
    assert not can_be_form("deal.amont > 1")
    with pytest.raises(CelError, match="did you mean"):
        form_of("deal.amont > 1")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            a_test("deal.amont", Comparison.IS, 1),
            "line 1: there is no field 'deal.amont'; did you mean 'deal.amount'?",
        ),
        (
            a_test("deal.amount", Comparison.CONTAINS, "1"),
            "line 1: 'deal.amount' cannot be compared by 'contains'; use is, ",
        ),
        (a_test("deal.amount", Comparison.IS, "1"), "line 1: 'deal.amount' is compared with a number"),
        (a_test("deal.amount", Comparison.IS, value=True), "is compared with a number"),
        (a_test("thread.step", Comparison.IS, 1.5), "is compared with a whole number"),
        (a_test("deal.known", Comparison.IS, 1), "is compared with a yes or no"),
        (a_test("deal.name", Comparison.IS, ("a",)), "is compared with a text"),
        (a_test("deal.name", Comparison.ONE_OF, ()), "is compared with several values; name at least one"),
        (a_test("deal.name", Comparison.ONE_OF, "a"), "is compared with several values"),
        (a_test("risk.tier", Comparison.IS, "grave"), 'condition: risk.tier is never "grave"'),
        (a_test("deal.close_date", Comparison.IS, "soon"), "condition: deal.close_date is a day"),
        (Items(list="promises", found=True, tests=()), "say at least one thing"),
        (
            Items(list="comitments", found=True, tests=FIRM.tests),
            "there is no list 'comitments'; did you mean 'commitments'?",
        ),
        (
            Items(list="commitments", found=True, tests=(a_test("strenth", Comparison.IS, "firm"),)),
            "there is no field 'strenth'; did you mean 'strength'?",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(line: FieldTest | Items, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        cel_of(Form(lines=(line,)))
    assert message in str(caught.value)


def _value(field: FormField, comparison: Comparison) -> st.SearchStrategy[Value]:
    texts = st.sampled_from(field.choices) if field.choices else st.sampled_from(["", "a", 'b "c"', "\\d\n"])
    if comparison in (Comparison.ONE_OF, Comparison.NONE_OF):
        return st.lists(texts, min_size=1, max_size=3).map(tuple)
    kinds: dict[Kind, st.SearchStrategy[Value]] = {
        Kind.YES_NO: st.booleans(),
        Kind.WHOLE: st.integers(-5, 5),
        Kind.NUMBER: st.integers(-5, 5) | st.sampled_from([1.5, -2.25, 1e22]),
        Kind.DAY: st.sampled_from(["2026-01-01", ""]),
    }
    return kinds.get(field.kind, texts)


def _tests(fields: dict[str, FormField]) -> st.SearchStrategy[FieldTest]:
    pairs = st.sampled_from([(field, comparison) for field in fields.values() for comparison in field.comparisons])
    return pairs.flatmap(lambda pair: st.builds(a_test, st.just(pair[0].path), st.just(pair[1]), _value(*pair)))


LINES = _tests(dict(offered_fields())) | st.sampled_from(list(offered_items().items())).flatmap(
    lambda item: st.builds(
        Items,
        list=st.just(item[0]),
        found=st.booleans(),
        tests=st.lists(_tests(dict(item[1])), min_size=1, max_size=3).map(tuple),
    )
)


@FEWER
@given(st.builds(Form, match=st.sampled_from(Match), lines=st.lists(LINES, min_size=2, max_size=4).map(tuple)))
def test_every_form_that_is_offered_works(form: Form) -> None:
    source = cel_of(form)
    compile_condition(source)
    assert form_of(source) == form
    assert words_of(form)


@pytest.mark.parametrize("path", offered_fields())
def test_every_field_has_words_of_its_own(path: str) -> None:
    field = field_named(path, "line 1")
    words = (
        field_words(path)
        if field.kind is not Kind.YES_NO
        else words_of(Form(lines=(a_test(path, Comparison.IS, True),)))
    )
    assert "_" not in words
    assert "." not in words
    assert field.meaning


def test_moments_are_left_to_cel() -> None:
    assert "now" not in offered_fields()
    assert "commitments" not in offered_fields()
    assert set(offered_items()) >= {"commitments", "checks", "contacts", "draft.attachments"}
