"""Times of day, parts of a day and zones."""

from extractors.dates.numbers import whole_number
from extractors.dates.patterns import cues
from extractors.dates.rule import Found
from extractors.dates.terms import Clock, ClockRange, DayPart, Term, ZoneName
from extractors.dates.words import zones
from extractors.dates.words.calendar import DAY_PARTS
from extractors.lazily import compiled

_NOON, _MIDNIGHT, _HALF_DAY, _HOUR = 12, 24, 12, 60
_FIRST_OFFICE_HOUR = 7
_NAMED_HOURS = {"noon": _NOON, "midday": _NOON, "midnight": _MIDNIGHT}
_MINUTES = {"half": 30, "quarter": 15}
_ROUND = frozenset({"fifteen", "thirty", "forty five", "forty-five"})
_COUNTS_TO_24 = compiled(r"\d ?h")  # "9:30 h", "7 hrs"; not the letter in "three o'clock"
_NAME_GOES_ON = compiled(r" (?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|I\b)[A-Z]")  # "3 pm Pacific Hall"


def _half(meridiem: str) -> str:
    """ "a", "p" or nothing."""
    return meridiem.strip()[:1]


def _is_letter(meridiem: str) -> bool:
    """Whether it is "a" or "p" alone, which may be the article or the letter."""
    return len(meridiem) == 1


def _hour(text: str) -> int:
    return _NAMED_HOURS.get(text) or whole_number(text)


def _of_half(hour: int, half: str) -> int:
    return hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0) if half and hour <= _HALF_DAY else hour


def clock(found: Found) -> Term | None:
    """ "4pm", "16:30", "ten am", "seven thirty pm", "340pm", "3 o'clock", "by 9a"."""
    meridiem = found["meridiem"] or found["meridiem2"]
    if _is_letter(meridiem):
        glued = not found["hour"].isalpha() and not found.text.endswith(f" {meridiem}")
        if not glued or not (found["minute"] or found.comes_after(cues.TIME_BEFORE)):
            return None  # "2 a day", "9a is fine"
    hour, half = whole_number(found["hour"]), _half(meridiem)
    if hour > _MIDNIGHT or (found["glued"] and not half):
        return None
    minutes = found["minute"] or found["glued"] or found["words"]
    sure = bool(half) or hour >= _NOON or hour == 0 or found["hour"].startswith("0")
    sure = sure or _COUNTS_TO_24.search(found.text) is not None
    return Clock(hour=_of_half(hour, half), minute=whole_number(minutes) if minutes else 0, sure=sure)


def pointed_clock(found: Found) -> Term | None:
    """ "at 17.30", which might be a price but for the words around it."""
    if not found.comes_after(cues.TIME_BEFORE) or not found.comes_before(cues.TIME_ENDS_AFTER):
        return None
    return Clock(hour=int(found["hour"]), minute=int(found["minute"]))


def hour_h(found: Found) -> Term | None:
    """ "14h30", "15h"; not the length "24h"."""
    hour, minute = int(found["hour"]), found["minute"]
    if not minute:
        if "H" in found.written and not found.comes_after(cues.TIME_BEFORE):
            return None
        if hour < _FIRST_OFFICE_HOUR or found.comes_after(cues.LENGTH_BEFORE):
            return None
    return Clock(hour=hour, minute=int(minute or 0))


def clock_range(found: Found) -> Term | None:
    """ "2-4pm", "between 9 and 11": the half of the day that only the second time has counts for both."""
    start_hour, end_hour = _hour(found["start_hour"]), _hour(found["end_hour"])
    if not _is_range(found) or max(start_hour, end_hour) > _MIDNIGHT:
        return None
    end_half = _half(found["end_meridiem"])
    start_half = _half(found["start_meridiem"])
    if not start_half:
        over_noon = start_hour % _HALF_DAY > end_hour % _HALF_DAY  # "11-1pm", "10 to 12 pm"
        start_half = "a" if end_half == "p" and over_noon else end_half
    start = _range_clock(start_hour, found["start_minute"], start_half)
    return ClockRange(start=start, end=_range_clock(end_hour, found["end_minute"], end_half))


def _range_clock(hour: int, minute: str, half: str) -> Clock:
    return Clock(hour=_of_half(hour, half), minute=int(minute or 0), sure=bool(half) or hour >= _NOON)


def _is_range(found: Found) -> bool:
    """Whether two numbers are times: both have minutes, the last has its half of the day, or the words say so."""
    framed, joined_by_and = bool(found["frame"]), found["to"].strip() == "and"
    meridiem = found["end_meridiem"]
    if meridiem and not (_is_letter(meridiem) and found.text.endswith(f" {meridiem}")):
        return not joined_by_and or framed or bool(found["start_meridiem"])
    if found["start_minute"] and found["end_minute"]:
        return framed or ":" in found.text
    ended = bool(found.comes_before(cues.TIME_ENDS_AFTER))
    if (found["start_meridiem"] and ended) or found["end_hour"] in _NAMED_HOURS:
        return framed or not joined_by_and
    on_a_day = bool(found.comes_after(cues.DAY_OF_RANGE_BEFORE)) and not joined_by_and
    return ended and (framed or on_a_day)


def military(found: Found) -> Term | None:
    """ "1430 hrs", "by 1830"; years and counts aside."""
    start = found["start"]
    if not found["said"]:
        if start.startswith(("19", "20")) or not found.comes_after(cues.MILITARY_BEFORE):
            return None
        if found.comes_before(cues.COUNTED_AFTER) or not found.comes_before(cues.TIME_ENDS_AFTER):
            return None
    return _military_clock(start)


def military_range(found: Found) -> Term | None:
    """ "31/08 0935-1101"."""
    if not found.comes_after(cues.MILITARY_RANGE_BEFORE):
        return None
    return ClockRange(start=_military_clock(found["start"]), end=_military_clock(found["end"]))


def _military_clock(digits: str) -> Clock:
    return Clock(hour=int(digits[:2]), minute=int(digits[2:]))


def relative_clock(found: Found) -> Term | None:
    """ "half past eight", "a quarter to nine", "ten past 5"."""
    word, side = found["minutes"], found["side"]
    said = word in _MINUTES or found["unit"] or found["meridiem"] or found["clock"]
    if (side != "past" and not said) or (side == "of" and word != "quarter"):
        return None
    minutes = _MINUTES.get(word) or whole_number(word)
    hour = _of_half(_hour(found["hour"]), _half(found["meridiem"]))
    if minutes >= _HOUR or hour > _MIDNIGHT:
        return None
    total = hour * _HOUR + (minutes if side in ("past", "after") else -minutes)
    sure = bool(found["meridiem"]) or hour >= _NOON
    return Clock(hour=total // _HOUR % _MIDNIGHT, minute=total % _HOUR, sure=sure)


def bare_hour(found: Found) -> Term | None:
    """ "by 5", "at seven", "9 tomorrow", "elevenish", "move the call to 4"."""
    hour, words = whole_number(found["hour"]), found["words"]
    if found.comes_after(cues.OPEN_RANGE_BEFORE) and found.comes_before(cues.RANGE_GOES_ON_AFTER):
        return None  # "from 5 to 10 seats"
    if found.comes_after(cues.NUMBER_BY_BEFORE):
        return None  # "one by one"
    told = bool(found.comes_after(cues.TIME_BEFORE) or found.comes_after(cues.MOVED_TO_BEFORE))
    told = told or bool(words and found.comes_after(cues.FOR_BEFORE))
    if (
        not told
        and not (found["ish"] and hour <= _HALF_DAY)
        and ((words and words not in _ROUND) or not found.comes_before(cues.DAY_AFTER))
    ):
        return None
    return Clock(hour=hour, minute=whole_number(words) if words else 0, sure=hour >= _NOON, grain="hour")


def named_clock(found: Found) -> Term | None:
    return Clock(hour=_MIDNIGHT if "night" in found["word"] else _NOON)


def end_of_day(found: Found) -> Term | None:
    """ "EOD", "close of business"; not "at the end of the day, …"."""
    if found.comes_after(cues.AFTER_ALL_BEFORE) and found.comes_before(cues.COMMA_AFTER):
        return None
    return DayPart(start=0, end=None)


def day_part(found: Found) -> Term | None:
    """ "the late afternoon", "first thing"; "in the morning" places it without a day too."""
    if found["plural"]:
        return None
    word = found["word"].removeprefix("at ").removeprefix("over ").removesuffix(" in the morning").replace("-", " ")
    start, end = DAY_PARTS[word]
    shade = found["shade"]
    if shade == "early":
        end = (start + end) // 2
    elif shade == "late":
        start = (start + end) // 2
    elif shade == "mid":
        start, end = start + 2, end - 2
    placed = found["in"] or shade == "mid" or word.startswith("mid")
    return DayPart(
        start=start, end=end, alone=bool(placed) and word != "night" and not found.comes_before(cues.OF_AFTER)
    )


def half_day(found: Found) -> Term | None:
    start, end = DAY_PARTS[found["word"].replace(".", "")]
    return DayPart(start=start, end=end)


def zone(found: Found) -> Term | None:
    """ "ET", "UTC+2", "London time", "your time"; "3 pm Central"."""
    name = found["name"]
    if found["bare"]:
        a_name = _NAME_GOES_ON.match(found.sentence, found.match.end())
        is_zone = not found.is_lower("bare") and found.comes_after(cues.ZONE_BEFORE) and not a_name
        return ZoneName(name=found["bare"]) if is_zone else None
    if not name:
        return ZoneName(name=found["place"])
    if found.is_lower("name") and not (name in zones.LOWER_CASE_TOO and found.comes_after(cues.ZONE_BEFORE)):
        return None
    return ZoneName(name=name + found["shift"].replace(" ", ""))
