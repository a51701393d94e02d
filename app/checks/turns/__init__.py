"""Patterns of many turns of phrase, of which only those are tried whose words the text holds."""

from app.checks.turns.turns import Sought, Turns, may_match

__all__ = ["Sought", "Turns", "may_match"]
