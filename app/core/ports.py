"""What the core asks of the outside. Providers implement these, one a file, under `integrations`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.core.commitments import LedgerEntry
from app.core.drafts import Attachment, Draft
from app.core.facts import (
    Account,
    ApprovedStatement,
    BusySlot,
    Contact,
    Conversation,
    Deal,
    Document,
    FileText,
    Person,
    PriceFloor,
    SequencePlan,
)
from app.core.findings import Findings, Kind
from app.core.notices import Notice


def is_local(port: object) -> bool:
    """Whether a port says, by an attribute `local` that is true, that its answers lie on this machine.

    Such a port is asked in its caller's thread, for handing the question over takes longer than answering it, and
    nobody watches the time: a port that calls over a network, or reads what may hang, must never say so.
    """
    return getattr(port, "local", False) is True


class People(Protocol):
    """The company's directory."""

    def person(self, id_or_email: str) -> Person | None:
        """The colleague with this id or address (case does not matter), or None.

        Raises FactUnavailable where the directory cannot be read.
        """
        ...

    def with_role(self, role: str) -> Sequence[Person]:
        """Everybody who has the role, in the directory's order."""
        ...

    def everybody(self) -> Sequence[Person]:
        """Every colleague, in the directory's order."""
        ...


class Crm(Protocol):
    """Deals, accounts and contacts. Every method raises FactUnavailable where the CRM cannot be read."""

    def deal(self, deal_id: str) -> Deal | None:
        """The deal with this id, or None."""
        ...

    def account(self, account_id: str) -> Account | None:
        """The account with this id, or None."""
        ...

    def contact(self, email: str) -> Contact | None:
        """The contact with this address (case does not matter), or None."""
        ...

    def accounts(self) -> Sequence[Account]:
        """Every account."""
        ...

    def as_of(self) -> datetime:
        """The moment for which the answers above are vouched."""
        ...


class Calendars(Protocol):
    """When people are busy."""

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start; times carry offsets.

        Raises FactUnavailable where the person has no calendar or it cannot be read.
        """
        ...

    def as_of(self, person: Person) -> datetime:
        """The moment from which the person's calendar is. Raises FactUnavailable as above."""
        ...


class Library(Protocol):
    """The documents that may be shared."""

    def documents(self) -> Sequence[Document]:
        """All documents. Raises FactUnavailable where the library cannot be read."""
        ...

    def as_of(self) -> datetime:
        """The moment for which the list is vouched."""
        ...


class Approved(Protocol):
    """What product and legal let be said, and below which price nobody may go."""

    def statements(self) -> Sequence[ApprovedStatement]:
        """All of them. Raises FactUnavailable where they cannot be read."""
        ...

    def price_floors(self) -> Sequence[PriceFloor]:
        """All of them. Raises FactUnavailable as above."""
        ...

    def as_of(self) -> datetime:
        """The moment for which both are vouched."""
        ...


class Conversations(Protocol):
    """What was written in a thread already."""

    def conversation(self, thread_id: str) -> Conversation | None:
        """The thread with this id, or None. Raises FactUnavailable where the mailbox cannot be read."""
        ...

    def as_of(self) -> datetime:
        """The moment for which the answers are vouched."""
        ...


class Sequences(Protocol):
    """The automated sequences."""

    def sequence(self, sequence_id: str) -> SequencePlan | None:
        """The sequence with this id, or None. Raises FactUnavailable where they cannot be read."""
        ...

    def as_of(self) -> datetime:
        """The moment for which the answers are vouched."""
        ...


class FileReader(Protocol):
    """Reads the words in a file."""

    def __call__(self, attachment: Attachment) -> FileText:
        """What could be read; a file that cannot be read is told, not raised."""
        ...


class OpenPromises(Protocol):
    """What has been promised, and what became of it."""

    def open_promises(self, *, person: str, deal_id: str | None, recipients: Sequence[str]) -> Sequence[LedgerEntry]:
        """The open promises that this person owes, of this deal, and to these addresses; oldest first."""
        ...

    def broken_promises(
        self, *, person: str, deal_id: str | None, recipients: Sequence[str]
    ) -> Sequence[LedgerEntry]:
        """The broken promises of this deal, and of this person to these addresses; oldest first."""
        ...

    def rival_promises(
        self, *, things: Sequence[str], account: str | None, deal_id: str | None
    ) -> Sequence[LedgerEntry]:
        """The open promises to other accounts whose `LedgerEntry.thing` is one of these; oldest first."""
        ...

    def effort(self) -> Mapping[Kind, float]:
        """Hours that promises of a kind have cost, for the kinds of which enough are known."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """The outside, as one set of ports."""

    people: People
    crm: Crm
    calendars: Calendars
    library: Library
    approved: Approved | None = None
    conversations: Conversations | None = None
    sequences: Sequences | None = None
    read_file: FileReader | None = None
    own_domains: tuple[str, ...] = ()


class Extractor(Protocol):
    """Text in, findings out."""

    def __call__(self, draft: Draft, *, sender: Person, at: datetime) -> Findings:
        """What the draft says, its dates resolved against `at` in the sender's zone."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingMail:
    """The exact bytes that were approved, about to leave. `send_id` is used once and never again."""

    send_id: str
    draft_id: str
    raw: bytes
    """RFC 5322, CRLF line ends, without Bcc."""
    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """The provider's word that a mail has left."""

    send_id: str
    provider: str
    provider_id: str
    """What the provider calls the sent mail."""


Handle = Mapping[str, str]
"""What the provider calls a mail that lies ready there: ids of its draft and its thread. Empty where none does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast one mailbox may send: one mail each `interval` on the long run, `burst` of them at once."""

    interval: timedelta
    burst: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How a provider sends, as far as it matters for sending once."""

    lays_ready: bool
    """Whether `prepare` leaves something in the mailbox whose handle has to be kept before it may be sent."""
    sends_once: bool
    """Whether what lies ready is delivered once however often `send` is called, by whomever. Where it is not, a send
    that nobody heard back from is never repeated: a person looks."""
    remembers: bool
    """Whether `find` can ever tell. Where it cannot, a person is asked at once."""
    pace: Pace | None = None
    """None where the provider sets none."""


class Notifier(Protocol):
    """Carries notices to people: by mail, chat or phone. The board that `countersign notices` shows has them all."""

    @property
    def name(self) -> str:
        """The transport's name."""
        ...

    @property
    def private(self) -> bool:
        """Whether only the reader sees what it carries, and no copy stays here: others are given no one-time code."""
        ...

    def notify(self, notice: Notice) -> None:
        """Tell one person or agent. Called again with the same `notice.id`, it tells them once.

        Raises NotDelivered where they have not been told, or nobody knows: it is tried again later, under the same
        id. Raises Undeliverable where that would not help.
        """
        ...


CALL_BUDGET = timedelta(seconds=20)
"""How long one step of a provider may last. The lease of a send is as long as the steps up to its answer."""


class MailProvider(Protocol):
    """A mailbox that sends: prepare → verify → send → confirm, and `find` when nobody knows how that ended.

    Any step may raise SendRefused or SendUnavailable (both: certainly not sent by this call) or SendUncertain. What a
    step raises besides counts as not sent before `send` is called, and as uncertain from then on. No call may last
    longer than `CALL_BUDGET` in all.
    """

    @property
    def name(self) -> str:
        """The provider's name, as it stands in the trail."""
        ...

    @property
    def manner(self) -> Manner:
        """How it sends; the same for ever."""
        ...

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Lay the mail ready, without sending it. What lies ready under this `send_id` is taken, not made anew.

        Raises MailboxClosed where nobody has let the gate into the mailbox, or no more.
        """
        ...

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Look at what would leave. Raises MailChanged where that is not `mail.raw` any more, or is gone."""
        ...

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Let it go. Returns what the provider answered: `handle` and the ids that came to it."""
        ...

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """Make sure that it has left, after `send` has answered. Raises SendUncertain while that cannot be seen."""
        ...

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """The receipt of an earlier send, or None where it has not left up to now.

        Raises SendUncertain where the provider cannot tell.
        """
        ...
