"""Files that hold facts: decoded with clear refusals, and read again whenever their bytes have changed."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

import yaml

from app.core.errors import FactUnavailable, InvalidWorld

T = TypeVar("T")


class FactFile(Generic[T]):
    """One file and what it means. Safe to use from many threads.

    The bytes are compared at every reading, not the time stamp: two quick writes can share one time stamp, and a deal
    put on hold must not be missed.
    """

    def __init__(
        self, path: Path, *, source: str, parse: Callable[[bytes], T], as_of: datetime | None = None
    ) -> None:
        """`source` names the facts in errors; `as_of` is the moment they are vouched for, None: the file's time."""
        self.path = path
        self._source = source
        self._parse = parse
        self._as_of = as_of
        self._lock = threading.Lock()
        self._known: tuple[bytes, T] | None = None

    def read(self) -> T:
        """What the file says now. Raises InvalidWorld where it is missing or malformed."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise InvalidWorld(f"cannot be read: {error.strerror or error}", field=self.path.name) from None
        with self._lock:
            if self._known is None or self._known[0] != data:
                self._known = (data, self._parse(data))
            return self._known[1]

    def fact(self) -> T:
        """What the file says now. Raises FactUnavailable where it is missing or malformed."""
        try:
            return self.read()
        except InvalidWorld as error:
            raise FactUnavailable(self._source, str(error)) from error

    def as_of(self) -> datetime:
        """The moment for which the file vouches. Raises FactUnavailable where the file is missing."""
        if self._as_of is not None:
            return self._as_of
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except OSError as error:
            raise FactUnavailable(self._source, f"{self.path.name}: {error.strerror or error}") from error


def text_of(data: bytes, *, file: str) -> str:
    """The bytes as UTF-8 text, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidWorld("is not UTF-8; save it as UTF-8", field=f"{file} line {line}") from None


def json_of(data: bytes, *, file: str, line: int = 0) -> object:
    """The JSON value in the bytes. `line` is the number of lines before it in its file."""
    try:
        value: object = json.loads(text_of(data, file=file))
    except json.JSONDecodeError as error:
        place = f"{file} line {line + error.lineno}, column {error.colno}"
        raise InvalidWorld(f"is not JSON: {error.msg}", field=place) from None
    except (ValueError, RecursionError) as error:
        raise InvalidWorld(f"cannot be read as JSON: {error}", field=file) from None
    return value


class _PlainLoader(yaml.SafeLoader):
    """YAML whose plain words stay words, to be read by the field they stand in: `NO` is Norway, 17:30 a time."""


_PlainLoader.yaml_implicit_resolvers = {}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$"), [*"~nN", ""])
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?i:true|false)$"), [*"tTfF"])


def yaml_of(data: bytes, *, file: str) -> object:
    """The YAML value in the bytes; an empty file is None."""
    text = text_of(data, file=file)
    try:
        value: object = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader with fewer tags
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{file} line {mark.line + 1}, column {mark.column + 1}" if mark else file
        raise InvalidWorld(f"is not YAML: {error.problem or error.context}", field=place) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first_line = str(error).partition("\n")[0]
        raise InvalidWorld(f"is not YAML: {first_line}", field=file) from None
    return value
