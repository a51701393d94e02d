"""What comes in, and what is left, read from the emulator: another server than our own double, the same answers."""

from __future__ import annotations

import json

import pytest

from app.core.clock import SystemClock
from integrations.credentials.google import GrantedKeys, scopes_for
from integrations.mail.gmail_inbox import GmailInbox
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import app_at
from tests.unit.app.inbox.mails import USUAL, raw_mail

pytestmark = pytest.mark.emulators


@pytest.fixture
def inbox(front: Front, owner: Owner) -> GmailInbox:
    owner.sign_in(*scopes_for("send", "label"))
    clock = SystemClock()
    return GmailInbox(GrantedKeys(owner.grants, app_at(front), clock=clock), clock=clock, root=front.root)


def test_what_came_since_is_told_once_and_can_be_read(inbox: GmailInbox, front: Front, owner: Owner) -> None:
    """The emulator tells nobody where its history ends, so it is followed from a mail on."""
    before = owner.put_in(raw_mail())
    cursor = json.dumps({"history": before["historyId"]})
    raw = raw_mail("In-Reply-To: <sn_1@ours.example>\n", usual=USUAL.replace("<a1@", "<emulated@"))
    put = owner.put_in(raw)
    found = inbox.changes(ACCOUNT, cursor)
    [mail] = [each for each in found.messages if each.message_id == "<emulated@acme.example>"]
    assert (mail.key, mail.thread_id, mail.is_own) == (put["id"], put["threadId"], False)
    assert mail.header("in-reply-to") == "<sn_1@ours.example>"
    assert inbox.changes(ACCOUNT, found.cursor).messages == ()
    kept = inbox.raw(ACCOUNT, mail.key)
    assert kept is not None
    assert b"Fine with me." in kept
    assert front.objections == []
