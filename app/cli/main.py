"""From arguments to an exit code: 0 done, 1 failed, 2 used wrongly. Errors are one line that says what to do."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import TextIO

from typer.exceptions import Abort, TyperException
from typer.main import get_command

from app.cli.commands import COMMANDS, app
from app.cli.failures import WRONG_USE, explain

PROGRAM = "countersign"


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Nothing but a wish to exit gets out of here."""
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    try:
        code = get_command(app).main(args=arguments or ["--help"], prog_name=PROGRAM, standalone_mode=False)
    except TyperException as error:
        return _complain(_usage(error, arguments), WRONG_USE)
    except Abort:
        return _complain("stopped", 1)
    except Exception as error:  # noqa: BLE001 - the outermost place: whatever it is becomes one line
        if os.environ.get("COUNTERSIGN_DEBUG"):
            traceback.print_exc()
        line, code = explain(error)
        return _complain(line, code)
    return code if isinstance(code, int) else 0


def _usage(error: TyperException, arguments: Sequence[str]) -> str:
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    see = " ".join(filter(None, (PROGRAM, command, "--help")))
    return f"{error.format_message().rstrip('.')}; see `{see}`"


def _complain(line: str, code: int) -> int:
    print(f"{PROGRAM}: {' '.join(line.split())}", file=sys.stderr)
    return code


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
