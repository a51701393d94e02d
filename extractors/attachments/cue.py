"""A cue word in its sentence, and the claim that may come of it."""

from dataclasses import dataclass
from functools import cached_property

_REACH = 200
"""Characters before and after a cue that its reading depends on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A claim by its place in the sentence, and the document it speaks of."""

    start: int
    end: int
    document: str


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A word that may announce a file, `text[start:end]`."""

    text: str
    start: int
    end: int

    @cached_property
    def before(self) -> str:
        """What stands before the cue, in reach."""
        return self.text[max(0, self.start - _REACH) : self.start]

    @cached_property
    def after(self) -> str:
        """What stands after the cue, in reach."""
        return self.text[self.end : self.end + _REACH]

    def claim(self, span: tuple[int, int], document: tuple[int, int]) -> Claim | None:
        """The claim that covers `span`, about the document at `document`; None where that is empty."""
        named = self.text[slice(*document)]
        return Claim(start=span[0], end=span[1], document=named) if named.strip() else None
