"""Log lines as they come out: JSON for machines, the draft and the worker in each, libraries' lines among ours."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from app.core.lifecycle import State
from app.operations.levels import LogLevel
from app.operations.logs import LoggedMoves, configure_logs, take_over_library_logs
from app.store.observing import Moved

_log = structlog.get_logger("test")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging is the process's own: other tests find it as it was."""
    root, dbos = logging.getLogger(), logging.getLogger("dbos")
    handlers = root.handlers[:], dbos.handlers[:], dbos.propagate
    yield
    root.handlers, dbos.handlers, dbos.propagate = handlers
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out, err = capsys.readouterr()
    assert out == "", "standard output is for answers"
    return [json.loads(line) for line in err.splitlines()]


def moved(state: State, kind: str = "draft.moved") -> Moved:
    return Moved(draft_id="dr_1", version=4, kind=kind, state=state, late_by=None)


def test_every_line_about_a_draft_names_it_and_the_worker(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogLevel.DEBUG, worker="host-1-wk_1")
    LoggedMoves().moved([moved(State.SENT, "draft.sent"), moved(State.UNKNOWN), moved(State.IN_REVIEW)])
    told = lines(capsys)
    assert [(line["draft"], line["version"], line["worker"]) for line in told] == [("dr_1", 4, "host-1-wk_1")] * 3
    assert [(line["state"], line["level"]) for line in told] == [
        ("sent", "info"),
        ("unknown", "warning"),
        ("in_review", "debug"),
    ]
    assert told[0]["event"] == "draft moved"
    assert told[0]["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("level", "written"),
    [(LogLevel.DEBUG, 4), (LogLevel.INFO, 3), (LogLevel.WARNING, 2), (LogLevel.ERROR, 1)],
)
def test_what_is_less_grave_is_not_written(level: LogLevel, written: int, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(level)
    for say in (_log.debug, _log.info, _log.warning, _log.error):
        say("something")
    assert len(lines(capsys)) == written


def test_on_a_terminal_lines_are_for_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logs(LogLevel.INFO)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _log.warning("something happened", draft="dr_1", subject="Dear Dana")
    said = capsys.readouterr().err
    assert "something happened" in said
    assert "dr_1" in said
    assert not said.startswith("{")
    assert "Dana" not in said


def test_standard_error_is_looked_up_for_each_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogLevel.INFO)
    with capsys.disabled():
        pass  # swaps standard error away and back
    _log.info("here")
    assert [line["event"] for line in lines(capsys)] == ["here"]


def test_what_libraries_log_comes_out_as_ours_and_masked(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogLevel.INFO, worker="w")
    take_over_library_logs(LogLevel.INFO)
    try:
        int("Dear Dana")
    except ValueError:
        logging.getLogger("dbos").exception("cannot run %s for dana@theirs.example", "Dear Dana")
    logging.getLogger("uvicorn.error").info("started")
    logging.getLogger("somebody.else").warning("odd\nsecond line")
    first, second = lines(capsys)
    assert (first["library"], first["message"], first["error"]) == ("dbos", "cannot run %s for …@…", "ValueError")
    assert (first["level"], first["worker"], first["event"]) == ("error", "w", "a library says")
    assert (second["library"], second["message"]) == ("somebody.else", "odd")
