"""SMTP keeps what every mail provider promises; every way in which a session can end is told as what it is."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import (
    MailboxClosed,
    SendError,
    SendRefused,
    SendUnavailable,
    SendUncertain,
)
from app.core.ports import MailProvider, OutgoingMail
from integrations.mail.smtp import PACE, SmtpMail
from integrations.smtp import Encryption, MailServer
from tests.contract.mail_provider import RAW, MailProviderContract, outgoing
from tests.support.far_ends import Certified, certified, mail_server, silent_line
from tests.support.house_server import PASSWORD, HouseServer, politely, scripted_server
from tests.support.mail import deliver

MAIL = outgoing()
TO_THREE = replace(MAIL, recipients=("lee@acme.example", "kim@acme.example", "hidden@ours.example"))


def by_smtp(
    port: int,
    *,
    encryption: Encryption = Encryption.NONE,
    trusted: ssl.SSLContext | None = None,
    user: str = "",
    password: str = "",
    within: float = 10,
) -> SmtpMail:
    server = MailServer(
        host="127.0.0.1",
        port=port,
        encryption=encryption,
        user=user,
        password=password,
        trusted=trusted or ssl.create_default_context(),
        timeout=5,
    )
    return SmtpMail(server, domains=["ours.example"], within=within)


@pytest.fixture
def house() -> HouseServer:
    return HouseServer()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("keys"))


def hand_in(provider: MailProvider, mail: OutgoingMail = MAIL) -> str:
    """The server's answer."""
    return provider.send(mail, provider.prepare(mail))["reply"]


class TestSmtp(MailProviderContract):
    """Looks inside by asking the server."""

    @pytest.fixture
    def provider(self, house: HouseServer) -> Iterator[MailProvider]:
        self.house = house
        with mail_server(house) as port:
            yield by_smtp(port)

    def delivered(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - the server says it all
        return self.house.mails

    def test_the_servers_answer_is_kept(self, provider: MailProvider) -> None:
        assert deliver(provider, MAIL).provider_id == "250 2.0.0 queued as 4F2A"
        assert self.house.envelopes == [("maya@ours.example", "lee@acme.example")]

    def test_it_does_deliver_twice_and_cannot_tell(self, provider: MailProvider) -> None:
        deliver(provider, MAIL)
        deliver(provider, MAIL)
        assert self.house.mails == [RAW, RAW]
        with pytest.raises(SendUncertain, match="cannot be asked what became of snd_1; look into its log"):
            provider.find("snd_1", {})

    @pytest.mark.parametrize(
        "body", [b".\r\n", b".\r\n.\r\n..\r\n", b"a\r\n.b\r\n..c\r\n", b"\r\n.\r\nRCPT TO:<eve@e.example>\r\n"]
    )
    def test_no_line_of_a_mail_ends_it(self, provider: MailProvider, body: bytes) -> None:
        deliver(provider, outgoing(raw=RAW + body))
        deliver(provider, outgoing(raw=body))
        assert self.house.mails == [RAW + body, body]

    def test_whoever_gets_a_blind_copy_is_on_the_envelope_once(self, provider: MailProvider) -> None:
        twice = replace(TO_THREE, recipients=(*TO_THREE.recipients, "lee@acme.example"))
        deliver(provider, twice)
        assert self.house.envelopes == [("maya@ours.example", *TO_THREE.recipients)]

    @pytest.mark.parametrize(
        ("answers", "raises", "says"),
        [
            (["250 OK", "550 nobody here"], SendRefused, "mail to kim@acme.example, so nobody gets it: 550 nobody"),
            (
                ["250 OK", "250 OK", "451 later"],
                SendUnavailable,
                "mail to hidden@ours.example, so nobody gets it: 451",
            ),
            (["451 later", "250 OK", "553 not so"], SendRefused, "mail to hidden@ours.example"),
        ],
    )
    def test_where_one_recipient_is_refused_nobody_gets_it(
        self, provider: MailProvider, answers: list[str], raises: type[SendError], says: str
    ) -> None:
        self.house.rcpt = list(answers)
        with pytest.raises(SendError, match=says) as refused:
            hand_in(provider, TO_THREE)
        assert type(refused.value) is raises
        assert (self.house.mails, self.house.resets) == ([], 1)

    @pytest.mark.parametrize(
        ("answer", "raises"),
        [
            ("421 going down", SendUnavailable),
            ("452 disk full", SendUnavailable),
            ("530 who are you", MailboxClosed),
            ("550 not from here", SendRefused),
        ],
    )
    def test_a_sender_that_is_refused(self, provider: MailProvider, answer: str, raises: type[SendError]) -> None:
        self.house.mail = [answer]
        with pytest.raises(SendError) as refused:
            hand_in(provider)
        assert type(refused.value) is raises
        assert self.house.mails == []

    @pytest.mark.parametrize(
        ("answer", "raises", "says"),
        [
            ("451 try later", SendUnavailable, "does not take this mail: 451 try later"),
            ("552 too much", SendRefused, "does not take this mail: 552 too much"),
            ("lost", SendUncertain, "did not answer: the line was cut, or it took too long; look"),
            ("dropped", SendUncertain, "did not answer: the line was cut, or it took too long; look"),
            ("torn", SendUncertain, "it answered what nobody can read; look into its log"),
            ("garbage", SendUncertain, "it answered what nobody can read; look into its log"),
            ("354 what else", SendUncertain, "it answered what nobody can read; look into its log"),
        ],
    )
    def test_the_answer_to_the_last_dot(
        self, provider: MailProvider, answer: str, raises: type[SendError], says: str
    ) -> None:
        self.house.data = [answer]
        with pytest.raises(SendError, match=says) as ended:
            hand_in(provider)
        assert type(ended.value) is raises

    @pytest.mark.parametrize("sender", ["maya@theirs.example", "maya@ours.example.evil.example", "maya", "@", ""])
    def test_nobody_else_is_sent_for(self, provider: MailProvider, sender: str) -> None:
        with pytest.raises(SendRefused, match=r"no address of ours.*world\.yaml"):
            provider.prepare(replace(MAIL, sender=sender))

    def test_the_case_of_a_domain_does_not_matter(self, provider: MailProvider) -> None:
        deliver(provider, replace(MAIL, sender="Maya@OURS.example"))
        assert len(self.house.mails) == 1

    def test_a_mail_for_nobody_is_refused(self, provider: MailProvider) -> None:
        with pytest.raises(SendRefused, match="snd_1 is for nobody"):
            provider.prepare(replace(MAIL, recipients=()))

    @pytest.mark.parametrize(
        "address",
        ["läure@acme.example", "lee@acme.example\r\nDATA", "Lee <lee@acme.example>", "lee@a.example, eve@e.example"],
    )
    def test_an_address_that_would_be_told_as_another_is_refused(self, provider: MailProvider, address: str) -> None:
        for odd in (
            replace(MAIL, recipients=("kim@acme.example", address)),
            replace(MAIL, sender=f"{address}@ours.example"),
        ):
            with pytest.raises(SendRefused, match="cannot be told to a mail server"):
                provider.prepare(odd)


def test_a_mail_that_is_too_big_for_the_server_is_refused_before_it_is_offered() -> None:
    def talk(_: socket.socket, said: bytes) -> bytes | None:
        return b"250-here\r\n250 SIZE 100\r\n" if said.lower().startswith(b"ehlo") else None

    with scripted_server(talk) as port, pytest.raises(SendRefused, match="takes 100 bytes at most"):
        hand_in(by_smtp(port), outgoing(raw=RAW * 3))


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", [None, b"nonsense\r\n", b"25", b"2" * 9000 + b"\r\n"])
def test_whatever_ends_a_session_before_the_mail_is_handed_over_is_no_delivery(
    command: str, answer: bytes | None
) -> None:
    instead = {command: answer} | ({"HELO": answer} if command == "EHLO" else {})
    with scripted_server(politely(**instead)) as port, pytest.raises(SendError) as ended:
        hand_in(by_smtp(port, within=0.5))
    assert isinstance(ended.value, SendUnavailable | SendRefused)


def test_a_line_that_breaks_in_the_middle_of_the_mail_is_no_delivery() -> None:
    """The last dot never left: nothing can have been delivered."""

    def talk(line: socket.socket, said: bytes) -> bytes | None:
        if said.startswith(b"Subject:"):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            return None
        return b"354 go on\r\n" if said.upper() == b"DATA" else b"250 OK\r\n"

    with scripted_server(talk) as port, pytest.raises(SendUnavailable, match="the line was cut"):
        hand_in(by_smtp(port), outgoing(raw=RAW + b"x" * 78 * 400_000 + b"\r\n"))


def test_a_long_answer_to_the_last_dot_is_no_answer() -> None:
    instead = {".": b"250 " + b"k" * 9000 + b"\r\n", "HELLO": b""}
    with scripted_server(politely(**instead)) as port, pytest.raises(SendUncertain, match="speak as a mail server"):
        hand_in(by_smtp(port), outgoing(raw=b"Hello\r\n"))


@pytest.mark.parametrize("farewell", [None, b"what?\r\n", b"500 no\r\n", b"2" * 9000 + b"\r\n"])
def test_once_the_server_has_said_yes_no_farewell_makes_it_a_no(farewell: bytes | None) -> None:
    instead = {".": b"250 taken\r\n", "HELLO": b"", "QUIT": farewell}
    with scripted_server(politely(**instead)) as port:
        assert hand_in(by_smtp(port), outgoing(raw=b"Hello\r\n")) == "250 taken"


@pytest.mark.parametrize("greeting", [b"554 not today\r\n", b"421 later\r\n", b"hello\r\n"])
def test_a_server_that_does_not_serve_is_tried_later(greeting: bytes) -> None:
    with scripted_server(politely(), greeting=greeting) as port, pytest.raises(SendUnavailable, match="serve us"):
        hand_in(by_smtp(port))


def test_a_server_that_is_not_there_is_tried_later() -> None:
    with mail_server(HouseServer()) as port:
        pass
    with pytest.raises(SendUnavailable, match=r"was not handed the mail: Connection refused"):
        hand_in(by_smtp(port))


def test_a_server_that_never_speaks_takes_no_longer_than_it_may() -> None:
    with silent_line() as port:
        server = replace(by_smtp(port)._server, timeout=0.1)
        provider = SmtpMail(server, domains=["ours.example"], within=0.1)
        with pytest.raises(SendUnavailable, match=r"was not handed the mail: .*it took too long"):
            hand_in(provider)


def test_a_server_that_keeps_just_within_its_time_is_cut_off() -> None:
    """It dribbles an answer that never ends: each byte comes in time, all of them together never would."""

    def talk(line: socket.socket, said: bytes) -> bytes | None:
        for _ in range(1000):
            line.sendall(b"250-")
            line.sendall(b"more\r\n")
        return None if said else b""

    with scripted_server(talk) as port, pytest.raises(SendUnavailable):
        hand_in(by_smtp(port, within=0.3))


def test_a_server_that_takes_the_mail_and_says_nothing_leaves_it_uncertain(house: HouseServer) -> None:
    house.data = ["slow"]
    with mail_server(house) as port, pytest.raises(SendUncertain, match="did not answer"):
        hand_in(by_smtp(port, within=0.5))
    assert house.mails == [RAW]


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_mail_goes_over_an_encrypted_line(house: HouseServer, keys: Certified, encryption: Encryption) -> None:
    starttls = keys.server if encryption is Encryption.STARTTLS else None
    tls = keys.server if encryption is Encryption.TLS else None
    with mail_server(house, starttls=starttls, tls=tls) as port:
        assert hand_in(by_smtp(port, encryption=encryption, trusted=keys.client)).startswith("250")
        with pytest.raises(SendUnavailable, match="its certificate is not believed"):
            hand_in(by_smtp(port, encryption=encryption))
    assert house.mails == [RAW]


def test_a_server_that_goes_silent_on_an_encrypted_line_is_cut_off(house: HouseServer, keys: Certified) -> None:
    house.data = ["slow"]
    with mail_server(house, tls=keys.server) as port, pytest.raises(SendUncertain):
        hand_in(by_smtp(port, encryption=Encryption.TLS, trusted=keys.client, within=0.7))


def test_a_server_without_starttls_gets_nothing_in_the_clear(house: HouseServer) -> None:
    with mail_server(house) as port, pytest.raises(SendUnavailable, match="does not offer what the settings ask for"):
        hand_in(by_smtp(port, encryption=Encryption.STARTTLS))
    assert house.mails == []


def test_a_password_that_is_refused_closes_the_mailbox_and_is_told_to_nobody(
    house: HouseServer, keys: Certified, tmp_path: Path
) -> None:
    with mail_server(house, starttls=keys.server, auth=True) as port:
        how = by_smtp(port, encryption=Encryption.STARTTLS, trusted=keys.client, user="gate", password=PASSWORD)
        assert hand_in(how).startswith("250")
        house.password = "another one"
        with pytest.raises(
            MailboxClosed, match=r"does not let us in \(535\).*COUNTERSIGN_MAIL_SMTP_PASSWORD"
        ) as shut:
            hand_in(how)
        nameless = by_smtp(port, encryption=Encryption.STARTTLS, trusted=keys.client)
        with pytest.raises(MailboxClosed, match=r"\(530\)"):
            hand_in(nameless)
    assert PASSWORD not in str(shut.value)
    assert PASSWORD not in repr(how._server)


def test_its_manner_promises_nothing_and_its_pace_can_be_set() -> None:
    server = by_smtp(25)._server
    assert SmtpMail(server, domains=[]).manner.pace == PACE
    other = replace(PACE, burst=1)
    assert SmtpMail(server, domains=[], pace=other).manner.pace == other
