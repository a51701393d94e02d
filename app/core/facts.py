"""What the world says about a draft at one moment. Gathered once, through ports; checks and policy only read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from app.core.commitments import LedgerEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingHours:
    """The hours a person works, in the person's own time zone. Days: 0 is Monday."""

    start: time = time(9, 0)
    end: time = time(17, 30)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A colleague: in whose name mail goes out, or who decides about it."""

    id: str
    email: str
    name: str
    title: str = ""
    roles: tuple[str, ...] = ()
    manager: str | None = None
    timezone: str = "UTC"
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    holidays: str | None = None
    """ISO country whose public holidays apply."""
    fiscal_year_start: int = 1
    """Month, 1 to 12, in which the fiscal year begins that "Q1" and "year end" count by."""
    capacity_hours_per_week: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A customer's organisation."""

    id: str
    name: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A person at a customer."""

    id: str
    email: str
    name: str
    account: str | None
    title: str = ""
    sensitive: bool = False
    opted_out: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Deal:
    """An opportunity in the CRM. `amount` is in `currency`; `discount_cap` is a percentage."""

    id: str
    name: str
    account: str
    stage: str
    amount: float
    currency: str
    owner: str | None
    close_date: date | None = None
    on_hold: bool = False
    next_step: str = ""
    discount_cap: float | None = None
    legal_terms: str = "standard"
    paused_sequences: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BusySlot:
    """A stretch of a person's calendar that is taken; half open, with offsets."""

    start: datetime
    end: datetime
    summary: str
    all_day: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document of the library. `customer` is the one account it may go to, None for any."""

    file: str
    title: str
    customer: str | None = None
    approved: bool = True
    expires: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One address of the draft and who it belongs to; all None and False where nobody knows it."""

    email: str
    contact: Contact | None = None
    colleague: Person | None = None

    @property
    def known(self) -> bool:
        """Whether the address is a contact of the CRM or a colleague."""
        return self.contact is not None or self.colleague is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What this gate has sent before."""

    sent_to_recipients: int = 0
    """Mails sent to any of the draft's recipients."""
    sent_in_thread: int = 0
    """Mails sent in the draft's thread."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnknownFact:
    """A fact that could not be had in time, and why. It routes the draft to review at least."""

    source: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Everything the checks and the policy may know about the draft's surroundings."""

    now: datetime
    sender: Person
    """The person in whose name the draft goes out."""
    recipients: tuple[Recipient, ...]
    deal: Deal | None = None
    account: Account | None = None
    """The deal's account; without a deal, the account that all known recipients share."""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """The accounts named by the deal and the recipients, by id."""
    busy: tuple[BusySlot, ...] = ()
    """The sender's taken slots from the start of today until `busy_until`."""
    busy_until: datetime | None = None
    ledger: tuple[LedgerEntry, ...] = ()
    """Open promises of the sender, of the deal and to the recipients."""
    library: tuple[Document, ...] = ()
    own_domains: tuple[str, ...] = ()
    history: History = field(default_factory=History)
    unknown: tuple[UnknownFact, ...] = ()
    as_of: Mapping[str, datetime] = field(default_factory=dict)
    """For each source (`crm`, `calendar`, `ledger`, `library`, `people`) the moment its facts are from."""

    def age_of(self, source: str) -> datetime:
        """The moment for which a source vouches; the moment of gathering where the source does not say."""
        return self.as_of.get(source, self.now)
