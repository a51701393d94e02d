"""What a pattern family is: its evidence id, its pattern and what else must hold."""

import re
from dataclasses import dataclass

from extractors.findings import CommitmentKind, Strength
from extractors.lazily import compiled

_NAMED = compiled(r"\(\?P<\w+>")


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A family: its id, its pattern, the strength it gives, and what else must hold.

    `action` asks that the verb be one that can be promised; `dated` that the clause names a time to come,
    `date_first` that it begins with it, `conditional` that it states a condition; `question` that it is asked.
    """

    id: str
    pattern: re.Pattern[str]
    strength: Strength
    kind: CommitmentKind | None = None
    actor: str | None = None
    action: bool = False
    dated: bool = False
    date_first: bool = False
    conditional: bool = False
    question: bool = False


def cue(
    id_: str,
    pattern: str,
    strength: Strength,
    kind: CommitmentKind | None = None,
    *,
    actor: str | None = None,
    action: bool = False,
    dated: bool = False,
    date_first: bool = False,
    conditional: bool = False,
    question: bool = False,
) -> Cue:
    """A family; upper and lower case are the same to it."""
    return Cue(
        id=id_,
        pattern=compiled(pattern, re.IGNORECASE),
        strength=strength,
        kind=kind,
        actor=actor,
        action=action,
        dated=dated,
        date_first=date_first,
        conditional=conditional,
        question=question,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Cues:
    """Families in the order in which they are tried; `any_of` matches wherever one of them does."""

    any_of: re.Pattern[str]
    each: tuple[Cue, ...]

    @classmethod
    def of(cls, *cues: Cue) -> "Cues":
        """These families. Most clauses match none, and one pattern for all tells that sooner than each in turn."""
        patterns = (_NAMED.sub("(?:", cue.pattern.pattern) for cue in cues)
        return cls(any_of=compiled("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE), each=cues)
