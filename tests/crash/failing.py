"""Failpoints from outside: commits, provider calls and disk calls are watched, and the process dies at a chosen one.

Nothing of this is in the product. It is laid around it before the house is opened: around SQLAlchemy's commit, around
the provider that is passed in, and around `os.fsync` and `os.link`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from sqlalchemy.engine.default import DefaultDialect

from app.audit.chain import Event
from app.core.ports import Handle, MailProvider, Manner, OutgoingMail, Receipt
from app.store import round_trips
from app.store.audit import AuditRepository
from app.store.round_trips import Answer, Step
from tests.crash.seams import seam_at

_COMMITS = frozenset({"write", "begin"})
_DISK = frozenset({"fsync", "link"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """An instant right before a durable step, or right after it."""

    place: str
    """The name of a seam; `engine …` for a commit of the wake-up engine's own."""
    what: str
    """What the step writes into the trail: the kind of the first event. Empty where it writes nothing there."""
    moment: str
    """`before`, `after`, or `raised`."""

    @property
    def line(self) -> str:
        """As it is kept in a file."""
        return "\t".join((self.place, self.what, self.moment))

    @classmethod
    def of_line(cls, line: str) -> Point:
        """Read back what `line` gave."""
        place, what, moment = line.rstrip("\n").split("\t")
        return cls(place=place, what=what, moment=moment)


class Watch:
    """Writes down every point that the process passes, and kills the process at one of them."""

    def __init__(self, log: Path, *, kill_at: Point | None = None) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._kill_at = kill_at
        self._lock = threading.Lock()
        self._seen: set[Point] = set()

    def passed(self, place: str, what: Sequence[str], moment: str) -> None:
        """A point was reached. A step that writes several events is noted by the first, and dies for any of them."""
        target = self._kill_at
        if target and (place, moment) == (target.place, target.moment) and target.what in (what or ("",)):
            os.kill(os.getpid(), signal.SIGKILL)
        point = Point(place=place, what=what[0] if what else "", moment=moment)
        with self._lock:
            if point not in self._seen:
                self._seen.add(point)
                os.write(self._log, (point.line + "\n").encode())

    @contextmanager
    def step(self, place: str, *what: str) -> Iterator[None]:
        """A durable step, with a point before it and one after it."""
        self.passed(place, what, "before")
        try:
            yield
        except Exception:
            self.passed(place, what, "raised")
            raise
        self.passed(place, what, "after")

    def install(self) -> None:
        """Watch every commit and every disk call of this process, for as long as it lives."""
        trail = threading.local()
        self._watch_trail(trail)
        self._watch_commits(trail)
        self._watch_disk()

    def _watch_trail(self, trail: threading.local) -> None:
        append = AuditRepository.append

        def noted(repository: AuditRepository, events: Sequence[Event], *, at: str) -> None:
            trail.kinds = tuple(dict.fromkeys(event.kind for event in events))
            append(repository, events, at=at)

        patch.object(AuditRepository, "append", noted).start()

    def _watch_commits(self, trail: threading.local) -> None:
        commit: Callable[[DefaultDialect, Any], None] = DefaultDialect.do_commit

        def watched(dialect: DefaultDialect, connection: Any) -> None:
            if getattr(trail, "travelled", False):
                trail.travelled = False
                return commit(dialect, connection)  # it is done
            what, trail.kinds = getattr(trail, "kinds", ()), ()
            with self.step(_committing(sys._getframe(1)), *what):
                return commit(dialect, connection)

        patch.object(DefaultDialect, "do_commit", watched).start()
        asked = round_trips._asked

        def with_commit(driver: Any, steps: Sequence[Step], *, commit: bool = False) -> list[Answer]:
            """On PostgreSQL the commit may travel with the last changes; SQLAlchemy's own comes too late then."""
            if not commit:
                return asked(driver, steps)
            what, trail.kinds = getattr(trail, "kinds", ()), ()
            with self.step(_committing(sys._getframe(1)), *what):
                answers = asked(driver, steps, commit=True)
            trail.travelled = True
            return answers

        patch.object(round_trips, "_asked", with_commit).start()

    def _watch_disk(self) -> None:
        def around(call: Callable[..., None]) -> Callable[..., None]:
            def watched(*arguments: Any, **options: Any) -> None:
                place = _calling(sys._getframe(1), _DISK)
                if place is None:
                    return call(*arguments, **options)
                with self.step(place):
                    return call(*arguments, **options)

            return watched

        os.fsync, os.link = around(os.fsync), around(os.link)


def _committing(frame: FrameType | None) -> str:
    """The block of the product that commits; else the function of the wake-up engine; else `other`."""
    engine_function = ""
    while frame is not None:
        path = frame.f_code.co_filename
        seam = seam_at(path, frame.f_lineno, _COMMITS)
        if seam is not None:
            return seam.name
        if "/dbos/" in path:
            engine_function = frame.f_code.co_name
        frame = frame.f_back
    return f"engine {engine_function}" if engine_function else "other"


def _calling(frame: FrameType | None, steps: frozenset[str]) -> str | None:
    """The nearest seam on the way up, with the function that called its function: one helper serves several steps."""
    while frame is not None:
        seam = seam_at(frame.f_code.co_filename, frame.f_lineno, steps)
        if seam is not None:
            caller = frame.f_back.f_code.co_name if frame.f_back else ""
            return f"{seam.name} for {caller}"
        frame = frame.f_back
    return None


class WatchedMail:
    """A provider whose every step has a point before it and one after it."""

    def __init__(self, provider: MailProvider, watch: Watch) -> None:
        self._provider = provider
        self._watch = watch

    @property
    def name(self) -> str:
        """The provider's."""
        return self._provider.name

    @property
    def manner(self) -> Manner:
        """The provider's."""
        return self._provider.manner

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Watched."""
        with self._step("prepare"):
            return self._provider.prepare(mail)

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Watched."""
        with self._step("verify"):
            self._provider.verify(mail, handle)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Watched."""
        with self._step("send"):
            return self._provider.send(mail, handle)

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """Watched."""
        with self._step("confirm"):
            return self._provider.confirm(mail, answer)

    def find(self, send_id: str, handle: Mapping[str, str]) -> Receipt | None:
        """Watched."""
        with self._step("find"):
            return self._provider.find(send_id, handle)

    def _step(self, step: str) -> Any:
        place = _called_from(step)
        return self._watch.step(place, f"{self.name} {step}")


def _called_from(step: str) -> str:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        seam = seam_at(frame.f_code.co_filename, frame.f_lineno, frozenset({step}))
        if seam is not None:
            return seam.name
        frame = frame.f_back
    return f"unknown {step}"
