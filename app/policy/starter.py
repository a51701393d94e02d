"""The policy to start from, as it is printed; every default in it is shown to work by the tests."""

from __future__ import annotations

from importlib.resources import files


def starter_text() -> str:
    """The starter policy's text."""
    return files("app.policy").joinpath("starter.yaml").read_text(encoding="utf-8")
