"""What docs/actions.md shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

from app.actions.intake import action_from_json
from app.policy.document import load_policy
from app.policy.soundness import flaws_in

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "actions.md").read_text(encoding="utf-8")


def _shown(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_action_can_be_proposed() -> None:
    assert action_from_json(_shown("json")).headline == "update record: opportunity 006A1 in salesforce"


def test_the_rules_can_be_published() -> None:
    policy = load_policy("version: 1\n" + _shown("yaml"))
    assert policy.warnings == ()
    assert flaws_in(policy) == ()
