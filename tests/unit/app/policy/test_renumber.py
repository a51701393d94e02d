"""A text under another number, otherwise untouched."""

from __future__ import annotations

import pytest

from app.core.errors import InvalidPolicy
from app.policy.document import load_policy
from app.policy.renumber import renumbered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 3 # three\nrules: []\n", "version: 12 # three\nrules: []\n"),
        ("# π and a comment\nrules: []\nversion:   3\n", "# π and a comment\nrules: []\nversion:   12\n"),
        ("{rules: [], version: 3}", "{rules: [], version: 12}"),
    ],
)
def test_only_the_number_changes(text: str, expected: str) -> None:
    assert renumbered(text, 12) == expected
    assert load_policy(expected).version == 12


@pytest.mark.parametrize("text", ["rules: []\n", "[version, 3]"])
def test_a_text_without_a_version_is_refused(text: str) -> None:
    with pytest.raises(InvalidPolicy, match="'version' is missing"):
        renumbered(text, 2)
