"""How often people let through what an agent wrote, and what that earns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt

from app.core.routes import Route, Tier

_Z_95 = 1.959963984540054
"""The two-sided 95 % quantile of the normal distribution."""


class Outcome(StrEnum):
    """What became of a draft."""

    UNCHANGED = "approved_unchanged"
    """People approved the agent's own words."""
    LIGHT_EDIT = "light_edit"
    """A person changed less than a tenth of the words, and nothing else, before it left."""
    HEAVY_EDIT = "heavy_edit"
    """A person changed more than that, or whom it goes to, before it left."""
    REJECTED = "rejected"
    """A person rejected it, or took it back before it left."""
    INCIDENT = "incident"
    """It left, and then a person recorded that it should not have."""
    UNATTENDED = "sent_unattended"
    """No person had a say: the policy, an agent's word or silence let it through. Counts neither for nor against."""


DECIDED = frozenset(Outcome) - {Outcome.UNATTENDED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Autonomy:
    """What a policy asks for before an agent earns autonomy."""

    level: float
    """What the lower bound has to reach, above 0 and below 1."""
    minimum: int
    """How many drafts people have to have decided about at least."""
    tiers: tuple[Tier, ...]
    """The tiers of risk in which autonomy can be earned at all."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Subject:
    """What autonomy is earned for: one kind of mail, by one agent, at one tier of risk."""

    agent: str
    action: str
    """The kind of mail that drafts name: `reply`, `follow_up`."""
    tier: Tier

    def __str__(self) -> str:
        return f"{self.action} by {self.agent} at {self.tier} risk"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """How many drafts of a subject came to which outcome."""

    counts: Mapping[Outcome, int]
    since: datetime | None = None
    """Only outcomes later than this count: autonomy ended then. None: all count."""

    def __getitem__(self, outcome: Outcome) -> int:
        return self.counts.get(outcome, 0)

    @property
    def unchanged(self) -> int:
        """Drafts that people approved in the agent's own words."""
        return self[Outcome.UNCHANGED]

    @property
    def decided(self) -> int:
        """Drafts that people had a say in."""
        return sum(self[outcome] for outcome in DECIDED)

    @property
    def bound(self) -> float:
        """The lower end of Wilson's 95 % interval for the share that is approved unchanged, from 0 to 1."""
        return wilson_lower(self.unchanged, self.decided)

    @property
    def in_words(self) -> str:
        """`58 of 60 approved unchanged, lower bound 0.886`."""
        return f"{self.unchanged} of {self.decided} approved unchanged, lower bound {shown(self.bound)}"


def shown(bound: float) -> str:
    """A bound to three places, cut and not rounded: what is below a level never reads as if it reached it."""
    return f"{int(bound * 1000) / 1000:.3f}"


def wilson_lower(successes: int, trials: int) -> float:
    """The lower end of Wilson's score interval at 95 % (two-sided); 0 without successes.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if not successes:
        return 0.0
    share, square = successes / trials, _Z_95**2
    centre = share + square / (2 * trials)
    spread = _Z_95 * sqrt((share * (1 - share) + square / (4 * trials)) / trials)
    return max(0.0, (centre - spread) / (1 + square / trials))


@dataclass(frozen=True, kw_only=True, slots=True)
class Promotion:
    """A person's word that an agent may do this without being read first; it is or was in force."""

    id: str
    subject: Subject
    level: float
    """What the lower bound had to reach when it was signed. Below it, the promotion ends."""
    unchanged: int
    decided: int
    bound: float
    """The figures that were signed."""
    signed_by: str
    signed_at: datetime
    reason: str = ""
    ended_at: datetime | None = None
    ended_by: str | None = None
    """Id of a person who withdrew it or recorded an incident; `gate` where the figures ended it."""
    end_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """A person's word that a mail should not have been sent."""

    id: str
    draft_id: str
    by: str
    at: datetime
    reason: str


class Look(StrEnum):
    """What a person says who read a mail after it had left unattended."""

    FINE = "fine"
    INCIDENT = "incident"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A mail that left unattended and was drawn for a look after the fact."""

    draft_id: str
    route: Route
    policy_version: int
    share: float
    """The policy's share for the route, from 0 to 1."""
    number: float
    """The draft's own number, from 0 to 1; it is below the share."""
    drawn_at: datetime
    look: Look | None = None
    looked_by: str | None = None
    looked_at: datetime | None = None
    reason: str | None = None
