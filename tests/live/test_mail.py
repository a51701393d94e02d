"""A real mailbox does what its provider here counts on (docs/real-accounts.md)."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from app.core.drafts import Draft
from app.core.errors import SendUncertain
from app.core.facts import Person
from app.core.ports import Handle, MailProvider, OutgoingMail, Receipt
from app.delivery.message import compose
from app.intake import draft_from_json
from app.outside import calendars_at
from app.services import Services

pytestmark = pytest.mark.live

_PATIENCE_SECONDS = 120.0
_LARGE = 5 * 1024 * 1024


@pytest.fixture
def provider(services: Services) -> MailProvider:
    return services.gate.dispatcher.provider


def letter(owner: Person, subject: str, **more: object) -> Draft:
    return draft_from_json(
        {
            "client_id": secrets.token_hex(8),
            "action": "new",
            "agent": "live-test",
            "on_behalf_of": owner.id,
            "to": [owner.email],
            "subject": subject,
            "text": "Grüße aus der Probe – nothing to do.\n",
            **more,
        }
    )


def outgoing(draft: Draft, owner: Person) -> OutgoingMail:
    send_id = f"snd_live{secrets.token_hex(8)}"
    raw = compose(draft, draft_id="dr_live", send_id=send_id, sender=owner, at=datetime.now(UTC))
    return OutgoingMail(send_id=send_id, draft_id="dr_live", raw=raw, sender=owner.email, recipients=draft.recipients)


def sent(provider: MailProvider, mail: OutgoingMail) -> tuple[Receipt, Handle]:
    handle = provider.prepare(mail)
    provider.verify(mail, handle)
    answer = provider.send(mail, handle)
    return soon(lambda: provider.confirm(mail, answer)), answer


def soon(look: Callable[[], Receipt]) -> Receipt:
    """What it comes to once the provider can see it."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return look()
        except SendUncertain:
            if time.monotonic() > until:
                raise
            time.sleep(2)


def test_a_mail_leaves_and_is_found_again(provider: MailProvider, owner: Person) -> None:
    mail = outgoing(letter(owner, "Countersign: ein erster Versuch – ok?"), owner)
    receipt, answer = sent(provider, mail)
    assert receipt.send_id == mail.send_id
    if provider.manner.remembers:
        assert provider.find(mail.send_id, answer) == receipt


def test_what_lies_ready_is_as_it_was_laid_and_has_not_left(provider: MailProvider, owner: Person) -> None:
    if not provider.manner.lays_ready:
        pytest.skip(f"{provider.name} lays nothing ready")
    html = "<p>Hello <b>there</b>, <a href='https://example.com/?a=1&amp;b=2'>a link</a></p>"
    mail = outgoing(letter(owner, "Countersign: HTML, delete me or let me go", html=html), owner)
    handle = provider.prepare(mail)
    provider.verify(mail, handle)
    assert provider.find(mail.send_id, handle) is None
    assert provider.prepare(mail) == handle, "a second one was laid"
    assert soon(lambda: provider.confirm(mail, provider.send(mail, handle))).send_id == mail.send_id


def test_large_files_keep_their_bytes(provider: MailProvider, owner: Person) -> None:
    content = base64.b64encode(secrets.token_bytes(_LARGE)).decode()
    file = {"filename": "Übersicht.bin", "content_type": "application/octet-stream", "content": content}
    mail = outgoing(letter(owner, "Countersign: a large file", attachments=[file]), owner)
    handle = provider.prepare(mail)
    provider.verify(mail, handle)  # which compares every byte
    assert soon(lambda: provider.confirm(mail, provider.send(mail, handle))).send_id == mail.send_id


def test_an_answer_names_the_mail_that_it_answers(provider: MailProvider, owner: Person) -> None:
    first = outgoing(letter(owner, "Countersign: a thread"), owner)
    sent(provider, first)
    parent = str(message_from_bytes(first.raw, policy=default)["Message-ID"])
    thread = {"id": parent, "message_id": parent, "references": [parent]}
    _, answer = sent(provider, outgoing(letter(owner, "Re: Countersign: a thread", thread=thread), owner))
    print(f"\nlook at the two mails in one thread: {dict(answer)}")


def test_the_calendar_answers(services: Services, owner: Person) -> None:
    if not calendars_at(services.settings):
        pytest.skip("set COUNTERSIGN_CALENDARS to google or outlook")
    calendars, now = services.opened.world.calendars, datetime.now(UTC)
    busy = calendars.busy(owner, now, now + timedelta(days=7))
    assert all(slot.start < slot.end for slot in busy)
    assert calendars.as_of(owner) <= datetime.now(UTC) + timedelta(minutes=1)
