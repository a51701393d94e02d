"""What two neighbouring terms mean together: "two weeks" + "from" + "Friday", "the last week" + "of" + "July"."""

from dataclasses import replace

from extractors.dates.terms import (
    CalendarDay,
    Clock,
    ClockRange,
    Day,
    DayPart,
    Duration,
    Feast,
    LooseDay,
    NthDay,
    Ordinal,
    Period,
    RelativeDay,
    ShiftedDay,
    TimeOfDay,
    Weekday,
    WeekPrefix,
)
from extractors.lazily import compiled

_APPOSITION = compiled(r"[ ,(]*(?:the[ ]+)?")
_OF = compiled(r"(?:'s)?[ ,]*(?:of|in|for)?[ ]*(?:the[ ]+)?")
_SHIFT = compiled(
    r"[ ]+(?:(?P<way>from|after|before|following|prior to|ahead of|on|starting|beginning)[ ]+(?:the[ ]+)?)?"
)
_NEXT_TO = compiled(r"[ ]+(?:after|before|following)[ ]+(?:the[ ]+)?")
_WEEK_THEN_DAY = compiled(r"(?:'s)?[ ,(:-]*(?:on[ ]+|between[ ]+|from[ ]+)?(?:the[ ]+)?")
_ASIDE = compiled(r"[ ]*[,( ][ ]*")
_IN_BRACKETS = compiled(r"[ ]*\([ ]*")
_AFTER_PREFIX = compiled(r"[ :]*(?:the[ ]+)?")
_NOON = 12

Left = Day | Period | Duration | Ordinal | WeekPrefix | LooseDay | None


def compose(left: Left, right: Day | Period, gap: str) -> Day | Period | None:
    """One term from two with such words between; None where they don't belong together."""
    match right:
        case Period():
            return _compose_with_period(left, right, gap)
        case _:
            return _compose_with_day(left, right, gap)


def _compose_with_period(left: Left, right: Period, gap: str) -> Day | Period | None:
    joined: Day | Period | None = None
    if _OF.fullmatch(gap):
        match left:
            case Ordinal():
                joined = _part_of(left, right)
            case Weekday(which="", weeks=None, nth=1) if right.unit == "week" and _is_plain(right):
                joined = replace(left, weeks=right.offset)
            case Period():
                joined = _narrowed(left, right)
    return joined


def _compose_with_day(left: Left, right: Day, gap: str) -> Day | Period | None:
    joined: Day | Period | None = None
    match left, right:
        case CalendarDay(month=int()), CalendarDay(listed=True):
            joined = replace(left, last_day=max(left.last_day or left.day, right.day))
        case Duration(direction="bare" | "in" | "within"), _:
            joined = _shifted(left, right, gap)
        case Weekday(which="", weeks=None, nth=1), Feast() | CalendarDay() if _NEXT_TO.fullmatch(gap):
            joined = replace(left, base=right, before=not gap.strip().startswith(("after", "following")))
        case Weekday(weeks=None), CalendarDay(weekday=None) if _APPOSITION.fullmatch(gap):
            joined = replace(right, weekday=left.weekday)
        case CalendarDay(weekday=None), Weekday(which="") if _IN_BRACKETS.fullmatch(gap):
            joined = replace(left, weekday=right.weekday)
        case (Weekday(), RelativeDay()) | (RelativeDay(part=None), CalendarDay()) if _ASIDE.fullmatch(gap):
            joined = right
        case RelativeDay(part=None), Weekday() if _ASIDE.fullmatch(gap):
            joined = left
        case Period(unit="week"), Weekday(which="", weeks=None) if _WEEK_THEN_DAY.fullmatch(gap) and _is_plain(left):
            joined = replace(right, weeks=left.offset)
        case WeekPrefix(), _ if _AFTER_PREFIX.fullmatch(gap):
            joined = Period(unit=left.unit, day=right, offset=left.shift, portion="end" if left.ending else "whole")
    return joined


def _is_plain(period: Period) -> bool:
    return period.offset is not None and period.portion == "whole"


def _part_of(ordinal: Ordinal, period: Period) -> Day | Period | None:
    if period.portion != "whole":
        return None
    if ordinal.weekday is not None or ordinal.unit == "day":
        if ordinal.count > 1:
            return Period(unit="day", nth=ordinal.nth, count=ordinal.count, inside=period)
        return NthDay(ordinal=ordinal, period=period)
    if ordinal.unit in ("quarter", "half") and period.unit == "year" and ordinal.unit is not None:
        number = ordinal.nth if ordinal.nth > 0 else {"quarter": 4, "half": 2}[ordinal.unit]
        return Period(unit=ordinal.unit, number=number, year=period.year, offset=period.offset, fiscal=period.fiscal)
    if ordinal.unit is None or ordinal.unit == period.unit:
        return None
    return Period(unit=ordinal.unit, nth=ordinal.nth, count=ordinal.count, inside=period)


def _shifted(span: Duration, day: Day, gap: str) -> Day | None:
    shift = _SHIFT.fullmatch(gap)
    if not shift or (isinstance(day, CalendarDay) and day.last_day is not None):
        return None
    way = shift["way"]
    if way is None and not (isinstance(day, RelativeDay) and span.direction == "bare" and span.unit == "week"):
        return None
    if way in ("on", "starting", "beginning") and not (isinstance(day, Weekday) and span.direction == "bare"):
        return None
    if isinstance(day, RelativeDay) and day.days == 0 and not day.part and span.direction == "within":
        return None
    return ShiftedDay(span=replace(span, direction="in"), day=day, before=way in ("before", "prior to", "ahead of"))


def _narrowed(left: Period, right: Period) -> Period | None:
    """ "June" + "next year", "EOM" + "January": the inner period takes the outer one's place in time."""
    if left.inside or left.last_number:
        return None
    if left.unit in ("month", "quarter", "half", "season") and right.unit == "year" and left.number and not left.year:
        return replace(left, year=right.year, offset=right.offset, fiscal=left.fiscal or right.fiscal, nth=2)
    if left.unit == "year" and right.number and not right.year and right.offset is None and left.portion == "whole":
        return replace(right, year=left.year, offset=left.offset, fiscal=left.fiscal or right.fiscal, nth=2)
    if left.unit == right.unit and left.portion != "whole" and left.offset == 0 and right.portion == "whole":
        return replace(right, portion=left.portion, bare=False)
    return None


def fit_to_day(time: TimeOfDay | None, day: object) -> TimeOfDay | None:
    """The time as the day's own words have it: "8" + "tonight" is in the evening."""
    if isinstance(day, RelativeDay) and day.part and time is not None and not isinstance(time, DayPart):
        return in_part(time, day.part[0])
    return replace(time, alone=False) if isinstance(time, DayPart) and time.alone else time


def is_sure(time: TimeOfDay | None) -> bool:
    match time:
        case Clock(sure=sure):
            return sure
        case ClockRange(end=end):
            return end.sure
    return True


def in_part(time: TimeOfDay | None, start: int) -> TimeOfDay | None:
    """An unsure time put into the half of the day that a part of it begins in."""
    match time:
        case Clock(sure=False):
            hour = time.hour + _NOON if start >= _NOON and time.hour < _NOON else time.hour
            return replace(time, hour=hour, sure=True)
        case ClockRange(start=first, end=last):
            early, late = in_part(first, start), in_part(last, start)
            if isinstance(early, Clock) and isinstance(late, Clock):
                return ClockRange(start=early, end=late)
    return time
