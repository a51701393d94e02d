"""The grants of the house in the database, each under a seal that only the key in the settings opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.telling import readers_of, tell_of_closing
from app.core.clock import Clock
from app.core.errors import FactUnavailable, InvalidInput, NotFound
from app.core.facts import Person
from app.core.grants import Grant
from app.core.ids import Ids
from app.core.plain import plain
from app.core.ports import People
from app.identity.vault import Vault
from app.store.grants import SealedGrant
from app.store.store import Store
from app.trail import happened

_LONGEST_ACCOUNT = 320
_LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptGrants:
    """The port `Grants` on the store, and what a sign-in, a farewell and another key do to it.

    Every change is a compare-and-set on the version in a short transaction of its own, so any number of processes may
    renew and close at once.
    """

    store: Store
    vault: Vault
    people: People
    clock: Clock
    ids: Ids

    # ── the port ──────────────────────────────────────────────────────────────────────────────────────────────

    def of(self, provider: str, account: str) -> Grant | None:
        """The account's grant, the closed one too; None where nobody has signed in. Raises NotAvailable."""
        with self.store.read() as reader:
            found = reader.grants.find(provider, account.strip().lower())
        return self.opened(found) if found is not None else None

    def all_of(self, provider: str) -> tuple[Grant, ...]:
        """Every grant at the provider, by account, the closed ones too. Raises NotAvailable."""
        with self.store.read() as reader:
            found = reader.grants.every(provider)
        return tuple(self.opened(grant) for grant in found)

    def renewed(self, grant: Grant, secret: str) -> Grant:
        """Keep what came in exchange for the grant's secret; where somebody was first, or closed it, what is there.

        Raises NotAvailable without a key, NotFound where there never was such a grant.
        """
        sealed = self._sealed(grant.provider, grant.account, secret)
        now = self.clock.now()
        with self.store.write(now=now) as tx:
            tx.grants.renew(grant.provider, grant.account, grant.version, sealed, at=now)
            kept = tx.grants.find(grant.provider, grant.account)
        if kept is None:
            raise NotFound(f"grant at {grant.provider} of", grant.account)
        return self.opened(kept)

    def closed(self, grant: Grant, reason: str) -> None:
        """It is of no use any more: its secret goes, its owner is told once. A newer grant stays as it is.

        As long as the directory cannot say whom to tell it stays open, and whoever tries it next closes it.
        """
        try:
            readers = readers_of(grant.account, self.people)
        except FactUnavailable:
            return
        reason = _in_a_line(reason)
        with self.store.write(now=self.clock.now()) as tx:
            if not tx.grants.close(grant.provider, grant.account, grant.version, reason=reason, at=tx.now):
                return
            facts = {"provider": grant.provider, "account": grant.account, "reason": reason}
            tx.record(happened("account.closed", "gate", **facts))
            tell_of_closing(tx, grant, readers, self.ids, reason=reason)

    # ── what people do ────────────────────────────────────────────────────────────────────────────────────────

    def every(self) -> Sequence[SealedGrant]:
        """Every account's row, sealed as it is."""
        with self.store.read() as reader:
            return reader.grants.every()

    def opened(self, kept: SealedGrant) -> Grant:
        """With its secret, which is empty where it is closed. Raises NotAvailable where no key opens it."""
        owner = _owner(kept.provider, kept.account)
        return Grant(
            provider=kept.provider,
            account=kept.account,
            scopes=kept.scopes,
            secret=self.vault.unseal(kept.secret, owner=owner) if kept.secret is not None else "",
            version=kept.version,
            granted_at=kept.granted_at,
            closed=kept.closed,
        )

    def connect(
        self, provider: str, account: str, *, scopes: Sequence[str], secret: str, by: Person | None
    ) -> SealedGrant:
        """Keep a fresh sign-in in the place of an earlier one. `by` None is the operator of this machine.

        Raises NotAvailable without a key.
        """
        account = account_key(account)
        sealed = self._sealed(provider, account, secret)
        with self.store.write(now=self.clock.now()) as tx:
            tx.grants.hold(provider, account)
            before = tx.grants.find(provider, account)
            fresh = SealedGrant(
                provider=provider,
                account=account,
                scopes=tuple(scopes),
                secret=sealed,
                version=before.version + 1 if before else 1,
                granted_at=tx.now,
                granted_by=by.id if by else None,
            )
            tx.grants.put(fresh)
            named = {"provider": provider, "account": account}
            tx.record(happened("account.connected", actor_of(by), **named, scopes=list(fresh.scopes)))
        return fresh

    def disconnect(self, provider: str, account: str, *, reason: str, by: Person | None) -> bool:
        """Forget the account's secret for good, however new it is. False where it is closed already."""
        with self.store.write(now=self.clock.now()) as tx:
            if not tx.grants.close(provider, account, None, reason=reason, at=tx.now):
                return False
            facts = {"provider": provider, "account": account, "reason": reason}
            tx.record(happened("account.disconnected", actor_of(by), **facts))
        return True

    def rekey(self) -> int:
        """Seal every secret anew under the first key. Returns how many there are. Raises NotAvailable."""
        count = 0
        with self.store.write(now=self.clock.now()) as tx:
            for place in tx.grants.every():
                grant: SealedGrant | None = place
                while grant is not None and grant.secret is not None:
                    if tx.grants.reseal(grant, self._anew(grant, grant.secret)):
                        count += 1
                        break
                    grant = tx.grants.find(grant.provider, grant.account)  # renewed this instant: that one, then
            tx.record(happened("account.rekeyed", "gate", accounts=count))
        return count

    def _anew(self, grant: SealedGrant, sealed: str) -> str:
        return self.vault.reseal(sealed, owner=_owner(grant.provider, grant.account))

    def _sealed(self, provider: str, account: str, secret: str) -> str:
        return self.vault.seal(secret, owner=_owner(provider, account))


def account_key(account: str) -> str:
    """The name under which an account is kept. Raises InvalidInput where it is empty or far too long."""
    name = plain(account, field="account").lower()
    if not name or len(name) > _LONGEST_ACCOUNT or len(name.split()) > 1:
        raise InvalidInput("is no account; give the address that signs in", field="account")
    return name


def _owner(provider: str, account: str) -> str:
    """What the seal is bound to: a secret that is moved to another row does not open there."""
    return f"{provider}:{account}"


def actor_of(by: Person | None) -> str:
    """Who did it, in the trail's words."""
    return f"person:{by.id}" if by else "gate"


def _in_a_line(reason: str) -> str:
    line = " ".join(reason.split())
    return line[:_LONGEST_REASON] or "refused by the provider"
