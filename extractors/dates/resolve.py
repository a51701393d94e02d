"""From a date expression to the stretch of time it means, seen from the moment of sending."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from extractors.dates.clock import Dial
from extractors.dates.days import DayReading, resolve_day, shift
from extractors.dates.expression import Expression
from extractors.dates.loose import read_loose_day
from extractors.dates.moment import Moment
from extractors.dates.periods import resolve_period, span_of
from extractors.dates.terms import (
    CalendarDay,
    Clock,
    ClockRange,
    Day,
    DayPart,
    Duration,
    LooseDay,
    NthDay,
    Ordinal,
    Period,
    RelativeDay,
    TimeOfDay,
    WeekPrefix,
)
from extractors.dates.view import DAY, Tense, View
from extractors.dates.zones import is_southern, zone_written
from extractors.findings import DateKind, Grain

_UNIT_GRAINS: dict[str, Grain] = {
    "second": "minute",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "weekend": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "quarter",
    "season": "quarter",
    "year": "year",
}
_SHORT_UNITS = ("second", "minute", "hour")


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What the words around an expression say: on which side of now it lies, "before …", "after …", or that it is
    counted from some other event.
    """

    tense: Tense = "open"
    before: bool = False
    after: bool = False
    from_event: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A stretch of time, half open, and the last day that keeps a deadline set by it."""

    start: datetime
    end: datetime
    due: date | None


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One expression with all it is seen from; `placed` is False for an hour without a day in an unknown zone."""

    expression: Expression
    context: Context
    dial: Dial
    view: View
    placed: bool

    def due(self, *, start: datetime, end: datetime, before: date | None, on: date) -> date | None:
        """The last day that keeps a deadline: none for what is over, the day before `before` for "before X",
        else `on`.
        """
        now = self.dial.now
        told = self.context.tense == "past" and start <= now
        if told or self.context.after or not self.placed or end <= now:
            return None
        return before - DAY if self.context.before and before else on


def kind_and_grain(expression: Expression) -> tuple[DateKind, Grain]:
    """What sort of expression it is and how finely it speaks."""
    ranged = expression.last_day or expression.last_time or isinstance(expression.time, ClockRange)
    grain = _grain(expression.time)
    match expression.day:
        case Duration(unit=unit):
            return "duration", _UNIT_GRAINS[unit]
        case Period(unit=unit):
            return ("range" if ranged else "date"), _UNIT_GRAINS[unit]
        case CalendarDay(last_day=int()):
            return "range", grain
        case None:
            return ("range" if ranged else "time"), grain
    if ranged:
        return "range", grain
    return ("datetime" if expression.time else "date"), grain


def _grain(time: TimeOfDay | None) -> Grain:
    match time:
        case Clock(grain=grain):
            return grain
        case ClockRange():
            return "minute"
        case DayPart():
            return "hour"
    return "day"


def resolve(expression: Expression, moment: Moment, context: Context) -> tuple[Resolved, Resolved | None] | None:
    """The reading of an expression and the other reading where there is a real one; None for what cannot be."""
    if moment.sent_at is None:
        return None
    named = zone_written(expression.zone, moment.zone) if expression.zone else moment.zone
    zone = named or moment.zone
    now = moment.sent_at.astimezone(zone)
    view = View(
        today=now.date(),
        tense=context.tense,
        calendar=moment.calendar,
        day_first=moment.day_first,
        fiscal_year_start=moment.fiscal_year_start,
        southern=is_southern(moment.zone),
    )
    case = _Case(
        expression=expression,
        context=context,
        dial=Dial(moment=moment, now=now, zone=zone, past=context.tense == "past"),
        view=view,
        placed=(named is not None or expression.day is not None) and not _is_told(expression.day),
    )
    try:
        return _resolve(case)
    except (OverflowError, ValueError):
        return None  # beyond the calendar: "in 9000 years"


def _is_told(day: object) -> bool:
    return isinstance(day, RelativeDay) and day.told


def _resolve(case: _Case) -> tuple[Resolved, Resolved | None] | None:
    match case.expression.day:
        case Duration() as span:
            return _duration(span, case), None
        case Period() as period:
            resolved = _period(period, case)
            return (resolved, None) if resolved else None
        case None:
            return _on_day(case, case.dial.day_of(case.expression.time), None), None
        case WeekPrefix():
            return None
        case day:
            reading = _day(day, case.view)
            if reading is None:
                return None
            other = _on_day(case, reading.other, None) if reading.other else None
            return _on_day(case, reading.day, _last_day(case, reading.day)), other


def _day(day: Day | Ordinal | LooseDay, view: View) -> DayReading | None:
    match day:
        case LooseDay(text=text):
            found = read_loose_day(text, view.today, past=view.past, day_first=view.day_first)
            return DayReading(day=found) if found else None
        case Ordinal():
            return resolve_day(NthDay(ordinal=day, period=Period(unit="month", offset=0, bare=True)), view, span_of)
        case _:
            return resolve_day(day, view, span_of)


def _last_day(case: _Case, first: date) -> date | None:
    """The last day of a range of days; seen from its first, always ahead."""
    day, ending = case.expression.day, case.expression.last_day
    if isinstance(day, CalendarDay) and day.last_day is not None:
        return first.replace(day=day.last_day)
    if ending is None or isinstance(ending, Period):
        return None
    if isinstance(day, CalendarDay) and isinstance(ending, CalendarDay) and ending.month is None:
        ending = replace(ending, month=day.month, year=day.year)
    reading = resolve_day(ending, replace(case.view, today=first, tense="future"), span_of)
    return reading.day if reading else None


def _on_day(case: _Case, first: date, last: date | None) -> Resolved:
    """A day, or days, with the time of day that was given."""
    time = case.expression.time
    part = case.expression.day.part if isinstance(case.expression.day, RelativeDay) else None
    if time is None and part:
        time = DayPart(start=part[0], end=part[1])
    start, end = case.dial.span(time, case.expression.last_time if last is None else None, first)
    if last:
        end = case.dial.span(case.expression.last_time or time, None, last)[1]
    due = case.due(start=start, end=end, before=first if case.expression.time is None else None, on=last or first)
    return Resolved(start=start, end=end, due=due)


def _period(period: Period, case: _Case) -> Resolved | None:
    stretch = resolve_period(period, case.view)
    if stretch is None:
        return None
    ahead = replace(case.view, today=stretch.first, tense="future")
    last, due = stretch.last, stretch.due
    match case.expression.last_day:
        case Period() as ending:
            until = resolve_period(ending, ahead)
            last, due = (until.last, until.due) if until else (last, due)
        case None:
            pass
        case day:
            reading = resolve_day(day, ahead, span_of)
            last = due = reading.day if reading else last
    start, end = case.dial.at(stretch.first, 0), case.dial.at(last, 24)
    before = None if period.portion == "end" else stretch.first
    return Resolved(start=start, end=end, due=case.due(start=start, end=end, before=before, on=due))


def _duration(span: Duration, case: _Case) -> Resolved:
    now = case.dial.now
    if span.high == 0:
        return Resolved(start=now, end=now + DAY, due=None)
    if span.direction in ("ago", "past"):
        start = _shifted(span, -1, case)
        end = now if span.direction == "past" else start + DAY
        return Resolved(start=start, end=max(end, start), due=None)
    end = _shifted(span, 1, case)
    due = None if case.context.from_event or case.context.after or case.view.past else end.date()
    start = now if span.direction == "within" else _shifted(replace(span, high=span.low), 1, case)
    if span.unit not in _SHORT_UNITS:
        start = start if span.direction == "within" else case.dial.at(start.date(), 0)
        end = case.dial.at(end.date(), 24)
    return Resolved(start=start, end=end, due=due)


def _shifted(span: Duration, sign: int, case: _Case) -> datetime:
    """The moment so long from now; hours elapse, days and longer keep the time on the clock."""
    now = case.dial.now
    if span.more is None and span.unit in _SHORT_UNITS and not span.business:
        seconds = {"second": 1, "minute": 60, "hour": 3600}[span.unit]
        return case.dial.moment.elapsed(now, timedelta(seconds=sign * span.high * seconds))
    day = shift(now.date(), replace(span, more=None), sign, case.view)
    moved = datetime.combine(day, now.timetz())
    if span.more is None:
        return moved
    return _shifted(span.more, sign, replace(case, dial=replace(case.dial, now=moved)))
