"""What may stand in a log line: an allow-list. Mail is never logged, nor is anything that opens a door.

A log goes to places that the mail must not go to, so everything that is not known to be harmless stays out: unknown
names keep their place and lose their value. An error's words may quote what it stumbled over, so they are kept only
where they are ours or the system's; for other errors the type, and the line of code that raised it, have to do.
"""

from __future__ import annotations

import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.core.errors import FactUnavailable, InvalidInput, MoveNotAllowed, NotFound, StaleVersion, TablesUnfit
from extractors.lazily import compiled

ALLOWED = frozenset(
    {
        "draft",
        "drafts",
        "version",
        "worker",
        "state",
        "kind",
        "task",
        "notice",
        "by",
        "signal",
        "seconds",
        "count",
        "tables",
        "address",
        "library",
        "provider",
        "folder",
        "status",
    }
)
"""Names whose values are ids, numbers and words of our own."""
ERROR = "error"
MESSAGE = "message"
_OWN_WORDS = (TablesUnfit, StaleVersion, MoveNotAllowed, NotFound)
"""Errors whose every word is ours, ids aside."""
_OWN = frozenset({"event", "level", "timestamp", "logger"})
"""Set by the code that logs and by the processors before this one."""
HIDDEN = "…"
_LONGEST = 300
_ID = compiled(r"[\w.:@/+-]{1,200}")
_TYPE_FIRST = compiled(r"([A-Za-z_][A-Za-z0-9_.]{0,80}): ")
_MASKS = (
    (compiled(r"://[^/\s:@]*:[^/\s@]*@"), "://…@"),
    (compiled(r"(?i)\bbearer\s+\S+"), "Bearer …"),
    (compiled(r"\bcs_[A-Za-z0-9_-]{20,}"), "cs_…"),
    (compiled(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (compiled(r"[A-Za-z0-9+/_-]{32,}={0,2}"), HIDDEN),
    (compiled(r"(['\"“‘«]).*(['\"”’»])"), HIDDEN),
)
_APP = Path(__file__).resolve().parents[2]


def redact(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: only what may be told gets through."""
    told: dict[str, Any] = {}
    for name, value in line.items():
        if name == ERROR:
            told.update(_of_error(value))
        elif name == MESSAGE:
            told[name] = _masked(str(value))
        elif name in _OWN:
            told[name] = value
        else:
            told[name] = _harmless(value) if name in ALLOWED else HIDDEN
    return told


def _harmless(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return value if isinstance(value, str) and _ID.fullmatch(value) else HIDDEN


def _of_error(error: object) -> dict[str, str]:
    if not isinstance(error, BaseException):
        # Words alone do not say whose they are; the type in front of them is all that may be told.
        named = _TYPE_FIRST.match(error) if isinstance(error, str) else None
        return {ERROR: named[1] if named else HIDDEN}
    words = _words_of(error)
    told = {ERROR: f"{type(error).__name__}: {words}" if words else type(error).__name__}
    where = _where(error)
    return {**told, "where": where} if where else told


def _words_of(error: BaseException) -> str:
    match error:
        case InvalidInput():
            return error.field if error.field and _ID.fullmatch(error.field) else ""
        case FactUnavailable():
            return error.source if _ID.fullmatch(error.source) else ""
        case DBAPIError():
            return _masked(str(error.orig))  # never the statement or its values
        case OSError():
            return error.strerror or ""
    return _masked(str(error)) if isinstance(error, _OWN_WORDS) else ""


def _masked(words: str) -> str:
    line = words.strip().splitlines()[0] if words.strip() else ""
    for pattern, mask in _MASKS:
        line = pattern.sub(mask, line)
    return line if len(line) <= _LONGEST else line[:_LONGEST] + HIDDEN


def _where(error: BaseException) -> str | None:
    """The deepest line of our own code, or else of anybody's."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return None
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_APP / "app")]
    frame = (ours or list(frames))[-1]
    file = Path(frame.filename)
    shown = file.relative_to(_APP) if file.is_relative_to(_APP) else Path(file.name)
    return f"{shown}:{frame.lineno} in {frame.name}"
