"""What the pieces of a date expression mean, before they are resolved against a moment."""

from dataclasses import dataclass
from typing import Literal

from extractors.findings import Grain

Portion = Literal["whole", "early", "mid", "late", "end", "start", "rest"]
PeriodUnit = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year"]
Direction = Literal["bare", "in", "within", "ago", "past"]
SpanUnit = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]
Which = Literal["", "next", "last", "this"]


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """A day of a month; `month` and `year` may be left to the moment, or `month` be counted from the present one
    (`months`). `other` is the day-month reading that was not taken; `last_day` ends a range; a `listed` day
    goes on from a day of the same month before it.
    """

    day: int
    month: int | None = None
    year: int | None = None
    months: int | None = None
    other: tuple[int, int] | None = None
    weekday: int | None = None
    last_day: int | None = None
    listed: bool = False


@dataclass(frozen=True, kw_only=True)
class Weekday:
    """A day of the week (Monday is 0); `which` is the word before it, `weeks` that of a named week ("Tuesday
    next week": 1), `nth` counts such days ahead ("two Mondays from now": 2). Where `base` is given, it
    is the first such day after, or before, that day.
    """

    weekday: int
    which: Which = ""
    weeks: int | None = None
    nth: int = 1
    base: "Day | None" = None
    before: bool = False


@dataclass(frozen=True, kw_only=True)
class RelativeDay:
    """Today is 0, tomorrow 1, yesterday -1; "tonight" and "this morning" also name a part of the day, in hours.
    `business` counts working days; `told` says that it may count from another day than that of sending.
    """

    days: int
    part: tuple[int, int] | None = None
    business: bool = False
    told: bool = False


@dataclass(frozen=True, kw_only=True)
class Feast:
    """A holiday by its key in the vocabulary."""

    name: str
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ordinal:
    """ "the first Monday", "the last day", "the second half": the n-th (-1: last) weekday, day, working day or unit
    of a period that follows, or of the present month.
    """

    nth: int
    weekday: int | None = None
    unit: PeriodUnit | None = None
    business: bool = False
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class NthDay:
    """The n-th such day of a period."""

    ordinal: Ordinal
    period: "Period"


@dataclass(frozen=True, kw_only=True)
class Duration:
    """So many units: counted from the moment forward (`in`), as a limit (`within`), backwards (`ago`, `past`), or
    placing nothing by itself (`bare`); `anchored` says that the words count from now. `more` are the further units
    of "1 month 21 days".
    """

    low: float
    high: float
    unit: SpanUnit
    business: bool = False
    direction: Direction = "bare"
    anchored: bool = False
    more: "Duration | None" = None


@dataclass(frozen=True, kw_only=True)
class ShiftedDay:
    """A day so long after, or before, another."""

    span: Duration
    day: "Day"
    before: bool = False


Day = CalendarDay | Weekday | RelativeDay | Feast | NthDay | ShiftedDay


@dataclass(frozen=True, kw_only=True)
class Period:
    """A week, month, quarter, … by offset from the present one, or by number, or the week of a day, or a part of
    another period; `portion` narrows it. `bare` ("the month") places nothing by itself, `fiscal` is said.
    """

    unit: PeriodUnit
    offset: int | None = None
    number: int | None = None
    year: int | None = None
    last_number: int | None = None
    day: Day | None = None
    inside: "Period | None" = None
    nth: int = 1
    count: int = 1
    portion: Portion = "whole"
    bare: bool = False
    fiscal: bool = False


@dataclass(frozen=True, kw_only=True)
class WeekPrefix:
    """ "the week of", "w/c", "week ending", "the week after", "the weekend of": one by the day that follows."""

    unit: PeriodUnit = "week"
    ending: bool = False
    shift: int = 0


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time of day; `sure` is False for a bare hour below 12 that may be meant in the afternoon."""

    hour: int
    minute: int = 0
    sure: bool = True
    grain: Grain = "minute"


@dataclass(frozen=True, kw_only=True)
class ClockRange:
    """From one time of day to another."""

    start: Clock
    end: Clock


@dataclass(frozen=True, kw_only=True)
class DayPart:
    """A stretch of a day in hours, or the end of the sender's working day (`end` is None); `alone` says that the
    words place it without a day ("in the morning").
    """

    start: int
    end: int | None
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class ZoneName:
    """A zone as written."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Instant:
    """A day with its time in one word: "2026-12-16T12:23:59Z"."""

    day: CalendarDay
    clock: Clock
    zone: str | None = None


@dataclass(frozen=True, kw_only=True)
class LooseDay:
    """Words that look like a day but fit no pattern of ours."""

    text: str


TimeOfDay = Clock | ClockRange | DayPart
Term = Day | Period | TimeOfDay | Duration | Ordinal | WeekPrefix | ZoneName | Instant | LooseDay
