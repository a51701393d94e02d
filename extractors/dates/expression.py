"""Pieces that belong together: "Tuesday" + "2-4 pm" + "ET", "from" + "6 July" + "to" + "31 August"."""

import re
from dataclasses import dataclass, replace

from extractors.dates.pieces import Piece
from extractors.dates.terms import (
    CalendarDay,
    Clock,
    ClockRange,
    Day,
    DayPart,
    Duration,
    Feast,
    Period,
    RelativeDay,
    TimeOfDay,
    Weekday,
    ZoneName,
)

_DAY_THEN_TIME = re.compile(
    r"[ ,]*(?:at|@|from|between|by|around|about|in the|before|after|until|till|-|–|\()?[ ]*", re.IGNORECASE
)
_TIME_THEN_DAY = re.compile(r"[ ,]*(?:on|of|the|\()?[ ]*", re.IGNORECASE)
_BEFORE_ZONE = re.compile(r"[ ,]*\(?", re.IGNORECASE)
_RANGE = re.compile(r"[ ]*(?:-|–|—|to|until|till|through|thru)[ ]*(?:the[ ]+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[ ]*and[ ]*", re.IGNORECASE)
_OPENING = re.compile(r"\b(?:from|between)[ ]+(?:the[ ]+)?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Expression:
    """One date expression of a sentence, by its parts."""

    start: int
    end: int
    day: Day | Period | Duration | None = None
    last_day: Day | Period | None = None
    time: TimeOfDay | None = None
    last_time: Clock | None = None
    zone: str | None = None


def expressions(sentence: str, found: list[Piece]) -> list[Expression]:
    """The date expressions that the pieces of a sentence form, in order."""
    done: list[Expression] = []
    current: Expression | None = None
    for piece in found:
        joined = _join(sentence, current, piece) if current else None
        if joined is None:
            if current:
                done.append(current)
            current = _begin(piece)
        else:
            current = joined
    if current:
        done.append(current)
    return [_with_opening(sentence, expression) for expression in done if _stands_alone(expression)]


def _begin(piece: Piece) -> Expression:
    term = piece.term
    if isinstance(term, ZoneName):
        return Expression(start=piece.start, end=piece.end, zone=term.name)
    if isinstance(term, Clock | ClockRange | DayPart):
        return Expression(start=piece.start, end=piece.end, time=term)
    return Expression(start=piece.start, end=piece.end, day=term)


def _join(sentence: str, current: Expression, piece: Piece) -> Expression | None:
    gap = sentence[current.end : piece.start]
    term = piece.term
    match term:
        case ZoneName():
            fits = current.zone is None and current.time is not None and _BEFORE_ZONE.fullmatch(gap)
            return replace(current, zone=term.name, end=piece.end) if fits else None
        case Clock() | ClockRange() | DayPart():
            return _join_time(sentence, current, piece.end, term, gap)
        case Duration():
            return None
        case CalendarDay() | Weekday() | RelativeDay() | Feast() | Period():
            return _join_day(sentence, current, piece.end, term, gap)


def _join_time(sentence: str, current: Expression, end: int, term: TimeOfDay, gap: str) -> Expression | None:
    if (
        current.time is None
        and isinstance(current.day, CalendarDay | Weekday | RelativeDay | Feast)
        and current.last_day is None
    ):
        return replace(current, time=term, end=end) if _DAY_THEN_TIME.fullmatch(gap) else None
    if isinstance(current.time, Clock) and isinstance(term, Clock) and current.last_time is None:
        opened = (
            _OPENING.search(sentence[: current.start]) or "between" in sentence[current.start : current.end].lower()
        )
        if _RANGE.fullmatch(gap) or (opened and _BETWEEN.fullmatch(gap)):
            return replace(current, last_time=term, end=end)
    if (
        isinstance(current.time, Clock)
        and not current.time.sure
        and isinstance(term, DayPart)
        and term.end
        and _TIME_THEN_DAY.fullmatch(gap.replace("in the", ""))
    ):
        return replace(current, time=_in_part(current.time, term.start), end=end)
    return None


def _in_part(clock: Clock, start: int) -> Clock:
    hour = clock.hour + 12 if start >= 12 and clock.hour < 12 else clock.hour
    return replace(clock, hour=hour, sure=True)


def _join_day(sentence: str, current: Expression, end: int, term: Day | Period, gap: str) -> Expression | None:
    if current.day is None and current.time is not None and _TIME_THEN_DAY.fullmatch(gap):
        if isinstance(term, Period) and not (isinstance(current.time, DayPart) and term.unit == "week"):
            return None
        time = current.time
        if isinstance(term, RelativeDay) and term.part and isinstance(time, Clock) and not time.sure:
            time = _in_part(time, term.part[0])
        return replace(current, day=term, time=time, end=end)
    if (
        isinstance(current.day, Weekday)
        and isinstance(term, CalendarDay)
        and term.weekday is None
        and re.fullmatch(r"[ ,(]*", gap)
    ):
        return replace(current, day=replace(term, weekday=current.day.weekday), end=end)
    if current.day is None or isinstance(current.day, Duration) or current.last_day is not None:
        return None
    opened = bool(_OPENING.search(sentence[: current.start]))
    between = opened and "between" in sentence[max(0, current.start - 12) : current.start].lower()
    if _RANGE.fullmatch(gap) or (between and _BETWEEN.fullmatch(gap)):
        same_kind = isinstance(current.day, Period) == isinstance(term, Period)
        return replace(current, last_day=term, end=end) if same_kind else None
    return None


def _with_opening(sentence: str, expression: Expression) -> Expression:
    """A range takes its "from" or "between" along."""
    ranged = (
        expression.last_day is not None
        or expression.last_time is not None
        or (isinstance(expression.day, CalendarDay) and expression.day.last_day is not None)
    )
    opening = _OPENING.search(sentence[: expression.start]) if ranged else None
    return replace(expression, start=opening.start()) if opening else expression


def _stands_alone(expression: Expression) -> bool:
    """A zone, or a part of a day that is no deadline, places nothing by itself."""
    if expression.day is not None:
        return True
    if expression.time is None:
        return False
    return not (isinstance(expression.time, DayPart) and expression.time.end is not None)
