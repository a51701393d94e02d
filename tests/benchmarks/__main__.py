"""Runs every benchmark and prints its figures as JSON lines. No figure here is asserted anywhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.crowds import crowds
from tests.benchmarks.extraction import extraction_speed
from tests.benchmarks.growth import growth
from tests.benchmarks.replay import replay_speed
from tests.benchmarks.rooms import databases
from tests.benchmarks.rules import ruling_speed
from tests.benchmarks.steps import four_steps
from tests.benchmarks.throughput import throughput
from tests.benchmarks.transitions import transitions
from tests.benchmarks.verdict import slow_facts, verdict_latency
from tests.benchmarks.waiting import waiting

Record = Mapping[str, object]


def main() -> None:
    """Every benchmark, or those whose names are given: `python -m tests.benchmarks waiting growth`."""
    known = [*_WITHOUT_DATABASES, *_ON_DATABASES]
    chosen = sys.argv[1:] or known
    if unknown := sorted(set(chosen).difference(known)):
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(known)}")
    with TemporaryDirectory(prefix="countersign-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ.setdefault("XDG_RUNTIME_DIR", name)
        for bench in (_WITHOUT_DATABASES[name] for name in chosen if name in _WITHOUT_DATABASES):
            _print(bench(folder))
        with databases(folder) as urls:
            for on_each in (_ON_DATABASES[name] for name in chosen if name in _ON_DATABASES):
                _print(on_each(urls, folder))


def _print(records: Iterable[Record]) -> None:
    for record in records:
        print(json.dumps(record))
        sys.stdout.flush()


_WITHOUT_DATABASES: dict[str, Callable[[Path], Iterable[Record]]] = {
    "extraction": lambda _folder: extraction_speed(),
    "rules": lambda _folder: ruling_speed(),
    "slow_facts": slow_facts,
    "four_steps": four_steps,
}
_ON_DATABASES: dict[str, Callable[[Mapping[str, str], Path], Iterable[Record]]] = {
    "transitions": transitions,
    "throughput": throughput,
    "waiting": waiting,
    "crowds": crowds,
    "growth": growth,
    "verdict": verdict_latency,
    "replay": replay_speed,
}

if __name__ == "__main__":
    main()
