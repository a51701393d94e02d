"""Whether a rewrite makes the sender promise more than before."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.checks import Suggestion
from app.core.findings import Commitment, Findings, Strength


def added_promise(before: Findings, after: Findings, changes: Sequence[Suggestion]) -> Commitment | None:
    """The first promise after the changes that none before them accounts for: a new one, or one made firm.

    `changes` count in the text before and do not overlap. A promise stands where an earlier one stood, or in words
    that replaced some of its words; each earlier one accounts for one later.
    """
    left = list(before.commitments)
    for promise in after.commitments:
        start, end = _before(promise.start, changes), _before(promise.end, changes, at_end=True)
        kin = [old for old in left if old.start < end and start < old.end]
        old = next((old for old in kin if old.strength is promise.strength), kin[0] if kin else None)
        if old is None or (promise.strength is Strength.FIRM and old.strength is not Strength.FIRM):
            return promise
        left.remove(old)
    return None


def _before(place: int, changes: Sequence[Suggestion], *, at_end: bool = False) -> int:
    """Where a place in the changed text was; within new words, the start or the end of those they replaced."""
    moved = 0
    for change in sorted(changes, key=lambda change: change.start):
        start = change.start + moved
        end = start + len(change.replacement)
        if place < start or (place == start and at_end):
            break
        if place < end or (place == end and at_end):
            return change.end if at_end else change.start
        moved += len(change.replacement) - (change.end - change.start)
    return place - moved
