"""What a CRM has said, kept in this process: taken in whole once, and then change by change."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.core.errors import FactUnavailable
from app.core.facts import Account, Contact, Deal
from integrations.addresses import address_key
from integrations.crm.records import Flawed, KnownContact

SOURCE = "crm"


class Kind(StrEnum):
    """What a record is; ids are each kind's own, and may be the same for two kinds."""

    ACCOUNT = "account"
    CONTACT = "contact"
    DEAL = "deal"
    ROLE = "role"


Key = tuple[Kind, str]
"""A record: its kind and its id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A contact's part in a deal, where the CRM keeps it as a record of its own."""

    id: str
    deal: str
    contact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a look at the CRM brought: everything, or what has changed."""

    accounts: Sequence[Account] = ()
    contacts: Sequence[KnownContact] = ()
    deals: Sequence[Deal | Flawed] = ()
    roles: Sequence[Role] = ()
    gone: frozenset[Key] = frozenset()
    """What was deleted, and contacts that have no address any more."""
    merged: Mapping[Key, str] = field(default_factory=dict)
    """What became part of another record of its kind, to that one's id."""
    marks: Mapping[Kind, datetime] = field(default_factory=dict)
    """For each kind the latest change that was seen, by the CRM's clock."""


class Kept:
    """The copy. One thread takes looks in, many ask. Every question raises FactUnavailable before the first look."""

    def __init__(self, system: str) -> None:
        self._system = system
        self._lock = threading.Lock()
        self._as_of: datetime | None = None
        self._merged: dict[Key, str] = {}
        self._every: tuple[Account, ...] | None = None
        self._clear()

    def replace(self, look: Look, *, as_of: datetime) -> None:
        """Forget what was known, but for what became part of what: this is everything."""
        with self._lock:
            self._clear()
            self._add(look)
            self._as_of = as_of

    def take(self, look: Look, *, as_of: datetime) -> None:
        """Add what has changed."""
        with self._lock:
            self._add(look)
            self._as_of = as_of

    def as_of(self) -> datetime:
        """When the CRM was last looked at with success."""
        with self._lock:
            return self._asked()

    def account(self, account_id: str) -> Account | None:
        """The account with this id, or the one that it became part of."""
        with self._lock:
            self._asked()
            return self._accounts.get(self._now(Kind.ACCOUNT, account_id))

    def accounts(self) -> Sequence[Account]:
        """Every account: the same tuple until one changes."""
        with self._lock:
            self._asked()
            if self._every is None:
                self._every = tuple(self._accounts.values())
            return self._every

    def contact(self, email: str) -> Contact | None:
        """The contact with this address. Where several have it, each one's reason not to be written to counts.

        Raises FactUnavailable where a record of it cannot be read, or where they are at different accounts.
        """
        with self._lock:
            self._asked()
            ids = sorted(self._by_address.get(address_key(email), ()))
            found = [self._sound(self._contacts[each].contact) for each in ids]
        accounts = {contact.account for contact in found if contact.account}
        if len(accounts) > 1:
            raise FactUnavailable(
                SOURCE,
                f"{self._system} has {email} at {len(accounts)} accounts; merge these contacts: {', '.join(ids)}",
            )
        if not found:
            return None
        return replace(
            found[0],
            account=next(iter(accounts), None),
            sensitive=any(contact.sensitive for contact in found),
            opted_out=any(contact.opted_out for contact in found),
        )

    def deal(self, deal_id: str) -> Deal | None:
        """The deal as it was at the last look. Raises FactUnavailable where its record cannot be read."""
        with self._lock:
            self._asked()
            found = self._deals.get(self._now(Kind.DEAL, deal_id))
            if isinstance(found, Flawed):
                raise FactUnavailable(SOURCE, found.reason)
            parts = self._parts.get(found.id) if found is not None else None
            return replace(found, contacts=tuple(parts.values())) if found is not None and parts else found

    def _asked(self) -> datetime:
        if self._as_of is None:
            raise FactUnavailable(SOURCE, f"{self._system} has not been read yet; it is read in a moment")
        return self._as_of

    def _clear(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._contacts: dict[str, KnownContact] = {}
        self._by_address: dict[str, set[str]] = {}
        self._deals: dict[str, Deal | Flawed] = {}
        self._roles: dict[str, Role] = {}
        self._parts: dict[str, dict[str, str]] = {}
        self._every = None

    def _add(self, look: Look) -> None:
        for kind, each in (*look.gone, *look.merged):
            self._drop(kind, each)
        self._merged.update(look.merged)
        if look.accounts:
            self._accounts.update((account.id, account) for account in look.accounts)
            self._every = None
        for contact in look.contacts:
            self._drop(Kind.CONTACT, contact.id)
            self._contacts[contact.id] = contact
            for address in contact.addresses:
                self._by_address.setdefault(address, set()).add(contact.id)
        self._deals.update((deal.id, deal) for deal in look.deals)
        for role in look.roles:
            self._drop(Kind.ROLE, role.id)
            self._roles[role.id] = role
            self._parts.setdefault(role.deal, {})[role.id] = role.contact

    def _drop(self, kind: Kind, record_id: str) -> None:
        match kind:
            case Kind.ACCOUNT:
                if self._accounts.pop(record_id, None) is not None:
                    self._every = None
            case Kind.CONTACT:
                contact = self._contacts.pop(record_id, None)
                for address in contact.addresses if contact is not None else ():
                    self._by_address[address].discard(record_id)
                    if not self._by_address[address]:
                        del self._by_address[address]
            case Kind.DEAL:
                self._deals.pop(record_id, None)
            case Kind.ROLE:
                role = self._roles.pop(record_id, None)
                if role is not None:
                    del self._parts[role.deal][record_id]

    def _now(self, kind: Kind, record_id: str) -> str:
        """The id under which a record goes on after it was merged, and merged again."""
        seen: set[str] = set()
        while (kind, record_id) in self._merged and record_id not in seen:
            seen.add(record_id)
            record_id = self._merged[kind, record_id]
        return record_id

    def _sound(self, found: Contact | Flawed) -> Contact:
        if isinstance(found, Flawed):
            raise FactUnavailable(SOURCE, found.reason)
        return replace(found, account=self._now(Kind.ACCOUNT, found.account)) if found.account else found
