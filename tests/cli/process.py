"""`python -m app` as a real process with a home of its own, or the same code in this one, which starts faster."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from app.cli.main import run

PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process said before it ended."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refusal(self, code: int) -> str:
        """The one line on standard error, where the process failed with this code and nothing else was said there."""
        assert self.code == code, (self.code, self.out, self.err)
        assert self.err.startswith("countersign: ")
        assert len(self.err.splitlines()) == 1, self.err
        return self.err.removeprefix("countersign: ").strip()


@dataclass(frozen=True, slots=True)
class Countersign:
    """The command line on one home and one world."""

    home: Path
    world: Path | None = None
    database_url: str | None = None
    secret_key: str | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the developer's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
        ours = {
            "HOME": self.home,
            "WORLD": self.world,
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": self.secret_key,
        }
        named = {f"COUNTERSIGN_{name}": str(value) for name, value in ours.items() if value is not None}
        return {**kept, **named, "PYTHONPATH": str(PROJECT), "COLUMNS": "100"}

    def __call__(self, *arguments: object, stdin: str | bytes = b"") -> Answer:
        """Run one command to its end, in the home's parent folder."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "app", *map(str, arguments)],
            input=data,
            capture_output=True,
            env=self.environment,
            cwd=self.home.parent,
            timeout=_PATIENCE,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def here(self, *arguments: object, stdin: str | bytes = b"") -> Answer:
        """Run one command in this process. Each command is also run as a real one, by another test."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        out, err, into = (io.TextIOWrapper(io.BytesIO(held), encoding="utf-8") for held in (b"", b"", data))
        with (
            mock.patch.dict(os.environ, self.environment, clear=True),
            mock.patch.object(sys, "stdin", into),
            contextlib.chdir(self.home.parent),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = run([str(argument) for argument in arguments])
        return Answer(code, _said(out), _said(err))

    @contextmanager
    def running(self, *arguments: object) -> Iterator[subprocess.Popen[str]]:
        """A process that runs until the block ends."""
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
            cwd=self.home.parent,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def _said(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def until(is_so: Callable[[], bool]) -> None:
    """Return as soon as it is so; fail where it does not become so."""
    end = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
