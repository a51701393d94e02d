"""Puts another day or time into the words of a draft, in the form that its writer chose.

A form that is not understood gives None: better no suggestion than one that says something else.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from app.checks.worktime import Span
from extractors.lazily import compiled

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_DAY = compiled(
    rf"""\b(?:
      (?P<iso> \d{{4}}-\d\d-\d\d )
    | (?P<month_day> {_MONTH} \.? \s+ \d{{1,2}} (?:st|nd|rd|th)? \b (?!:) (?: ,? \s+ \d{{4}} )? )
    | (?P<day_month> \d{{1,2}} (?:st|nd|rd|th|\.)? \s+ (?:of\s+)? {_MONTH} (?: ,? \s+ \d{{4}} )? )
    | (?P<numeric> \d{{1,2}} / \d{{1,2}} (?: / (?:\d{{4}}|\d\d) )? | \d{{1,2}} \. \d{{1,2}} \. (?:\d{{4}}|\d\d)? )
    | (?P<weekday> (?:(?:this|next|coming)\s+)? {_WEEKDAY} )
    | (?P<relative> today | tonight | tomorrow | this\s+(?:morning|afternoon|evening) )
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_DATED = frozenset({"iso", "month_day", "day_month", "numeric"})
_CLOCK = compiled(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?P<minutes>[:.]\d\d)?(?:(?P<gap>\s*)(?P<half>[ap]\.?m\b\.?))?(?![\d%])"
    r"|\b(?P<noon>noon|midday)\b",
    re.IGNORECASE,
)
_LENGTH = compiled(r"\b\d{1,3}[ -]?(?:min(?:ute)?s?|h(?:ou)?rs?|hours?)\b", re.IGNORECASE)
_TO_24 = compiled(r"\b(?:0\d|1[3-9]|2[0-3]):\d\d\b")
_PART = compiled(r"\b(?:morning|afternoon|evening|tonight|night)\b", re.IGNORECASE)
_HOURS_OF = {
    "morning": range(12),
    "afternoon": range(12, 18),
    "evening": range(17, 24),
    "tonight": range(17, 24),
    "night": range(17, 24),
}
_WEEK = compiled(r"\bweek\b", re.IGNORECASE)
_DURATION = compiled(r"\s*(?:in|within)\b", re.IGNORECASE)


def full_day(day: date) -> str:
    """A day written out: `Friday, November 20`."""
    return f"{day:%A}, {day:%B} {day.day}"


def day_reworded(text: str, old: date, new: date, *, today: date) -> str:
    """The words for the day `old`, for the day `new` instead: `EOD Tuesday` becomes `EOD Friday`."""
    if _DAY.search(text) and not _WEEK.search(text):
        return _with_day(text, old, new, today)
    return f"by {full_day(new)}" if _DURATION.match(text) else full_day(new)


def time_reworded(text: str, old: Span, new: Span, *, today: date) -> str | None:
    """The words for the time `old`, for the time `new`; both in the zone that the words are in."""
    blanked = _LENGTH.sub(_blank, _DAY.sub(_blank, text))
    clocks = list(_CLOCK.finditer(blanked))
    moments = [(old.start, new.start), (old.end, new.end)][: len(clocks)]
    if not clocks or len(clocks) > len(moments):
        return None
    part = _PART.search(text)
    if part is not None and new.start.hour not in _HOURS_OF[part[0].lower()]:
        return None
    moved = old.start.date() != new.start.date()
    if moved and (_WEEK.search(text) or not _DAY.search(text)):
        return None
    for clock, (was, now) in reversed(list(zip(clocks, moments, strict=True))):
        if not _says(clock, was):
            return None
        text = text[: clock.start()] + _clock(clock, was, now) + text[clock.end() :]
    return _with_day(text, old.start.date(), new.start.date(), today) if moved else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def time_written_out(moment: datetime) -> str:
    """A time for words that named none: `Friday, November 20 at 2:30 pm`."""
    return f"{full_day(moment.date())} at {_hour(moment)}:{moment:%M} {_half(moment)}"


def _with_day(text: str, old: date, new: date, today: date) -> str:
    dated = any(match.lastgroup in _DATED for match in _DAY.finditer(text))

    def day(match: re.Match[str]) -> str:
        words = match[0]
        if match.lastgroup == "iso":
            return new.isoformat()
        if match.lastgroup == "numeric":
            return _numeric(words, old, new)
        if match.lastgroup in _DATED:
            return _month_and_day(words, new)
        near = today < new <= today + timedelta(days=6)
        if match.lastgroup == "weekday" and (dated or (near and " " not in words)):
            return f"{new:%A}" if words.lower().endswith("day") else f"{new:%a}"
        return f"{new:%A}" if dated else full_day(new)

    return _DAY.sub(day, text)


def _month_and_day(words: str, new: date) -> str:
    long = len(re.findall(r"[A-Za-z]{4,}", words)) > 0 or "may" in words.lower()
    words = re.sub(rf"\b{_MONTH}", f"{new:%B}" if long else f"{new:%b}", words, count=1, flags=re.IGNORECASE)
    words = re.sub(r"\b\d{4}\b", str(new.year), words)
    return re.sub(r"\b\d{1,2}(st|nd|rd|th)?\b", lambda n: f"{new.day}{_ordinal(new.day) if n[1] else ''}", words)


def _ordinal(day: int) -> str:
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _numeric(words: str, old: date, new: date) -> str:
    """In the order of the original, which is known from the day it stood for."""
    numbers = re.findall(r"\d+", words)
    day_first = (int(numbers[0]), int(numbers[1])) == (old.day, old.month)
    values = iter([new.day, new.month] if day_first else [new.month, new.day])
    parts = [f"{next(values):0{len(n)}d}" for n in numbers[:2]]
    parts += [str(new.year)[-len(n) :] for n in numbers[2:]]
    separators = re.findall(r"\D+", words)
    return "".join(p + s for p, s in zip(parts, [*separators, ""], strict=False))


def _says(clock: re.Match[str], moment: datetime) -> bool:
    """Whether this number is the hour of the moment, and not a room or a count of people."""
    return bool(clock["noon"]) or int(clock["hour"]) % 12 == moment.hour % 12


def _clock(clock: re.Match[str], old: datetime, new: datetime) -> str:
    if clock["noon"]:
        return f"{_hour(new)}:{new:%M} {_half(new)}"
    if int(clock["hour"]) > 12 or clock["hour"].startswith("0"):
        return f"{new:%H:%M}"
    minutes = f":{new:%M}" if clock["minutes"] or new.minute else ""
    if clock["half"]:
        half = clock["half"].replace(clock["half"][0], _half(new)[0], 1)
        half = half.upper() if clock["half"].isupper() else half
        return f"{_hour(new)}{minutes}{clock['gap']}{half}"
    return f"{_hour(new)}{minutes}" + ("" if _half(old) == _half(new) else f" {_half(new)}")


def _hour(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _half(moment: datetime) -> str:
    return "am" if moment.hour < 12 else "pm"


def hours_written_out(start: datetime, end: datetime, *, like: str) -> str:
    """A stretch of one day: `from 2 pm to 5:30 pm`; `from 14:00 to 17:30` where the text counts to 24."""
    if _TO_24.search(like):
        return f"from {start:%H:%M} to {end:%H:%M}"
    return f"from {_on_the_clock(start)} to {_on_the_clock(end)}"


def weekday_like(words: str, day: date) -> str:
    """The weekday of a day, as long and as loud as another one was written: `Tue` becomes `Wed`."""
    name = f"{day:%A}" if words.lower().endswith("day") else f"{day:%a}"
    if words.isupper():
        return name.upper()
    return name.lower() if words.islower() else name


def _on_the_clock(moment: datetime) -> str:
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{_hour(moment)}{minutes} {_half(moment)}"
