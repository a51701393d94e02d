"""Months, quarters, halves, seasons and years by name or number."""

from extractors.dates.builders.common import OWN_YEAR, is_name, is_shy_month, month_number, portion_of
from extractors.dates.numbers import year_number
from extractors.dates.patterns import cues
from extractors.dates.rule import Found
from extractors.dates.terms import Period, PeriodUnit, Portion, Term
from extractors.dates.words.calendar import OFFSETS, SEASONS

# Months that are people's names too.
_NAMES = frozenset({"jan", "mar", "march", "april", "may", "june", "august"})
_BACK = ("last", "past", "previous")
_TWO_DIGITS, _OLDEST_SHORT_DECADE = 2, 50


def _portion(found: Found) -> Portion:
    return "end" if found["end"] else portion_of(found)


def month(found: Found) -> Term | None:
    """ "June", "mid-June", "the end of last June"; not "may" the verb or April the colleague."""
    portion, which = _portion(found), found["which"]
    of = "month of" in found.text
    said = which or found["year"] or found["of"] or portion != "whole" or of
    if found.comes_after(cues.TITLE_BEFORE) or (is_name(found) and not found["year"]):
        return None
    if is_shy_month(found) and not (found["year"] or which in ("last", "next") or of):
        return None
    ambiguous = found["month"].rstrip(".") in _NAMES or found.is_lower("month")
    if ambiguous and not said and not found.comes_after(cues.PERIOD_BEFORE):
        return None
    offset = OWN_YEAR[found["of"]] if found["of"] else -1 if which in _BACK else None
    year = year_number(found["year"])
    return Period(unit="month", number=month_number(found["month"]), year=year, offset=offset, portion=portion)


def numbered_month(found: Found) -> Term | None:
    """ "2026-11", "11/2026", "2026 Nov"."""
    year = int(found["year"] or found["year2"] or found["year3"])
    if found["name"]:
        return Period(unit="month", number=month_number(found["name"]), year=year)
    said = found.comes_after(cues.PERIOD_BEFORE) or found.comes_after(cues.NUMBERED_MONTH_BEFORE)
    if not said and not found.opens_sentence:
        return None
    return Period(unit="month", number=int(found["number"] or found["number2"]), year=year)


def quarter(found: Found) -> Term | None:
    """ "Q1", "end of Q1", "FY27 Q1", "1Q27"; not "Audi Q3"."""
    if _names_a_product(found):
        return None
    year = found["year"] or (f"fy{found['fy']}" if found["fy"] else "")
    return Period(
        unit="quarter",
        number=int(found["quarter"]),
        year=year_number(year.removeprefix("fy")),
        offset=OWN_YEAR[found["of"]] if found["of"] else -1 if found["which"] in _BACK else None,
        portion=_portion(found),
        fiscal=bool(found["fiscal"]) or year.startswith("fy"),
    )


def _names_a_product(found: Found) -> bool:
    """ "Audi Q3", "Q1 Labs": a name, not a quarter."""
    if found["portion"] or found["year"] or found["which"] or found["of"]:
        return False
    start = found.match.start()
    before = cues.NAME_BEFORE.search(found.sentence[max(0, start - 24) : start])
    if before and before["name"] not in cues.NO_NAMES:
        opens = start == len(before["name"]) + 1  # any word has a capital there
        if not opens or before["name"][-1].isdigit():
            return True
    return bool(found.comes_before(cues.PRODUCT_AFTER))


def fiscal_period(found: Found) -> Term | None:
    """ "FY27", "the end of the fiscal year"."""
    year = year_number(found["year"] or found["year2"])
    unit: PeriodUnit = "quarter" if found["unit"] == "quarter" else "year"
    offset = None if year else OFFSETS.get(found["which"], 0)
    portion: Portion = "end" if found["end2"] else _portion(found)
    return Period(unit=unit, year=year, offset=offset, portion=portion, fiscal=True)


def half(found: Found) -> Term | None:
    """ "H1 2027", "by H2"; not "an h2 heading"."""
    if "H" not in found.written or found.comes_before(cues.PRODUCT_AFTER):
        return None
    year = found["year"]
    if not (year or found["portion"] or found.opens_sentence or found.comes_after(cues.PERIOD_BEFORE)):
        return None
    return Period(
        unit="half",
        number=int(found["half"]),
        year=year_number(year.removeprefix("fy")),
        portion=portion_of(found),
        fiscal=year.startswith("fy"),
    )


def year(found: Found) -> Term | None:
    """ "in 2027", "the end of 2026", "2025 or 2026"; not a count or the number of a room."""
    portion = portion_of(found)
    if portion == "whole" and not found["said"] and not found["last"] and not _is_a_year(found):
        return None
    return Period(unit="year", year=int(found["year"]), portion=portion, last_number=year_number(found["last"]))


def _is_a_year(found: Found) -> bool:
    if not (found.opens_sentence or found.comes_after(cues.PERIOD_BEFORE)):
        return False
    if found.comes_after(cues.COUNT_BEFORE) and found.comes_before(cues.PLURAL_AFTER):
        return False  # "a team of 2026 experts"
    return not (is_name(found) or found.comes_after(cues.NUMBER_NAME_BEFORE))


def year_in_words(found: Found) -> Term | None:
    if not found.text.startswith("year") and not found.comes_after(cues.PERIOD_BEFORE):
        return None
    return Period(unit="year", year=year_number(found["year"]))


def decade(found: Found) -> Term | None:
    """ "the 1990s", "in the 70s"."""
    digits = found["decade"] or found["decade2"]
    if len(digits) > _TWO_DIGITS:
        first = int(digits)
    elif int(digits) >= _OLDEST_SHORT_DECADE and found.comes_after(cues.DECADE_BEFORE):
        first = 1900 + int(digits)
    else:
        return None
    return Period(unit="year", year=first, last_number=first + 9)


def season(found: Found) -> Term | None:
    """ "this spring", "by the end of summer", "in the fall"; not "prices fall"."""
    which, name, own_year = found["which"], found["season"], found["of"]
    said = found["year"] or own_year or found["portion"] or found["end"] or which
    if not said and not _is_a_season(found, name):
        return None
    if is_name(found):
        return None
    return Period(
        unit="season",
        number=SEASONS[name],
        year=year_number(found["year"]),
        offset=OWN_YEAR[own_year] if own_year else OFFSETS.get(which),
        nth=2 if own_year else 1,
        portion=_portion(found),
    )


def _is_a_season(found: Found, name: str) -> bool:
    if name == "fall" and (not found.text.startswith("the ") or found.comes_before(cues.FALLING_AFTER)):
        return False
    return bool(found.comes_after(cues.SEASON_BEFORE))
