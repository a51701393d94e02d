"""The private address of one published calendar: which one may be read, and one look at it over HTTP.

Whoever has such an address reads the calendar, so it is a secret: no message, name or trace in here holds it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urljoin, urlsplit

import requests

from app.core.errors import InvalidInput
from integrations.http import Answer, Deadline, NotAnswered, NotReached, call_once, open_session, retry_after

MOST_BYTES = 16 * 1024 * 1024
"""What a calendar may have. One of 5,000 events has about two million."""
_LONGEST = 2000
_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_MORE = frozenset({404, 410})
_WEBCAL = frozenset({"webcal", "webcals"})
_PORTS = {"https": 443, "http": 80}
_HEADERS = {"Accept": "text/calendar, */*;q=0.5", "User-Agent": "countersign"}


class AddressGone(Exception):
    """There is no calendar at the address any more: its owner has to hand in another one."""


class NotRead(Exception):
    """The calendar could not be read this time. `pause`: how long its server wants to be left alone."""

    def __init__(self, message: str, *, pause: timedelta | None = None) -> None:
        super().__init__(message)
        self.pause = pause


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """What the server says by which it knows later whether the calendar has changed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What was at the address."""

    content: bytes | None = field(repr=False)
    """None where nothing has changed since the marks were made."""
    marks: Marks


def checked(address: str) -> str:
    """The address as it is read: `webcal://` as https, without a fragment.

    Raises InvalidInput for what is no https address; http is for this machine alone.
    """
    address = address.strip()
    if not address or len(address) > _LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        raise InvalidInput("is none; copy the private address that ends in .ics where the calendar is", field=_FIELD)
    parts = _parts(address)
    scheme = "https" if parts.scheme in _WEBCAL else parts.scheme
    if scheme != "https" and not (scheme == "http" and _is_loopback(parts.hostname or "")):
        raise InvalidInput("has to begin with https:// or webcal://; nobody may read it on the way", field=_FIELD)
    if not parts.hostname:
        raise InvalidInput("names no server; copy all of it", field=_FIELD)
    if "@" in parts.netloc:
        raise InvalidInput("holds a user's name or password; copy the calendar's private address", field=_FIELD)
    return parts._replace(scheme=scheme, fragment="").geturl()


def shown(address: str) -> str:
    """The part of a checked address that is no secret: its server."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/…"


def look(address: str, marks: Marks | None, *, now: datetime, seconds: float, ca_file: str | None) -> Seen:
    """Read the calendar, unless it is as it was when the `marks` were made. `address` is a checked one.

    A redirect is followed on the same server only. Takes `seconds` and a short grace at most. Raises AddressGone, and
    NotRead, whose words stay the same as long as the same goes wrong.
    """
    headers = {**_HEADERS, **(_conditions(marks) if marks else {})}
    try:
        with open_session(ca_file) as session:
            answer = _followed(session, address, headers, Deadline(seconds))
    except NotReached:
        raise NotRead("its server cannot be reached") from None
    except NotAnswered as error:
        raise NotRead(f"its server does not answer ({error})") from None
    if answer.status in _NO_MORE:
        raise AddressGone(f"its server says that there is none any more ({answer.status})")
    if answer.status == 304 and marks is not None:
        return Seen(content=None, marks=marks)
    if answer.status != 200:
        raise NotRead(f"its server answers {answer.status}", pause=retry_after(answer.headers, now=now))
    etag, last_modified = (answer.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Seen(content=answer.content, marks=Marks(etag=etag, last_modified=last_modified))


_FIELD = "address"


def _followed(session: requests.Session, address: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:
    for _ in range(_MOST_REDIRECTS + 1):
        answer = call_once(session, "GET", address, deadline=deadline, headers=headers, most_bytes=MOST_BYTES)
        if answer.status not in _REDIRECTS:
            return answer
        address = _onward(address, answer.headers.get("Location", ""))
    raise NotRead("its server leads round in circles")


def _onward(address: str, location: str) -> str:
    """Where a redirect leads, on the same server: the calendar's owner has agreed to no other one."""
    try:
        onward = urljoin(address, location)
        here, there = _origin(urlsplit(address)), _origin(urlsplit(onward))
    except ValueError:
        raise NotRead("its server leads to an address that is none") from None
    if here != there:
        what = "to an address that is not encrypted" if there[0] == "http" else "to another server"
        raise NotRead(f"its server leads {what}; hand in the address of the calendar itself")
    return onward


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)


def _conditions(marks: Marks) -> dict[str, str]:
    stated = {"If-None-Match": marks.etag, "If-Modified-Since": marks.last_modified}
    return {name: value for name, value in stated.items() if value}


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is what finds out
    except ValueError:
        raise InvalidInput("is none; copy all of it again", field=_FIELD) from None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
