"""The token of one CRM account: taken from its grant, and renewed where the CRM takes it no more."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.core.errors import NotAvailable
from app.core.grants import Grant, Grants
from integrations.crm.line import NotLetIn
from integrations.http import Deadline

Secret = Mapping[str, str]
"""What a grant keeps: `access_token`, and what else its CRM gave."""
Renewal = Callable[[Secret, Deadline], Secret]
"""Gets another secret for one that is used up. Raises Revoked, and what `Line.call` raises."""


class Revoked(Exception):
    """The CRM gives no token for this grant any more. Its text is the CRM's own code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """What a call needs to be let in."""

    value: str = field(repr=False)
    address: str
    """Where the CRM is, where the grant says so; else empty."""
    grant: Grant


class Tokens:
    """Tokens for one account at one CRM. Every method raises NotLetIn; many threads ask at once."""

    def __init__(self, grants: Grants, *, provider: str, account: str, system: str, renewal: Renewal) -> None:
        """`system` is the CRM's name as people read it."""
        self._grants = grants
        self._provider = provider
        self._account = account
        self._system = system
        self._renewal = renewal
        self._lock = threading.Lock()

    def current(self) -> Token:
        """The token that the grant holds."""
        grant = self._open_grant()
        return self._token(grant, self._secret(grant))

    def renewed(self, refused: Token, deadline: Deadline) -> Token:
        """Another one than `refused`, which the CRM takes no more. One that somebody else got meanwhile is taken."""
        with self._lock:
            grant = self._open_grant()
            secret = self._secret(grant)
            if secret["access_token"] != refused.value:
                return self._token(grant, secret)
            try:
                fresh = self._renewal(secret, deadline)
            except Revoked as revoked:
                return self._after_refusal(grant, str(revoked))
            grant = self._grants.renewed(grant, json.dumps({**secret, **fresh}))
            return self._token(grant, self._secret(grant))

    def close(self, token: Token, code: str) -> NotLetIn:
        """Say that the CRM takes the grant no more; the error to be raised."""
        self._grants.closed(token.grant, f"{self._system} does not take it any more ({code})")
        return NotLetIn(f"{self._system} lets the gate into {self._account} no more ({code}); {self._connect}")

    def _after_refusal(self, grant: Grant, code: str) -> Token:
        newer = self._open_grant()
        if newer.version == grant.version:
            raise self.close(self._token(grant, self._secret(grant)), code)
        return self._token(newer, self._secret(newer))

    def _open_grant(self) -> Grant:
        try:
            grant = self._grants.of(self._provider, self._account)
        except NotAvailable as error:
            raise NotLetIn(str(error)) from None
        if grant is None:
            raise NotLetIn(f"nobody has let the gate into {self._account} at {self._system}; {self._connect}")
        if grant.closed:
            raise NotLetIn(f"{self._system} lets the gate in no more ({grant.closed}); {self._connect}")
        return grant

    def _secret(self, grant: Grant) -> dict[str, str]:
        try:
            kept = json.loads(grant.secret)
            found = {name: str(value) for name, value in kept.items() if value is not None}
            return {"access_token": found["access_token"], **found}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise NotLetIn(f"the grant of {self._account} cannot be read; {self._connect}") from None

    def _token(self, grant: Grant, secret: Secret) -> Token:
        return Token(value=secret["access_token"], address=secret.get("instance_url", ""), grant=grant)

    @property
    def _connect(self) -> str:
        return f"run `countersign accounts connect {self._provider} --account {self._account}`"
