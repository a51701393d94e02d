"""What was asked of the double and what it answered, as JSON lines, for those who hold it to Microsoft's models."""

from __future__ import annotations

import json
import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.graph.answers import Answer, Call

_IDS = re.compile(r"^(AAkALg|AAQk).*")


class Records:
    """A file of its own for each process; none where there is no folder to put it into."""

    def __init__(self, folder: str | None) -> None:
        self._file = Path(folder) / f"graph-{os.getpid()}-{id(self)}.jsonl" if folder else None
        self._lock = threading.Lock()

    def add(self, call: Call, answer: Answer) -> None:
        """One call, with its answer before anything went wrong with it."""
        if self._file is None:
            return
        path = "/".join("{id}" if _IDS.match(part) else part for part in call.path)
        record = {
            "call": f"{call.method} {path}",
            "request": _json(call.body),
            "status": answer.status,
            "response": _json(answer.content),
        }
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")


def _json(content: bytes) -> object:
    """The JSON value; None for what is none: MIME, and nothing at all."""
    try:
        return json.loads(content)
    except ValueError:
        return None
