"""What a text has to hold for a pattern to match in it, read off the pattern itself.

That is said by sets of strings: of each set, one at least. Parts of a pattern that stand one behind the other all
have to match, so each may give its set; alternatives give theirs together. What is not understood gives none. The
strings are `folded`: case never matters here, even where it does to the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from re import _parser  # type: ignore[attr-defined]  # the one reader of patterns there is; it has no public name
from typing import Any

from app.checks.turns.texts import folded

_MOST = 48
"""So many strings at most are put together out of parts that follow each other."""
_SETS = 3
"""So many sets say enough of a pattern; more take longer to look for than they save."""
_TELLS = 4
"""Strings of so many characters tell enough: among those, the smaller set is the better one."""
_SIGNS = frozenset("$€£¥₹%@#<[{|*`~=_")
"""Single characters that few texts hold."""

_Node = tuple[object, Any]
"""What a part is, and what belongs to it; the reader of patterns has no types."""
_Set = frozenset[str]
_EMPTY: _Set = frozenset({""})


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What a pattern asks of a text."""

    strings: tuple[frozenset[str], ...]
    """The most telling set first; a text in which the pattern matches holds one of each."""
    may_be_empty: bool
    """Whether the pattern may match without a single character."""


def needs_of(pattern: str, flags: int) -> Needs:
    """What the pattern asks of a text. `re.error` is raised for what is no pattern."""
    read = _parser.parse(pattern, flags)
    return Needs(strings=_most_telling(_read(read).needed), may_be_empty=read.getwidth()[0] == 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Meaning:
    """What is known of a part. `exact` are all the strings that it can match, where they are few enough to list."""

    exact: _Set | None = None
    needed: tuple[_Set, ...] = ()


def _read(nodes: Iterable[_Node]) -> _Meaning:
    """The meaning of parts that follow each other. What is exact is put together, as far as that goes."""
    together, needed, is_exact = _EMPTY, list[_Set](), True
    for node in nodes:
        meaning = _meaning(node)
        if meaning.exact is not None and len(together) * len(meaning.exact) <= _MOST:
            together = frozenset(one + other for one, other in product(together, meaning.exact))
            continue
        is_exact = False
        needed += [together, *(() if meaning.exact else meaning.needed)]
        together = meaning.exact or _EMPTY
    needed.append(together)
    return _Meaning(exact=together if is_exact else None, needed=_most_telling(needed))


def _most_telling(sets: Iterable[_Set]) -> tuple[_Set, ...]:
    usable = [one for one in sets if all(len(string) > 1 or string in _SIGNS for string in one)]
    return tuple(sorted(usable, key=lambda one: (-min(_TELLS, *map(len, one)), len(one)))[:_SETS])


def _meaning(node: _Node) -> _Meaning:
    meaning = _Meaning()
    match str(node[0]), node[1]:
        case "LITERAL", code:
            meaning = _exactly(_character(code))
        case "AT" | "ASSERT" | "ASSERT_NOT", _:
            meaning = _exactly(_EMPTY)
        case "IN", members:
            meaning = _exactly(
                _union([_character(code) if str(kind) == "LITERAL" else None for kind, code in members])
            )
        case "SUBPATTERN", (*_, inner):
            meaning = _read(inner)
        case "BRANCH", (_, branches):
            meaning = _either([_read(branch) for branch in branches])
        case "MAX_REPEAT" | "MIN_REPEAT", (int(least), int(most), inner):
            meaning = _repeated(_read(inner), least, most)
    return meaning


def _exactly(strings: _Set | None) -> _Meaning:
    return _Meaning(exact=strings, needed=(strings,) if strings else ())


def _either(branches: Sequence[_Meaning]) -> _Meaning:
    exact = _union([branch.exact for branch in branches])
    if exact is not None and len(exact) <= _MOST:
        return _exactly(exact)
    best = _union([next(iter(_most_telling(branch.needed)), None) for branch in branches])
    return _Meaning(needed=() if best is None else (best,))


def _repeated(inner: _Meaning, least: int, most: int) -> _Meaning:
    if (least, most) == (0, 1) and inner.exact is not None:
        return _exactly(inner.exact | _EMPTY)
    if (least, most) == (1, 1):
        return inner
    return _Meaning(needed=inner.needed if least else ())


def _union(sets: Sequence[_Set | None]) -> _Set | None:
    known = [one for one in sets if one is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _character(code: int) -> _Set | None:
    """One character, where it is known what it may stand for when case is ignored."""
    character = chr(code)
    is_sure = character.isascii() or character.lower() == character == character.upper()
    return frozenset({folded(character)}) if is_sure else None
