"""The contract of delivery for providers whose mailbox is on the double of a mail server."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import pytest

from app.core.ports import MailProvider
from tests.contract.delivery import DeliveryContract
from tests.contract.scenes import Scene
from tests.support.provider.faults import BY_HAND, Fault, Step
from tests.support.provider.process import Mailbox, ServerProcess
from tests.support.provider.wire import Wire

_NUMBERS = itertools.count(1)
_HAS_LEFT = frozenset({Scene.CONFIRM, Scene.FIND_LEFT})


class ServerDelivery(DeliveryContract):
    """Hurts the mailbox by telling its server what to do wrong."""

    wire: Wire
    mailbox: Mailbox

    @abstractmethod
    def connect(self, wire: Wire) -> MailProvider:
        """The provider at the end of this wire."""

    @pytest.fixture
    def provider(self, mail_server: ServerProcess) -> MailProvider:
        self.mailbox = mail_server.mailbox(f"box-{next(_NUMBERS)}")
        self.wire = Wire(mail_server.port, self.mailbox.name)
        return self.connect(self.wire)

    def deliveries(self) -> Sequence[bytes]:
        return self.mailbox.deliveries()

    def hurt(self, step: Step, fault: Fault) -> None:
        self.mailbox.hurt(step, fault)
        if fault is Fault.SLOW:
            self.wire.impatient_at = step

    def sign_in(self) -> None:
        self.mailbox.sign_in()


class DraftsDelivery(ServerDelivery):
    """Of providers that lay a draft ready, which its owner can reach."""

    repeats: ClassVar[str] = ""
    """Why nothing on the way can send a call a second time; empty where it may."""

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        if fault in BY_HAND and scene is Scene.PREPARE:
            return "no draft lies there yet"
        if fault in BY_HAND and scene in _HAS_LEFT:
            return "the draft has left"
        if fault is Fault.REPEATED and scene is Scene.SEND:
            return cls.repeats
        return ""
