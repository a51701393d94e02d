"""Putting a check's safe rewrite into a text that may have been changed since."""

from __future__ import annotations

from app.core.assessment import Assessment
from app.core.checks import Suggestion
from app.core.drafts import Draft


def edit_base(draft: Draft, assessment: Assessment) -> str:
    """The text that an edit starts from: what the reader sees, as plain text, without what is hidden from them."""
    if draft.html is None:
        return draft.text
    text = assessment.findings.text
    for hidden in sorted(assessment.findings.hidden, key=lambda h: -h.start):
        text = text[: hidden.start] + text[hidden.end :]
    return text.rstrip() + "\n"


def apply_suggestion(current: str, shown: str, suggestion: Suggestion) -> str | None:
    """`current` with the suggestion in it, or None where its place cannot be told for certain.

    The suggestion counts in `shown`. Its place is certain where all before it is unchanged, or where the words
    that it replaces stand in the text exactly once.
    """
    start, end = suggestion.start, suggestion.end
    old = shown[start:end]
    if current[:end] == shown[:end]:
        return current[:start] + suggestion.replacement + current[end:]
    if old and current.count(old) == 1:
        return current.replace(old, suggestion.replacement)
    return None
