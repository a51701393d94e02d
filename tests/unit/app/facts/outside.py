"""A double of the whole outside, every port in one object, whose sources can be made to fail, hang and age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event
from typing import Any

from app.core.commitments import LedgerEntry
from app.core.drafts import Attachment, Draft
from app.core.errors import FactUnavailable
from app.core.facts import (
    Account,
    ApprovedStatement,
    BusySlot,
    Contact,
    Conversation,
    Deal,
    Document,
    Facts,
    FileText,
    History,
    Person,
    PriceFloor,
    SequencePlan,
)
from app.core.findings import Findings, Kind
from app.core.ports import World
from app.core.thresholds import USUAL, Thresholds
from app.facts import Lookup, Lookups, gather
from tests.unit.app.checks.builders import (
    ACME,
    DANA,
    DEAL,
    GLOBEX,
    HANK,
    NOW,
    SAM,
    busy,
    document,
    draft,
    ny,
    owed,
)

NOTHING = Findings(text="Hi")
AS_OF = datetime(2026, 11, 18, 14, 45, tzinfo=UTC)
ANA = Person(id="ana", email="ana@ours.example", name="Ana Brandt", timezone="Europe/Berlin")
PATIENCE = 30.0
"""Seconds after which a test that waits for an event has failed."""


@dataclass
class Outside:
    """Every port; keeps a list of what it was asked. Those in `down` fail as ports do, those in `broken` in a way
    nobody foresaw, and those in `hang` answer once `release` is set.
    """

    down: frozenset[str] = frozenset()
    hang: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    sender: Person = SAM
    old: Mapping[str, datetime] = field(default_factory=dict)
    """The moment for which a source vouches, where that is another than `AS_OF`."""
    asked: list[str] = field(default_factory=list)
    calendar_range: tuple[datetime, datetime] | None = None
    rival_keys: tuple[Sequence[str], str | None, str | None] | None = None
    release: Event = field(default_factory=Event)
    entered: dict[str, Event] = field(default_factory=dict)
    """For each source that hangs: that it does so by now."""

    def __post_init__(self) -> None:
        self.entered = {source: Event() for source in self.hang}

    def answer(self, source: str) -> None:
        """What every port does first."""
        self.asked.append(source)
        if source in self.broken:
            raise KeyError("surprise")
        if source in self.down:
            raise FactUnavailable(source, "timed out")
        if source in self.hang:
            self.entered[source].set()
            assert self.release.wait(PATIENCE)

    def person(self, id_or_email: str) -> Person | None:
        if id_or_email != self.sender.id:
            self.answer("people")
        known = (self.sender, ANA)
        return next((p for p in known if id_or_email.lower() in {p.id, p.email}), None)

    def with_role(self, role: str) -> Sequence[Person]:
        return [self.sender] if role in self.sender.roles else []

    def everybody(self) -> Sequence[Person]:
        self.answer("people")
        return (self.sender, ANA)

    def deal(self, deal_id: str) -> Deal | None:
        self.answer("crm")
        return DEAL if deal_id == DEAL.id else None

    def account(self, account_id: str) -> Account | None:
        self.answer("crm")
        return {"acme": ACME, "globex": GLOBEX}.get(account_id)

    def contact(self, email: str) -> Contact | None:
        self.answer("crm")
        return {c.email: c for c in (DANA, HANK)}.get(email.lower())

    def accounts(self) -> Sequence[Account]:
        self.answer("crm")
        return [ACME, GLOBEX]

    def documents(self) -> Sequence[Document]:
        self.answer("library")
        return [document("Guide")]

    def open_promises(self, *, person: str, deal_id: str | None, recipients: Sequence[str]) -> Sequence[LedgerEntry]:
        self.answer("ledger")
        entry = owed("it", None)
        return [entry] if person == entry.person or deal_id == entry.deal_id or entry.recipient in recipients else []

    def broken_promises(
        self, *, person: str, deal_id: str | None, recipients: Sequence[str]
    ) -> Sequence[LedgerEntry]:
        self.answer("ledger")
        entry = owed("the old one", None, id="L-broken")
        return (
            [entry] if deal_id == entry.deal_id or (person == entry.person and entry.recipient in recipients) else []
        )

    def rival_promises(
        self, *, things: Sequence[str], account: str | None, deal_id: str | None
    ) -> Sequence[LedgerEntry]:
        self.answer("ledger")
        self.rival_keys = (things, account, deal_id)
        return [owed("the demo unit", None, id="L-rival", account="globex")]

    def effort(self) -> Mapping[Kind, float]:
        self.answer("ledger")
        return {Kind.DELIVERABLE: 3.5}

    def as_of(self) -> datetime:
        return self.old.get("crm", AS_OF)


@dataclass
class Calendars:
    """Sam's and Ana's calendars; `ageless` ones cannot say how old they are."""

    outside: Outside
    ageless: bool = False

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        self.outside.answer("calendar" if person == self.outside.sender else f"calendar of {person.id}")
        self.outside.calendar_range = (start, end)
        return [busy(ny(19, 9), 1, summary=f"{person.name} is taken")]

    def as_of(self, person: Person) -> datetime:
        if self.ageless:
            raise FactUnavailable("calendar", "no time stamp")
        return self.outside.old.get(
            "calendar" if person == self.outside.sender else f"calendar of {person.id}", AS_OF
        )


@dataclass
class Papers:
    """The library, what is approved, the mailbox and the sequences: `source` says which."""

    outside: Outside
    source: str

    def documents(self) -> Sequence[Document]:
        self.outside.answer("library")
        return [document("Guide")]

    def statements(self) -> Sequence[ApprovedStatement]:
        self.outside.answer("approved")
        return [ApprovedStatement(id="S-1", kind=Kind.ROADMAP, text="Offline mode in May", approved_by="product")]

    def price_floors(self) -> Sequence[PriceFloor]:
        self.outside.answer("approved")
        return [PriceFloor(product="Planner", floor=900, currency="USD")]

    def conversation(self, thread_id: str) -> Conversation | None:
        self.outside.answer("mailbox")
        return Conversation(id=thread_id)

    def sequence(self, sequence_id: str) -> SequencePlan | None:
        self.outside.answer("sequences")
        return SequencePlan(id=sequence_id, steps=4)

    def as_of(self) -> datetime:
        return self.outside.old.get(self.source, AS_OF)


def world_of(outside: Outside, *, ageless: bool = False, full: bool = True) -> World:
    """The double as a set of ports; one that is not `full` has only those that every world has."""
    least = World(
        people=outside,
        crm=outside,
        calendars=Calendars(outside, ageless),
        library=Papers(outside, "library"),
        own_domains=("ours.example",),
    )
    if not full:
        return least

    def read_file(attachment: Attachment) -> FileText:
        outside.answer("files")
        return FileText(filename=attachment.filename, sha256=attachment.sha256, text="words")

    return replace(
        least,
        approved=Papers(outside, "approved"),
        conversations=Papers(outside, "mailbox"),
        sequences=Papers(outside, "sequences"),
        read_file=read_file,
    )


def gathered(
    outside: Outside | None = None,
    *,
    mail: Draft | None = None,
    findings: Findings = NOTHING,
    thresholds: Thresholds = USUAL,
    lookups: Lookups | None = None,
    ageless: bool = False,
    full: bool = True,
) -> Facts:
    """What is gathered about a mail."""
    outside = outside or Outside()
    return gather(
        mail or draft(),
        findings,
        world=world_of(outside, ageless=ageless, full=full),
        promises=outside,
        history=History(sent_in_thread=2),
        at=NOW,
        thresholds=thresholds,
        lookups=lookups,
    )


class Impatience:
    """A double of the timer, by which it takes no time to wait for an answer, and all the time there is for none."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._time = 0.0
        self.waited: list[tuple[str, float]] = []
        """For whom it was waited in vain, and for how many seconds."""
        self.lookups: list[Lookup[Any]] = []
        """All that it was asked to wait for."""

    def now(self) -> float:
        return self._time

    def wait(self, lookup: Lookup[Any], seconds: float) -> bool:
        self.lookups.append(lookup)
        source = self._source(lookup)
        if source in self._outside.hang and not self._outside.release.is_set():
            assert self._outside.entered[source].wait(PATIENCE)
            self._time += seconds
            self.waited.append((source, seconds))
            return False
        assert lookup.done.wait(PATIENCE)
        return True

    def _source(self, lookup: Lookup[Any]) -> str:
        line = lookup.line
        return line.room if line.about in {line.room, self._outside.sender.id} else f"{line.room} of {line.about}"
