"""Weekdays that stand beside a date in a text, and the days that the date can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.checks.once import once
from app.checks.turns import Turns
from app.checks.worktime import today
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:,?\s+(?P<{name}>(?:19|20)\d\d)\b)?"


_NO_DAY = r"(?!\s+(?:of|floor|street|st\b|ave|time|call|meeting|anniversary))"


def _date(tag: str) -> str:
    """The forms of a date; group names end in `tag`."""
    return rf"""(?:
        (?P<iso{tag}>\d{{4}}-\d\d-\d\d)
      | (?:the\s+)?(?P<d1{tag}>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<m1{tag}>{_MONTH})
        {_YEAR.format(name="y1" + tag)}
      | (?P<m2{tag}>{_MONTH})\s+(?:the\s+)?(?P<d2{tag}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])
        {_YEAR.format(name="y2" + tag)}
      | (?P<n{tag}>\d{{1,2}}/\d{{1,2}}(?:/(?:\d{{4}}|\d\d))?(?![\d/]) | \d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d\d)?(?!\d))
      | (?:the\s+)?(?P<d3{tag}>\d{{1,2}})(?:st|nd|rd|th)\b{_NO_DAY}
      | (?P<r{tag}>today|tomorrow)
    )"""


_PAIRS = (
    Turns(rf"\b(?P<w>{_WEEKDAY})\b\.?(?:\s*,\s*(?:on\s+)?|\s+|\s*\()(?:{_date('a')})", re.IGNORECASE | re.VERBOSE),
    Turns(
        rf"\b(?:{_date('b')})(?:\s*\(\s*(?:a\s+|on\s+a\s+|which\s+is\s+a\s+)?|\s*,?\s*(?:which\s+is\s+)?a\s+)(?P<w>{_WEEKDAY})\b",
        re.IGNORECASE | re.VERBOSE,
    ),
    Turns(
        rf"\b(?P<rc>today|tomorrow)\s*,\s*(?P<w>{_WEEKDAY})\b(?!\s*(?:,?\s*(?:and|or|&)\b|,\s*{_WEEKDAY}\b|/))",
        re.IGNORECASE | re.VERBOSE,
    ),
)
_LIST_BEFORE = compiled(rf"\b{_WEEKDAY}\b\.?\s*(?:,|/|&|and|or|to|through|till|until|–|-)\s*$", re.IGNORECASE)
_LIST_AFTER = compiled(
    r"\s*(?:,|/|&|and|or|to|through|till|until|–|-)\s*(?:the\s+)?\d{1,2}(?!\s*:|\d*\s*[ap]\.?m)", re.IGNORECASE
)


_NEAR = timedelta(days=40)
"""A day of a month that is not named is not further away than this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A weekday and a date that are said to be one day."""

    start: int
    end: int
    weekday: tuple[int, int]
    """Where the weekday's name stands."""
    said: int
    """The weekday that is named; 0 is Monday."""
    days: tuple[date, ...]
    """What the date can mean, the likeliest first."""


@once
def disagreeing(findings: Findings, facts: Facts) -> list[Pair]:
    """The weekdays that fit none of the days that the date beside them can mean."""
    found = (pair for begin, stop in findings.authored for pair in _pairs(findings, begin, stop, today(facts)))
    return [pair for pair in found if all(day.weekday() != pair.said for day in pair.days)]


def _pairs(findings: Findings, begin: int, stop: int, now: date) -> Iterator[Pair]:
    text = findings.text
    readings = [(d.start, d.end, d.from_.date()) for d in findings.dates if d.from_ is not None]
    for pattern in _PAIRS:
        for match in pattern.finditer(text, begin, stop):
            groups = {name[:-1]: value for name, value in match.groupdict().items() if value and name != "w"}
            if _is_one_of_many(text, match):
                continue
            understood = [day for start, end, day in readings if start < match.end() and match.start() < end]
            days = tuple(dict.fromkeys(_days(groups, understood, now)))
            if days:
                said = _DAYS.index(match["w"][:3].lower())
                end = match.end() + ("(" in match[0] and text[match.end() : match.end() + 1] == ")")
                yield Pair(start=match.start(), end=end, weekday=match.span("w"), said=said, days=days)


def _is_one_of_many(text: str, match: re.Match[str]) -> bool:
    """Whether several weekdays stand before several dates: "Tuesday and Wednesday, 24 and 25 November"."""
    before = _LIST_BEFORE.search(text, max(0, match.start() - 20), match.start())
    return before is not None and _LIST_AFTER.match(text, match.end()) is not None


def _days(groups: dict[str, str], understood: list[date], now: date) -> Iterator[date]:
    if "iso" in groups:
        yield from _valid(*(int(part) for part in groups["iso"].split("-")))
    elif "r" in groups:
        yield now if groups["r"].lower() == "today" else now + timedelta(days=1)
    elif "n" in groups:
        yield from _numeric(groups["n"], understood, now)
    elif month := groups.get("m1") or groups.get("m2"):
        day = int(groups.get("d1") or groups["d2"])
        year = groups.get("y1") or groups.get("y2")
        yield from _in_year(day, _MONTHS.index(month[:3].lower()) + 1, int(year) if year else None, understood, now)
    else:
        yield from _in_month(int(groups["d3"]), now)


def _numeric(words: str, understood: list[date], now: date) -> Iterator[date]:
    """Both orders may be meant; a form that is no date to whoever read the text is a time or a fraction."""
    first, second, *rest = (int(number) for number in re.findall(r"\d+", words))
    year = (rest[0] if rest[0] > 99 else 2000 + rest[0]) if rest else None
    orders = {(first, second), (second, first)}
    read = [day for day in understood if (day.day, day.month) in orders]
    yield from read
    if read:
        for day, month in orders:
            yield from _in_year(day, month, year, [], now)


def _in_year(day: int, month: int, year: int | None, understood: list[date], now: date) -> Iterator[date]:
    if year is not None:
        yield from _valid(year, month, day)
        return
    yield from (read for read in understood if (read.day, read.month) == (day, month))
    near = [found for y in (now.year - 1, now.year, now.year + 1) for found in _valid(y, month, day)]
    yield from sorted(near, key=lambda found: abs(found - now))[:1]


def _in_month(day: int, now: date) -> Iterator[date]:
    """The next such day, and others that are near enough to be called so."""
    months = [divmod(now.year * 12 + now.month - 1 + n, 12) for n in range(-2, 4)]
    found = [each for year, month in months for each in _valid(year, month + 1, day)]
    yield from [each for each in found if each >= now][:1]
    yield from [each for each in found if abs(each - now) <= _NEAR]


def _valid(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
