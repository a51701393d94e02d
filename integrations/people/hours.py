"""Working hours in the spellings that people use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time

from app.core.facts import WorkingHours

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(.+?)\s*(?:-|–|to)\s*(.+)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(am|pm)?", re.IGNORECASE)


def working_hours(value: object) -> WorkingHours:
    """Hours from `"09:00-17:30"`, from `{start, end, days}`, or from a mapping of weekdays to spans.

    Different spans on different days become the widest. Raises ValueError with what is wrong.
    """
    if value is None:
        return WorkingHours()
    if isinstance(value, str):
        start, end = _span(value)
        return WorkingHours(start=start, end=end)
    if not isinstance(value, Mapping):
        raise ValueError('must be "09:00-17:30", or start, end and days')  # noqa: TRY004 - the caller knows one error
    fields = {str(key).strip().lower(): item for key, item in value.items()}
    if any(_is_day(key) for key in fields):
        return _by_weekday({key: item for key, item in fields.items() if _is_day(key)})
    standard = WorkingHours()
    hours = WorkingHours(
        start=_clock(str(fields.get("start") or standard.start)),
        end=_clock(str(fields.get("end") or standard.end)),
        days=_days(fields["days"]) if fields.get("days") is not None else standard.days,
    )
    _require_order(hours.start, hours.end)
    return hours


def _by_weekday(fields: Mapping[str, object]) -> WorkingHours:
    spans: dict[int, tuple[time, time]] = {}
    for key, item in fields.items():
        if item in (None, False, "", "off"):
            continue
        span = _mapped_span(item) if isinstance(item, Mapping) else _span(str(item))
        spans.update(dict.fromkeys(_days(key), span))
    if not spans:
        raise ValueError("must have at least one working day")
    return WorkingHours(
        start=min(start for start, _ in spans.values()),
        end=max(end for _, end in spans.values()),
        days=tuple(sorted(spans)),
    )


def _mapped_span(value: Mapping[object, object]) -> tuple[time, time]:
    return _span(f"{value.get('start')}-{value.get('end')}")


def _span(text: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise ValueError(f'must be a span such as "09:00-17:30", not {text[:30]!a}')
    start, end = _clock(match[1]), _clock(match[2])
    _require_order(start, end)
    return start, end


def _require_order(start: time, end: time) -> None:
    if start >= end:
        raise ValueError(f"must start before they end, not {start:%H:%M} to {end:%H:%M}")


def _clock(text: str) -> time:
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        raise ValueError(f'must hold times such as "09:00", not {text[:30]!a}')
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f'must hold times such as "9:00 am", not {text[:30]!a}')
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        return time(23, 59, 59)
    if hour > 23 or minute > 59:
        raise ValueError(f'must hold times such as "09:00", not {text[:30]!a}')
    return time(hour, minute)


def _is_day(word: str) -> bool:
    parts = re.split(r"\s*(?:-|–|to)\s*", word)
    return all(_named(part) is not None for part in parts)


def _named(word: str) -> int | None:
    name = word.strip().lower()
    if len(name) < 3 or not "monday tuesday wednesday thursday friday saturday sunday".count(name):
        return None
    return _DAYS.index(name[:3]) if name[:3] in _DAYS else None


def _days(value: object) -> tuple[int, ...]:
    items = value if isinstance(value, list) else [part for part in re.split(r"[,\s]+", str(value)) if part]
    numbers = [str(item).strip() for item in items]
    if numbers and all(number.isdigit() for number in numbers):
        return _numbered([int(number) for number in numbers])
    days: set[int] = set()
    for item in numbers:
        ends = [_named(part) for part in re.split(r"-|–", item)]
        if not ends or len(ends) > 2 or any(end is None for end in ends):
            raise ValueError(f"must name days such as mon, not {item[:30]!a}")
        first, last = ends[0] or 0, ends[-1] or 0
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    if not days:
        raise ValueError("must have at least one working day")
    return tuple(sorted(days))


def _numbered(numbers: list[int]) -> tuple[int, ...]:
    """With a 0 among them days count from 0, else as in ISO 8601 from 1; the first is Monday."""
    first = 0 if 0 in numbers else 1
    if max(numbers) - first > 6:
        raise ValueError("must number the days 1 (Monday) to 7")
    return tuple(sorted({number - first for number in numbers}))
