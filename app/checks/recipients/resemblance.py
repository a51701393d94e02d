"""Whether one domain was made to be taken for another."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.checks.recipients.domains import Parts, parts_of
from app.checks.recipients.wordlist import word_set

_FOREIGN = str.maketrans(
    dict(
        zip(
            "асеіјорѕхуһԁԛԝӏүвкмнтгьп" + "οανρικτυχϲϳεηω" + "օսցհյզո" + "ɑɡıʟɴʀ",
            "aceijopsxyhdqwlybkmhtrbn" + "oavpiktuxcjenw" + "oughjqn" + "agilnr",
            strict=True,
        )
    )
)
_DIGITS = str.maketrans("0134589", "oleasbg")
_ALIKE = (("rn", "m"), ("vv", "w"), ("nn", "m"), ("cl", "d"), ("i", "l"))
_BAIT = word_set(
    "account accounts ap billing finance invoice invoices login mail email online pay payment payments portal secure "
    "security service support verify"
)
_LONG, _SHORT, _VERY_LONG = 8, 5, 10
"""From so many letters on, one slip tells with any ending; with the same ending only; and two slips tell."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What makes the one look like the other. `deceitful`: nobody registers such a domain for honest reasons."""

    how: str
    deceitful: bool = False


def resemblance(theirs: str, known: str, *, expected: bool) -> Resemblance | None:
    """How the domain `theirs` resembles the domain `known`; None where it does not, or is a part of it.

    Many honest companies have short names a letter apart, so the shorter the name the less counts. `expected`: the
    mail is for the company that has the domain `known`, so that a coincidence is less likely.
    """
    ours, other = parts_of(known), parts_of(theirs)
    if other.registered == ours.registered or not ours.name or not other.name:
        return None
    return _in_front(other, ours) or _other_letters(other, ours) or _spelling(other, ours, expected)


def _in_front(other: Parts, ours: Parts) -> Resemblance | None:
    """`acme.com.verify.net`, `acme-com.net`."""
    whole = tuple(ours.registered.split("."))
    front = other.labels[: len(other.labels) - len(other.ending.split("."))]
    inside = any(other.labels[n : n + len(whole)] == whole for n in range(len(front)))
    hyphened = "-".join(whole)
    if inside or any(label == hyphened or label.startswith(hyphened + "-") for label in front):
        return Resemblance(f"it only begins like {ours.registered}; it belongs to {other.registered}", deceitful=True)
    return None


def _other_letters(other: Parts, ours: Parts) -> Resemblance | None:
    """Letters of another script, accents, digits for letters, and letters that run together."""
    if other.name == ours.name:
        return None
    plain, expected = _without_accents(other.name), _without_accents(ours.name)
    latin = plain.translate(_FOREIGN)
    if not other.name.isascii() and latin == expected:
        foreign = latin != plain
        how = "letters of another script" if foreign else "an accent"
        return Resemblance(f"it has {how} in “{other.name}”", deceitful=foreign)
    if len(ours.name) >= _SHORT - 1 and _to_the_eye(latin) == _to_the_eye(expected):
        digits = any(c.isdigit() for c in other.name) and not any(c.isdigit() for c in ours.name)
        how = "digits for letters" if digits else "letters that look alike"
        two_v = "vv" in other.name and "vv" not in ours.name
        return Resemblance(f"it has {how} in “{other.name}”", deceitful=digits or two_v)
    return None


def _spelling(other: Parts, ours: Parts, expected: bool) -> Resemblance | None:
    name = ours.name
    if other.name == name:
        enough = len(name) >= (2 if expected else _SHORT - 1)
        return Resemblance(f"it ends in .{other.ending}") if enough else None
    if len(name) < _SHORT:
        return None
    slips = OSA.distance(other.name, name, score_cutoff=2)
    how = None
    if other.name.replace("-", "") == name.replace("-", ""):
        how = "it differs by a hyphen"
    elif _has_bait(other.name, name):
        how = f"it adds a word to “{name}”"
    elif slips == 1 and _is_telling(other.name, name, same_ending=other.ending == ours.ending, expected=expected):
        how = f"“{other.name}” is one letter from “{name}”"
    elif slips == 2 and len(name) >= _VERY_LONG:
        how = f"“{other.name}” is two letters from “{name}”"
    return Resemblance(how) if how else None


def _is_telling(other: str, name: str, *, same_ending: bool, expected: bool) -> bool:
    """One slip in a long name; in a short one not in its first letter, by which people tell names apart."""
    if len(name) >= _LONG:
        return True
    least = _SHORT if expected else _SHORT + 1
    return same_ending and len(name) >= least and (other[0] == name[0] or sorted(other) == sorted(name))


def _has_bait(other: str, name: str) -> bool:
    if not (other.startswith(name) or other.endswith(name)):
        return False
    rest = other.removeprefix(name) if other.startswith(name) else other.removesuffix(name)
    return rest.strip("-") in _BAIT


@lru_cache(maxsize=16_384)
def _to_the_eye(name: str) -> str:
    read = name.translate(_DIGITS)
    for letters, look in _ALIKE:
        read = read.replace(letters, look)
    return read


@lru_cache(maxsize=16_384)
def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
