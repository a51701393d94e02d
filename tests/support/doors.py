"""Doubles of the doors at providers: whoever is asked signs in at once, as they were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.accounts.service import Talk, Way
from app.core.errors import NotAvailable
from app.core.grants import Grant
from integrations.credentials.signed_in import SignedIn

SECRET = '{"refresh_token": "1//not-to-be-seen-anywhere", "token": "ya29.neither-is-this"}'
SECRETS = ("1//not-to-be-seen-anywhere", "ya29.neither-is-this")


@dataclass
class WillingDoor:
    """A double of a provider's sign-in: the owner agrees to everything, but for what a test turns off."""

    signs_in_as: str = ""
    """Somebody else than who was asked; empty: whoever was asked."""
    refuses: frozenset[str] = frozenset()
    """Scopes that the owner does not agree to."""
    cannot_be_told: bool = False
    """Whether the provider cannot be told of a farewell."""
    asked: list[tuple[str, tuple[str, ...], Way]] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:
        """As told."""
        self.asked.append((account, tuple(scopes), way))
        talk.open_browser("https://signin.example/start")
        agreed = tuple(scope for scope in scopes if scope not in self.refuses)
        return SignedIn(account=self.signs_in_as or account, scopes=agreed, secret=SECRET)

    def revoke(self, grant: Grant) -> None:
        """Remember whose it was, and whether the secret was still there."""
        if self.cannot_be_told:
            raise NotAvailable("the provider to answer")
        assert grant.secret == SECRET
        self.revoked.append(grant.account)


SILENT = Talk(open_browser=lambda _: None, show=lambda _: None, ask=str)
"""Nobody is there to be talked to."""
