"""Gmail at the port, on the double of our own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from app.core.ports import MailProvider
from tests.emulators.google.double import GmailDouble
from tests.emulators.google.front import Front
from tests.emulators.google.owner import Owner
from tests.emulators.google.suite import GmailAtThePort


class TestGmail(GmailAtThePort):
    """Sends a draft once."""

    @pytest.fixture(autouse=True)
    def double(self) -> GmailDouble:
        self.gmail = GmailDouble()
        return self.gmail

    @pytest.fixture
    def owner(self, double: GmailDouble) -> Owner:
        return Owner(double, double.sign_in.let_in)

    @pytest.fixture
    def front(self, double: GmailDouble, owner: Owner) -> Iterator[Front]:
        with Front(double, by_hand=owner.touch) as front:
            yield front

    def delivered(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - the server knows
        return self.gmail.delivered


class TestGmailThatWritesItsOwnMessageId(TestGmail):
    """As it is reported to do."""

    @pytest.fixture(autouse=True)
    def double(self) -> GmailDouble:
        self.gmail = GmailDouble(rewrites_message_id=True)
        return self.gmail
