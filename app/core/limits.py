"""How many mails may leave in a stretch of time, and the switch that stops them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from app.core.routes import Tier

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONGEST_WINDOW = DAY
"""No limit looks further back."""


class Per(StrEnum):
    """What a limit counts mails by."""

    SENDER = "sender"
    """The person in whose name the mail goes out."""
    ACCOUNT = "account"
    """The customer it is written to; mail to nobody's account is not counted."""
    RECIPIENT_DOMAIN = "recipient_domain"
    """Each domain among its recipients, our own left out."""
    AGENT = "agent"
    """The agent that wrote it."""
    TIER = "tier"
    """Its tier of risk, over the whole house."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """At most so many mails begin to leave within any stretch as long as the window."""

    key: str
    """As the policy writes it: `per_sender_per_hour`, `per_tier.high_per_hour`."""
    per: Per
    most: int
    window: timedelta
    tier: Tier | None = None
    """The only tier that is counted; for limits by tier."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits of a policy, in mails; None, or a tier that is not there, is no limit."""

    per_sender_per_hour: int | None = None
    per_account_per_day: int | None = None
    per_recipient_domain_per_day: int | None = None
    per_agent_per_hour: int | None = None
    per_tier: Mapping[Tier, int] = field(default_factory=lambda: MappingProxyType({}))
    """Mails an hour, by tier. The policy writes `per_tier: {high_per_hour: 5}`."""

    def each(self) -> Iterator[Limit]:
        """Those that are set, in the order above."""
        for key, per, most, window in (
            ("per_sender_per_hour", Per.SENDER, self.per_sender_per_hour, HOUR),
            ("per_account_per_day", Per.ACCOUNT, self.per_account_per_day, DAY),
            ("per_recipient_domain_per_day", Per.RECIPIENT_DOMAIN, self.per_recipient_domain_per_day, DAY),
            ("per_agent_per_hour", Per.AGENT, self.per_agent_per_hour, HOUR),
        ):
            if most is not None:
                yield Limit(key=key, per=per, most=most, window=window)
        for tier in Tier:
            if tier in self.per_tier:
                most = self.per_tier[tier]
                yield Limit(key=f"per_tier.{tier}_per_hour", per=Per.TIER, most=most, window=HOUR, tier=tier)


NO_LIMITS = Limits()


class StopScope(StrEnum):
    """What a stop holds."""

    ALL = "all"
    AGENT = "agent"
    """What one agent wrote."""
    ACTION = "action"
    """One kind of action: `send_email` and the like, or the kind of mail that a draft names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A switch that is or was on: nothing that it holds begins to leave until it is lifted."""

    id: str
    scope: StopScope
    subject: str
    """The agent or the action; empty where everything is stopped."""
    reason: str
    by: str
    """Id of the person who stopped it."""
    at: datetime
    lifted_by: str | None = None
    lifted_at: datetime | None = None

    @property
    def what(self) -> str:
        """What is stopped, in words: `everything`, `agent scribe`, `action send_email`."""
        return "everything" if self.scope is StopScope.ALL else f"{self.scope} {self.subject}"
