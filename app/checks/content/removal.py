"""Suggestions that take a passage out, where what stays still reads as a whole."""

from __future__ import annotations

from app.checks.content.passages import Stretch
from app.core.checks import Suggestion

_OPENING, _CLOSING = "([", ")]"


def without_line(stretch: Stretch, start: int, end: int, why: str) -> Suggestion | None:
    """Takes out the whole line in which the passage stands, with the blank line that then is one too many."""
    first, last = stretch.line(start)[0], stretch.line(max(start, end - 1))[1]
    return _taken_out(stretch, first, last, why)


def without_sentence(stretch: Stretch, start: int, end: int, why: str) -> Suggestion | None:
    """Takes out the parenthesis around the passage, or else its whole sentence."""
    bracket = _bracket(stretch.text, start, end)
    first, last = bracket or stretch.sentence(start)
    if not bracket and last < end:
        return None
    while first > stretch.start and stretch.text[first - 1] in " \t":
        first -= 1
    return _taken_out(stretch, first, last, why)


def _bracket(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A pair of brackets in one line that hold the passage, or are its own ends."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    opening = max(text.rfind(mark, line_start, start + 1) for mark in _OPENING)
    if opening < 0:
        return None
    closing = text.find(_CLOSING[_OPENING.index(text[opening])], end - 1, line_end)
    inner = text[opening + 1 : closing]
    return (opening, closing + 1) if closing >= 0 and not set(inner) & set("()[]") else None


def _taken_out(stretch: Stretch, first: int, last: int, why: str) -> Suggestion | None:
    """None where nothing would stay, or where the words stand in the subject."""
    text = stretch.text
    at_line_start = first == 0 or text[first - 1] == "\n"
    if at_line_start:
        while last < len(text) and text[last] in " \t":
            last += 1
        while last < len(text) and text[last] == "\n" and (first == 0 or text[first - 1] == "\n"):
            last += 1
            if first >= 2 and text[first - 2 : first] != "\n\n":
                break
    if stretch.is_subject or not (text[:first] + text[last:]).strip() or first >= last:
        return None
    return Suggestion(start=first, end=last, replacement="", why=why)
