"""How much of what an agent wrote people changed."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from app.core.autonomy import Outcome
from app.core.drafts import Draft

LIGHT_BELOW = 0.1
_MOST_COMPARED = 1000
"""Words; what is longer once equal beginnings and ends are off counts as changed throughout."""


def edit_outcome(written: Draft, sent: Draft) -> Outcome:
    """What people made of the agent's draft before it left."""
    if written == sent:
        return Outcome.UNCHANGED
    if replace(written, subject=sent.subject, text=sent.text, html=sent.html) != sent:
        return Outcome.HEAVY_EDIT
    with_html = written.html is not None and sent.html is not None
    share = changed_share(_words(written, with_html=with_html), _words(sent, with_html=with_html))
    return Outcome.LIGHT_EDIT if share < LIGHT_BELOW else Outcome.HEAVY_EDIT


def changed_share(before: list[str], after: list[str]) -> float:
    """Words that were taken out, put in or replaced, in proportion to the words before; it can be above 1."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    old, new = before[start:], after[start:]
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    return _changed(old, new) / max(1, len(before))


def _changed(old: list[str], new: list[str]) -> int:
    if max(len(old), len(new)) > _MOST_COMPARED:
        return max(len(old), len(new))
    blocks = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return sum(max(end - at, new_end - new_at) for tag, at, end, new_at, new_end in blocks if tag != "equal")


def _words(draft: Draft, *, with_html: bool) -> list[str]:
    """Of subject and text; of the HTML body too where there still is one: it goes where only the text is edited."""
    return f"{draft.subject}\n{draft.text}\n{draft.html if with_html else ''}".split()
