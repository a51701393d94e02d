"""Delivery through a provider that sends a draft once."""

from __future__ import annotations

from app.core.ports import MailProvider
from tests.contract.mailboxes import DraftsDelivery
from tests.support.provider.client import DraftsFirst
from tests.support.provider.wire import Wire


class TestDraftsFirst(DraftsDelivery):
    """Even a call that is repeated on the way delivers once."""

    label = "drafts-first"
    databases = ("sqlite", "postgres")

    def connect(self, wire: Wire) -> MailProvider:
        return DraftsFirst(wire)
