"""Real worker processes for benchmarks: started, looked at from outside, and stopped or killed."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event, Semaphore
from pathlib import Path

from app.core.assessment import Assessment
from app.core.codec import from_json, to_json
from app.services import open_services
from app.settings import Settings
from tests.benchmarks.judging import with_verdict
from tests.support.processes import Installation

READY_WITHIN = 180.0
"""Seconds after which a worker that has not begun is given up."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A process as the system sees it."""

    resident_mb: float
    cpu_seconds: float


def look_at(pid: int) -> Look:
    """Resident memory and the processor's time so far, of all its threads."""
    resident = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    # The name in brackets may hold spaces; what comes behind it does not.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return Look(resident_mb=resident / 2**20, cpu_seconds=(int(fields[11]) + int(fields[12])) / _TICKS)


def await_that(
    holds: Callable[[], bool], *, seconds: float, what: Callable[[], object], every: float = 0.02
) -> float:
    """Wait until it holds; returns how long that took. Raises RuntimeError with `what` there is where it does not."""
    begun = time.perf_counter()
    while not holds():
        if time.perf_counter() - begun > seconds:
            raise RuntimeError(f"the benchmark waited {seconds:.0f} s in vain: {what()}")
        time.sleep(every)
    return time.perf_counter() - begun


@contextmanager
def command_worker(settings: Settings) -> Iterator[int]:
    """`countersign worker` in a process of its own, killed at the end; gives its process id."""
    installation = Installation(home=settings.home, world=settings.world, database_url=settings.database_url)
    process = installation.start("worker")
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def free_workers(settings: Settings, verdict: Assessment, count: int) -> Iterator[Sequence[BaseProcess]]:
    """So many workers whose verdict costs nothing, each a process of its own; all have begun when this is entered."""
    context = multiprocessing.get_context("forkserver")
    stop, begun = context.Event(), context.Semaphore(0)
    house = (str(settings.home), str(settings.world), settings.database_url)
    work = (house, to_json(verdict), begun, stop)
    processes = [context.Process(target=_work, args=work, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        for _ in processes:
            if not begun.acquire(timeout=READY_WITHIN):
                raise RuntimeError(f"a worker had not begun after {READY_WITHIN:.0f} s")
        yield processes
    finally:
        stop.set()
        for process in processes:
            process.join(timeout=READY_WITHIN)
            process.kill()


def _work(house: tuple[str, str, str], verdict: str, begun: Semaphore, stop: Event) -> None:
    home, world, database_url = house
    opened = open_services(Settings(home=Path(home), world=Path(world), database_url=database_url))
    worker = with_verdict(opened, from_json(Assessment, verdict)).worker()
    worker.start()
    begun.release()
    stop.wait()
    worker.stop()
    opened.close()
