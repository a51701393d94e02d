"""Grants in memory, as the gate's own keep them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime

from app.core.grants import Grant

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


class MemoryGrants:
    """What owners have granted. `told` lists the accounts whose owners were told to sign in again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], Grant] = {}
        self.told: list[str] = []

    def keep(self, provider: str, account: str, secret: str, scopes: tuple[str, ...]) -> Grant:
        """A new sign-in."""
        with self._lock:
            before = self._kept.get((provider, account.lower()))
            made = Grant(
                provider=provider,
                account=account.lower(),
                scopes=scopes,
                secret=secret,
                version=before.version + 1 if before else 1,
                granted_at=NOW,
            )
            self._kept[provider, made.account] = made
        return made

    def of(self, provider: str, account: str) -> Grant | None:
        """As the port says."""
        return self._kept.get((provider, account.lower()))

    def all_of(self, provider: str) -> tuple[Grant, ...]:
        """As the port says."""
        return tuple(grant for (its, _), grant in sorted(self._kept.items()) if its == provider)

    def renewed(self, grant: Grant, secret: str) -> Grant:
        """As the port says."""
        with self._lock:
            kept = self._kept[grant.provider, grant.account]
            if kept.version == grant.version:
                kept = replace(kept, secret=secret, version=kept.version + 1)
                self._kept[grant.provider, grant.account] = kept
            return kept

    def closed(self, grant: Grant, reason: str) -> None:
        """As the port says."""
        with self._lock:
            kept = self._kept[grant.provider, grant.account]
            if kept.version == grant.version and not kept.closed:
                self._kept[grant.provider, grant.account] = replace(kept, closed=reason)
                self.told.append(grant.account)
