"""A policy's text under another version number, otherwise as it was written."""

from __future__ import annotations

import yaml

from app.core.errors import InvalidPolicy
from app.policy.yaml_nodes import read_document


def renumbered(text: str, version: int) -> str:
    """The text with this number as its `version`. Raises InvalidPolicy where it has none."""
    root = read_document(text)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    for key, value in pairs:
        if key.value == "version":
            return f"{text[: value.start_mark.index]}{version}{text[value.end_mark.index :]}"
    raise InvalidPolicy("'version' is missing; every policy has one", line=1, column=1)
