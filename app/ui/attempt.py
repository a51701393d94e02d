"""Every press that changes something goes through here: a refusal becomes a calm line, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import CountersignError, StaleDigest
from app.ui.session import Notice, memory

_CHANGED = "It has changed since it was shown to you, so nothing was done. Here is what it is now."

Result = TypeVar("Result")
_log = structlog.get_logger(__name__)


def attempt(act: Callable[[], Result]) -> Result | None:
    """What the act answers; None where it was refused, and the page says why."""
    try:
        return act()
    except StaleDigest:
        memory().notice = Notice(look="bad", text=_CHANGED)
    except CountersignError as error:
        memory().notice = Notice(look="bad", text=f"That was not done: {error}.")
    except SQLAlchemyError as error:
        _log.error("the database refused", error=str(error))
        memory().notice = Notice(look="bad", text="The database did not answer, and nothing was changed. Try again.")
    return None


def done(text: str) -> None:
    """Tell the reader that it was done."""
    memory().notice = Notice(look="good", text=text)


def missing(text: str) -> None:
    """Tell the reader what they have to say first; nothing was done."""
    memory().notice = Notice(look="bad", text=text)
