"""From a time of day on a known day to the moments it means."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from extractors.dates.moment import Moment
from extractors.dates.terms import Clock, ClockRange, DayPart, TimeOfDay
from extractors.dates.view import DAY

_OFFICE_OPENS = 7
_HALF_DAY = 12
_MIDNIGHT = 24
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
Moments = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Dial:
    """Times of day in one zone, seen from `now` in that zone."""

    moment: Moment
    now: datetime
    zone: tzinfo
    past: bool

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return self.moment.at(day, hour, minute, self.zone)

    def day_of(self, time: TimeOfDay | None) -> date:
        """A time without a day is today's, or tomorrow's if today's has gone by."""
        today = self.now.date()
        match time:
            case ClockRange(start=clock, end=Clock(hour=12, minute=0)) if not self.past:  # "9 to 12" ends at noon
                gone_by = (clock.hour, clock.minute) <= (self.now.hour, self.now.minute)
            case ClockRange(start=clock) | (Clock() as clock) if not self.past:
                hour = clock.hour + _HALF_DAY if not clock.sure and clock.hour < _HALF_DAY else clock.hour
                gone_by = (hour, clock.minute) <= (self.now.hour, self.now.minute)
            case DayPart(start=start, end=int(), alone=True) if not self.past:
                gone_by = start <= self.now.hour
            case _:
                gone_by = False
        return today + DAY if gone_by else today

    def span(self, time: TimeOfDay | None, last: Clock | None, day: date) -> Moments:
        """From when to when a time of a day runs; a day without a time is the whole of it."""
        match time:
            case None:
                return self.at(day, 0), self.at(day, _MIDNIGHT)
            case DayPart():
                return self._part(time, day)
            case ClockRange():
                return _between(self._clock(time.start, day), self._clock(time.end, day), sure=time.end.sure)
            case Clock():
                start = self._clock(time, day)
                if last:
                    return _between(start, self._clock(last, day), sure=True)
                return start, start + (_HOUR if time.grain == "hour" else _MINUTE)

    def _part(self, part: DayPart, day: date) -> Moments:
        if part.end is not None:
            return self.at(day, part.start), self.at(day, part.end)
        close = self.moment.calendar.hours.end
        end = self.at(day, close.hour, close.minute)
        if end <= self.now and day == self.now.date():  # said after hours: before the day is over
            return self.now, self.at(day, _MIDNIGHT)
        return end - _HOUR, end

    def _clock(self, clock: Clock, day: date) -> datetime:
        """A time of day; an unsure hour is in the afternoon if the office is closed at it in the morning, or it has
        gone by.
        """
        at = self.at(day, clock.hour, clock.minute)
        if self.past and at <= self.now:
            return at
        gone_by = day == self.now.date() and at <= self.now
        if not clock.sure and clock.hour < _HALF_DAY and (clock.hour < _OFFICE_OPENS or gone_by):
            return self.at(day, clock.hour + _HALF_DAY, clock.minute)
        return at


def _between(start: datetime, end: datetime, *, sure: bool) -> Moments:
    """A range of times, whose end is in the afternoon, or on the next day, if it would come before its start."""
    if end <= start and not sure:
        end += timedelta(hours=_HALF_DAY)
    return start, end if end > start else end + DAY
