"""Structured logs on standard error: JSON lines for machines, plain lines on a terminal.

Every line about a draft carries `draft`, `version` and `worker`. What may stand in a line is decided in `redaction`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from app.core.lifecycle import State
from app.operations.levels import LogLevel
from app.operations.redaction import ERROR, MESSAGE, redact
from app.store.observing import Moved

_WITH_HANDLERS = ("uvicorn", "dbos", "streamlit", "alembic")
"""Libraries whose loggers bring handlers of their own; the root's has all the others."""
_log = structlog.get_logger(__name__)


def configure_logs(level: LogLevel, *, worker: str | None = None) -> None:
    """Write this process's own log lines to standard error, as it is at each moment; `worker` names it in each."""
    structlog.configure(
        processors=[
            _named(worker),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            _render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level.number),
        logger_factory=structlog.WriteLoggerFactory(_StandardError()),  # type: ignore[arg-type] # all that it asks of a file
        cache_logger_on_first_use=False,
    )


def take_over_library_logs(level: LogLevel) -> None:
    """Have what libraries log come out as our own lines, too; nothing of it below a warning."""
    ours = _FromLibraries(max(level.number, logging.WARNING))
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in _WITH_HANDLERS]
    for name in {*names, *_WITH_HANDLERS}:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [ours], False
    logging.getLogger().handlers = [ours]


class LoggedMoves:
    """Hears of drafts that moved, and writes a line about each; what people should look at is a warning."""

    def moved(self, moves: Sequence[Moved]) -> None:
        """One line a move; none in a program that never asked for logs."""
        if not structlog.is_configured():
            return
        for move in moves:
            _log.log(
                _GRAVITY.get(move.state.value, logging.DEBUG),
                "draft moved",
                draft=move.draft_id,
                version=move.version,
                state=move.state.value,
                kind=move.kind,
            )


_GRAVITY = {State.SENT.value: logging.INFO} | dict.fromkeys(("unknown", "needs_person", "failed"), logging.WARNING)


def _named(worker: str | None) -> Processor:
    def add_name(_logger: Any, _method: str, line: EventDict) -> EventDict:
        return line if worker is None else {"worker": worker, **line}

    return add_name


_as_json = structlog.processors.JSONRenderer()


def _render(logger: Any, method: str, line: Any) -> str | bytes:
    """Chosen for each line, because standard error may become another one meanwhile."""
    renderer: Processor = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else _as_json
    rendered = renderer(logger, method, line)
    return rendered if isinstance(rendered, str | bytes) else str(rendered)


class _StandardError:
    """Standard error as it is at each moment, not as it was when logs were configured."""

    def write(self, text: str) -> int:
        return self._now().write(text)

    def flush(self) -> None:
        self._now().flush()

    def _now(self) -> TextIO:
        return sys.stderr


class _FromLibraries(logging.Handler):
    """Makes a line of ours from a library's record: its first line, masked, and where its error was raised."""

    def emit(self, record: logging.LogRecord) -> None:
        line: dict[str, object] = {"library": record.name}
        # The template, not what was put into it: values are not ours to judge.
        line[MESSAGE] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        if record.exc_info and record.exc_info[1] is not None:
            line[ERROR] = record.exc_info[1]
        _log.log(record.levelno, "a library says", **line)
