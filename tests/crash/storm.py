"""A storm over a house: processes die and freeze at random moments, and others take their places."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.audit.service import verify_store
from app.core.lifecycle import State
from app.delivery.dispatch import LEASE
from app.services import Services, open_services
from tests.crash import forge
from tests.crash.house import House, rows_of
from tests.crash.lives import allow, client_ids, live

_LONGEST_LIFE = 0.6
"""Seconds that a process lives at most after it has begun to work."""
_POLL = 0.01
_TRIES_TO_LIVE = 60.0
"""Seconds that a process may take until it works."""
_CALM_STEP, _CALM_SECONDS = timedelta(minutes=10), 3.0
"""How far the clock is set ahead when it is calm, and how long it then is left alone: a send must fit in between."""
_CALM_PATIENCE = 300.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Weather:
    """How bad it gets."""

    kills: int
    freezes: int
    drafts: int
    lives: int = 3
    seed: int = 20261121
    mutation: str = "whole"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What the storm did, and what it did to the drafts."""

    kills: int
    freezes: int
    drafts: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    unsettled: tuple[str, ...]
    """Drafts that left and of which the house does not know it."""
    two_answers: tuple[str, ...]
    taken_over: int
    """How often a worker took over what another one had begun."""
    seconds: float

    def must_be_clean(self) -> None:
        """Raise AssertionError where anything was lost, sent twice, answered twice or left standing."""
        assert not self.lost, f"lost: {self.lost}"
        assert not self.twice, f"delivered twice: {self.twice}"
        assert not self.unsettled, f"never settled: {self.unsettled}"
        assert not self.two_answers, f"two drafts for one client id: {self.two_answers}"

    def __str__(self) -> str:
        """In one line."""
        return (
            f"{self.drafts} drafts, {self.kills} kills, {self.freezes} freezes, {self.taken_over} taken over: "
            f"{len(self.lost)} lost, {len(self.twice)} twice, {len(self.unsettled)} unsettled; {self.seconds:.0f} s"
        )


@dataclass
class _Life:
    process: Any
    born: float
    dies_at: float | None = None
    """On this machine's monotonic clock; None until it has begun to work."""
    thaws_at: float | None = None


@dataclass
class Storm:
    """Rages once."""

    house: House
    weather: Weather
    hurt: Callable[[random.Random], None] = lambda _chance: None
    """Called at every strike: what may go wrong besides."""
    kills: int = 0
    freezes: int = 0
    _lives: list[_Life] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make ready."""
        self._chance = random.Random(self.weather.seed)  # noqa: S311 - a seeded storm, not a secret
        (self.house.folder / "alive").mkdir(exist_ok=True)

    def rage(self) -> Tally:
        """Kill and freeze as often as was asked for, then let it calm down, and count."""
        began = time.monotonic()
        self._allow()
        try:
            self._lives = [self._born() for _ in range(self.weather.lives)]
            while self.kills < self.weather.kills or self.freezes < self.weather.freezes:
                for place, life in enumerate(self._lives):
                    self._lives[place] = self._next(life)
                time.sleep(_POLL)
        finally:
            self._end_all()
        self._calm_down()
        return self._count(time.monotonic() - began)

    def _next(self, life: _Life) -> _Life:
        """The life that is in this place a moment later."""
        now = time.monotonic()
        if life.thaws_at is not None:
            if now >= life.thaws_at:
                os.kill(life.process.pid, signal.SIGCONT)
                life.thaws_at = None
            return life
        if life.dies_at is None:
            self._see_whether_it_works(life, now)
        elif now >= life.dies_at:
            return self._strike(life, now)
        return life

    def _see_whether_it_works(self, life: _Life, now: float) -> None:
        if (self.house.folder / "alive" / str(life.process.pid)).exists():
            life.dies_at = now + self._chance.uniform(0, _LONGEST_LIFE)
            return
        assert life.process.is_alive(), f"it ended by itself: {self._log()}"
        assert now - life.born < _TRIES_TO_LIVE, f"it does not begin to work: {self._log()}"

    def _strike(self, life: _Life, now: float) -> _Life:
        self.hurt(self._chance)
        left = max(0, self.weather.kills - self.kills), max(0, self.weather.freezes - self.freezes)
        frozen = sum(other.thaws_at is not None for other in self._lives)
        if left[1] and frozen < len(self._lives) - 1 and self._chance.random() < left[1] / max(1, sum(left)):
            os.kill(life.process.pid, signal.SIGSTOP)
            self.freezes += 1
            life.thaws_at = now + LEASE.total_seconds() / self.house.rate + 1
            life.dies_at = life.thaws_at + self._chance.uniform(0, _LONGEST_LIFE)
            return life
        assert life.process.is_alive(), f"it ended by itself: {self._log()}"
        self._kill(life)
        self.kills += 1
        self._allow()
        return self._born()

    def _born(self) -> _Life:
        process = forge.start(live, self.house, self.weather.mutation, log=self.house.folder / "log")
        return _Life(process=process, born=time.monotonic())

    def _kill(self, life: _Life) -> None:
        life.process.kill()
        life.process.join()
        (self.house.folder / "alive" / str(life.process.pid)).unlink(missing_ok=True)

    def _end_all(self) -> None:
        for life in self._lives:
            self._kill(life)
        self._lives = []

    def _allow(self, *, everything: bool = False) -> None:
        """Let as many drafts be handed in as go with the part of the storm that is over."""
        over = 1.0 if everything else (self.kills + 1) / max(1, self.weather.kills)
        allow(self.house, min(self.weather.drafts, int(self.weather.drafts * over) + 2))

    def _calm_down(self) -> None:
        """Nothing dies any more: time passes, people look at what is stuck, and everything has to come to its end."""
        self._allow(everything=True)
        (self.house.folder / "calm").touch()
        self._lives = [self._born() for _ in range(2)]
        services = self._look()
        deadline = time.monotonic() + _CALM_PATIENCE
        try:
            while not self._is_over(services) and time.monotonic() < deadline:
                time.sleep(_CALM_SECONDS)
                self.house.clock.move(_CALM_STEP)
        finally:
            services.close()
            self._end_all()

    def _look(self) -> Services:
        return open_services(self.house.settings, base_clock=self.house.clock, mail=self.house.provider)

    def _is_over(self, services: Services) -> bool:
        with services.store.read() as reader:
            counts = reader.drafts.counts()
        return counts == {State.SENT: self.weather.drafts}

    def _count(self, seconds: float) -> Tally:
        services = self._look()
        try:
            with services.store.snapshot() as reader:
                verify_store(reader)
                taken_over = sum(event.kind == "send.taken_over" for event in reader.audit.events())
            states = {str(row.client_id): row.state for row in rows_of(services)}
        finally:
            services.close()
        delivered: Counter[str] = self.house.deliveries()
        wanted = client_ids(self.weather.drafts)
        return Tally(
            kills=self.kills,
            freezes=self.freezes,
            drafts=self.weather.drafts,
            lost=tuple(c for c in wanted if not delivered[c]),
            twice=tuple(c for c, count in delivered.items() if count > 1),
            unsettled=tuple(c for c in wanted if delivered[c] and states.get(c) is not State.SENT),
            two_answers=tuple(c for c, ids in self.house.acknowledged().items() if len(ids) > 1),
            taken_over=taken_over,
            seconds=seconds,
        )

    def _log(self) -> str:
        return (self.house.folder / "log").read_text(encoding="utf-8")[-3000:]
