"""Settings, and what owners agreed to, say which mailboxes are followed; nothing is loaded before there is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from app.accounts.features import Feature, scopes_for
from app.accounts.grants import KeptGrants
from app.core.clock import SystemClock
from app.core.errors import CountersignError, InvalidInput
from app.core.left_drafts import Waiting
from app.core.ports import Handle, World
from app.identity.vault import Vault, new_key
from app.inbox.conversations import TakenInConversations
from app.inboxes import leaving_as_left, mailboxes_followed, open_left, open_polling, with_conversations
from app.settings import Settings
from integrations.mail.gmail_inbox import GmailInbox
from integrations.mail.gmail_left import GmailLeftDrafts
from integrations.mail.outlook_inbox import OutlookInbox
from integrations.mail.outlook_left import OutlookLeftDrafts
from tests.support.gates import EmptyOutside, Harness, SmallDirectory, make_harness

KEY = new_key()
SAM = "sam@ours.example"


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


@pytest.fixture
def grants(harness: Harness) -> KeptGrants:
    gate = harness.gate
    people = gate.assessor.world.people
    return KeptGrants(store=harness.store, vault=Vault(KEY), people=people, clock=harness.clock, ids=gate.ids)


def settings(**changes: object) -> Settings:
    known = {"secret_key": SecretStr(KEY), "google_client_id": "house", "google_client_secret": SecretStr("s")}
    return Settings.model_validate({**known, "microsoft_client_id": "house", **changes})


def connect(grants: KeptGrants, provider: str, account: str, *features: Feature) -> None:
    grants.connect(provider, account, scopes=scopes_for(provider, features), secret="{}", by=None)


def test_mailboxes_are_followed_whose_owners_let_their_mail_be_read(grants: KeptGrants) -> None:
    people = SmallDirectory()
    connect(grants, "google", SAM, Feature.REPLIES)
    connect(grants, "google", "ada@ours.example", Feature.CALENDAR)
    connect(grants, "microsoft", "ruth@ours.example", Feature.SEND)
    connect(grants, "google", "tom@ours.example", Feature.SEND)
    grants.disconnect("google", "tom@ours.example", reason="disconnected here", by=None)
    both = {("google", SAM), ("microsoft", "ruth@ours.example")}
    assert mailboxes_followed(settings(), grants, people)() == both
    assert mailboxes_followed(settings(inbox_seconds=0), grants, people)() == frozenset()
    assert mailboxes_followed(settings(mail="nonsense"), grants, people)() == both


def test_where_the_house_acts_for_all_everybodys_mailbox_is_followed(grants: KeptGrants) -> None:
    for_all = settings(mail="outlook", microsoft_client_secret=SecretStr("s"))
    followed = mailboxes_followed(for_all, grants, SmallDirectory())()
    assert followed == {("microsoft", f"{name}@ours.example") for name in ("sam", "ruth", "ada", "tom")}


def test_each_provider_is_opened_by_the_settings(harness: Harness, grants: KeptGrants) -> None:
    polling = open_polling(settings(), harness.gate, grants, base=SystemClock())
    assert isinstance(polling.inbox("google"), GmailInbox)
    assert isinstance(polling.inbox("microsoft"), OutlookInbox)
    assert polling.inbox("google") is polling.inbox("google")


def test_a_house_whose_settings_lack_something_is_told_so_by_the_mailbox(
    harness: Harness, grants: KeptGrants
) -> None:
    connect(grants, "google", SAM, Feature.REPLIES)
    lacking = settings(google_client_id="")
    polling = open_polling(lacking, harness.gate, grants, base=SystemClock())
    assert polling.look() == 1
    with harness.store.read() as reader:
        [followed] = reader.cursors.every()
    assert "google_client_id: is missing" in followed.trouble
    with pytest.raises(CountersignError):
        polling.inbox("google")


def test_what_comes_in_is_a_fact_only_where_there_can_be_any(harness: Harness, tmp_path: Path) -> None:
    outside = EmptyOutside()
    world = World(people=SmallDirectory(), crm=outside, calendars=outside, library=outside)
    key_file = tmp_path / "key.json"
    key_file.write_text(json.dumps({}))
    for_all = settings(secret_key=SecretStr(""), mail="gmail", google_service_account_file=key_file)
    for known in (settings(), for_all):
        found = with_conversations(world, known, harness.store, harness.clock)
        assert isinstance(found.conversations, TakenInConversations)
    for known in (settings(secret_key=SecretStr("")), settings(inbox_seconds=0)):
        assert with_conversations(world, known, harness.store, harness.clock) is world


# ── drafts that are left in mailboxes ─────────────────────────────────────────────────────────────────────────


class NothingLeft:
    """A double of mailboxes in which no draft lies. It notes who was asked about."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def waiting(self, account: str) -> Waiting:
        self.asked.append(account)
        return Waiting()

    def mark(self, account: str, key: str, word: str) -> None:
        """There is none."""

    def handle(self, account: str, key: str) -> Handle | None:
        """None."""

    def raw(self, account: str, key: str) -> bytes | None:
        """None."""

    def is_same(self, judged: bytes, lying: bytes) -> bool:
        """Byte by byte."""
        return judged == lying


def test_drafts_are_taken_from_mailboxes_only_where_the_settings_say_so(harness: Harness, grants: KeptGrants) -> None:
    clock, mail = SystemClock(), harness.mail
    assert open_left(settings(mail="gmail"), grants, clock) is None
    assert leaving_as_left(mail, None, harness.store) is mail
    left = open_left(settings(mail="gmail", inbox_submit=True), grants, clock)
    assert isinstance(left, GmailLeftDrafts)
    wrapped = leaving_as_left(mail, left, harness.store)
    assert (wrapped.name, wrapped.manner) == (mail.name, mail.manner)
    assert isinstance(open_left(settings(mail="outlook", inbox_submit=True), grants, clock), OutlookLeftDrafts)
    for wrong in ({"mail": "outbox"}, {"mail": "gmail", "inbox_seconds": 0}, {"mail": "outlook", "inbox_seconds": 0}):
        with pytest.raises(InvalidInput, match="at Gmail and in Outlook alone") as raised:
            open_left(settings(inbox_submit=True, **wrong), grants, clock)
        assert raised.value.field == "inbox_submit"


@pytest.mark.parametrize(
    ("mail", "asked"), [("gmail", [SAM]), ("outlook", ["ruth@ours.example"])], ids=["gmail", "outlook"]
)
def test_drafts_are_looked_for_where_mail_leaves_and_the_owner_lets_the_gate_mark_them(
    harness: Harness, grants: KeptGrants, mail: str, asked: list[str]
) -> None:
    left = NothingLeft()
    connect(grants, "google", SAM, Feature.SEND, Feature.LABEL)
    connect(grants, "google", "tom@ours.example", Feature.SEND)
    connect(grants, "microsoft", "ruth@ours.example", Feature.SEND)
    connect(grants, "microsoft", "ada@ours.example", Feature.CALENDAR)
    connect(grants, "microsoft", "ned@ours.example", Feature.SEND)
    grants.disconnect("microsoft", "ned@ours.example", reason="disconnected here", by=None)
    google, microsoft = (SAM, "tom@ours.example"), ("ruth@ours.example", "ada@ours.example", "ned@ours.example")
    mailboxes = [*(("google", each) for each in google), *(("microsoft", each) for each in microsoft)]
    polling = open_polling(settings(mail=mail), harness.gate, grants, base=SystemClock(), left=left)
    for mailbox in mailboxes:
        polling.besides(mailbox)
    assert left.asked == asked
    none = open_polling(settings(mail=mail), harness.gate, grants, base=SystemClock())
    for mailbox in mailboxes:
        none.besides(mailbox)
    assert left.asked == asked


def test_where_the_house_acts_for_all_at_microsoft_drafts_are_looked_for_in_every_mailbox(
    harness: Harness, grants: KeptGrants
) -> None:
    left = NothingLeft()
    for_all = settings(mail="outlook", microsoft_client_secret=SecretStr("s"))
    open_polling(for_all, harness.gate, grants, base=SystemClock(), left=left).besides(("microsoft", SAM))
    assert left.asked == [SAM]
