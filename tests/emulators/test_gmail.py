"""Gmail through the emulator: at the port, behind the gate, and what a plain client does behind the same faults.

What becomes of each fault is the same here and on the double of our own: both are held to one table.
"""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build  # type: ignore[import-untyped]

from app.core.ports import MailProvider
from tests.contract.mail_provider import outgoing
from tests.emulators.google.calls import Call
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import RAW, GmailAtThePort, GmailDelivery, gmail_at
from tests.support.mail import deliver
from tests.support.provider.faults import Fault

pytestmark = pytest.mark.emulators

_REPLY = RAW.replace(b"Subject: Hello", b"Subject: Re: Hello").replace(b"snd_1", b"snd_2")


class TestGmail(GmailAtThePort):
    """Sends a draft once."""

    def delivered(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - its owner knows
        return self.person.sent()


class TestGmailDelivery(GmailDelivery):
    """Even a call that is repeated on the way delivers once."""

    def deliveries(self) -> Sequence[bytes]:
        return self.person.sent()


# ── a plain client ────────────────────────────────────────────────────────────────────────────────────────


PlainSend = Callable[[Fault, int, int], int]


@pytest.fixture
def send_plainly(front: Front, owner: Owner) -> PlainSend:
    """Google's own client as its guide has it: how often it delivers, while so many answers go wrong."""
    owner.sign_in()
    grant = owner.grants.of("google", ACCOUNT)
    assert grant is not None
    token = Credentials(json.loads(grant.secret)["token"])  # type: ignore[no-untyped-call]
    options = {"api_endpoint": front.root}

    def send(fault: Fault, times: int, retries: int) -> int:
        front.hurt(is_send, fault, times=times)
        raw = base64.urlsafe_b64encode(RAW).decode()
        with closing(build("gmail", "v1", credentials=token, static_discovery=True, client_options=options)) as gmail:
            request = gmail.users().messages().send(userId="me", body={"raw": raw})
            request._sleep = lambda _: None
            with contextlib.suppress(Exception):
                request.execute(num_retries=retries)
        return len(owner.sent())

    return send


def is_send(call: Call) -> bool:
    return call.method == "POST" and call.path.endswith("/messages/send")


@pytest.mark.parametrize(
    ("fault", "times", "retries", "delivered"),
    [
        (Fault.UNANSWERED, 1, 0, 2),
        (Fault.UNANSWERED, 9, 3, 8),
        (Fault.ERROR_AFTER, 1, 3, 2),
        (Fault.ERROR_AFTER, 9, 3, 4),
    ],
)
def test_a_plain_client_delivers_what_was_accepted_again(
    send_plainly: PlainSend, *, fault: Fault, times: int, retries: int, delivered: int
) -> None:
    assert send_plainly(fault, times, retries) == delivered


# ── conversations ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_goes_into_the_conversation_that_it_answers(front: Front, owner: Owner) -> None:
    owner.sign_in()
    came = owner.put_in(b"From: lee@acme.example\r\n" + RAW.replace(b"snd_1@ours", b"question@acme"))
    answer = b"In-Reply-To: <question@acme.example>\r\nReferences: <question@acme.example>\r\n" + _REPLY
    gmail, mail = gmail_at(front, owner), replace(outgoing("snd_2", answer), sender=ACCOUNT)
    assert gmail.prepare(mail)["thread"] == came["threadId"]
    deliver(gmail, mail)
    assert (owner.sent(), owner.threads()) == ([answer], 1)
    assert front.objections == []
