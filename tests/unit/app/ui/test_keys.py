"""The keys of the page, as they stand in the code and in its documentation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from app import runtime

ROOT = Path(runtime.__file__).parents[1]


def test_every_key_is_documented_and_no_other() -> None:
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "app" / "ui").glob("*.py"))
    constants = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    keys = {each for each in constants if isinstance(each, str) and re.fullmatch("[A-Z]", each)}
    documented = re.findall(r"`([A-Z])`", (ROOT / "docs" / "page.md").read_text(encoding="utf-8"))
    assert sorted(documented) == sorted(keys)
