"""The suggestions of a verdict, each with the number by which a person chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.assessment import Assessment
from app.core.checks import CheckResult, Suggestion
from app.core.errors import InvalidInput

EVERY: Literal["all"] = "all"
Chosen = Literal["all"] | tuple[int, ...]
"""Which suggestions: some by number, or all of those whose checks count."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One suggestion. Numbers count from 1 in the order of the verdict's results, over those with a suggestion."""

    number: int
    result: CheckResult
    suggestion: Suggestion

    @property
    def gravity(self) -> tuple[int, int]:
        """Sorts the graver before the lesser, and the earlier before the later."""
        return -self.result.severity.rank, self.number

    def overlaps(self, other: Offer) -> bool:
        """Whether both would change the same words, or add words at the same place."""
        mine, others = self.suggestion, other.suggestion
        same_place = (mine.start, mine.end) == (others.start, others.end)
        return same_place or (mine.start < others.end and others.start < mine.end)

    def same_change(self, other: Offer) -> bool:
        """Whether both would leave the same text."""
        mine, others = self.suggestion, other.suggestion
        return (mine.start, mine.end, mine.replacement) == (others.start, others.end, others.replacement)


def offers(assessment: Assessment) -> tuple[Offer, ...]:
    """All suggestions of the verdict."""
    with_one = (result for result in assessment.checks if result.suggestion is not None)
    return tuple(
        Offer(number=number, result=result, suggestion=result.suggestion)
        for number, result in enumerate(with_one, start=1)
        if result.suggestion is not None
    )


def chosen_from(offered: Sequence[Offer], chosen: Chosen) -> list[Offer]:
    """Those chosen, the gravest first; `all` leaves out what a check that is only observed would change.

    Raises InvalidInput where there is nothing to choose from, or no such number.
    """
    if not offered:
        raise InvalidInput("this draft has none; change its text instead", field="suggestions")
    if chosen == EVERY:
        taken = [offer for offer in offered if offer.result.observed is None]
    else:
        by_number = {offer.number: offer for offer in offered}
        strange = [number for number in chosen if number not in by_number]
        if strange or not chosen:
            named = f"there is no number {strange[0]}" if strange else "no number is given"
            raise InvalidInput(f"{named}; choose from 1 to {len(offered)}, or all", field="suggestions")
        taken = [by_number[number] for number in dict.fromkeys(chosen)]
    return sorted(taken, key=lambda offer: offer.gravity)
