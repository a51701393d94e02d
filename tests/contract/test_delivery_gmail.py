"""Delivery through Gmail, on the double of our own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.emulators.google.double import GmailDouble
from tests.emulators.google.front import Front
from tests.emulators.google.owner import Owner
from tests.emulators.google.suite import GmailDelivery


class TestGmail(GmailDelivery):
    """Even a call that is repeated on the way delivers once."""

    @pytest.fixture
    def double(self) -> GmailDouble:
        self.server = GmailDouble(rewrites_message_id=True)
        return self.server

    @pytest.fixture
    def owner(self, double: GmailDouble) -> Owner:
        return Owner(double, double.sign_in.let_in)

    @pytest.fixture
    def front(self, double: GmailDouble, owner: Owner) -> Iterator[Front]:
        with Front(double, by_hand=owner.touch) as front:
            yield front

    def deliveries(self) -> Sequence[bytes]:
        return self.server.delivered
