"""What every mail provider promises at the port: its tests subclass the contract and say how to look inside.

What a provider promises besides follows from its `Manner`: it takes `LaysReady`, `SendsOnce` and `Remembers` as bases
where they apply, `MailProviderContract` alone where none does, and a test compares them with the manner.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.errors import MailChanged, SendRefused, SendUncertain
from app.core.ports import Handle, MailProvider, OutgoingMail, Receipt
from tests.support.mail import deliver

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
    """The promises of all. `provider` starts with nothing sent; `delivered` lists the mails that have left."""

    @pytest.fixture
    @abstractmethod
    def provider(self) -> MailProvider:
        """A fresh provider."""

    @abstractmethod
    def delivered(self, provider: MailProvider) -> Sequence[bytes]:
        """The raw bytes of everything that the provider has delivered."""

    def test_its_manner_is_what_is_tried_here(self, provider: MailProvider) -> None:
        manner = provider.manner
        assert manner == provider.manner
        tried = (isinstance(self, LaysReady), isinstance(self, SendsOnce), isinstance(self, Remembers))
        assert tried == (manner.lays_ready, manner.sends_once, manner.remembers)

    def test_delivers_exactly_the_bytes(self, provider: MailProvider) -> None:
        receipt = deliver(provider, outgoing())
        assert (receipt.send_id, receipt.provider) == ("snd_1", provider.name)
        assert receipt.provider_id
        assert self.delivered(provider) == [RAW]

    def test_nothing_leaves_before_it_is_told_to(self, provider: MailProvider) -> None:
        handle = provider.prepare(outgoing())
        provider.verify(outgoing(), handle)
        assert self.delivered(provider) == []

    def test_a_handle_survives_the_process(self, provider: MailProvider) -> None:
        """It is kept as JSON: text under text."""
        handle = provider.prepare(outgoing())
        assert all(isinstance(part, str) for pair in handle.items() for part in pair)
        assert bool(handle) == provider.manner.lays_ready

    def test_two_send_ids_are_two_mails(self, provider: MailProvider) -> None:
        deliver(provider, outgoing("snd_1"))
        deliver(provider, outgoing("snd_2"))
        assert self.delivered(provider) == [RAW, RAW]


class SendsOnce(MailProviderContract):
    """`send` with one handle delivers once, whoever calls it and however often."""

    def told_again(self, provider: MailProvider, mail: OutgoingMail, handle: Handle) -> Receipt | None:
        """The receipt of telling it to send, or of asking where it cannot say so."""
        try:
            return provider.confirm(mail, provider.send(mail, handle))
        except SendUncertain:
            return provider.find(mail.send_id, handle)

    def test_a_second_call_delivers_nothing_more(self, provider: MailProvider) -> None:
        handle = provider.prepare(outgoing())
        first = self.told_again(provider, outgoing(), handle)
        assert first is not None
        assert self.told_again(provider, outgoing(), handle) == first
        assert self.delivered(provider) == [RAW]

    def test_rivals_deliver_once_and_agree(self, provider: MailProvider) -> None:
        start, handle = threading.Barrier(RIVALS), provider.prepare(outgoing())

        def send(_: int) -> Receipt | None:
            start.wait(timeout=30)
            return self.told_again(provider, outgoing(), handle)

        with ThreadPoolExecutor(RIVALS) as pool:
            receipts = set(pool.map(send, range(RIVALS)))
        assert len(receipts) == 1
        assert None not in receipts
        assert self.delivered(provider) == [RAW]


class LaysReady(MailProviderContract):
    """What `prepare` leaves in the mailbox is found again, and looked at before it may leave."""

    @abstractmethod
    def ready(self, provider: MailProvider) -> Sequence[bytes]:
        """What lies in the mailbox, ready to be sent."""

    @abstractmethod
    def edit_by_hand(self, provider: MailProvider) -> None:
        """The owner of the mailbox changes what lies there."""

    @abstractmethod
    def delete_by_hand(self, provider: MailProvider) -> None:
        """The owner of the mailbox deletes what lies there."""

    def test_what_lies_ready_is_taken_and_not_made_anew(self, provider: MailProvider) -> None:
        assert provider.prepare(outgoing()) == provider.prepare(outgoing())
        assert self.ready(provider) == [RAW]

    def test_what_was_edited_is_not_sent(self, provider: MailProvider) -> None:
        handle = provider.prepare(outgoing())
        self.edit_by_hand(provider)
        with pytest.raises(MailChanged):
            provider.verify(outgoing(), handle)
        assert self.delivered(provider) == []

    def test_what_was_deleted_is_not_sent_and_is_laid_ready_anew(self, provider: MailProvider) -> None:
        handle = provider.prepare(outgoing())
        self.delete_by_hand(provider)
        with pytest.raises(MailChanged):
            provider.verify(outgoing(), handle)
        assert self.delivered(provider) == []
        deliver(provider, outgoing())
        assert self.delivered(provider) == [RAW]

    def test_what_lies_ready_under_the_id_of_another_mail_is_not_sent(self, provider: MailProvider) -> None:
        provider.prepare(outgoing())
        with pytest.raises(SendRefused):
            deliver(provider, outgoing(raw=RAW + b"One more promise.\r\n"))
        assert self.delivered(provider) == []


class Remembers(MailProviderContract):
    """`find` tells what became of a send."""

    def test_find_knows_what_left_and_what_did_not(self, provider: MailProvider) -> None:
        handle = provider.prepare(outgoing())
        assert provider.find("snd_1", handle) is None
        receipt = provider.confirm(outgoing(), provider.send(outgoing(), handle))
        assert provider.find("snd_1", handle) == receipt
        assert provider.find("snd_2", {}) is None
