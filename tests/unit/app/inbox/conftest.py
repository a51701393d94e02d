"""A house that has sent a mail, on both databases, and an inbox where answers come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.parser import BytesParser

import pytest
import sqlalchemy as sa

from app.audit.chain import ChainedEvent
from app.core.inbox import Inbox
from app.inbox.polling import Polling
from app.inbox.taking_in import Heard, Taking
from app.store.cursors import Followed, Mailbox
from app.store.incoming import TakenIn
from app.store.store import Transaction
from tests.support.gates import Harness, a_draft, make_harness
from tests.support.inboxes.memory import MemoryInbox
from tests.unit.app.inbox.mails import incoming

SAM = ("google", "sam@ours.example")
RUTH = ("google", "ruth@ours.example")
EVERY = timedelta(minutes=1)


@dataclass
class House:
    """The gate, what it sent, and what comes back."""

    harness: Harness
    inbox: MemoryInbox = field(default_factory=MemoryInbox)
    mailboxes: set[Mailbox] = field(default_factory=lambda: {SAM})
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.polling = Polling(
            store=self.harness.store,
            clock=self.harness.clock,
            mailboxes=lambda: self.mailboxes,
            inbox=self.open,
            every=EVERY,
            kept=timedelta(days=90),
            taking=Taking(listener=self.listen),
        )

    def open(self, provider: str) -> Inbox:
        assert provider == "google"
        return self.inbox

    def listen(self, _: Transaction, heard: Heard) -> None:
        self.heard.append(heard)

    def send(self, client_id: str = "c1") -> tuple[str, bytes, str]:
        """Have a mail leave: its draft, its bytes, and its Message-ID."""
        draft = self.harness.gate.submit(a_draft(client_id=client_id)).row
        self.harness.wait(seconds=60)
        raw = self.harness.mail.delivered[-1].raw
        return draft.id, raw, str(BytesParser().parsebytes(raw)["Message-ID"])

    def arrive(
        self, raw: bytes, *, key: str = "m1", thread: str = "t1", is_own: bool = False, account: str = SAM[1]
    ) -> None:
        """A mail comes to lie in a mailbox."""
        mail = incoming(raw, key=key, thread=thread, is_own=is_own, at=self.harness.clock.now())
        self.inbox.put(account, mail, raw)

    def look(self) -> None:
        """Time passes, and the mailboxes are looked into."""
        self.harness.clock.advance(EVERY)
        self.polling.look()

    def kept(self, draft_id: str) -> Sequence[TakenIn]:
        with self.harness.store.read() as reader:
            return reader.incoming.of_draft(draft_id)

    def events(self, draft_id: str) -> list[ChainedEvent]:
        """What the draft's history says about answers."""
        with self.harness.store.read() as reader:
            return [event for event in reader.audit.events(draft_id=draft_id) if event.kind.startswith("mail.")]

    def followed(self, mailbox: Mailbox = SAM) -> Followed:
        with self.harness.store.read() as reader:
            return next(each for each in reader.cursors.every() if (each.provider, each.account) == mailbox)


@pytest.fixture
def house(engine: sa.Engine) -> House:
    return House(make_harness(engine))
