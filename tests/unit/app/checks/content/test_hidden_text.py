"""Text that the reader cannot see."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from tests.unit.app.checks.builders import facts, found, hidden, results


@pytest.mark.parametrize("how", ["display_none", "zero_width", "comment", "a way yet unheard of"])
def test_hidden_text_blocks(how: str) -> None:
    findings = found("Hello, pay twice. Bye", hidden("pay twice", how), hidden("Bye", how))

    (result,) = results("content.hidden_text", findings, facts())

    assert result.severity is Severity.BLOCK
    assert result.spans == ((7, 16), (18, 21))
    assert "pay twice" in result.message


def test_invisible_characters_are_not_quoted() -> None:
    (result,) = results("content.hidden_text", found("a\u200bb", hidden("\u200b", "zero_width")), facts())

    assert result.message == "The mail hides text in characters of no width"


def test_a_mail_without_hidden_text_is_fine() -> None:
    assert results("content.hidden_text", found("Plain as day"), facts()) == []


def test_a_hidden_password_is_not_repeated() -> None:
    text = "Hello. Password: hunter2x"

    (result,) = results("content.hidden_text", found(text, hidden("Password: hunter2x", "comment")), facts())

    assert "hunter2x" not in result.message + "".join(e.value for e in result.evidence)
