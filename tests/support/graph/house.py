"""A house whose people have let the gate into their accounts at the double."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import msal  # type: ignore[import-untyped] # the library ships no types
import requests

from app.core.clock import Clock, ManualClock
from app.core.grants import Grant
from integrations.credentials.microsoft import PROVIDER, SEND, MicrosoftApp, SignedInAccess
from integrations.graph import Graph
from integrations.http import open_session
from tests.support.graph.server import TENANT, GraphDouble, tokens

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


class Kept:
    """Grants in memory, as the port asks for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grants: dict[str, Grant] = {}
        self.closings: list[str] = []

    def put(self, grant: Grant) -> None:
        """Somebody signed in."""
        with self._lock:
            known = self._grants.get(grant.account)
            version = known.version + 1 if known else 1
            self._grants[grant.account] = replace(grant, version=version)

    def of(self, provider: str, account: str) -> Grant | None:
        """As the port says."""
        with self._lock:
            grant = self._grants.get(account.lower())
        return grant if grant and grant.provider == provider else None

    def all_of(self, provider: str) -> tuple[Grant, ...]:
        """As the port says."""
        with self._lock:
            return tuple(one for _, one in sorted(self._grants.items()) if one.provider == provider)

    def renewed(self, grant: Grant, secret: str) -> Grant:
        """As the port says."""
        with self._lock:
            known = self._grants[grant.account]
            if known.version == grant.version:
                self._grants[grant.account] = known = replace(known, secret=secret, version=known.version + 1)
            return known

    def closed(self, grant: Grant, reason: str) -> None:
        """As the port says."""
        with self._lock:
            known = self._grants[grant.account]
            if known.version == grant.version and not known.closed:
                self._grants[grant.account] = replace(known, closed=reason)
                self.closings.append(reason)


class House:
    """The double's people, and the product's way to them."""

    def __init__(
        self,
        double: GraphDouble,
        *,
        sessions: Callable[[str | None], requests.Session] = open_session,
        clock: Clock | None = None,
    ) -> None:
        self.double = double
        self.app = MicrosoftApp(client_id="client", authority=double.authority, ca_file=double.ca_file)
        self.grants = Kept()
        self.access = SignedInAccess(self.app, self.grants)
        self.graph = Graph(self.access, clock=clock or ManualClock(NOW), base=double.base, sessions=sessions)

    def sign_in(self, account: str, scopes: Sequence[str] = SEND) -> None:
        """The owner lets the gate in: what the library makes of the token endpoint's answer is kept."""
        token, refresh = self.double.exchange.open(account)
        full = [f"https://graph.microsoft.com/{scope}" for scope in scopes]
        cache = msal.SerializableTokenCache()
        cache.add(
            {
                "client_id": self.app.client_id,
                "scope": full,
                "token_endpoint": f"{self.double.authority}/{TENANT}/oauth2/v2.0/token",
                "response": tokens(account, token, refresh, " ".join(full)),
            }
        )
        self.grants.put(
            Grant(
                provider=PROVIDER,
                account=account.lower(),
                scopes=tuple(scopes),
                secret=cache.serialize(),
                version=1,
                granted_at=NOW,
            )
        )
