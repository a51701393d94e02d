"""What the world says about a draft at one moment. Gathered once, through ports; checks and policy only read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from app.core.commitments import LedgerEntry
from app.core.findings import Kind
from app.core.thresholds import USUAL, Thresholds


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
    aliases: tuple[str, ...] = ()
    """Other names it goes by: short forms, brands, the name before the merger."""


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
    timezone: str | None = None
    """IANA name; None where the CRM does not know it."""


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
    legal_approved: bool = True
    """Whether the legal department has approved what `legal_terms` says."""
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
    tentative: bool = False
    """Not confirmed yet: it may still be moved or fall through."""
    away: bool = False
    """Leave, travel or another absence: the person is not there at all."""
    location: str = ""
    """Where it takes place, as the calendar has it; empty where it does not say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """When a colleague whom a proposed time needs is taken, over the same stretch as the sender's."""

    person: Person
    busy: tuple[BusySlot, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document of the library. `customer` is the one account it may go to, None for any."""

    file: str
    title: str
    customer: str | None = None
    approved: bool = True
    expires: date | None = None
    version: str | None = None
    sha256: str | None = None
    """Of the file's bytes, hex; None where there is no file behind the entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileText:
    """What could be read in a file that travels with the draft."""

    filename: str
    sha256: str
    text: str = ""
    """The words in it, from the beginning; empty where it has none or cannot be read."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """What it says of itself, such as `author`, `company`, `title`, `comments`, `tracked changes`."""
    unreadable: str | None = None
    """Why it could not be read, such as `is protected by a password`; None where it could."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovedStatement:
    """What product or legal lets be said to customers: a date on the roadmap, a guarantee, a legal term."""

    id: str
    kind: Kind
    text: str
    approved_by: str
    customer: str | None = None
    """The one account it may be said to; None: any."""
    until: date | None = None
    """The last day on which it may be said."""
    day: date | None = None
    """The day it names, such as a release's; an earlier one is not covered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceFloor:
    """The lowest price that may be named for a product; itself never to be named."""

    product: str
    floor: float
    currency: str
    list_price: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A mail of the conversation that a draft continues, as the mailbox has it."""

    sender: str
    """Its address, lower case."""
    recipients: tuple[str, ...]
    at: datetime
    automatic: bool = False
    """An out-of-office note, a bounce or another machine's answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """The mails of a thread so far, oldest first, those of colleagues and customers alike."""

    id: str
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SequencePlan:
    """An automated sequence as it was planned."""

    id: str
    steps: int
    days_between: int = 0
    """The least number of days from one step to the next."""
    ended: bool = False


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
    waiting_in_thread: tuple[str, ...] = ()
    """Ids of other drafts of the thread that have not left yet."""
    recent: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    """For each recipient, lower case, when mail of ours left for them in the last weeks, oldest first."""
    steps_sent: Mapping[int, datetime] = field(default_factory=dict)
    """The steps of the draft's sequence that this deal's contacts had, and when the last mail of each left."""


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
    others: tuple[Schedule, ...] = ()
    """The calendars of the colleagues whom a proposed time needs besides the sender."""
    ledger: tuple[LedgerEntry, ...] = ()
    """Open promises of the sender, of the deal and to the recipients."""
    broken: tuple[LedgerEntry, ...] = ()
    """Promises of the deal, or of the sender to the recipients, that were broken."""
    rivals: tuple[LedgerEntry, ...] = ()
    """Open promises to other customers that name the same people or things as the draft's."""
    effort: Mapping[Kind, float] = field(default_factory=dict)
    """Hours that a promise of a kind has cost so far, where the ledger's history says."""
    library: tuple[Document, ...] = ()
    files: tuple[FileText, ...] = ()
    """The draft's attachments as they read, in their order."""
    approved: tuple[ApprovedStatement, ...] = ()
    price_floors: tuple[PriceFloor, ...] = ()
    customers: tuple[Account, ...] = ()
    """Every customer by name: a mail to one of them names no other."""
    conversation: Conversation | None = None
    """The draft's thread as the mailbox has it; None where the mail begins one or no mailbox is asked."""
    sequence: SequencePlan | None = None
    thresholds: Thresholds = USUAL
    own_domains: tuple[str, ...] = ()
    history: History = field(default_factory=History)
    unknown: tuple[UnknownFact, ...] = ()
    as_of: Mapping[str, datetime] = field(default_factory=dict)
    """For each source (`crm`, `calendar`, `ledger`, `library`, `people`, `approved`, `mailbox`, `sequences`) the
    moment its facts are from.
    """

    def age_of(self, source: str) -> datetime:
        """The moment for which a source vouches; the moment of gathering where the source does not say."""
        return self.as_of.get(source, self.now)
