"""Zone names as people write them in mail, by IANA name."""

from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractors.errors import ExtractionError

# Generic and "standard" names stand for the place's clock as it then is: nobody who writes "EST" in July
# means otherwise.
NAMED_ZONES = {
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "new york": "America/New_York",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "chicago": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "denver": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "brt": "America/Sao_Paulo",
    "são paulo": "America/Sao_Paulo",
    "sao paulo": "America/Sao_Paulo",
    "gmt": "Etc/GMT",
    "utc": "Etc/UTC",
    "zulu": "Etc/UTC",
    "uk": "Europe/London",
    "bst": "Europe/London",
    "london": "Europe/London",
    "dublin": "Europe/Dublin",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "berlin": "Europe/Berlin",
    "paris": "Europe/Paris",
    "stockholm": "Europe/Stockholm",
    "vienna": "Europe/Vienna",
    "zurich": "Europe/Zurich",
    "madrid": "Europe/Madrid",
    "amsterdam": "Europe/Amsterdam",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "helsinki": "Europe/Helsinki",
    "wat": "Africa/Lagos",
    "lagos": "Africa/Lagos",
    "sast": "Africa/Johannesburg",
    "eat": "Africa/Nairobi",
    "gst": "Asia/Dubai",
    "dubai": "Asia/Dubai",
    "ist": "Asia/Kolkata",
    "india": "Asia/Kolkata",
    "sgt": "Asia/Singapore",
    "singapore": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "hong kong": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
    "tokyo": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "seoul": "Asia/Seoul",
    "awst": "Australia/Perth",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "sydney": "Australia/Sydney",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "auckland": "Pacific/Auckland",
}
_US_ZONES = frozenset(
    {
        "America/New_York",
        "America/Detroit",
        "America/Chicago",
        "America/Denver",
        "America/Boise",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
        "Asia/Manila",
    }
)


@lru_cache(maxsize=512)
def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ExtractionError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ExtractionError(
            f"{name!r} is not a time zone; give an IANA name such as Europe/Berlin or America/New_York."
        ) from error


def zone_written(text: str, sender: tzinfo) -> tzinfo:
    """The zone that a piece of text such as "ET", "(CET)", "Stockholm time" or "UTC+2" names; the sender's for
    "my time".
    """
    name = text.strip("() ").lower().removesuffix("time").removesuffix("standard").removesuffix("daylight").strip()
    for prefix in ("utc", "gmt"):
        offset = name.removeprefix(prefix).replace(" ", "")
        if name.startswith(prefix) and offset:
            hours, _, minutes = offset.lstrip("+-").partition(":")
            shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
            if shift < timedelta(hours=24):
                return timezone(-shift if offset.startswith("-") else shift)
    return zone_named(NAMED_ZONES[name]) if name in NAMED_ZONES else sender


def writes_day_first(zone: str | None) -> bool:
    """Whether people there write 5/6 for 5 June, for senders whose locale is not given."""
    return zone is not None and zone not in _US_ZONES
