"""Connecting accounts, looking at them, and letting go of them: who may, what is kept, what the provider is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from app.accounts.features import ICS, Feature, features_of, missing, provider_named, scopes_for
from app.accounts.grants import KeptGrants, account_key, actor_of
from app.accounts.telling import how_to_connect
from app.accounts.waking import wake_waiting
from app.core.errors import Conflict, CountersignError, FactUnavailable, NotFound
from app.core.facts import Person
from app.core.grants import Grant
from app.permissions import Operation, may, require
from app.permissions.relations import FOREIGN, to_somebodys
from app.permissions.table import Relations
from app.store.grants import SealedGrant
from integrations.calendars.ics_address import shown
from integrations.credentials.signed_in import SignedIn

LET_GO = "disconnected here"


class Way(StrEnum):
    """How somebody signs in."""

    BROWSER = "browser"
    """In a browser on this machine."""
    CODE = "code"
    """On any device, with a code that is shown here."""
    PASTE = "paste"
    """In a browser anywhere, whose last address is typed in here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """How whoever signs in is talked to meanwhile."""

    open_browser: Callable[[str], None]
    show: Callable[[str], None]
    ask: Callable[[], str]


class Door(Protocol):
    """How the gate is let in at one provider, and how it leaves."""

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:
        """Have somebody sign in and agree. Raises CountersignError, which says what went wrong and what to do."""
        ...

    def revoke(self, grant: Grant) -> None:
        """Have the provider forget the grant. Raises CountersignError where it does not, or cannot be reached."""
        ...


class Standing(StrEnum):
    """What an account is good for now."""

    OPEN = "open"
    CLOSED = "closed"
    """Its owner has to sign in again."""
    SEALED = "sealed"
    """The key under which it is encrypted is not among those in the settings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """One account as people see it, without any secret."""

    grant: SealedGrant
    standing: Standing
    features: tuple[Feature, ...]
    """What its scopes are enough for."""
    place: str = ""
    """Of a calendar that is open, the part of its private address that is no secret."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Connected:
    """What came of a sign-in."""

    grant: SealedGrant
    missing: tuple[str, ...]
    """What was asked for and not agreed to."""
    woken: int
    """How many mails have waited for it, and are looked at now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disconnected:
    """What came of a farewell. The secret is gone from here in any case."""

    grant: SealedGrant
    not_told: str
    """Why the provider could not be told; empty where it has forgotten the grant, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounts:
    """The accounts of the house. `by` None is the operator of this machine, who may do everything."""

    grants: KeptGrants
    door: Callable[[str], Door]
    """Opens the door at a provider; its library is loaded then."""

    def connect(
        self, provider: str, account: str, *, features: Sequence[Feature], way: Way, talk: Talk, by: Person | None
    ) -> Connected:
        """Have the owner of the account sign in, keep what comes of it sealed, and wake the mail that waits for it.

        At `ics`, `account` is the id or address of the colleague whose calendar it is. Raises NotPermitted before
        anybody signs in, InvalidInput for a provider or account that is none, NotFound for such a colleague,
        NotAvailable without a key or the provider's library, Conflict where somebody else signed in, and what the
        sign-in raises.
        """
        provider = provider_named(provider)
        account = self._named(provider, account)
        if provider == ICS and self.grants.people.person(account) is None:
            raise NotFound("person", account)
        self._require(by, account, Operation.ACCOUNTS_CONNECT, doing=f"connect {account}")
        self.grants.vault.seal("", owner=account)  # before anybody signs in for nothing
        wanted = scopes_for(provider, features)
        signed_in = self.door(provider).sign_in(account, wanted, way, talk)
        if account_key(signed_in.account) != account:
            raise Conflict(
                f"{signed_in.account} signed in, not {account}: nothing was kept; sign out there and try again, "
                f"or run {how_to_connect(provider, signed_in.account)}"
            )
        scopes, secret = signed_in.scopes, signed_in.secret
        grant = self.grants.connect(provider, account, scopes=scopes, secret=secret, by=by)
        return Connected(grant=grant, missing=missing(wanted, scopes), woken=self._wake_mail(grant, by))

    def every(self, *, by: Person | None) -> Sequence[Account]:
        """The accounts that the person may manage, by provider and account."""
        return [
            self._seen(grant)
            for grant in self.grants.every()
            if by is None or may(by, Operation.ACCOUNTS_MANAGE, self._relations(by, grant.account))
        ]

    def disconnect(self, provider: str, account: str, *, by: Person | None) -> Disconnected:
        """Have the provider forget the grant, and forget its secret here whatever the provider says.

        Doing it twice does it once. Raises NotPermitted, InvalidInput, NotFound where it was never connected.
        """
        provider = provider_named(provider)
        account = self._named(provider, account)
        self._require(by, account, Operation.ACCOUNTS_MANAGE, doing=f"disconnect {account}")
        found = next((g for g in self.grants.every() if (g.provider, g.account) == (provider, account)), None)
        if found is None:
            raise NotFound(f"account at {provider} named", account)
        if found.closed_at is not None:
            return Disconnected(grant=found, not_told="")
        not_told = self._revoke(found)
        self.grants.disconnect(provider, account, reason=LET_GO, by=by)
        return Disconnected(grant=replace(found, secret=None, closed=LET_GO), not_told=not_told)

    def _wake_mail(self, grant: SealedGrant, by: Person | None) -> int:
        """Have mail look again that waits until its sender's mailbox lets the gate in."""
        try:
            owner = self.grants.people.person(grant.account)
        except FactUnavailable:
            return 0  # the sign-in is kept all the same, and mail looks by itself within the hour
        if owner is None or Feature.SEND not in features_of(grant.provider, grant.scopes):
            return 0
        return wake_waiting(self.grants.store, self.grants.clock, owner, actor=actor_of(by))

    def _revoke(self, found: SealedGrant) -> str:
        try:
            self.door(found.provider).revoke(self.grants.opened(found))
        except CountersignError as error:
            return str(error)
        return ""

    def _named(self, provider: str, account: str) -> str:
        """Under which name it is kept: a calendar's address under that of its owner, who may be named by id."""
        name = account_key(account)
        owner = self.grants.people.person(name) if provider == ICS else None
        return account_key(owner.email) if owner is not None else name

    def _seen(self, grant: SealedGrant) -> Account:
        standing, place = Standing.CLOSED if grant.closed_at is not None else Standing.OPEN, ""
        if standing is Standing.OPEN:
            try:
                opened = self.grants.opened(grant)
                place = shown(opened.secret) if grant.provider == ICS else ""
            except CountersignError:
                standing = Standing.SEALED
        features = features_of(grant.provider, grant.scopes)
        return Account(grant=grant, standing=standing, features=features, place=place)

    def _require(self, by: Person | None, account: str, operation: Operation, *, doing: str) -> None:
        if by is not None:
            require(by, operation, self._relations(by, account), doing=doing)

    def _relations(self, by: Person, account: str) -> Relations:
        owner = self.grants.people.person(account)
        return to_somebodys(by, owner.id) if owner is not None else FOREIGN
