"""What one expression is seen from: today, its side of time, and the sender's ways of counting."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extractors.dates.calendar import BusinessCalendar

Tense = Literal["past", "open", "future"]
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class View:
    """`tense` says on which side of today the text places what it speaks of, "open" that it does not say."""

    today: date
    tense: Tense
    calendar: BusinessCalendar
    day_first: bool
    fiscal_year_start: int
    southern: bool

    @property
    def past(self) -> bool:
        return self.tense == "past"


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(index: int, length: int) -> tuple[date, date] | None:
    """First and last day of `length` months from the month `index`, counted in months since the year 0."""
    first = safe_date(index // 12, index % 12 + 1, 1)
    after = safe_date((index + length) // 12, (index + length) % 12 + 1, 1)
    return (first, after - DAY) if first and after else None


def month_index(day: date) -> int:
    """The number of a day's month, counted in months since the year 0."""
    return day.year * 12 + day.month - 1


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month. Raises ValueError beyond the calendar."""
    index = month_index(day) + months
    first_of_next = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return date(index // 12, index % 12 + 1, min(day.day, (first_of_next - DAY).day))
