"""Delivery through a provider that accepts a draft and sends it later."""

from __future__ import annotations

from app.core.ports import MailProvider
from tests.contract.mailboxes import DraftsDelivery
from tests.support.provider.client import AcceptedThenSeen
from tests.support.provider.wire import Wire


class TestAcceptedThenSeen(DraftsDelivery):
    """Two acceptances would be two deliveries."""

    label = "accepted-then-seen"
    repeats = "one connection a call"

    def connect(self, wire: Wire) -> MailProvider:
        return AcceptedThenSeen(wire)
