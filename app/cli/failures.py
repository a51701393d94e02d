"""What went wrong, as one line and an exit code."""

from __future__ import annotations

import sys
import tomllib

from app.core.errors import CountersignError, InvalidInput, NotFound

FAILED = 1
WRONG_USE = 2


def exit_code(error: CountersignError) -> int:
    """2 where what was asked for was wrong, 1 where it was right and did not work."""
    return WRONG_USE if isinstance(error, InvalidInput | NotFound) else FAILED


def explain(error: Exception) -> tuple[str, int]:
    """The line that says what to do, and the exit code."""
    if isinstance(error, CountersignError):
        return str(error), exit_code(error)
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"countersign.toml is not TOML: {error}; mend the line, or take the file away", WRONG_USE
    if _is_database(error):
        first = str(getattr(error, "orig", None) or error).strip().splitlines()[:1]
        reason = first[0] if first else type(error).__name__
        return (
            f"the database did not answer: {reason}; check COUNTERSIGN_DATABASE_URL with `countersign doctor`",
            FAILED,
        )
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return f"{name}{error.strerror or error}", FAILED
    return (
        f"unexpected {type(error).__name__}: {error}; set COUNTERSIGN_DEBUG=1 to see where, and report it",
        FAILED,
    )


def _is_database(error: Exception) -> bool:
    """Looks the library up only where it is loaded already: commands without a database start without it."""
    library = sys.modules.get("sqlalchemy.exc")
    return library is not None and isinstance(error, library.SQLAlchemyError)
