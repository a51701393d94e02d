"""Real processes of the product, in a home of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Poll until the condition holds. Fails with `what` when it has not held within the bound."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.05)


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A home folder, a world and a database, as a user would have them."""

    home: Path
    world: Path
    database_url: str = ""

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return {
            **os.environ,
            "COUNTERSIGN_HOME": str(self.home),
            "COUNTERSIGN_WORLD": str(self.world),
            "COUNTERSIGN_DATABASE_URL": self.database_url,
        }

    def run(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """One command, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=ROOT,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """One command that goes on until it is stopped."""
        return subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def outbox(self) -> list[Path]:
        """The mails that have left."""
        return sorted((self.home / "outbox").glob("*.eml"))

    def states(self, client_ids: Sequence[str]) -> dict[str, str]:
        """The state of each draft."""
        return {c: json.loads(self.run("show", c, "--json").stdout)["state"] for c in client_ids}
