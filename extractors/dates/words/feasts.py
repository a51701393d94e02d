"""Holidays that mails name. Data only."""

from typing import NamedTuple


class Fixed(NamedTuple):
    """The same day of a month every year."""

    month: int
    day: int


class NthWeekday(NamedTuple):
    """The n-th such weekday (Monday is 0) of a month, -1 the last, and so many days after that."""

    month: int
    weekday: int
    nth: int
    after: int = 0


class AfterEaster(NamedTuple):
    """So many days after Western Easter Sunday."""

    days: int


FeastRule = Fixed | NthWeekday | AfterEaster

_CHRISTMAS, _CHRISTMAS_EVE = Fixed(12, 25), Fixed(12, 24)
_NEW_YEAR, _NEW_YEARS_EVE = Fixed(1, 1), Fixed(12, 31)
_THANKSGIVING = NthWeekday(11, 3, 4)
_EASTER = AfterEaster(0)

FEASTS: dict[str, FeastRule] = {
    "christmas": _CHRISTMAS,
    "xmas": _CHRISTMAS,
    "x-mas": _CHRISTMAS,
    "christmas eve": _CHRISTMAS_EVE,
    "xmas eve": _CHRISTMAS_EVE,
    "boxing": Fixed(12, 26),
    "new year's": _NEW_YEAR,
    "new years": _NEW_YEAR,
    "new year": _NEW_YEAR,
    "new year's eve": _NEW_YEARS_EVE,
    "new years eve": _NEW_YEARS_EVE,
    "new year eve": _NEW_YEARS_EVE,
    "epiphany": Fixed(1, 6),
    "mlk": NthWeekday(1, 0, 3),
    "martin luther king": NthWeekday(1, 0, 3),
    "australia": Fixed(1, 26),
    "groundhog": Fixed(2, 2),
    "valentine's": Fixed(2, 14),
    "valentines": Fixed(2, 14),
    "valentine": Fixed(2, 14),
    "presidents'": NthWeekday(2, 0, 3),
    "presidents": NthWeekday(2, 0, 3),
    "president's": NthWeekday(2, 0, 3),
    "st patrick's": Fixed(3, 17),
    "st. patrick's": Fixed(3, 17),
    "saint patrick's": Fixed(3, 17),
    "april fools": Fixed(4, 1),
    "april fools'": Fixed(4, 1),
    "april fool's": Fixed(4, 1),
    "earth": Fixed(4, 22),
    "anzac": Fixed(4, 25),
    "labour": Fixed(5, 1),
    "may": Fixed(5, 1),
    "mother's": NthWeekday(5, 6, 2),
    "mothers": NthWeekday(5, 6, 2),
    "memorial": NthWeekday(5, 0, -1),
    "juneteenth": Fixed(6, 19),
    "father's": NthWeekday(6, 6, 3),
    "fathers": NthWeekday(6, 6, 3),
    "canada": Fixed(7, 1),
    "independence": Fixed(7, 4),
    "bastille": Fixed(7, 14),
    "labor": NthWeekday(9, 0, 1),
    "columbus": NthWeekday(10, 0, 2),
    "indigenous peoples": NthWeekday(10, 0, 2),
    "canadian thanksgiving": NthWeekday(10, 0, 2),
    "halloween": Fixed(10, 31),
    "all saints": Fixed(11, 1),
    "all saints'": Fixed(11, 1),
    "guy fawkes": Fixed(11, 5),
    "veterans": Fixed(11, 11),
    "veterans'": Fixed(11, 11),
    "veteran's": Fixed(11, 11),
    "remembrance": Fixed(11, 11),
    "thanksgiving": _THANKSGIVING,
    "thanks giving": _THANKSGIVING,
    "black friday": _THANKSGIVING._replace(after=1),
    "cyber monday": _THANKSGIVING._replace(after=4),
    "ash wednesday": AfterEaster(-46),
    "palm sunday": AfterEaster(-7),
    "maundy thursday": AfterEaster(-3),
    "good friday": AfterEaster(-2),
    "easter": _EASTER,
    "easter sunday": _EASTER,
    "easter monday": AfterEaster(1),
    "ascension": AfterEaster(39),
    "pentecost": AfterEaster(49),
    "whit sunday": AfterEaster(49),
    "whit monday": AfterEaster(50),
    "corpus christi": AfterEaster(60),
}
# Names that are a holiday only before "day" ("may day", "labor day weekend").
NEED_DAY = frozenset(
    {
        "may",
        "earth",
        "labor",
        "labour",
        "memorial",
        "columbus",
        "veterans",
        "veterans'",
        "veteran's",
        "remembrance",
        "independence",
        "presidents",
        "presidents'",
        "president's",
        "father's",
        "fathers",
        "mother's",
        "mothers",
        "mlk",
        "martin luther king",
        "australia",
        "canada",
        "anzac",
        "groundhog",
        "bastille",
        "boxing",
        "valentine",
        "ascension",
        "all saints",
        "all saints'",
        "april fools",
        "april fools'",
        "april fool's",
        "indigenous peoples",
        "new year",
    }
)
