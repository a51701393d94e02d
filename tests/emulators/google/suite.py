"""The contracts for Gmail: at the port and behind the gate, on whatever server stands in for Google."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

import pytest

from app.core.clock import SystemClock
from app.core.ports import Handle, MailProvider, OutgoingMail, Receipt
from integrations.credentials.google import GoogleApp, GrantedKeys
from integrations.mail.gmail import GmailMail
from tests.contract import mail_provider
from tests.contract.delivery import DeliveryContract
from tests.contract.mail_provider import LaysReady, Remembers, SendsOnce
from tests.contract.scenes import Scene
from tests.emulators.google.calls import Call
from tests.emulators.google.front import TOKEN_PATH, Front, Where
from tests.emulators.google.owner import Owner
from tests.support.provider.faults import BY_HAND, Fault, Step

CLIENT = ("countersign.apps.example", "house-secret")
RAW = b"Message-ID: <snd_1@ours.example>\r\n" + mail_provider.RAW
_HAS_LEFT = frozenset({Scene.CONFIRM, Scene.FIND_LEFT})
_HURRY = 0.3


def _is(method: str, ending: str, **query: str) -> Where:
    """Calls to this place, by its last parts."""

    def fits(call: Call) -> bool:
        parts = call.path.split("/")[-len(ending.split("/")) :]
        named = all(want in ("*", part) for want, part in zip(ending.split("/"), parts, strict=True))
        return call.method == method and named and all(call.parameter(key) == v for key, v in query.items())

    return fits


STEPS: dict[Step, Where] = {
    Step.PREPARE: _is("POST", "me/drafts"),
    Step.VERIFY: _is("GET", "drafts/*", format="raw"),
    Step.SEND: _is("POST", "drafts/send"),
    Step.CONFIRM: _is("GET", "messages/*"),
    Step.FIND: _is("GET", "drafts/*", format="minimal"),
}
"""The call of each step that decides."""


def app_at(front: Front) -> GoogleApp:
    """The house's application, with Google at the front."""
    root = front.root
    return GoogleApp(
        client_id=CLIENT[0],
        client_secret=CLIENT[1],
        auth_uri=f"{root}/o/oauth2/v2/auth",
        token_uri=f"{root}{TOKEN_PATH}",
        revoke_uri=f"{root}/oauth2/revoke",
        userinfo_uri=f"{root}/oauth2/v2/userinfo",
    )


class HurriedGmail(GmailMail):
    """Gives the step that is not going to be answered up soon."""

    impatient_at: Step | None = None

    def prepare(self, mail: OutgoingMail) -> Handle:
        with self._hurry(Step.PREPARE):
            return super().prepare(mail)

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        with self._hurry(Step.VERIFY):
            super().verify(mail, handle)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        with self._hurry(Step.SEND):
            return super().send(mail, handle)

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        with self._hurry(Step.CONFIRM):
            return super().confirm(mail, answer)

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        with self._hurry(Step.FIND):
            return super().find(send_id, handle)

    @contextmanager
    def _hurry(self, step: Step) -> Iterator[None]:
        usual, hurries = self._seconds, self.impatient_at is step
        if hurries:
            self._seconds, self.impatient_at = _HURRY, None
        try:
            yield
        finally:
            self._seconds = usual


def gmail_at(front: Front, owner: Owner) -> HurriedGmail:
    """The provider, with Gmail at the front."""
    clock = SystemClock()
    return HurriedGmail(GrantedKeys(owner.grants, app_at(front), clock=clock), clock=clock, root=front.root)


class GmailAtThePort(LaysReady, SendsOnce, Remembers):
    """What a subclass gives: `owner`, `front`, and what has left."""

    @pytest.fixture(autouse=True)
    def _mail_with_an_id(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Gmail's drafts are found by the Message-ID, which holds the send id: all that is sent here has one."""
        plain = mail_provider.outgoing

        def outgoing(send_id: str = "snd_1", raw: bytes = RAW) -> OutgoingMail:
            made = plain(send_id, raw)
            return OutgoingMail(
                send_id=send_id,
                draft_id=made.draft_id,
                raw=raw,
                sender="sam@ours.example",
                recipients=made.recipients,
            )

        monkeypatch.setattr(mail_provider, "RAW", RAW)
        monkeypatch.setattr(mail_provider, "outgoing", outgoing)

    @pytest.fixture
    def provider(self, front: Front, owner: Owner) -> Iterator[MailProvider]:
        self.person = owner
        owner.sign_in()
        yield gmail_at(front, owner)
        assert front.objections == []

    def ready(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - its owner knows
        return self.person.drafts()

    def edit_by_hand(self, provider: MailProvider) -> None:  # noqa: ARG002 - its owner knows
        self.person.touch(Fault.EDITED)

    def delete_by_hand(self, provider: MailProvider) -> None:  # noqa: ARG002 - its owner knows
        self.person.touch(Fault.DELETED)


class GmailDelivery(DeliveryContract):
    """What a subclass gives: `owner`, `front`, and what has left."""

    label: ClassVar[str] = "gmail"

    @pytest.fixture
    def provider(self, front: Front, owner: Owner) -> Iterator[MailProvider]:
        self.google, self.person = front, owner
        owner.sign_in()
        self.gmail = gmail_at(front, owner)
        yield self.gmail
        assert front.objections == []

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        if fault in BY_HAND and scene is Scene.PREPARE:
            return "no draft lies there yet"
        if fault in BY_HAND and scene in _HAS_LEFT:
            return "the draft has left"
        return ""

    def hurt(self, step: Step, fault: Fault) -> None:
        self.google.hurt(STEPS[step], fault)
        if fault is Fault.SLOW:
            self.gmail.impatient_at = step

    def sign_in(self) -> None:
        self.google.sign_in()
        self.person.sign_in()
