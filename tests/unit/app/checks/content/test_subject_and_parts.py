"""A promise in the subject, and two bodies that say different things."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.core.findings import Findings
from tests.unit.app.checks.builders import draft, facts, found, promise, results


def test_a_plain_part_that_says_more_than_the_html_is_told() -> None:
    mail = draft(html="<p>We are glad to help.</p>", text="We are glad to help, and give you 30% off for life.")

    (result,) = results("content.parts_differ", found("We are glad to help."), facts(), mail)

    assert result.severity is Severity.HIGH
    assert "30" in result.message


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("We are glad to help.", None),
        ("", "<p>We are glad to help.</p>"),
        ("We are glad\nto help!", "<p>We are glad to help.</p>"),
        ("We are glad to help: https://x.example", "<p>We are <a href='https://x.example'>glad</a> to help.</p>"),
        ("We are glad to help.", "<p>We are glad to help.</p><p>And more.</p>"),
    ],
)
def test_parts_that_say_the_same_are_fine(text: str, html: str | None) -> None:
    assert results("content.parts_differ", found("We are glad to help."), facts(), draft(html=html, text=text)) == []


def test_one_other_figure_is_enough() -> None:
    mail = draft(html="<p>We can take 8% off.</p>", text="We can take 12% off.")
    (result,) = results("content.parts_differ", found("We can take 8% off."), facts(), mail)
    assert "12" in result.message


def test_a_promise_in_the_subject_is_told() -> None:
    promised = found("We'll take 60% off", promise("We'll take 60% off")).commitments
    (result,) = results("content.subject", Findings(text="Hello.", subject=promised), facts())

    assert result.severity is Severity.MEDIUM
    assert "60%" in result.message
