"""A CRM's records as the gate knows them; one that cannot be read is a flaw of that record alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.errors import InvalidWorld
from app.core.facts import Account, Contact, Deal
from integrations.addresses import address_key
from integrations.crm.mapping import CrmFields
from integrations.fields import Fields

_SEPARATORS = re.compile(r"[;,\n]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Flawed:
    """A record that says what cannot be meant, such as a discount cap of `n/a`."""

    id: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownContact:
    """A contact and every address by which it is known, as keys."""

    id: str
    addresses: tuple[str, ...]
    contact: Contact | Flawed


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record as the CRM gave it: its fields by their names there."""

    system: str
    type: str
    id: str
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """A standard field as text; empty where it has none."""
        value = self.values.get(name)
        return "" if value is None else str(value).strip()

    def mapped(self, names: Mapping[str, str]) -> Fields:
        """The mapped fields by our names. An empty text counts as nothing: some CRMs know no other."""
        values = {ours: self.values.get(theirs) for ours, theirs in names.items()}
        filled = {ours: value for ours, value in values.items() if value is not None and value != ""}
        return Fields(file=self.system, path=f"{self.type} {self.id}", values=filled)


def deal_of(
    row: Row,
    fields: CrmFields,
    *,
    name: str,
    account: str,
    owner: str | None,
    contacts: Sequence[str] = (),
    closed: str | None = None,
) -> Deal | Flawed:
    """The deal. `closed` is the stage of one that the CRM itself calls won or lost, whatever its stage is called.

    A field for legal's word that is mapped and empty is no approval.
    """
    given = row.mapped(fields.deal)
    try:
        return Deal(
            id=row.id,
            name=name or row.id,
            account=account,
            stage=closed or fields.stage(given.text("stage", "")),
            amount=given.number("amount") or 0.0,
            currency=given.text("currency", fields.currency).upper(),
            owner=owner or None,
            close_date=given.day("close_date"),
            on_hold=given.flag("on_hold"),
            next_step=given.text("next_step", ""),
            discount_cap=_percent(given, "discount_cap", fractions=fields.fractions),
            legal_terms="_".join(given.text("legal_terms", "standard").casefold().replace("-", " ").split()),
            legal_approved=given.flag("legal_approved", default="legal_approved" not in fields.deal),
            paused_sequences=_words(given, "paused_sequences"),
            flags=_words(given, "flags"),
            contacts=tuple(contacts),
        )
    except InvalidWorld as error:
        return Flawed(id=row.id, reason=f"{error}; mend it there")


def account_of(row: Row, fields: CrmFields, *, name: str, domains: Sequence[str] = ()) -> Account:
    """The account. `domains` are further ones that the CRM keeps; what names no domain is left out."""
    given = row.mapped(fields.account)
    stated = (domain_in(word) for word in (*_split(given.values.get("domains")), *domains))
    return Account(
        id=row.id,
        name=name or row.id,
        domains=tuple(dict.fromkeys(domain for domain in stated if domain)),
        aliases=tuple(_split(given.values.get("aliases"))),
    )


def contact_of(
    row: Row, fields: CrmFields, *, name: str, account: str | None, addresses: Sequence[str]
) -> KnownContact | None:
    """The contact; None for one without an address, to whom no mail goes. The first address is the one it goes by."""
    known = [address.strip() for address in addresses if "@" in address]
    if not known:
        return None
    given = row.mapped(fields.contact)
    found: Contact | Flawed
    try:
        found = Contact(
            id=row.id,
            email=known[0],
            name=name or known[0],
            account=account or None,
            title=given.text("title", ""),
            sensitive=given.flag("sensitive"),
            opted_out=given.flag("opted_out"),
            timezone=given.zone("timezone"),
        )
    except InvalidWorld as error:
        found = Flawed(id=row.id, reason=f"{error}; mend it there")
    keys = tuple(dict.fromkeys(address_key(address) for address in known))
    return KnownContact(id=row.id, addresses=keys, contact=found)


def domain_in(text: str) -> str:
    """The domain that a web address or a plain domain names, without `www.`; empty where it names none."""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    domain = address_key(host.removeprefix("www.").rstrip("."))
    return domain if "." in domain else ""


def split_words(value: object) -> tuple[str, ...]:
    """A list kept in one text: by semicolons, commas or lines."""
    return tuple(_split(value))


def _split(value: object) -> list[str]:
    if value is None:
        return []
    return [word for part in _SEPARATORS.split(str(value)) if (word := part.strip())]


def _words(given: Fields, name: str) -> tuple[str, ...]:
    return tuple(_split(given.values.get(name)))


def _percent(given: Fields, name: str, *, fractions: bool) -> float | None:
    number = given.number(name)
    if number is None:
        return None
    percent = round(number * 100, 6) if fractions else number
    if percent > 100:
        raise given.refusal(name, "a fraction such as 0.15" if fractions else "a percentage such as 15")
    return percent
