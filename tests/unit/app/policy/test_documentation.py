"""What the documentation shows is a policy, and names all there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core.approvals import ResolverKind
from app.core.routes import Route
from app.policy.catalogue import actions_table
from app.policy.cel_functions import FUNCTIONS, MACROS, METHODS
from app.policy.fact_model import facts_table
from app.policy.router import BLOCKING_CHECK, NO_RULE, RULE_ERROR, UNKNOWN_FACT
from app.policy.soundness import checked_policy

DOCUMENT = (Path(__file__).parents[4] / "docs" / "policy.md").read_text(encoding="utf-8")


def test_the_table_of_facts_stands_in_the_documentation() -> None:
    """To mend it, put the output of `facts_table()` into the document."""
    assert facts_table() in DOCUMENT


def test_the_catalogue_of_actions_stands_in_the_documentation() -> None:
    """To mend it, put the output of `actions_table()` into the document."""
    assert actions_table() in DOCUMENT


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL))
def test_every_example_is_a_policy_without_warnings(text: str) -> None:
    assert checked_policy(text).warnings == ()


@pytest.mark.parametrize("word", [*FUNCTIONS, *MACROS, *METHODS, *Route, *ResolverKind])
def test_every_word_of_the_format_is_named(word: str) -> None:
    assert re.search(rf"\b{word}\b", DOCUMENT.replace(facts_table(), ""))


@pytest.mark.parametrize("floor", [BLOCKING_CHECK, UNKNOWN_FACT, RULE_ERROR, NO_RULE])
def test_every_floor_is_named(floor: str) -> None:
    assert f"`{floor}`" in DOCUMENT
