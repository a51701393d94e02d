"""The CRM as one file, `crm.json`: accounts, contacts and deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from app.core.errors import InvalidWorld
from app.core.facts import Account, Contact, Deal
from integrations.addresses import address_key
from integrations.fields import Fields, record, records
from integrations.files import FactFile, json_of

_FILE = "crm.json"
_ALIASES = {"account_id": "account", "owner_id": "owner", "domain": "domains"}


@dataclass(frozen=True, slots=True)
class _Book:
    accounts: Mapping[str, Account]
    every_account: tuple[Account, ...]
    contacts: Mapping[str, Contact]
    """By the address's key."""
    deals: Mapping[str, Deal]
    as_of: datetime | None


class SampleCrm:
    """Deals, accounts and contacts from a JSON file."""

    def __init__(self, path: Path, *, as_of: datetime | None = None, local: bool = False) -> None:
        """`as_of` is the moment the file is vouched for unless it says so itself; None: the file's own time.

        `local`: whether it lies on this machine, so that nobody waits for it (`app.core.ports.is_local`).
        """
        self.local = local
        self._file = FactFile(path, source="crm", parse=_book, as_of=as_of)

    def load(self) -> None:
        """Read the file now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def deal(self, deal_id: str) -> Deal | None:
        """The deal with this id, or None. Raises FactUnavailable."""
        return self._file.fact().deals.get(deal_id)

    def account(self, account_id: str) -> Account | None:
        """The account with this id, or None. Raises FactUnavailable."""
        return self._file.fact().accounts.get(account_id)

    def contact(self, email: str) -> Contact | None:
        """The contact with this address (case does not matter), or None. Raises FactUnavailable."""
        return self._file.fact().contacts.get(address_key(email))

    def accounts(self) -> Sequence[Account]:
        """Every account, in the file's order: the same tuple until the file changes. Raises FactUnavailable."""
        return self._file.fact().every_account

    def as_of(self) -> datetime:
        """The file's own `as_of`, else the moment given, else the file's time. Raises FactUnavailable."""
        return self._file.fact().as_of or self._file.as_of()


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_HasId)


def _book(data: bytes) -> _Book:
    top = record(json_of(data, file=_FILE), file=_FILE)
    accounts: dict[str, Account] = {}
    contacts: dict[str, Contact] = {}
    deals: dict[str, Deal] = {}
    contact_ids: set[str] = set()
    for fields in _section(top, "accounts"):
        _add(accounts, _account(fields), fields)
    for fields in _section(top, "contacts"):
        contact = _contact(fields)
        if contact.id in contact_ids or address_key(contact.email) in contacts:
            raise InvalidWorld("is the second contact with this id or address", field=f"{_FILE} {fields.path}")
        contact_ids.add(contact.id)
        contacts[address_key(contact.email)] = contact
    for fields in _section(top, "deals"):
        _add(deals, _deal(fields), fields)
    every_account = tuple(accounts.values())
    as_of = top.moment("as_of")
    return _Book(accounts=accounts, every_account=every_account, contacts=contacts, deals=deals, as_of=as_of)


def _section(top: Fields, name: str) -> list[Fields]:
    return list(records(top.values.get(name), file=_FILE, path=name, aliases=_ALIASES))


def _add(known: dict[str, R], item: R, fields: Fields) -> None:
    if item.id in known:
        raise InvalidWorld(f"{item.id!a} is there twice", field=fields.place("id"))
    known[item.id] = item


def _account(fields: Fields) -> Account:
    account_id = fields.text("id")
    domains = tuple(address_key(domain.removeprefix("@")) for domain in fields.words("domains"))
    return Account(
        id=account_id, name=fields.text("name", account_id), domains=domains, aliases=fields.words("aliases")
    )


def _contact(fields: Fields) -> Contact:
    email = fields.email("email")
    return Contact(
        id=fields.text("id", email),
        email=email,
        name=fields.text("name", email),
        account=fields.optional_text("account"),
        title=fields.text("title", ""),
        sensitive=fields.flag("sensitive"),
        opted_out=fields.flag("opted_out"),
        timezone=fields.zone("timezone"),
    )


def _deal(fields: Fields) -> Deal:
    deal_id = fields.text("id")
    return Deal(
        id=deal_id,
        name=fields.text("name", deal_id),
        account=fields.text("account", ""),
        stage=_word(fields.text("stage", "")),
        amount=fields.number("amount") or 0.0,
        currency=fields.text("currency", "USD").upper(),
        owner=fields.optional_text("owner"),
        close_date=fields.day("close_date"),
        on_hold=fields.flag("on_hold"),
        next_step=fields.text("next_step", ""),
        discount_cap=fields.percentage("discount_cap"),
        legal_terms=_word(fields.text("legal_terms", "standard")),
        legal_approved=fields.flag("legal_approved", default=True),
        paused_sequences=fields.words("paused_sequences"),
        flags=fields.words("flags"),
        contacts=fields.words("contacts"),
    )


def _word(text: str) -> str:
    """`Closed Won` and `closed-won` as `closed_won`."""
    return "_".join(text.lower().replace("-", " ").split())
