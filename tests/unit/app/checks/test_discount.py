"""The check on discounts: what counts as given away, and what is only a percentage."""

from __future__ import annotations

import pytest

from app.checks.discount import percentages
from app.core.findings import Kind
from tests.unit.app.checks.builders import deal, facts, found, promise, results, rewritten


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We'll give you a 20% discount", "We'll give you a 15% discount"),
        ("We can go to 17.5 percent", "We can go to 15 percent"),
        ("twenty-two percent off the first year", "15 percent off the first year"),
        ("a discount of 18 % if you pay 50% up front", "a discount of 15 % if you pay 50% up front"),
        ("I'd knock 30% off", "I'd knock 15% off"),
    ],
)
def test_more_than_the_cap_is_brought_down_to_it(text: str, after: str) -> None:
    findings = found(text, promise(text, kind=Kind.CONCESSION))

    (result,) = results("discount.cap", findings, deal(discount_cap=15))

    assert rewritten(findings, result) == after
    assert result.evidence[0].value == "15"


def test_a_discount_counts_in_any_promise() -> None:
    text = "I'll send the quote with a 20% discount"

    assert results("discount.cap", found(text, promise(text)), deal(discount_cap=15))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We'll give you a 15% discount", Kind.CONCESSION),
        ("We guarantee 99.9% uptime", Kind.GUARANTEE),
        ("We can invoice 50% upfront", Kind.CONCESSION),
        ("We'll cap the increase at 20%", Kind.CONCESSION),
        ("We accept a liability cap of 150%", Kind.CONCESSION),
        ("We'll have 80% of it done by Friday", Kind.DELIVERABLE),
        ("10% off, and the deposit stays at 30%", Kind.CONCESSION),
    ],
)
def test_other_percentages_are_none(text: str, kind: Kind) -> None:
    assert results("discount.cap", found(text, promise(text, kind=kind)), deal(discount_cap=15)) == []


def test_without_a_cap_there_is_nothing_to_exceed() -> None:
    text = "We'll give you a 90% discount"
    findings = found(text, promise(text, kind=Kind.CONCESSION))

    assert results("discount.cap", findings, deal(discount_cap=None)) == []
    assert results("discount.cap", findings, facts(deal=None)) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5% and 7,5 pct", [5, 7.5]),
        ("fifteen per cent", [15]),
        ("forty five percent", [45]),
        ("5 percentiles", []),
    ],
)
def test_percentages_in_digits_and_words(text: str, values: list[float]) -> None:
    assert [p.value for p in percentages(text)] == values
