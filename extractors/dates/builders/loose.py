"""What a number beside a month may mean, left to the resolver of last resort."""

from extractors.dates.builders.common import is_shy_month
from extractors.dates.rule import Found
from extractors.dates.terms import LooseDay, Term

_MONTHS = ("month", "month2", "month3", "month4")


def loose_day(found: Found) -> Term | None:
    month = next(group for group in _MONTHS if found[group])
    return None if is_shy_month(found, month) else LooseDay(text=found.text)
