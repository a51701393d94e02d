"""Zones as people name them, and what a zone says of how its people write dates."""

from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractors.dates.words import zones as words
from extractors.errors import ExtractionError
from extractors.lazily import compiled

_NAMED = {**words.ABBREVIATIONS, **words.PLACES}
_SHIFTED = compiled(r"(?:utc|gmt|z|)[ ]*(?P<sign>[+-])[ ]*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_LONGEST_SHIFT = timedelta(hours=24)


@lru_cache(maxsize=512)
def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ExtractionError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ExtractionError(
            f"{name!r} is not a time zone; give an IANA name such as Europe/Berlin or America/New_York."
        ) from error


def zone_written(name: str, sender: tzinfo) -> tzinfo | None:
    """The zone that a name as the patterns give it stands for: "et", "stockholm", "utc+2", "+05:30"; the sender's
    for "my" and "local", None for "your".
    """
    shifted = _SHIFTED.fullmatch(name)
    if shifted:
        shift = timedelta(hours=int(shifted["hours"]), minutes=int(shifted["minutes"] or 0))
        if shift < _LONGEST_SHIFT:
            return timezone(-shift if shifted["sign"] == "-" else shift)
    if name in words.UNKNOWN:
        return None
    if name == "z":
        return zone_named("Etc/UTC")
    return zone_named(_NAMED[name]) if name in _NAMED else sender


def writes_day_first(zone: str | None) -> bool:
    """Whether people there write 5/6 for 5 June, for senders whose locale is not given."""
    return zone is not None and zone not in words.US_ZONES


def is_southern(zone: tzinfo) -> bool:
    """Whether the seasons there are those of the southern half of the earth."""
    return isinstance(zone, ZoneInfo) and (zone.key or "").startswith(words.SOUTHERN)
