"""Months, weekdays, days named from today, seasons and parts of a day. Data only."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
FULL_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS = {
    "mon": 0,
    "tues": 1,
    "tue": 1,
    "weds": 2,
    "wed": 2,
    "thurs": 3,
    "thur": 3,
    "thu": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
WEEKDAYS = {name: number for number, name in enumerate(FULL_WEEKDAYS)} | SHORT_WEEKDAYS
# Short forms that are no other English word.
PLAIN_SHORT_WEEKDAYS = frozenset({"tues", "tue", "weds", "thurs", "thur", "thu", "fri"})

RELATIVE_DAYS = {
    "today": 0,
    "tonight": 0,
    "tonite": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "this forenoon": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "tmw": 1,
    "tmrrw": 1,
    "tomoz": 1,
    "2moro": 1,
    "yesterday": -1,
    "last night": -1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "the day after tmrw": 2,
    "day after tmrw": 2,
    "overmorrow": 2,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "overnight": 1,
}

# First month of a season, half the year apart south of the equator.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

# Hours of a day's parts, half open.
DAY_PARTS = {
    "morning": (6, 12),
    "forenoon": (6, 12),
    "am": (6, 12),
    "lunch": (12, 13),
    "lunchtime": (12, 13),
    "lunch time": (12, 13),
    "afternoon": (12, 18),
    "pm": (12, 18),
    "evening": (18, 24),
    "night": (18, 24),
    "tonight": (18, 24),
    "tonite": (18, 24),
    "first thing": (6, 9),
    "midmorning": (9, 11),
    "midafternoon": (14, 16),
}

# How "next" and its like move a period.
OFFSETS = {
    "next": 1,
    "following": 1,
    "coming": 1,
    "this coming": 1,
    "upcoming": 1,
    "this": 0,
    "current": 0,
    "the": 0,
    "my": 0,
    "our": 0,
    "same": 0,
    "last": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
}
