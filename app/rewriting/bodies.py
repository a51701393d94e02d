"""Replacements in the bodies of a draft, its text and its HTML, such that every reader reads the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.checks import Suggestion
from app.core.drafts import Draft
from app.rewriting.places import Unplaceable, in_html, in_plain_text, replaced


def rewritten(draft: Draft, shown: str, changes: Sequence[Suggestion]) -> Draft:
    """The draft with the changes in all its bodies. They count in `shown` and do not overlap.

    `shown` is the text that was judged: the draft's own, or its HTML as rendered. Raises Unplaceable where it cannot
    be told for certain which words of a body to replace; nothing is ever replaced on a guess.
    """
    if draft.html is None and draft.text != shown:
        raise Unplaceable("the text is no longer the one that was judged; submit it again")
    text, html, seen = draft.text, draft.html, shown
    for change in sorted(changes, key=lambda change: (change.start, change.end), reverse=True):
        if html is None:
            text = replaced(text, change)
            continue
        html = in_html(html, seen, change)
        text = in_plain_text(text, seen, change)
        seen = replaced(seen, change)
    return replace(draft, text=text, html=html)
