"""Pieces that belong together: "Tuesday" + "2-4 pm" + "ET", "from" + "6 July" + "to" + "31 August"."""

import re
from dataclasses import dataclass, replace

from extractors.dates import joins
from extractors.dates.pieces import Piece
from extractors.dates.terms import (
    CalendarDay,
    Clock,
    ClockRange,
    Day,
    DayPart,
    Duration,
    Feast,
    Instant,
    LooseDay,
    NthDay,
    Ordinal,
    Period,
    RelativeDay,
    ShiftedDay,
    TimeOfDay,
    Weekday,
    WeekPrefix,
    ZoneName,
)
from extractors.lazily import compiled

_DAY_THEN_TIME = compiled(
    r"[ ,:)]*(?:(?:at|@|from|between|by|around|about|approximately|in the|on the|before|after|until|till?"
    r"|starting)(?![a-z]))?"
    r"(?:[ ]around|[ ]about)?[ ]?[-–(]?[ ]*"
)
_TIME_THEN_DAY = compiled(r"[ ,(]*(?:(?:on|of|by|for)[ ]+)?(?:the[ ]+)?")
_PART_THEN_CLOCK = compiled(r"[ ,(]*(?:at|by|around|about|from|between|@)?[ ]*")
_IN_PART = compiled(r"[ ,]*(?:in the|in)?[ ]*")
_BEFORE_ZONE = compiled(r"[ ,]*\(?")
_RANGE = compiled(r"[ ]*(?:-|–|—|to|until|till?|through|thru|up to|up until)[ ]*(?:(?:the|on)[ ]+)?")
_BETWEEN = compiled(r"[ ]*(?:and|&)[ ]*")
_OPENING = compiled(r"\b(?:from|between)[ ]+(?:the[ ]+)?$", re.IGNORECASE)
_LOOK_BACK = 14

DayTerm = Day | Period | Duration | LooseDay


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """One date expression of a sentence, by its parts."""

    start: int
    end: int
    day: DayTerm | Ordinal | WeekPrefix | None = None
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
    return [_whole(sentence, expression) for expression in done if _stands_alone(expression)]


def _begin(piece: Piece) -> Expression:
    match piece.term:
        case ZoneName(name=name):
            return Expression(start=piece.start, end=piece.end, zone=name)
        case Clock() | ClockRange() | DayPart() as time:
            return Expression(start=piece.start, end=piece.end, time=time)
        case Instant(day=day, clock=clock, zone=zone):
            return Expression(start=piece.start, end=piece.end, day=day, time=clock, zone=zone)
        case term:
            return Expression(start=piece.start, end=piece.end, day=term)


def _join(sentence: str, current: Expression, piece: Piece) -> Expression | None:
    gap = sentence[current.end : piece.start].lower()
    if len(gap) > _LOOK_BACK:
        return None
    joined: Expression | None = None
    match piece.term:
        case ZoneName(name=name):
            if current.zone is None and current.time is not None and _BEFORE_ZONE.fullmatch(gap):
                joined = replace(current, zone=name, end=piece.end)
        case Clock() | ClockRange() | DayPart() as time:
            joined = _join_time(sentence, current, piece.end, time, gap)
        case CalendarDay() | Weekday() | RelativeDay() | Feast() | NthDay() | ShiftedDay() | Period() as day:
            joined = _join_day(sentence, current, piece, day, gap)
        case Instant(day=day, clock=clock):
            ranged = _join_day(sentence, current, piece, day, gap)
            joined = replace(ranged, last_time=clock) if ranged else None
    return joined


def _join_time(sentence: str, current: Expression, end: int, term: TimeOfDay, gap: str) -> Expression | None:
    if current.last_time is not None:
        return None
    if current.last_day is not None or current.time is None:
        return _join_time_to_day(current, end, term, gap)
    joined: Expression | None = None
    match current.time, term:
        case DayPart(start=start, end=int()), Clock() | ClockRange() if _PART_THEN_CLOCK.fullmatch(gap):
            joined = replace(current, time=joins.in_part(term, start), end=end)
        case Clock(), Clock() if _RANGE.fullmatch(gap) or (
            _BETWEEN.fullmatch(gap) and _is_between(sentence, current)
        ):
            joined = replace(current, last_time=term, end=end)
        case Clock() | ClockRange(), DayPart(start=start, end=int()) if _IN_PART.fullmatch(gap):
            if not joins.is_sure(current.time):
                joined = replace(current, time=joins.in_part(current.time, start), end=end)
    return joined


def _join_time_to_day(current: Expression, end: int, term: TimeOfDay, gap: str) -> Expression | None:
    if not _DAY_THEN_TIME.fullmatch(gap):
        return None
    if current.last_day is not None:
        return replace(current, last_time=term, end=end) if isinstance(term, Clock) else None
    if not isinstance(current.day, CalendarDay | Weekday | RelativeDay | Feast | NthDay | ShiftedDay | LooseDay):
        return None
    return replace(current, time=joins.fit_to_day(term, current.day), end=end)


def _is_between(sentence: str, current: Expression) -> bool:
    head = sentence[max(0, current.start - _LOOK_BACK) : current.start]
    return bool(_OPENING.search(head)) or "between" in sentence[current.start : current.end].lower()


def _join_day(sentence: str, current: Expression, piece: Piece, term: Day | Period, gap: str) -> Expression | None:
    if current.day is None and current.time is not None:
        return _join_day_to_time(current, piece.end, term, gap)
    whole = current.time is None or isinstance(current.day, Weekday)
    composed = joins.compose(current.day, term, gap) if current.last_day is None and whole else None
    if composed is not None:
        return replace(current, day=composed, end=piece.end)
    if current.last_day is not None:
        grown = joins.compose(current.last_day, term, gap)
        return replace(current, last_day=grown, end=piece.end) if isinstance(grown, Day | Period) else None
    if current.day is None or isinstance(current.day, Duration | Ordinal | WeekPrefix | LooseDay):
        return None
    head = sentence[max(0, current.start - _LOOK_BACK) : current.start].lower()
    between = bool(_OPENING.search(head)) and "between" in head
    if _RANGE.fullmatch(gap) or (between and _BETWEEN.fullmatch(gap)):
        same_kind = isinstance(current.day, Period) == isinstance(term, Period) or isinstance(current.day, Period)
        return replace(current, last_day=term, end=piece.end) if same_kind else None
    return None


def _join_day_to_time(current: Expression, end: int, term: Day | Period, gap: str) -> Expression | None:
    if not _TIME_THEN_DAY.fullmatch(gap):
        return None
    if isinstance(term, Period):
        fits = isinstance(current.time, DayPart) and current.time.end is None and term.unit == "week"
        return replace(current, day=replace(term, bare=False), time=None, end=end) if fits else None
    return replace(current, day=term, time=joins.fit_to_day(current.time, term), end=end)


def _whole(sentence: str, expression: Expression) -> Expression:
    """A range takes its "from" or "between" along, an open bracket its other half."""
    text = sentence[expression.start : expression.end]
    if text.count("(") > text.count(")") and sentence[expression.end : expression.end + 1] == ")":
        expression = replace(expression, end=expression.end + 1)
    ranged = (
        expression.last_day is not None
        or expression.last_time is not None
        or (isinstance(expression.day, CalendarDay) and expression.day.last_day is not None)
        or (isinstance(expression.day, Period) and expression.day.last_number is not None)
    )
    if not ranged:
        return expression
    opening = _OPENING.search(sentence, max(0, expression.start - _LOOK_BACK), expression.start)
    return replace(expression, start=opening.start()) if opening else expression


def _stands_alone(expression: Expression) -> bool:
    """A zone, a bare duration or period, or a part of a day that is no deadline places nothing by itself."""
    match expression.day:
        case None:
            time = expression.time
            return time is not None and not (isinstance(time, DayPart) and time.end is not None and not time.alone)
        case Duration(direction=direction):
            return direction != "bare"
        case Period(bare=bare):
            return not bare or expression.last_day is not None
        case Ordinal() as ordinal:
            return ordinal.weekday is not None and ordinal.nth > 0
        case WeekPrefix():
            return False
    return True
