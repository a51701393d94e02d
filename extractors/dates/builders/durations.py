"""Durations: "in two weeks", "within 48 hours", "3 business days", "1 month and 21 days ago"."""

from extractors.dates.numbers import amount
from extractors.dates.patterns import cues
from extractors.dates.patterns.fragments import AMOUNT, SPAN_UNIT
from extractors.dates.rule import Found
from extractors.dates.terms import Direction, Duration, Period, SpanUnit, Term
from extractors.dates.words.units import PERIOD_UNITS, SPAN_UNITS
from extractors.lazily import compiled

FURTHER_UNIT = compiled(rf"(?P<count>{AMOUNT})[ ]*(?P<unit>{SPAN_UNIT})")
_PLURAL = compiled(r"(?<=\w)s$")
_CLOCK_DIGITS = 4
_BACK = ("last", "past", "previous")


def _unit(word: str) -> tuple[SpanUnit, int]:
    return SPAN_UNITS.get(word) or SPAN_UNITS[_PLURAL.sub("", word)]


def duration(found: Found) -> Term | None:
    if found["low"] in ("a", "an", "another", "one more") and found.comes_before(cues.LENGTH_OF_DURATION_AFTER):
        return None
    direction = _direction(found)
    clock_like = found["unit"] == "h" or (found["unit"] in ("hrs", "hours") and len(found["low"]) == _CLOCK_DIGITS)
    if clock_like and direction == "bare":
        return None  # "16h" and "1500 hrs" are times
    unit, factor = _unit(found["unit"])
    moment = found["low"] in ("a", "an", "one") or direction == "in"
    if unit == "second" and not found["frame"] and moment:
        direction = "bare"  # "within a second of each other"
    low = amount(found["low"]) * factor
    high = amount(found["high"]) * factor if found["high"] else low
    if "or two" in found["loose"]:
        high = low + factor
    return Duration(
        low=low,
        high=max(low, high),
        unit=unit,
        business=bool(found["business"]) or found["unit"].startswith("weekday"),
        direction=direction,
        anchored=found["suffix"] in ("from now", "from today", "hence") or bool(found["frame"]),
        more=_more(found["rest"]),
    )


def _more(rest: str) -> Duration | None:
    """The further units of "1 month, 2 days and 3 hours"."""
    further: Duration | None = None
    for match in reversed(list(FURTHER_UNIT.finditer(rest))):
        unit, factor = _unit(match["unit"])
        number = amount(match["count"]) * factor
        further = Duration(low=number, high=number, unit=unit, more=further)
    return further


def _direction(found: Found) -> Direction:
    prep, suffix = found["prep"], found["suffix"]
    frame = found["frame"].removeprefix("the ").removeprefix("these ")
    if suffix == "ago":
        return "ago"
    if frame in _BACK:
        return "past"
    if suffix and suffix != "time" and not prep.startswith(("within", "inside")):
        return "in"
    if prep.startswith(("within", "inside")) or frame:
        return "within"
    if prep == "in":
        length = "-" in found["dash"] or _is_one_day(found) or found.comes_before(cues.TOTAL_AFTER)
        return "bare" if length and not found["loose"] else "in"
    return "within" if found["business"] and not prep and not found["own"] else "bare"


def _is_one_day(found: Found) -> bool:
    """ "in a day" says how long something takes."""
    return found["low"] in ("a", "an", "one", "1") and found["unit"] == "day" and not found["business"]


def framed_period(found: Found) -> Term | None:
    """ "over the next week": so long from now."""
    unit, factor = _unit(found["unit"])
    return Duration(low=factor, high=factor, unit=unit, direction="within", anchored=True)


def within_period(found: Found) -> Term | None:
    """ "within the hour" counts from now, "within the week" is the present one."""
    word = found["unit"]
    if word in ("hour", "day"):
        return Duration(low=1, high=1, unit=_unit(word)[0], direction="within")
    return Period(unit=PERIOD_UNITS[word], offset=0)


def framed_unit(found: Found) -> Term | None:
    unit, factor = _unit(found["unit"])
    if found["unit"] == "minute":
        return None
    return Duration(low=factor, high=factor, unit=unit, direction="past" if found["frame"] in _BACK else "within")


def definite_day(_found: Found) -> Term | None:
    """ "the day" before or after another."""
    return Duration(low=1, high=1, unit="day")


def unplaced_day(_found: Found) -> Term | None:
    """A day counted from some other event than the sending; found, but not placed."""
    return Duration(low=0, high=0, unit="day", direction="in")
