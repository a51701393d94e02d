"""From a date expression to the stretch of time it means, seen from the moment of sending."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from extractors.dates.days import resolve_day, safe_date
from extractors.dates.expression import Expression
from extractors.dates.moment import Moment
from extractors.dates.periods import Stretch, resolve_period
from extractors.dates.terms import CalendarDay, Clock, ClockRange, Day, DayPart, Duration, Period, RelativeDay
from extractors.dates.zones import zone_written
from extractors.findings import DateKind, Grain

_DAY = timedelta(days=1)
_OFFICE_OPENS = 7


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the words around an expression say: told as past, "before …", "after …", or counted from some other
    event.
    """

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


@dataclass(frozen=True, kw_only=True)
class _View:
    """What one expression is seen from: the moment in the zone that counts for it, and the words around it."""

    moment: Moment
    context: Context
    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.date()

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return self.moment.at(day, hour, minute, self.zone)

    def day_of(self, day: Day, today: date | None = None) -> tuple[date | None, date | None]:
        """The day and its other reading; seen from another day, always ahead."""
        past = self.context.past and today is None
        return resolve_day(day, today or self.today, past=past, day_first=self.moment.day_first)

    def stretch_of(self, period: Period, today: date | None = None) -> Stretch | None:
        """The days of a period; seen from another day, always ahead."""
        past = self.context.past and today is None
        return resolve_period(
            period,
            today or self.today,
            past=past,
            day_first=self.moment.day_first,
            calendar=self.moment.calendar,
        )

    def due(self, *, end: datetime, before: date | None, on: date) -> date | None:
        """The last day that keeps a deadline: none for what is over, the day before `before` for "before X",
        else `on`.
        """
        if self.context.past or self.context.after or end <= self.now:
            return None
        return before - _DAY if self.context.before and before else on


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
    view = _View(moment=moment, context=context, now=moment.sent_at.astimezone(zone), zone=zone)
    try:
        return _resolve(expression, view)
    except (OverflowError, ValueError):
        return None  # beyond the calendar: "in 9000 years"


def _resolve(expression: Expression, view: _View) -> tuple[Resolved, Resolved | None] | None:
    match expression.day:
        case Duration() as span:
            return _duration(span, view), None
        case Period() as period:
            resolved = _period(expression, period, view)
            return (resolved, None) if resolved else None
        case None:
            return _placed(expression, _day_of_time(expression, view), None, view), None
        case day:
            first, other = view.day_of(day)
            if first is None:
                return None
            alternative = _placed(expression, other, None, view) if other else None
            return _placed(expression, first, _last_day(expression, first, view), view), alternative


def _last_day(expression: Expression, first: date, view: _View) -> date | None:
    day, ending = expression.day, expression.last_day
    if isinstance(day, CalendarDay) and day.last_day is not None:
        return safe_date(first.year, first.month, day.last_day)
    if ending is None or isinstance(ending, Period):
        return None
    if isinstance(day, CalendarDay) and isinstance(ending, CalendarDay) and ending.month is None:
        ending = replace(ending, month=day.month, year=day.year)
    return view.day_of(ending, first)[0]


def _placed(expression: Expression, first: date, last: date | None, view: _View) -> Resolved:
    """A day, or days, with the time of day that was given."""
    start, end = _times(expression, first, view)
    if last:
        end = view.at(last, 24) if expression.time is None else end + (last - first)
    due = view.due(end=end, before=first if expression.time is None else None, on=last or first)
    return Resolved(start=start, end=end, due=due)


def _times(expression: Expression, day: date, view: _View) -> tuple[datetime, datetime]:
    time = expression.time
    if time is None and isinstance(expression.day, RelativeDay) and expression.day.part:
        time = DayPart(start=expression.day.part[0], end=expression.day.part[1])
    match time:
        case None:
            return view.at(day, 0), view.at(day, 24)
        case DayPart():
            return _day_part(time, day, view)
        case ClockRange():
            return _between(_clock(time.start, day, view), _clock(time.end, day, view), sure=time.end.sure)
        case Clock():
            start = _clock(time, day, view)
            if expression.last_time:
                return _between(start, _clock(expression.last_time, day, view), sure=True)
            return start, start + (timedelta(hours=1) if time.grain == "hour" else timedelta(minutes=1))


def _between(start: datetime, end: datetime, *, sure: bool) -> tuple[datetime, datetime]:
    """A range of times, whose end is in the afternoon, or on the next day, if it would come before its start."""
    if end <= start and not sure:
        end += timedelta(hours=12)
    return start, end if end > start else end + _DAY


def _day_part(part: DayPart, day: date, view: _View) -> tuple[datetime, datetime]:
    if part.end is None:
        close = view.moment.calendar.hours.end
        end = view.at(day, close.hour, close.minute)
        return end - timedelta(hours=1), end
    return view.at(day, part.start), view.at(day, part.end)


def _clock(clock: Clock, day: date, view: _View) -> datetime:
    """A time of day; an unsure hour is in the afternoon if the office is closed at it in the morning, or it has
    gone by.
    """
    at = view.at(day, clock.hour, clock.minute)
    gone_by = day == view.today and at <= view.now
    if not clock.sure and clock.hour < 12 and (clock.hour < _OFFICE_OPENS or gone_by):
        return at + timedelta(hours=12)
    return at


def _day_of_time(expression: Expression, view: _View) -> date:
    """A time without a day is today's, or tomorrow's if today's has gone by."""
    time = expression.time
    if view.context.past or not isinstance(time, Clock | ClockRange):
        return view.today
    clock = time if isinstance(time, Clock) else time.start
    hour = clock.hour + 12 if not clock.sure and clock.hour < 12 else clock.hour
    gone_by = (hour, clock.minute) <= (view.now.hour, view.now.minute)
    return view.today + _DAY if gone_by else view.today


def _period(expression: Expression, period: Period, view: _View) -> Resolved | None:
    stretch = view.stretch_of(period)
    if stretch is None:
        return None
    if isinstance(expression.last_day, Period):
        ending = view.stretch_of(expression.last_day, stretch.first)
        if ending:
            stretch = replace(stretch, last=ending.last, due=ending.due)
    start, end = view.at(stretch.first, 0), view.at(stretch.last, 24)
    return Resolved(start=start, end=end, due=view.due(end=end, before=stretch.first, on=stretch.due))


def _duration(span: Duration, view: _View) -> Resolved:
    now = view.now
    if span.high == 0:
        return Resolved(start=now, end=now + _DAY, due=None)
    if span.direction in ("ago", "past"):
        start = _shifted(span, -span.high, view)
        end = now if span.direction == "past" else start + _DAY
        return Resolved(start=start, end=max(end, start), due=None)
    end = _shifted(span, span.high, view)
    due = None if view.context.from_event or view.context.past else end.date()
    start = now if span.direction == "within" else _shifted(span, span.low, view)
    if span.unit not in ("minute", "hour"):
        start = start if span.direction == "within" else view.at(start.date(), 0)
        end = view.at(end.date(), 24)
    return Resolved(start=start, end=end, due=due)


def _shifted(span: Duration, count: int, view: _View) -> datetime:
    now = view.now
    if span.business:
        days = count if span.unit == "day" else count * 5
        return now + (view.moment.calendar.add_working_days(view.today, days) - view.today)
    match span.unit:
        case "minute":
            return view.moment.elapsed(now, timedelta(minutes=count))
        case "hour":
            return view.moment.elapsed(now, timedelta(hours=count))
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
