"""What comes of a sign-in."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.errors import CountersignError


class SignInFailed(CountersignError):
    """Nobody was signed in, and nothing was kept. The message says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Somebody let the gate into an account; what it may be kept as, by `Grants`."""

    account: str
    """Whose account it is, by the provider's own word: an address in lower case."""
    scopes: tuple[str, ...]
    """What they agreed to, which may be less than what was asked for."""
    secret: str = field(repr=False)
    """Tokens as the provider's library writes them."""
