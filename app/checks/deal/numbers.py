"""Numbers as people write them: `8,000`, `8.000,50`, `7.5`, `five thousand`, `twenty-two`, `5k`."""

from __future__ import annotations

import re

from extractors.lazily import compiled

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000}

_SMALL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
)
WORDS = rf"\b{_SMALL}(?:[ -]hundred(?: and {_SMALL})?)?\b"
DIGITS = r"(?<![\d.,])(?:\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![\d%]|[.,]\d)"
NUMBER = rf"(?:{DIGITS}|{WORDS})"
"""A number in digits or in words; a scale such as `k` or `thousand` is not in it."""
SCALE = r"(?:k|m|thousand|grand|million)\b"

_GROUPED = compiled(r"\d{1,3}(?:[,.'’]\d{3})+(?=\D|$)")
_WORD = compiled(r"[a-z]+")


def value_of(number: str, scale: str | None = None) -> float:
    """The value of what `NUMBER` and `SCALE` have found."""
    factor = _SCALES[scale.lower()] if scale else 1
    return (_digits(number) if number[0].isdigit() else _words(number)) * factor


def _digits(number: str) -> float:
    if match := _GROUPED.match(number):
        whole, rest = match[0], number[match.end() :]
        return float(re.sub(r"\D", "", whole)) + (float("0." + rest[1:]) if rest else 0)
    return float(number.replace(",", "."))


def _words(number: str) -> float:
    total = 0
    for word in _WORD.findall(number.lower()):
        total = total * 100 if word == "hundred" else total + _VALUES.get(word, 0)
    return float(total)
