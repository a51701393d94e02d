"""What Gmail is handed, what is compared, where mail is looked for, and what each refusal means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest

from app.core.errors import (
    MailboxClosed,
    MailChanged,
    SendError,
    SendRefused,
    SendUnavailable,
    SendUncertain,
)
from app.core.ports import OutgoingMail
from integrations.credentials.google import scopes_for
from integrations.credentials.google.app import COMPOSE, METADATA
from integrations.mail.gmail import GmailMail
from integrations.mail.gmail.content import content_of, difference, letter_of, same_subject
from tests.emulators.google.calls import Call, Reply, refuse
from tests.emulators.google.double import GmailDouble
from tests.emulators.google.front import Front, Where
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import STEPS, gmail_at
from tests.support.mail import deliver
from tests.support.provider.faults import BY_HAND, Fault, Step

RAW = (
    b"From: Sam Reyes <sam@ours.example>\r\nTo: lee@acme.example\r\nSubject: The plan\r\n"
    b"Message-ID: <sn_1@ours.example>\r\nX-Countersign-Draft: dr_1\r\n\r\nThe plan is attached.\r\n"
)
MAIL = OutgoingMail(send_id="sn_1", draft_id="dr_1", raw=RAW, sender=ACCOUNT, recipients=("lee@acme.example",))
QUESTION = b"From: lee@acme.example\r\nSubject: The plan\r\nMessage-ID: <q@acme.example>\r\n\r\nMay I see it?\r\n"
ANSWER = replace(
    MAIL,
    raw=b"In-Reply-To: <q@acme.example>\r\nReferences: <p@acme.example> <q@acme.example>\r\n"
    + RAW.replace(b"Subject: The plan", b"Subject: Re: The  plan"),
)


T = TypeVar("T")


class House:
    """Gmail, its owner, and the provider."""

    def __init__(self, double: GmailDouble, front: Front, owner: Owner) -> None:
        self.double, self.front, self.owner = double, front, owner
        owner.sign_in()
        self.gmail: GmailMail = gmail_at(front, owner)

    def try_on(self, step: Callable[[], T]) -> T:
        """Have the step done, once more where it went wrong; its owner signs in again meanwhile."""
        try:
            return step()
        except SendError:
            self.front.sign_in()
            self.owner.sign_in()
            return step()

    def paths(self, ending: str) -> list[Call]:
        return [call for call in self.front.calls if call.path.endswith(ending)]


@pytest.fixture
def house() -> Iterator[House]:
    double = GmailDouble(rewrites_message_id=True)
    owner = Owner(double, double.sign_in.let_in)
    with Front(double, by_hand=owner.touch) as front:
        yield House(double, front, owner)
        assert front.objections == []


# ── what is handed over, and what is compared ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        (b"", b"", ""),
        (b"Subject: The plan\r\n", b"Subject:\r\n The\r\n\tplan\r\n", ""),
        (b"\r\n", b"\n", ""),
        (b"<sn_1@ours.example>", b"<CA1@mail.gmail.com>", ""),
        (b"From:", b"Received: by gmailapi.google.com\r\nX-Gm-Message-State: x\r\nFrom:", ""),
        (b"attached.\r\n", b"attached.", ""),
        (b"lee@acme.example", b"lee@acme.example, eve@evil.example", "to"),
        (b"To:", b"Bcc: eve@evil.example\r\nTo:", "bcc"),
        (b"The plan\r\n", b"The  PLAN\r\n", "subject"),
        (b"Subject: The plan\r\n", b"", "subject"),
        (b"Sam Reyes", b"Sam", "from"),
        (b"attached", b"not attached", "body"),
        (b"attached.", b"attached. ", "body"),
        (b"From:", b"Reply-To: eve@evil.example\r\nFrom:", "reply-to"),
        (b"From:", b"no header\r\nFrom:", "head"),
        (b"X-Countersign-Draft: dr_1", b"X-Countersign-Draft: dr_2", "x-countersign-draft"),
    ],
)
def test_what_may_differ_from_what_was_approved(before: bytes, after: bytes, part: str) -> None:
    assert difference(content_of(RAW), content_of(RAW.replace(before, after, 1) if before else RAW)) == part


def test_who_gets_it_unseen_is_named_to_gmail_and_to_nobody_else(house: House) -> None:
    mail = replace(MAIL, recipients=("lee@acme.example", "Ana@acme.example", "bo@acme.example"))
    deliver(house.gmail, mail)
    assert letter_of(mail).content.first("bcc") == "Ana@acme.example, bo@acme.example"
    assert letter_of(MAIL).raw == RAW
    assert house.double.delivered == [RAW]


def test_a_mail_without_a_message_id_is_refused(house: House) -> None:
    with pytest.raises(SendRefused, match="has no Message-ID"):
        house.gmail.prepare(replace(MAIL, raw=RAW.replace(b"Message-ID", b"X-Nothing")))


def test_a_long_mail_is_uploaded_as_it_is_and_sent_as_it_lies(house: House) -> None:
    raw = RAW + b"a line of an attachment that is encoded\r\n" * 100_000
    deliver(house.gmail, replace(MAIL, raw=raw))
    assert house.double.delivered == [raw]
    assert [call.method for call in house.paths("/upload/gmail/v1/users/me/drafts")] == ["POST", "PUT"]
    assert len(house.paths("drafts/send")[0].body) < 1000


def test_an_upload_whose_answer_is_lost_leaves_one_draft(house: House) -> None:
    mail = replace(MAIL, raw=RAW + b"x" * 70 + b"\r\n" * 1_000_000)
    house.front.hurt(lambda call: call.method == "PUT", Fault.UNANSWERED)
    with pytest.raises(SendUnavailable):
        house.gmail.prepare(mail)
    deliver(house.gmail, mail)
    assert (len(house.double.delivered), house.owner.drafts()) == (1, [])


def test_an_upload_goes_on_at_no_other_server(house: House) -> None:
    elsewhere = Reply(status=200, headers={"Location": "http://127.0.0.1:9/upload"})
    with Front(lambda call: elsewhere if call.path.startswith("/upload") else house.double(call)) as front:
        gmail = gmail_at(front, house.owner)
        with pytest.raises(SendUnavailable, match="another server"):
            gmail.prepare(replace(MAIL, raw=RAW + b"x\r\n" * 1_000_000))


def test_a_mail_that_gmail_would_not_take_is_refused_at_once(house: House) -> None:
    with pytest.raises(SendRefused, match="25 MB"):
        house.gmail.prepare(replace(MAIL, raw=RAW + b"x" * 36_700_160))
    assert house.front.calls == []


# ── who writes ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_alias_may_write_and_a_stranger_may_not(house: House) -> None:
    as_sales = replace(MAIL, raw=RAW.replace(b"sam@ours.example>", b"Sales@ours.example>", 1))
    with pytest.raises(SendRefused, match=r"may not write as sales@ours\.example"):
        house.gmail.prepare(as_sales)
    house.double.aliases.append("sales@ours.example")
    deliver(house.gmail, as_sales)
    assert house.double.delivered == [as_sales.raw]


def test_a_sender_who_has_connected_nothing(house: House) -> None:
    with pytest.raises(MailboxClosed, match=r"accounts connect google --account ruth@ours\.example"):
        house.gmail.prepare(replace(MAIL, sender="Ruth@ours.example"))


# ── conversations ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_lies_in_the_conversation_of_its_question(house: House) -> None:
    thread = house.double.receive(QUESTION)
    assert house.gmail.prepare(ANSWER)["thread"] == thread
    assert house.paths("me/messages")[0].parameter("q") == "rfc822msgid:q@acme.example"


def test_a_question_that_no_search_finds_yet_is_looked_for_among_the_newest(house: House) -> None:
    thread = house.double.receive(QUESTION)
    house.owner.sign_in(COMPOSE, METADATA)
    assert house.gmail.prepare(ANSWER)["thread"] == thread
    assert house.paths("me/messages") == []


def test_another_subject_begins_another_conversation(house: House) -> None:
    thread = house.double.receive(QUESTION)
    other = replace(ANSWER, raw=ANSWER.raw.replace(b"Re: The  plan", b"Prices"))
    assert house.gmail.prepare(other)["thread"] != thread


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Plan", "RE: Fwd: plan", True),
        ("=?utf-8?q?Pl=C3=A4ne?=", "AW: Pläne", True),
        ("Re[2]: Plan", "Plan", True),
        ("=?nonsense?q?x?=", "Plan", False),
        ("Plan", "Plans", False),
        ("Reply: x", "x", False),
    ],
)
def test_subjects_of_one_conversation(one: str, other: str, *, same: bool) -> None:
    assert same_subject(one, other) is same


# ── finding ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_that_is_gone_without_a_sent_mail_is_no_answer(house: House) -> None:
    handle = house.gmail.prepare(MAIL)
    house.double.hides_sent = True
    house.gmail.send(MAIL, handle)
    with pytest.raises(SendUncertain, match="it was sent, or deleted"):
        house.gmail.find(MAIL.send_id, handle)
    house.double.hides_sent = False
    assert house.gmail.find(MAIL.send_id, handle) is not None


@pytest.mark.parametrize("forgotten", [0, 10_000])
def test_a_sent_mail_in_another_thread_is_found_all_the_same(house: House, forgotten: int) -> None:
    handle = {**house.gmail.prepare(MAIL), "thread": "t0"}
    receipt = house.gmail.confirm(MAIL, house.gmail.send(MAIL, handle))
    house.double.forgets_before = forgotten
    assert house.gmail.find(MAIL.send_id, handle) == receipt


def test_without_a_handle_all_sent_mail_is_looked_through(house: House) -> None:
    assert house.gmail.find("sn_1", {}) is None
    receipt = deliver(house.gmail, MAIL)
    assert house.gmail.find("sn_1", {}) == receipt
    assert house.gmail.find("sn_2", {}) is None
    for number in range(21):
        deliver(house.gmail, replace(MAIL, send_id=f"o{number}", raw=RAW.replace(b"sn_1", f"o{number}".encode())))
    with pytest.raises(SendUncertain, match="more sent mail"):
        house.gmail.find("sn_1", {})


def test_mail_that_is_not_among_the_sent_yet_is_not_confirmed(house: House) -> None:
    answer = house.gmail.send(MAIL, house.gmail.prepare(MAIL))
    house.double.hides_sent = True
    with pytest.raises(SendUncertain, match="does not show it"):
        house.gmail.confirm(MAIL, answer)


def test_sent_mail_is_marked_where_its_owner_lets_it_and_leaves_where_that_fails(house: House) -> None:
    house.owner.sign_in(*scopes_for("send", "label"))
    house.front.hurt(lambda call: call.path.endswith("/modify"), Fault.ERROR_BEFORE)
    deliver(house.gmail, MAIL)
    deliver(house.gmail, replace(MAIL, send_id="sn_2", raw=RAW.replace(b"sn_1", b"sn_2")))
    assert [call.json["name"] for call in house.paths("/labels") if call.method == "POST"] == ["countersign"]
    assert len(house.double.delivered) == 2


# ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────────


def refusing(house: House, where: Where, answer: Reply) -> GmailMail:
    """The provider at a Gmail that refuses calls to this place."""
    upstream = house.double
    house.front._upstream = lambda call: answer if where(call) else upstream(call)
    return house.gmail


CASES: list[tuple[Reply, type[SendError], type[SendError]]] = [
    (refuse(400, "invalidArgument"), SendRefused, SendRefused),
    (refuse(413, "uploadTooLarge"), SendRefused, SendRefused),
    (refuse(403, "insufficientPermissions"), MailboxClosed, MailboxClosed),
    (refuse(403, "accessNotConfigured"), MailboxClosed, MailboxClosed),
    (refuse(403, "userRateLimitExceeded"), SendUnavailable, SendUnavailable),
    (refuse(404, "notFound"), SendUnavailable, SendUncertain),
    (refuse(429, "rateLimitExceeded"), SendUnavailable, SendUnavailable),
    (refuse(500, "backendError"), SendUnavailable, SendUncertain),
    (Reply(status=502, body=b"<html>bad gateway</html>"), SendUnavailable, SendUncertain),
    (Reply(status=200, body=b"[]"), SendUnavailable, SendUncertain),
    (Reply(status=200, body=b"{}"), SendUnavailable, SendUncertain),
    (Reply(status=204), SendUnavailable, SendUncertain),
]


@pytest.mark.parametrize(("answer", "at_prepare", "at_send"), CASES)
def test_what_an_answer_means(
    house: House, answer: Reply, at_prepare: type[SendError], at_send: type[SendError]
) -> None:
    handle = house.gmail.prepare(MAIL)
    house.owner.touch(Fault.DELETED)
    house.front._upstream = house.double
    with pytest.raises(SendError) as told:
        refusing(house, STEPS[Step.PREPARE], answer).prepare(MAIL)
    house.front._upstream = house.double
    with pytest.raises(SendError) as sent:
        refusing(house, STEPS[Step.SEND], answer).send(MAIL, handle)
    assert (type(told.value), type(sent.value)) == (at_prepare, at_send)
    house.front.objections.clear()


def test_the_pause_that_gmail_names_in_words_is_kept(house: House) -> None:
    words = "User-rate limit exceeded.  Retry after 9999-12-31T09:00:00.000Z"
    with pytest.raises(SendUnavailable) as told:
        refusing(house, STEPS[Step.PREPARE], refuse(429, "rateLimitExceeded", words)).prepare(MAIL)
    assert told.value.retry_after is not None
    assert told.value.retry_after.days > 365


def test_a_grant_that_may_not_read_bytes_says_what_to_do(house: House) -> None:
    house.owner.sign_in(COMPOSE, METADATA)
    handle = house.gmail.prepare(MAIL)
    with pytest.raises(MailboxClosed, match="accounts connect google"):
        house.gmail.verify(MAIL, handle)


def test_an_edited_draft_says_what_was_edited(house: House) -> None:
    handle = house.gmail.prepare(MAIL)
    house.owner.touch(Fault.EDITED)
    with pytest.raises(MailChanged, match=re.escape("edited in the mailbox (body): delete it there, then try again")):
        house.gmail.verify(MAIL, handle)


ON_THE_WAY: dict[str, Where] = {
    "the list of drafts": lambda call: call.method == "GET" and call.path.endswith("me/drafts"),
    "the new draft": lambda call: call.parameter("format") == "metadata" and "/drafts/" in call.path,
    "the thread": lambda call: "/threads/" in call.path,
    "the history": lambda call: call.path.endswith("/history"),
    "a mail of it": lambda call: "/messages/" in call.path,
}


@pytest.mark.parametrize("place", ON_THE_WAY)
@pytest.mark.parametrize("fault", [each for each in Fault if each not in BY_HAND and each is not Fault.SLOW], ids=str)
def test_a_fault_at_any_other_call_delivers_once_and_leaves_no_draft(house: House, place: str, fault: Fault) -> None:
    """The gate's suite hurts the call of each step that decides; here are the others."""
    house.front.hurt(STEPS[Step.SEND], Fault.UNANSWERED)
    house.front.hurt(ON_THE_WAY[place], fault)
    handle = house.try_on(lambda: house.gmail.prepare(MAIL))
    house.try_on(lambda: house.gmail.verify(MAIL, handle))
    with pytest.raises(SendUncertain):
        house.gmail.send(MAIL, handle)
    receipt = house.try_on(lambda: house.gmail.find(MAIL.send_id, {**handle, "thread": "t0"}))
    assert receipt == house.try_on(lambda: house.gmail.find(MAIL.send_id, handle))
    assert receipt is not None
    assert (house.double.delivered, house.owner.drafts()) == ([RAW], [])


def test_no_message_and_no_name_holds_a_secret(house: House) -> None:
    grant = house.owner.grants.of("google", ACCOUNT)
    assert grant is not None
    told = []
    for fault in [each for each in Fault if each is not Fault.SLOW]:
        house.front.hurt(STEPS[Step.SEND], fault)
        try:
            house.gmail.send(MAIL, house.gmail.prepare(MAIL))
        except SendError as error:
            told.append(f"{error!r} {error} {error.__cause__} {error.__context__!r}")
        house.front.sign_in()
        house.owner.sign_in()
    secrets = re.findall(r"(?:access|refresh)-\d+|house-secret", " ".join([*told, repr(grant), repr(house.gmail)]))
    assert (secrets, len(told) > 8) == ([], True)
