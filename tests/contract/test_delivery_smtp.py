"""Delivery through the house's mail server: only the answer to the last dot is ever known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import pytest

from app.core.lifecycle import State
from app.core.ports import MailProvider
from integrations.mail.smtp import SmtpMail
from integrations.smtp import Encryption, MailServer
from tests.contract.delivery import DeliveryContract
from tests.contract.road import Road
from tests.contract.scenes import Scene
from tests.support.far_ends import Certified, certified, mail_server
from tests.support.house_server import PASSWORD, HouseServer
from tests.support.provider.faults import ASKS_TO_WAIT, BY_HAND, Fault, Step

_ANSWERS = {
    Fault.UNANSWERED: "lost",
    Fault.SLOW: "slow",
    Fault.TRUNCATED: "torn",
    Fault.GARBAGE: "garbage",
    Fault.DROPPED: "dropped",
    Fault.ERROR_BEFORE: "554 no",
}
_NEVER = {
    Fault.ERROR_AFTER: "a server that says no has not taken it",
    Fault.REPEATED: "one connection a mail",
    Fault.EXPIRED: "a password does not expire by itself",
}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("keys"))


class TestSmtp(DeliveryContract):
    """Hurts the server's answer to the last dot, or its password."""

    label = "smtp"
    patience: ClassVar[float] = 1.0
    """Seconds for one mail, where the server does not answer."""

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        if scene is not Scene.SEND:
            return "no call is made"
        if fault in BY_HAND:
            return "it keeps no drafts"
        if fault in ASKS_TO_WAIT:
            return "SMTP has no Retry-After"
        return _NEVER.get(fault, "")

    @pytest.fixture
    def provider(self, keys: Certified) -> Iterator[MailProvider]:
        self.house = HouseServer()
        with mail_server(self.house, starttls=keys.server, auth=True) as port:
            server = MailServer(
                host="127.0.0.1",
                port=port,
                encryption=Encryption.STARTTLS,
                user="gate",
                password=PASSWORD,
                trusted=keys.client,
            )
            yield SmtpMail(server, domains=["ours.example"], within=self.patience)

    def deliveries(self) -> Sequence[bytes]:
        return self.house.mails

    def hurt(self, step: Step, fault: Fault) -> None:
        assert step is Step.SEND
        if fault is Fault.REVOKED:
            self.house.password = "another one"
        else:
            self.house.data.append(_ANSWERS[fault])

    def sign_in(self) -> None:
        self.house.password = PASSWORD

    @pytest.mark.parametrize("answer", ["421 going down", "451 greylisted", "452 disk full"])
    def test_what_the_server_cannot_take_now_it_is_offered_again(self, road: Road, answer: str) -> None:
        self.house.data.append(answer)
        assert road.to_its_end() is State.SENT
        assert road.path == [State.SCHEDULED, State.SENT]
        road.require_sound(self.deliveries())

    def test_where_one_recipient_is_refused_it_fails_and_nobody_has_it(self, road: Road) -> None:
        self.house.rcpt.append("550 nobody here")
        assert road.to_its_end() is State.FAILED
        road.require_sound(self.deliveries())
