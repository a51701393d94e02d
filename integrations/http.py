"""HTTP to providers: one call is one request. Nothing is repeated, redirected, or read from the surroundings."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

_CHUNK = 64 * 1024
_MOST_BYTES = 64 * 1024 * 1024
_CONNECT_SECONDS = 3.0
GRACE_SECONDS = 8.0
"""How long a server may be silent in the middle of a call, and so by how much a call may outlast its deadline."""
_LONGEST_WAIT = timedelta(days=1)
"""A server that asks for more is asked again after a day all the same."""


class NotReached(Exception):
    """No connection came about: the server has certainly not heard of the call."""


class NotAnswered(Exception):
    """The server may have acted, and its answer is missing or torn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the server said, in full."""

    status: int
    headers: Mapping[str, str]
    """Their names in any case."""
    content: bytes

    @property
    def is_success(self) -> bool:
        """Whether the server says that it did what it was asked."""
        return 200 <= self.status < 300


class Deadline:
    """How long one step may still take, over all its calls."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; zero where there are none left."""
        return max(0.0, self._end - time.monotonic())


class _Upload:
    """A body that is handed over in pieces, and no more of them once the time is up."""

    def __init__(self, content: bytes, deadline: Deadline) -> None:
        self._rest = memoryview(content)
        self._deadline = deadline

    def __len__(self) -> int:
        return len(self._rest)

    def read(self, size: int = _CHUNK, /) -> bytes:
        if not self._deadline.left():
            raise NotAnswered("the line is too slow for a mail of this size")
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)


class _Session(requests.Session):
    """Looks at no redirect: the library would read all of its body first, and trip over an address that is none."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None."""


def open_session(ca_file: str | None = None) -> requests.Session:
    """A session that trusts the system's authorities, or those of `ca_file` alone; no variable changes that.

    It knows no proxy, no .netrc and no cookie of an earlier call. It is for one thread.
    """
    session = _Session()
    session.trust_env = False
    session.verify = ca_file or True
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=0))
    return session


def call_once(
    session: requests.Session,
    method: str,
    url: str,
    *,
    deadline: Deadline,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    most_bytes: int = _MOST_BYTES,
) -> Answer:
    """Send one request and read its answer to the end, whatever its status.

    Raises NotReached or NotAnswered; their messages hold no address, header or body.
    """
    seconds = deadline.left()
    if not seconds:
        raise NotReached("no time was left to call")
    patience = (min(_CONNECT_SECONDS, seconds), min(GRACE_SECONDS, seconds))
    data = _Upload(body, deadline) if body and len(body) > _CHUNK else body
    try:
        with session.request(
            method, url, headers=headers, data=data, timeout=patience, allow_redirects=False, stream=True
        ) as response:
            content = _read(response, deadline, most_bytes)
            return Answer(status=response.status_code, headers=response.headers, content=content)
    except requests.RequestException as error:
        if _never_left(error):
            raise NotReached(f"no connection: {type(error).__name__}") from None
        raise NotAnswered(f"no answer: {type(error).__name__}") from None


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the server wants to be left alone, by `Retry-After` in seconds or as a date.

    None where it does not say, or says what nobody can read. `now` is aware.
    """
    stated = headers.get("Retry-After", "").strip()
    if stated.isascii() and stated.isdigit():
        return min(timedelta(seconds=int(stated[:9])), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(aware - now, timedelta(0)), _LONGEST_WAIT)


def _read(response: requests.Response, deadline: Deadline, most_bytes: int) -> bytes:
    """The whole body. A server that dribbles is given up at the deadline."""
    content = bytearray()
    for chunk in response.iter_content(_CHUNK):
        content += chunk
        if len(content) > most_bytes:
            raise NotAnswered("the answer is too long to be one")
        if not deadline.left():
            raise NotAnswered("the answer took too long")
    return bytes(content)


def _never_left(error: requests.RequestException) -> bool:
    """Whether it went wrong before the request was on its way. In doubt it was."""
    cause: object = error
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return True
    while isinstance(cause, Exception):
        if isinstance(
            cause, NewConnectionError | ConnectTimeoutError | NameResolutionError | ssl.SSLCertVerificationError
        ):
            return True
        inner = getattr(cause, "reason", None) or next((a for a in cause.args if isinstance(a, Exception)), None)
        cause = inner if inner is not cause else None
    return False
