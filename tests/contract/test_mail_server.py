"""The double of a mail server: three manners keep their promises, and its state survives its own death."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.core.errors import MailboxClosed, SendUnavailable, SendUncertain
from app.core.ports import MailProvider
from tests.contract.mail_provider import RAW, LaysReady, MailProviderContract, Remembers, SendsOnce, outgoing
from tests.support.mail import deliver
from tests.support.provider.client import AcceptedThenSeen, DraftsFirst, Memoryless
from tests.support.provider.faults import Fault, Step
from tests.support.provider.process import Mailbox, ServerProcess
from tests.support.provider.wire import Wire


@pytest.fixture
def mailbox(mail_server: ServerProcess, request: pytest.FixtureRequest) -> Mailbox:
    return mail_server.mailbox(request.node.nodeid.rpartition("/")[2].replace(":", "-"))


def wire_to(mailbox: Mailbox) -> Wire:
    return Wire(mailbox.server.port, mailbox.name)


class _OnTheServer(MailProviderContract):
    mailbox: Mailbox

    def delivered(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - the server says it all
        return self.mailbox.deliveries()


class _Drafts(_OnTheServer, LaysReady, Remembers):
    def ready(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002
        return self.mailbox.drafts()

    def edit_by_hand(self, provider: MailProvider) -> None:  # noqa: ARG002
        self.mailbox.touch(Fault.EDITED)

    def delete_by_hand(self, provider: MailProvider) -> None:  # noqa: ARG002
        self.mailbox.touch(Fault.DELETED)


class TestDraftsFirst(_Drafts, SendsOnce):
    """Sends a draft once."""

    @pytest.fixture
    def provider(self, mailbox: Mailbox) -> MailProvider:
        self.mailbox = mailbox
        return DraftsFirst(wire_to(mailbox))


class TestAcceptedThenSeen(_Drafts):
    """Accepts a draft as often as it is told to."""

    @pytest.fixture
    def provider(self, mailbox: Mailbox) -> MailProvider:
        self.mailbox = mailbox
        return AcceptedThenSeen(wire_to(mailbox))

    def test_while_it_is_not_seen_yet_it_does_deliver_twice(self, provider: MailProvider) -> None:
        self.mailbox.lag(3)
        handle = provider.prepare(outgoing())
        provider.send(outgoing(), handle)
        provider.send(outgoing(), handle)
        assert self.delivered(provider) == [RAW, RAW]


class TestMemoryless(_OnTheServer):
    """Takes every call for a mail."""

    @pytest.fixture
    def provider(self, mailbox: Mailbox) -> MailProvider:
        self.mailbox = mailbox
        return Memoryless(wire_to(mailbox))

    def test_it_does_deliver_twice_and_cannot_tell(self, provider: MailProvider) -> None:
        deliver(provider, outgoing())
        deliver(provider, outgoing())
        assert self.delivered(provider) == [RAW, RAW]
        with pytest.raises(SendUncertain):
            provider.find("snd_1", {})


@pytest.mark.parametrize("kind", [DraftsFirst, AcceptedThenSeen])
def test_a_search_that_lags_is_uncertain_and_tells_later(mailbox: Mailbox, kind: type[DraftsFirst]) -> None:
    provider = kind(wire_to(mailbox))
    mailbox.lag(2)
    handle = provider.prepare(outgoing())
    provider.send(outgoing(), handle)
    found = []
    for _ in range(3):
        try:
            found.append(provider.find("snd_1", handle))
        except SendUncertain:
            found.append(None)
    assert [receipt is not None for receipt in found] == [False, False, True]


def test_a_token_that_is_too_old_is_renewed_and_a_mailbox_that_is_closed_says_so(mailbox: Mailbox) -> None:
    provider = DraftsFirst(wire_to(mailbox))
    mailbox.hurt(Step.PREPARE, Fault.EXPIRED)
    provider.prepare(outgoing())
    mailbox.hurt(Step.VERIFY, Fault.REVOKED)
    with pytest.raises(MailboxClosed):
        provider.verify(outgoing(), {"draft": "1"})
    mailbox.sign_in()
    deliver(provider, outgoing())
    assert mailbox.deliveries() == [RAW]


def test_what_the_server_knows_survives_its_death(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "state.db")
    try:
        mailbox = server.mailbox("sam")
        provider = DraftsFirst(wire_to(mailbox))
        handle = provider.prepare(outgoing())
        mailbox.hurt(Step.SEND, Fault.UNANSWERED)
        server.restart()
        with pytest.raises(SendUncertain):
            provider.send(outgoing(), handle)
        server.restart()
        assert provider.find("snd_1", handle) is not None
        assert mailbox.deliveries("snd_1") == [RAW]
    finally:
        server.stop()
    with pytest.raises(SendUnavailable):
        provider.find("snd_1", handle)
