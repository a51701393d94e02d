"""What the owner of a mailbox, a calendar or a CRM has let the gate do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One owner's permission at one provider, and what its library needs to use it."""

    provider: str
    """`google`, `microsoft`, `smtp`, `salesforce` or `hubspot`."""
    account: str
    """Who signed in: an address in lower case, or the CRM's own name for its user."""
    scopes: tuple[str, ...]
    """What the owner agreed to, in the provider's words."""
    secret: str = field(repr=False)
    """Tokens as the provider's library writes them. Encrypted wherever it is kept; in no log, trail or message."""
    version: int
    """Grows with each renewal, so that two processes that renew at once do not lose the newer token."""
    granted_at: datetime
    closed: str = ""
    """Why it is no use any more, such as `revoked at the provider`; empty while it is good."""


class Grants(Protocol):
    """The grants of this house. Many threads and processes ask at once; nothing is remembered between calls."""

    def of(self, provider: str, account: str) -> Grant | None:
        """The grant, also where it is closed; None where nobody has signed in. Case of the account does not matter.

        Raises NotAvailable where the key under which it is encrypted is missing.
        """
        ...

    def all_of(self, provider: str) -> tuple[Grant, ...]:
        """Every grant at the provider, by account, the closed ones too. Raises as `of` does."""
        ...

    def renewed(self, grant: Grant, secret: str) -> Grant:
        """Keep what the provider gave in exchange for `grant`. Where somebody else was first, theirs is returned."""
        ...

    def closed(self, grant: Grant, reason: str) -> None:
        """The provider takes it no more: its owner is told, once, to sign in again. A newer grant stays open."""
        ...
