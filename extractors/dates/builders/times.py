"""From a match of a time pattern to what it means; None where the match turns out to be none."""

from extractors.dates.builders.common import Match
from extractors.dates.terms import Clock, ClockRange, DayPart, Term, ZoneName
from extractors.dates.vocabulary import DAY_PARTS


def clock(match: Match) -> Term | None:
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    meridiem = (groups.get("meridiem") or "").lower().replace(".", "")
    if meridiem in ("a", "p") and " " in match[0]:
        return None
    if meridiem:
        if hour > 12:
            return Clock(hour=hour, minute=minute)
        hour = hour % 12 + (12 if meridiem.startswith("p") else 0)
    sure = bool(meridiem) or hour >= 12 or hour == 0 or match["hour"].startswith("0") or "h" in match[0].lower()
    return Clock(hour=hour, minute=minute, sure=sure)


def clock_range(match: Match) -> Term | None:
    """ "2-4pm", "between 9 and 11": the meridiem that only the second time has counts for both."""
    end_meridiem = (match["end_meridiem"] or "").lower().replace(".", "")
    start_meridiem = (match["start_meridiem"] or "").lower().replace(".", "") or end_meridiem
    start_hour = int(match["start_hour"])
    end_hour = {"noon": 12, "midnight": 24}.get(match["end_hour"].lower()) or int(match["end_hour"])
    if max(start_hour, end_hour) > 24:
        return None
    if end_meridiem.startswith("p") and not match["start_meridiem"] and start_hour > end_hour:
        start_meridiem = "am"
    start = _clock_of(start_hour, match["start_minute"], start_meridiem)
    end = _clock_of(end_hour, match["end_minute"], end_meridiem)
    return ClockRange(start=start, end=end)


def _clock_of(hour: int, minute: str | None, meridiem: str) -> Clock:
    if meridiem and hour <= 12:
        hour = hour % 12 + (12 if meridiem.startswith("p") else 0)
    return Clock(hour=hour % 24, minute=int(minute or 0), sure=bool(meridiem) or hour >= 12)


def named_clock(match: Match) -> Term | None:
    return Clock(hour=0 if match["word"].lower() == "midnight" else 12)


def bare_hour(match: Match) -> Term | None:
    return Clock(hour=int(match["hour"]), sure=int(match["hour"]) > 12, grain="hour")


def end_of_day(_match: Match) -> Term | None:
    return DayPart(start=0, end=None)


def day_part(match: Match) -> Term | None:
    word = match["word"].lower().removeprefix("at ").removesuffix(" in the morning")
    start, end = DAY_PARTS[word]
    return DayPart(start=start, end=end)


def zone(match: Match) -> Term | None:
    return ZoneName(name=match[0].strip("()"))
