"""What number words, ordinals and years as people write them amount to."""

import re

from extractors.dates.words import numbers as words
from extractors.lazily import compiled

_SIMPLE: dict[str, int] = {
    **words.UNITS,
    **words.TEENS,
    **words.TENS,
    **words.ORDINAL_UNITS,
    **words.ORDINAL_TEENS,
    **words.ORDINAL_TENS,
}
_DIGITS = compiled(r"\d+(?:\.\d+)?")
_CENTURY = 100
_THIS_CENTURY = 2000


def whole_number(text: str) -> int:
    """The value of "12", "3rd", "twenty-five", "twenty second" or "two hundred". Raises KeyError for other words."""
    digits = _DIGITS.match(text)
    if digits:
        return int(float(digits[0]))
    total = 0
    for word in re.split(r"[ -]+", text.strip()):
        if word == "hundred":
            total = (total or 1) * _CENTURY
        elif word not in ("and", "oh", "o"):
            total += _SIMPLE[word]
    return total


def amount(text: str) -> float:
    """How many "3", "1.5", "a couple of", "half an" or "one and a half" are."""
    text = text.strip()
    if text in words.LOOSE_AMOUNTS:
        return words.LOOSE_AMOUNTS[text]
    digits = _DIGITS.fullmatch(text)
    if digits:
        return float(text)
    if text.endswith(" and a half"):
        return amount(text.removesuffix(" and a half")) + 0.5
    return whole_number(text)


def year_number(text: str | None, *, pivot: int = 100) -> int | None:
    """The year of "2026", "'26", "26", "two thousand and eighteen" or "nineteen ninety nine"; two digits from
    `pivot` on are of the last century.
    """
    if not text:
        return None
    text = text.strip().lstrip("'")
    if text.isdigit():
        number = int(text)
        if number >= _CENTURY:
            return number
        return number + _THIS_CENTURY - (_CENTURY if number >= pivot else 0)
    if text.startswith("two thousand"):
        rest = text.removeprefix("two thousand").strip()
        return _THIS_CENTURY + (whole_number(rest) if rest else 0)
    first, rest = re.split(r"[ -]", text, maxsplit=1)
    return _SIMPLE[first] * _CENTURY + whole_number(rest)
