"""Days that a CRM's own fields name: `by 20 Nov`, `Nov 20, 2026`, `2026-11-20`, `in January`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.lazily import compiled

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = compiled(
    rf"\b(?P<iso>\d{{4}}-\d\d-\d\d)\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<year2>\d{{4}}))?"
    rf"|\b(?P<month3>{_MONTH})\b(?:,? (?P<year3>\d{{4}}))?",
    re.IGNORECASE,
)
_HALF_A_YEAR = 183


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedDay:
    """A day, or the first day of a month; `start` is where its words begin."""

    day: date
    whole_month: bool
    start: int
    end: int


def named_days(text: str, *, near: date) -> Iterator[NamedDay]:
    """The days in the text. One without a year is the one nearest to `near`."""
    for match in _DAY.finditer(text):
        month = match["month"] or match["month2"] or match["month3"]
        if month == "may" and match["month3"]:
            continue
        day = _day(match, month, near)
        if day is not None:
            yield NamedDay(day=day, whole_month=bool(match["month3"]), start=match.start(), end=match.end())


def _day(match: re.Match[str], month: str | None, near: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        number = int(match["day"] or match["day2"] or 1)
        year = match["year"] or match["year2"] or match["year3"]
        position = _MONTHS.index((month or "")[:3].lower()) + 1
        first = date(int(year) if year else near.year, position, number)
    except ValueError:
        return None
    if year:
        return first
    if first < near - timedelta(days=_HALF_A_YEAR):
        return _moved(first, 1)
    return _moved(first, -1) if first > near + timedelta(days=_HALF_A_YEAR) else first


def _moved(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None
