"""What every forked process finds in its memory already: all modules, and the caches of one verdict."""

from __future__ import annotations

import functools
import tempfile
import traceback
from pathlib import Path
from unittest.mock import patch

import pytest  # noqa: F401 - the test run's main module asks for it in every process

import app.cli.main  # noqa: F401
import tests.crash.lives
import tests.crash.stories  # noqa: F401
from app.intake import draft_from_json
from app.policy import document, live
from tests.crash.house import Databases, new_house
from tests.crash.seams import every_seam
from tests.crash.telling import record_of


def judge_one_draft() -> None:
    """Have one draft judged in a house that is thrown away; its threads stay behind, see `forge`."""
    patch.object(live, "load_policy", functools.cache(document.load_policy)).start()
    with tempfile.TemporaryDirectory() as folder:
        services = new_house(Path(folder) / "house", Databases(None)).open()
        services.gate.submit(draft_from_json(record_of("warm")))
        services.close()


# Read before anything runs: Python's parser, called deep inside a thread, may not find its stack as it left it.
every_seam()
try:
    judge_one_draft()
except Exception:  # noqa: BLE001 - every process meets the same trouble, and its test says what it is
    traceback.print_exc()
