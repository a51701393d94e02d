"""Runs every benchmark and prints its figures as JSON lines. No figure here is asserted anywhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.extraction import extraction_speed
from tests.benchmarks.replay import replayed
from tests.benchmarks.rooms import databases
from tests.benchmarks.rules import ruling_speed
from tests.benchmarks.steps import four_steps
from tests.benchmarks.throughput import submitted_and_sent
from tests.benchmarks.verdict import slow_facts, verdict_latency


def main() -> None:
    """Extraction, verdict latency, drafts a second on each database, and the four steps beside LangGraph's."""
    with TemporaryDirectory(prefix="countersign-bench-") as name:
        folder = Path(name)
        os.environ.setdefault("XDG_RUNTIME_DIR", name)
        for record in extraction_speed():
            _print(record)
        for record in ruling_speed():
            _print(record)
        for record in slow_facts(folder):
            _print(record)
        with databases(folder) as urls:
            for record in verdict_latency(urls, folder):
                _print(record)
            for database, url in urls.items():
                _print(submitted_and_sent(database, url, folder))
                for record in replayed(database, url, folder):
                    _print(record)
        for record in four_steps(folder):
            _print(record)


def _print(record: Mapping[str, object]) -> None:
    print(json.dumps(record))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
