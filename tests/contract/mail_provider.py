"""What every mail provider promises: its tests subclass `MailProviderContract` and say how to look inside."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.errors import SendRefused
from app.core.ports import MailProvider, OutgoingMail, Receipt

RAW = b"Subject: Hello\r\nTo: lee@acme.example\r\n\r\nThe plan is attached.\r\n"
RIVALS = 20


def outgoing(send_id: str = "snd_1", raw: bytes = RAW) -> OutgoingMail:
    """A small mail about to leave."""
    return OutgoingMail(
        send_id=send_id,
        draft_id="dr_1",
        raw=raw,
        sender="maya@ours.example",
        recipients=("lee@acme.example",),
    )


class MailProviderContract(ABC):
    """The promises. `provider` starts with nothing sent; `delivered` lists the mails that have left."""

    @pytest.fixture
    @abstractmethod
    def provider(self) -> MailProvider:
        """A fresh provider."""

    @abstractmethod
    def delivered(self, provider: MailProvider) -> Sequence[bytes]:
        """The raw bytes of everything that the provider has delivered."""

    def test_delivers_exactly_the_bytes(self, provider: MailProvider) -> None:
        receipt = provider.send(outgoing())
        assert (receipt.send_id, receipt.provider) == ("snd_1", provider.name)
        assert receipt.provider_id
        assert self.delivered(provider) == [RAW]

    def test_a_second_call_delivers_nothing_more(self, provider: MailProvider) -> None:
        assert provider.send(outgoing()) == provider.send(outgoing())
        assert self.delivered(provider) == [RAW]

    def test_rivals_deliver_once_and_agree(self, provider: MailProvider) -> None:
        start = threading.Barrier(RIVALS)

        def send(_: int) -> Receipt:
            start.wait(timeout=30)
            return provider.send(outgoing())

        with ThreadPoolExecutor(RIVALS) as pool:
            receipts = set(pool.map(send, range(RIVALS)))
        assert len(receipts) == 1
        assert self.delivered(provider) == [RAW]

    def test_a_used_send_id_is_refused_for_another_mail(self, provider: MailProvider) -> None:
        provider.send(outgoing())
        with pytest.raises(SendRefused):
            provider.send(outgoing(raw=RAW + b"One more promise.\r\n"))
        assert self.delivered(provider) == [RAW]

    def test_two_send_ids_are_two_mails(self, provider: MailProvider) -> None:
        provider.send(outgoing("snd_1"))
        provider.send(outgoing("snd_2"))
        assert self.delivered(provider) == [RAW, RAW]

    def test_find_knows_what_left_and_what_did_not(self, provider: MailProvider) -> None:
        assert provider.find("snd_1") is None
        receipt = provider.send(outgoing())
        assert provider.find("snd_1") == receipt
        assert provider.find("snd_2") is None
