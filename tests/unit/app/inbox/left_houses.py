"""A gate whose mail leaves from its owner's mailbox, and that mailbox, at each provider where drafts are taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import sqlalchemy as sa

from app.core.approvals import Verdict
from app.core.clock import Clock
from app.core.left_drafts import LeftDrafts
from app.core.ports import MailProvider
from app.delivery.dispatch import Dispatcher
from app.inbox.leaving import LeavingAsLeft
from app.inbox.left import LeftTaking
from app.standing import Standing, read_standing
from integrations.credentials.google import GrantedKeys, scopes_for
from integrations.credentials.microsoft import CALENDAR
from integrations.mail.gmail import GmailMail
from integrations.mail.gmail_left import GmailLeftDrafts
from integrations.mail.outlook import OutlookMail
from integrations.mail.outlook_left import OutlookLeftDrafts
from tests.emulators.google.calls import Call, Reply
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import app_at
from tests.support.gates import Harness, make_harness
from tests.support.graph.answers import failed
from tests.support.graph.house import House as OutlookHouse
from tests.support.graph.server import GraphDouble
from tests.support.inboxes.gmail import GmailInboxDouble
from tests.support.inboxes.graph_left import OF_ITS_OWNER, left_in_outlook
from tests.support.provider.faults import RETRY_AFTER, Fault


class Mailbox(Protocol):
    """What an agent and the owner do in it, and what can be seen there."""

    def leave(self, raw: bytes) -> str:
        """An agent leaves a draft."""
        ...

    def edit(self, key: str, raw: bytes) -> None:
        """Somebody saves other words in it."""
        ...

    def delete(self, key: str) -> None:
        """Its owner deletes it."""
        ...

    def lies(self, key: str) -> bool:
        """Whether it is there."""
        ...

    def shown(self, key: str) -> set[str]:
        """Its marks."""
        ...

    @property
    def delivered(self) -> list[bytes]:
        """What has left."""
        ...


class Place(Protocol):
    """A provider, as these tests see it."""

    provider: str
    of_its_owner: str
    """A mark that has nothing to do with the gate."""
    checks_at_last: bool
    """Whether the provider refuses what was edited in the last instant; else it sends the bytes handed in."""
    mailbox: Mailbox
    consent: str
    """What somebody who has not agreed is told."""

    def open(self, clock: Clock) -> tuple[MailProvider, LeftDrafts]:
        """Its mail, and what is left in its mailboxes."""
        ...

    def hurt_one(self) -> None:
        """The next look at one draft goes wrong, with a stretch to wait."""
        ...

    def hurt_draft(self, key: str, *, times: int) -> None:
        """So many looks at this draft go wrong."""
        ...

    def hurt_all(self) -> None:
        """The next look for drafts does."""
        ...

    def before_send(self, what: Callable[[], object]) -> None:
        """Do that right before a mail leaves."""
        ...

    def lose_answer(self) -> None:
        """The next mail leaves, and nobody hears of it."""
        ...

    def agree_to_less(self) -> None:
        """The owner lets the gate do less than marking takes."""
        ...


class AtGmail:
    """A mailbox at Gmail."""

    provider, of_its_owner, checks_at_last = "google", "Label_of_its_owner", False
    consent = "--for send,label"

    def __init__(self, double: GmailInboxDouble, front: Front, owner: Owner) -> None:
        self.mailbox: Mailbox = double
        self._double, self._front, self._owner = double, front, owner

    def open(self, clock: Clock) -> tuple[MailProvider, LeftDrafts]:
        self._owner.sign_in(*scopes_for("send", "label"))
        keys = GrantedKeys(self._owner.grants, app_at(self._front), clock=clock)
        root = self._front.root
        return GmailMail(keys, clock=clock, root=root), GmailLeftDrafts(keys, clock=clock, root=root)

    def hurt_one(self) -> None:
        self._front.hurt(lambda call: call.method == "GET" and "/drafts/" in call.path, Fault.THROTTLED)

    def hurt_draft(self, key: str, *, times: int) -> None:
        self._front.hurt(lambda call: call.path.endswith(f"/drafts/{key}"), Fault.ERROR_BEFORE, times=times)

    def hurt_all(self) -> None:
        self._front.hurt(lambda call: call.path.endswith("/labels"), Fault.BUSY)

    def before_send(self, what: Callable[[], object]) -> None:
        def upstream(call: Call) -> Reply:
            if call.path.endswith("drafts/send"):
                what()
            return self._double(call)

        self._front._upstream = upstream

    def lose_answer(self) -> None:
        self._front.hurt(lambda call: call.path.endswith("drafts/send"), Fault.UNANSWERED)

    def agree_to_less(self) -> None:
        self._owner.sign_in(*scopes_for("send"))


class AtOutlook:
    """A mailbox at Outlook."""

    provider, of_its_owner, checks_at_last = "microsoft", OF_ITS_OWNER, True
    consent = "did not agree to Mail.ReadWrite"

    def __init__(self, double: GraphDouble) -> None:
        self._double = double
        self._mail = left_in_outlook(double, ACCOUNT)
        self.mailbox: Mailbox = self._mail

    def open(self, clock: Clock) -> tuple[MailProvider, LeftDrafts]:
        self._house = OutlookHouse(self._double, clock=clock)
        self._house.sign_in(ACCOUNT)
        graph = self._house.graph
        return OutlookMail(graph, pause=lambda _seconds: None), OutlookLeftDrafts(graph)

    def hurt_one(self) -> None:
        throttled = failed(429, "ApplicationThrottled", pause=RETRY_AFTER)
        self._mail.hurt(lambda call: (call.method, call.path[0]) == ("GET", "messages"), throttled)

    def hurt_draft(self, key: str, *, times: int) -> None:
        self._mail.hurt(
            lambda call: call.path[1:] == (key, "$value"), failed(500, "InternalServerError"), times=times
        )

    def hurt_all(self) -> None:
        busy = failed(503, "ServiceUnavailable", pause=RETRY_AFTER)
        self._mail.hurt(lambda call: call.path[-1] == "delta", busy)

    def before_send(self, what: Callable[[], object]) -> None:
        self._mail.before_send = what

    def lose_answer(self) -> None:
        self._mail.says_of_sending = failed(504, "GatewayTimeout")

    def agree_to_less(self) -> None:
        self._house.sign_in(ACCOUNT, CALENDAR)


class House:
    """A gate, and the place from where its mail leaves."""

    def __init__(self, engine: sa.Engine, place: Place) -> None:
        self.place, self.mailbox = place, place.mailbox
        self.harness: Harness = make_harness(engine)
        inside, self.left = place.open(self.harness.clock)
        provider = LeavingAsLeft(inside=inside, left=self.left, store=self.harness.store)
        self.harness.gate = replace(self.harness.gate, dispatcher=Dispatcher(provider=provider, worker="test"))
        self.taking = LeftTaking(provider=place.provider, gate=self.harness.gate, left=self.left)

    def look(self) -> None:
        self.taking.look(ACCOUNT)

    def marks(self, key: str) -> set[str]:
        """What the gate shows of the draft, beside the mark that has it taken in."""
        return {mark for mark in self.mailbox.shown(key) if mark.startswith("Countersign/")} - {"Countersign/submit"}

    def drafts(self) -> list[Standing]:
        """Every draft of the gate, oldest first."""
        with self.harness.store.read() as reader:
            ids = sorted({event.draft_id for event in reader.audit.events() if event.draft_id})
            return [read_standing(reader, each) for each in ids]

    def events(self, kind: str) -> list[dict[str, object]]:
        """What the trail says of this kind."""
        with self.harness.store.read() as reader:
            return [dict(event.facts) for event in reader.audit.events() if event.kind == kind]

    def approve(self, standing: Standing) -> None:
        row = standing.row
        self.harness.gate.decide(row.id, person="ruth", verdict=Verdict.APPROVE, digest=row.digest)

    def leave_time(self) -> None:
        """The undo window ends, and whatever may leave does."""
        self.harness.wait(seconds=60)
