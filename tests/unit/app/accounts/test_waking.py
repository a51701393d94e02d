"""Mail that waits for a mailbox leaves as soon as its owner has signed in again; no other mail does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from app.accounts import waking
from app.accounts.features import GOOGLE, Feature
from app.accounts.service import Accounts, Way
from app.audit.service import verify_store
from app.core.errors import FactUnavailable, MailboxClosed, SendUnavailable
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.ports import Handle, OutgoingMail
from app.delivery.dispatch import Dispatcher
from app.store.rows import DraftRow
from app.store.store import Reader
from tests.support.deciding import standing
from tests.support.doors import SILENT, WillingDoor
from tests.support.gates import Harness, RecordingMail, SmallDirectory, a_draft
from tests.unit.app.accounts.test_service import SAM, someone

TOM = "tom@ours.example"


@dataclass
class Mailboxes(RecordingMail):
    """A double of a provider at which some mailboxes do not let the gate in, or cannot be reached."""

    closed: set[str] = field(default_factory=set)
    away: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Raise where the mailbox is closed."""
        if mail.sender in self.closed:
            raise MailboxClosed(f"sign in to {mail.sender} again")
        if mail.sender in self.away:
            raise SendUnavailable("try later")
        return {}


@dataclass
class House:
    """A gate whose mail leaves from mailboxes, and drafts on their way."""

    harness: Harness
    accounts: Accounts
    mail: Mailboxes
    drafts: dict[str, str] = field(default_factory=dict)

    def submit(self, name: str, **changes: object) -> None:
        self.drafts[name] = self.harness.gate.submit(a_draft("auto_send", **changes)).row.id

    def row(self, name: str) -> DraftRow:
        return standing(self.harness, self.drafts[name]).row

    def connect(self, account: str = SAM, *, by: str | None = None, feature: Feature = Feature.SEND) -> int:
        """How many were woken."""
        who = someone(self.accounts, by) if by else None
        done = self.accounts.connect(GOOGLE, account, features=[feature], way=Way.BROWSER, talk=SILENT, by=who)
        return done.woken

    def is_due(self, name: str) -> bool:
        due_at = self.row(name).due_at
        return due_at is not None and due_at <= self.harness.clock.now()

    def events(self, name: str) -> Sequence[str]:
        with self.harness.store.read() as reader:
            return [event.kind for event in reader.audit.events(draft_id=self.drafts[name])]


@pytest.fixture
def house(harness: Harness, accounts: Accounts) -> House:
    mail = Mailboxes()
    gate = replace(harness.gate, dispatcher=Dispatcher(provider=mail, worker="test"))
    return House(harness=replace(harness, gate=gate, mail=mail), accounts=accounts, mail=mail)


@pytest.fixture
def waiting(house: House) -> House:
    """One mail each of Sam's and Tom's that waits for its mailbox."""
    house.mail.closed = {SAM, TOM}
    house.submit("sam's")
    house.submit("tom's", on_behalf_of="tom")
    house.harness.wait(minutes=1)
    assert [house.row(name).state for name in house.drafts] == [State.SCHEDULED, State.SCHEDULED]
    assert not any(house.is_due(name) for name in house.drafts)
    return house


def test_it_leaves_at_once_and_nobody_elses_does(waiting: House) -> None:
    before = waiting.row("tom's")
    waiting.mail.closed = {TOM}

    assert waiting.connect(by="sam") == 1

    assert waiting.is_due("sam's")
    assert waiting.row("tom's") == before
    waiting.harness.wake_due()
    assert waiting.row("sam's").state is State.SENT
    assert [mail.sender for mail in waiting.mail.delivered] == [SAM]


def test_the_trail_says_who_woke_it_and_why(waiting: House) -> None:
    waiting.mail.closed = set()
    waiting.connect(by="sam")
    waiting.connect(TOM)
    waiting.harness.wake_due()
    assert waiting.events("sam's")[-4:-1] == ["draft.woken", "send.begun", "draft.sent"]
    with waiting.harness.store.snapshot() as reader:
        woken = [event for event in reader.audit.events() if event.kind == "draft.woken"]
        verify_store(reader)
    assert [(event.actor, event.facts["reason"]) for event in woken] == [
        ("person:sam", "sam@ours.example was connected again"),
        ("gate", "tom@ours.example was connected again"),
    ]


def test_twice_does_it_once(waiting: House) -> None:
    assert [waiting.connect(), waiting.connect()] == [1, 0]
    waiting.mail.closed = set()
    waiting.harness.wake_due()
    assert waiting.connect() == 0
    assert waiting.row("sam's").state is State.SENT
    assert waiting.events("sam's").count("draft.woken") == 1
    assert len(waiting.mail.delivered) == 1


def test_what_finds_its_mailbox_closed_still_waits_on_and_is_woken_again(waiting: House) -> None:
    assert waiting.connect() == 1
    waiting.harness.wake_due()
    assert waiting.row("sam's").state is State.SCHEDULED
    assert not waiting.is_due("sam's")
    waiting.mail.closed = set()
    assert waiting.connect() == 1
    waiting.harness.wake_due()
    assert waiting.row("sam's").state is State.SENT


def test_a_sign_in_for_something_else_wakes_nothing(waiting: House, door: WillingDoor) -> None:
    assert waiting.connect(feature=Feature.CALENDAR) == 0
    door.refuses = frozenset({"https://www.googleapis.com/auth/gmail.compose"})
    assert waiting.connect() == 0
    door.refuses = frozenset()
    assert waiting.connect("shared@ours.example") == 0
    assert not waiting.is_due("sam's")


def test_what_waits_for_something_else_goes_on_waiting(house: House) -> None:
    later = house.harness.clock.now() + timedelta(days=1)
    house.submit("later", send_after=later)
    house.submit("window")
    house.mail.away = {SAM}
    house.submit("away")
    house.harness.clock.advance(timedelta(minutes=1))
    due = house.row("away")
    house.harness.gate.wake(due.id, due.version)
    assert house.events("away")[-1] == "send.unavailable"
    before = {name: house.row(name) for name in house.drafts}

    assert house.connect() == 0

    assert {name: house.row(name) for name in house.drafts} == before


def test_what_moves_meanwhile_is_left_alone(waiting: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes it back between the look and the waking: the sign-in is kept all the same."""
    look = waking._waiting

    def overtaken(reader: Reader, owner: Person) -> Sequence[DraftRow]:
        found = list(look(reader, owner))
        for row in found:
            waiting.harness.gate.undo(row.id, person="sam")
        return found

    monkeypatch.setattr(waking, "_waiting", overtaken)
    assert waiting.connect() == 0
    assert waiting.row("sam's").state is State.UNDONE
    assert waiting.accounts.grants.of(GOOGLE, SAM) is not None


class Unreadable(SmallDirectory):
    """A double of a directory that does not answer."""

    def person(self, id_or_email: str) -> Person | None:  # noqa: ARG002
        raise FactUnavailable("people", "does not answer")


def test_a_sign_in_is_kept_where_nobody_can_say_whose_mail_it_is(waiting: House) -> None:
    accounts = replace(waiting.accounts, grants=replace(waiting.accounts.grants, people=Unreadable()))
    assert replace(waiting, accounts=accounts).connect() == 0
    assert waiting.accounts.grants.of(GOOGLE, SAM) is not None
