"""From a date expression to the stretch of time it means, seen from the moment of sending."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import assert_never

from extractors.dates.days import resolve_day
from extractors.dates.expression import Expression
from extractors.dates.moment import Moment
from extractors.dates.periods import Stretch, resolve_period
from extractors.dates.terms import CalendarDay, Clock, ClockRange, DayPart, Duration, Period, RelativeDay
from extractors.dates.zones import zone_written
from extractors.findings import DateKind, Grain

_DAY = timedelta(days=1)
_OFFICE_OPENS = 7


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the words around an expression say: told as past, "before …", "after …", or counted from some other event."""

    past: bool = False
    before: bool = False
    after: bool = False
    from_event: bool = False


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """A stretch of time, half open, and the last day that keeps a deadline set by it."""

    start: datetime
    end: datetime
    due: date | None


def kind_and_grain(expression: Expression) -> tuple[DateKind, Grain]:
    """What sort of expression it is and how finely it speaks."""
    grain: Grain = "day"
    match expression.time:
        case Clock() as clock:
            grain = clock.grain
        case ClockRange():
            grain = "minute"
        case DayPart():
            grain = "hour"
    ranged = expression.last_day or expression.last_time or isinstance(expression.time, ClockRange)
    match expression.day:
        case Duration() as span:
            return "duration", span.unit
        case Period() as period:
            units: dict[str, Grain] = {"weekend": "day", "half": "quarter", "season": "quarter"}
            return ("range" if ranged else "date"), units.get(period.unit) or period.unit  # type: ignore[return-value]
        case CalendarDay() as day if day.last_day is not None:
            return "range", grain
        case None:
            return ("range" if ranged else "time"), grain
    if ranged:
        return "range", grain
    return ("datetime" if expression.time else "date"), grain


def resolve(expression: Expression, moment: Moment, context: Context) -> tuple[Resolved, Resolved | None] | None:
    """The reading of an expression and the other reading where there is a real one; None for what cannot be."""
    if moment.sent_at is None:
        return None
    zone = zone_written(expression.zone, moment.zone) if expression.zone else moment.zone
    now = moment.sent_at.astimezone(zone)
    try:
        return _resolve(expression, moment, context, now, zone)
    except (OverflowError, ValueError):
        return None  # beyond the calendar: "in 900 years"


def _resolve(
    expression: Expression, moment: Moment, context: Context, now: datetime, zone: tzinfo
) -> tuple[Resolved, Resolved | None] | None:
    day = expression.day
    if isinstance(day, Duration):
        return _duration(day, moment, context, now), None
    if isinstance(day, Period):
        return _period(expression, day, moment, context, now, zone)
    if day is None:
        first = _day_of_time(expression, now, past=context.past)
        return _placed(expression, first, None, moment, context, now, zone), None
    first, other = resolve_day(day, now.date(), past=context.past, day_first=moment.day_first)
    if first is None:
        return None
    last = _last_day(expression, first, moment, context)
    reading = _placed(expression, first, last, moment, context, now, zone)
    alternative = _placed(expression, other, None, moment, context, now, zone) if other else None
    return reading, alternative


def _last_day(expression: Expression, first: date, moment: Moment, context: Context) -> date | None:
    day = expression.day
    if isinstance(day, CalendarDay) and day.last_day is not None:
        try:
            return first.replace(day=day.last_day)
        except ValueError:
            return None
    if expression.last_day is None or isinstance(expression.last_day, Period):
        return None
    ending = expression.last_day
    if isinstance(day, CalendarDay) and isinstance(ending, CalendarDay) and ending.month is None:
        ending = replace(ending, month=day.month, year=day.year)
    last, _ = resolve_day(ending, first, past=False, day_first=moment.day_first)
    return last


def _placed(
    expression: Expression,
    first: date,
    last: date | None,
    moment: Moment,
    context: Context,
    now: datetime,
    zone: tzinfo,
) -> Resolved:
    """A day, or days, with the time of day that was given."""
    start, end = _times(expression, first, moment, zone, now)
    final = last or first
    if last:
        end = moment.at(last, 24, 0, zone) if expression.time is None else end + (last - first)
    if context.past or end <= now or context.after:
        due = None
    elif context.before and expression.time is None:
        due = first - _DAY
    else:
        due = final
    return Resolved(start=start, end=end, due=due)


def _times(
    expression: Expression, day: date, moment: Moment, zone: tzinfo, now: datetime
) -> tuple[datetime, datetime]:
    time = expression.time
    if time is None and isinstance(expression.day, RelativeDay) and expression.day.part:
        time = DayPart(start=expression.day.part[0], end=expression.day.part[1])
    match time:
        case None:
            return moment.at(day, 0, 0, zone), moment.at(day, 24, 0, zone)
        case DayPart():
            return _day_part(time, day, moment, zone)
        case ClockRange():
            start = _clock(time.start, day, moment, zone, now)
            end = _clock(time.end, day, moment, zone, now)
            if end <= start and not time.end.sure:
                end += timedelta(hours=12)
            return start, end if end > start else end + _DAY
        case Clock():
            start = _clock(time, day, moment, zone, now)
            if expression.last_time:
                end = _clock(expression.last_time, day, moment, zone, now)
                return start, end if end > start else end + _DAY
            return start, start + (timedelta(hours=1) if time.grain == "hour" else timedelta(minutes=1))
        case _:
            assert_never(time)


def _day_part(part: DayPart, day: date, moment: Moment, zone: tzinfo) -> tuple[datetime, datetime]:
    if part.end is None:
        close = moment.calendar.hours.end
        end = moment.at(day, close.hour, close.minute, zone)
        return end - timedelta(hours=1), end
    return moment.at(day, part.start, 0, zone), moment.at(day, part.end, 0, zone)


def _clock(clock: Clock, day: date, moment: Moment, zone: tzinfo, now: datetime) -> datetime:
    """An unsure hour is in the afternoon when the office is closed at it in the morning, or when that has gone by today."""
    at = moment.at(day, clock.hour, clock.minute, zone)
    if not clock.sure and clock.hour < 12 and (clock.hour < _OFFICE_OPENS or (day == now.date() and at <= now)):
        return at + timedelta(hours=12)
    return at


def _day_of_time(expression: Expression, now: datetime, *, past: bool) -> date:
    """A time without a day is today's, or tomorrow's if today's has gone by."""
    today = now.date()
    time = expression.time
    if past or not isinstance(time, Clock | ClockRange):
        return today
    clock = time if isinstance(time, Clock) else time.start
    hour = clock.hour + 12 if not clock.sure and clock.hour < 12 else clock.hour
    return today + _DAY if (hour, clock.minute) <= (now.hour, now.minute) else today


def _period(
    expression: Expression, period: Period, moment: Moment, context: Context, now: datetime, zone: tzinfo
) -> tuple[Resolved, Resolved | None] | None:
    stretch = resolve_period(
        period, now.date(), past=context.past, day_first=moment.day_first, calendar=moment.calendar
    )
    if stretch is None:
        return None
    if isinstance(expression.last_day, Period):
        ending = resolve_period(
            expression.last_day, stretch.first, past=False, day_first=moment.day_first, calendar=moment.calendar
        )
        if ending:
            stretch = Stretch(first=stretch.first, last=ending.last, due=ending.due)
    start, end = moment.at(stretch.first, 0, 0, zone), moment.at(stretch.last, 24, 0, zone)
    if context.past or end <= now or context.after:
        due = None
    elif context.before:
        due = stretch.first - _DAY
    else:
        due = stretch.due
    return Resolved(start=start, end=end, due=due), None


def _duration(span: Duration, moment: Moment, context: Context, now: datetime) -> Resolved:
    if span.high == 0:
        return Resolved(start=now, end=now + _DAY, due=None)
    if span.direction in ("ago", "past"):
        start = _shifted(span, -span.high, moment, now)
        end = now if span.direction == "past" else start + _DAY
        return Resolved(start=start, end=max(end, start), due=None)
    end = _shifted(span, span.high, moment, now)
    start = now if span.direction == "within" else _shifted(span, span.low, moment, now)
    due = None if context.from_event or context.past else end.date()
    if span.unit in ("minute", "hour"):
        return Resolved(start=start, end=end, due=due)
    first = start if span.direction == "within" else moment.at(start.date(), 0, 0, now.tzinfo or moment.zone)
    return Resolved(start=first, end=moment.at(end.date(), 24, 0, now.tzinfo or moment.zone), due=due)


def _shifted(span: Duration, count: int, moment: Moment, now: datetime) -> datetime:
    if span.business:
        days = count if span.unit == "day" else count * 5
        return now + (moment.calendar.add_working_days(now.date(), days) - now.date())
    match span.unit:
        case "minute":
            return moment.elapsed(now, timedelta(minutes=count))
        case "hour":
            return moment.elapsed(now, timedelta(hours=count))
        case "day":
            return now + timedelta(days=count)
        case "week":
            return now + timedelta(weeks=count)
        case _:
            return _add_months(now, count * {"month": 1, "quarter": 3, "year": 12}[span.unit])


def _add_months(now: datetime, months: int) -> datetime:
    index = now.year * 12 + now.month - 1 + months
    first_of_next = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return now.replace(year=index // 12, month=index % 12 + 1, day=min(now.day, (first_of_next - _DAY).day))
