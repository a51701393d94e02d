"""The reading of last resort: dateparser, on a candidate span only.

dateparser is imported on first use, with English and every setting that it would otherwise take from the machine
fixed: the order of day and month and "now" come from the moment of sending.
"""

import importlib
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import cast

_Parse = Callable[..., datetime | None]


@lru_cache(maxsize=1)
def _parser() -> _Parse:
    return cast(_Parse, importlib.import_module("dateparser").parse)


def read_loose_day(text: str, today: date, *, past: bool, day_first: bool) -> date | None:
    """The day that words such as "Nov., the 22 2026" mean, seen from `today`; None where they mean none."""
    found = _parser()(
        text,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
            "PREFER_DATES_FROM": "past" if past else "future",
            "DATE_ORDER": "DMY" if day_first else "MDY",
            "PREFER_DAY_OF_MONTH": "first",
            "STRICT_PARSING": True,
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return found.date() if found else None
