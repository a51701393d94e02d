"""Delivery through a provider that knows nothing of a mail once it has answered."""

from __future__ import annotations

from app.core.ports import MailProvider
from tests.contract.mailboxes import ServerDelivery
from tests.contract.scenes import Scene
from tests.support.provider.client import Memoryless
from tests.support.provider.faults import BY_HAND, Fault
from tests.support.provider.wire import Wire


class TestMemoryless(ServerDelivery):
    """Only `send` is a call; what nobody heard back from, a person looks for."""

    label = "memoryless"

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        if scene is not Scene.SEND:
            return "no call is made"
        if fault in BY_HAND:
            return "it keeps no drafts"
        return "one connection a call" if fault is Fault.REPEATED else ""

    def connect(self, wire: Wire) -> MailProvider:
        return Memoryless(wire)
