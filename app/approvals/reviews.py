"""All that concerns drafts in review, put together over one store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.approvals.absences import Absences
from app.approvals.deciding import Deciding
from app.approvals.panel import Panel
from app.approvals.questions import Questions
from app.approvals.reassigning import Reassigning
from app.approvals.requests import Requests
from app.approvals.tending import Tending
from app.core.clock import Clock
from app.core.ids import Ids
from app.core.ports import World
from app.facts import Lookups
from app.standing import Standing, read_standing
from app.store.store import Store


@dataclass(frozen=True, kw_only=True)
class Reviews:
    """What a reviewer may do, and what time does."""

    store: Store
    world: World
    lookups: Lookups
    clock: Clock
    ids: Ids

    @cached_property
    def requests(self) -> Requests:
        """Opens requests and keeps them."""
        return Requests(panel=Panel(world=self.world, lookups=self.lookups), ids=self.ids)

    @cached_property
    def deciding(self) -> Deciding:
        """Hears words."""
        return Deciding(requests=self.requests, people=self.world.people)

    @cached_property
    def tending(self) -> Tending:
        """Does what timers ask for."""
        return Tending(requests=self.requests)

    @cached_property
    def questions(self) -> Questions[Standing]:
        """Questions, answers, comments."""
        return Questions(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            people=self.world.people,
            requests=self.requests,
            standing_of=read_standing,
        )

    @cached_property
    def reassigning(self) -> Reassigning[Standing]:
        """Passes places on."""
        return Reassigning(
            store=self.store,
            clock=self.clock,
            people=self.world.people,
            requests=self.requests,
            standing_of=read_standing,
        )

    @cached_property
    def absences(self) -> Absences:
        """Who is away."""
        return Absences(
            store=self.store, clock=self.clock, ids=self.ids, people=self.world.people, requests=self.requests
        )
