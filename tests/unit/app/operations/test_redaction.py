"""No mail and no secret gets into a log line, whatever is handed to the logger."""

from __future__ import annotations

import ast
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.errors import FactUnavailable, InvalidDraft, SendRefused, StaleVersion, TablesUnfit
from app.operations.redaction import ALLOWED, ERROR, HIDDEN, MESSAGE, redact

ROOT = Path(__file__).resolve().parents[4]
MAIL = "Dear Dana, we can do 12 % off if you sign by Friday"
TOKEN = "cs_0123456789012345678901234567890123456789abc"


def line(**values: Any) -> MutableMapping[str, Any]:
    return redact(None, "error", {"event": "something", "level": "error", **values})


def raised(error: Exception) -> Exception:
    """The error with a traceback, as a logger gets it."""

    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        fail()
    return error


def test_what_is_known_to_be_harmless_is_told() -> None:
    told = line(draft="dr_3v0k9", version=3, worker="host-12-wk_1", state="sent", seconds=1.5, count=None)
    assert told == {
        "event": "something",
        "level": "error",
        "draft": "dr_3v0k9",
        "version": 3,
        "worker": "host-12-wk_1",
        "state": "sent",
        "seconds": 1.5,
        "count": None,
    }


@pytest.mark.parametrize("name", ["subject", "text", "body", "recipient", "token", "password", "draft", "state"])
@pytest.mark.parametrize("value", [MAIL, {"text": MAIL}, [MAIL], MAIL.encode()])
def test_nothing_else_is(name: str, value: object) -> None:
    assert line(**{name: value})[name] == HIDDEN


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StaleVersion("dr_1", 2), "StaleVersion: draft dr_1 has moved on since version 2; read it again"),
        (TablesUnfit("the tables are at version 0009"), "TablesUnfit: the tables are at version 0009"),
        (FactUnavailable("crm", f"400: {MAIL}"), "FactUnavailable: crm"),
        (InvalidDraft(f"cannot be read: {MAIL}", field="to[0]"), "InvalidDraft"),
        (InvalidDraft("is empty", field="subject"), "InvalidDraft: subject"),
        (SendRefused(f"550 refused: {MAIL}"), "SendRefused"),
        (ValueError(MAIL), "ValueError"),
        (OSError(28, "No space left on device", "dear-dana.eml"), "OSError: No space left on device"),
        (
            sa.exc.OperationalError(f"INSERT {MAIL}", {"text": MAIL}, Exception("database is locked")),
            "OperationalError: database is locked",
        ),
    ],
)
def test_of_an_error_only_words_of_our_own_or_of_the_system(error: Exception, told: str) -> None:
    seen = line(error=raised(error))
    assert seen[ERROR] == told
    assert seen["where"].startswith("tests/unit/app/operations/test_redaction.py:")
    assert "Dana" not in str(seen)


def test_where_an_error_was_raised_is_a_line_of_our_code() -> None:
    from app.core.clock import ManualClock

    try:
        ManualClock(object())  # type: ignore[arg-type]
    except AttributeError as error:
        seen = line(error=error)
    assert seen["where"].startswith("app/core/clock.py:")


@pytest.mark.parametrize(
    ("words", "told"),
    [(f"ValueError: {MAIL}", "ValueError"), (MAIL, HIDDEN), ("", HIDDEN), (MAIL.replace(",", ":"), HIDDEN)],
)
def test_an_error_in_words_tells_its_type_alone(words: str, told: str) -> None:
    assert line(error=words)[ERROR] == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("cannot connect to postgresql://app:hunter2@db/house", "cannot connect to postgresql://…@db/house"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer …"),
        (f"token {TOKEN} refused", "token cs_… refused"),
        ("mail to dana@theirs.example bounced", "mail to …@… bounced"),
        ("key 8rT0s9Xq2mVb4LkJ7hGf5dSa3pOi1uYt6eWzQxCvBnM= is wrong", f"key {HIDDEN} is wrong"),
        ("first line\nsecond line", "first line"),
        ('relation "drafts of Dana" is missing', f"relation {HIDDEN} is missing"),
    ],
)
def test_a_librarys_words_are_masked(words: str, told: str) -> None:
    assert line(message=words)[MESSAGE] == told


def _log_calls() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(file for room in ("app", "integrations") for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "_log"
            ):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


_CALLS = list(_log_calls())


@pytest.mark.parametrize(("place", "call"), _CALLS, ids=[place for place, _ in _CALLS])
def test_every_line_that_the_product_logs_says_what_happened_in_fixed_words(place: str, call: ast.Call) -> None:
    assert isinstance(call.func, ast.Attribute)
    event = call.args[1 if call.func.attr == "log" else 0]
    assert isinstance(event, ast.Constant), f"{place}: the event is put together; put what varies into names"
    names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
    assert names <= ALLOWED | {ERROR, MESSAGE}, f"{place}: {names - ALLOWED} would come out as {HIDDEN}"
