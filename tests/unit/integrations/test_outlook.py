"""Outlook beyond the contract: threads, blind copies, long mail, what is compared, and what each answer means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from app.core.clock import ManualClock
from app.core.errors import (
    MailboxClosed,
    MailChanged,
    SendError,
    SendRefused,
    SendUnavailable,
    SendUncertain,
)
from app.core.ports import OutgoingMail
from integrations.credentials.microsoft import CALENDAR, ApplicationAccess, MicrosoftApp
from integrations.graph import Graph, Reply, Unreadable
from integrations.mail.outlook import OutlookMail, files
from integrations.mail.outlook.drafts import CATEGORY, SEND_ID
from integrations.mail.outlook.files import parted
from integrations.mail.outlook.sameness import difference
from integrations.mail.outlook.wire import done, let_go, there
from tests.contract.mail_provider import outgoing
from tests.support.graph.answers import failed
from tests.support.graph.house import NOW, House
from tests.support.graph.marked import Marked
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.mail import deliver
from tests.support.provider.faults import Fault, Step

MAYA = "maya@ours.example"
LEE = "lee@acme.example"


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture
def house(double: GraphDouble) -> House:
    double.exchange.messages.clear()
    double.exchange.left.clear()
    house = House(double)
    house.sign_in(MAYA)
    return house


@pytest.fixture
def outlook(house: House) -> OutlookMail:
    return OutlookMail(house.graph, pause=lambda _: None)


def written(
    *, text: str = "The plan.\r\n", html: str = "", answers: str = "", files: tuple[bytes, ...] = ()
) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = f"Maya <{MAYA}>", LEE, "The plan"
    message["Message-ID"] = "<snd_1@ours.example>"
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for number, content in enumerate(files):
        message.add_attachment(content, maintype="application", subtype="pdf", filename=f"file-{number}.pdf")
    return message.as_bytes()


def mail(raw: bytes, *, blind: tuple[str, ...] = (), sender: str = MAYA) -> OutgoingMail:
    return OutgoingMail(send_id="snd_1", draft_id="dr_1", raw=raw, sender=sender, recipients=(LEE, *blind))


# ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_marked_with_its_send_id_and_category(house: House, outlook: OutlookMail) -> None:
    outlook.prepare(outgoing())
    [draft] = house.double.exchange.of(MAYA)
    assert draft.properties == {SEND_ID: "snd_1"}
    assert draft.categories == [CATEGORY]


def test_a_draft_that_was_laid_and_not_marked_is_found_by_its_message_id(house: House, outlook: OutlookMail) -> None:
    house.double.exchange.lay(MAYA, written())
    handle = outlook.prepare(mail(written()))
    [draft] = house.double.exchange.of(MAYA)
    assert handle["message"] == draft.id
    assert draft.properties == {SEND_ID: "snd_1"}


def test_an_answer_is_laid_in_the_conversation_of_what_it_answers(house: House, outlook: OutlookMail) -> None:
    parent = house.double.exchange.lay(MAYA, b"Message-ID: <asked@acme.example>\r\n\r\nWhen?\r\n")
    parent.draft = False
    handle = outlook.prepare(mail(written(answers="<asked@acme.example>")))
    assert handle["conversation"] == parent.conversation
    assert deliver(outlook, mail(written(answers="<asked@acme.example>"))).provider_id == handle["message"]


def test_an_answer_to_what_is_not_in_the_mailbox_is_a_new_draft(house: House, outlook: OutlookMail) -> None:
    deliver(outlook, mail(written(answers="<asked@acme.example>")))
    assert len(house.double.exchange.left) == 1


def test_reply_drafts_can_be_left_off(house: House) -> None:
    parent = house.double.exchange.lay(MAYA, b"Message-ID: <asked@acme.example>\r\n\r\nWhen?\r\n")
    plain = OutlookMail(house.graph, reply_drafts=False)
    assert plain.prepare(mail(written(answers="<asked@acme.example>")))["conversation"] != parent.conversation


def test_blind_copies_are_added_and_looked_after(house: House, outlook: OutlookMail) -> None:
    blind = mail(written(), blind=("Boss@ours.example",))
    handle = outlook.prepare(blind)
    [draft] = house.double.exchange.of(MAYA)
    assert draft.blind == ["Boss@ours.example"]
    outlook.verify(blind, handle)
    draft.blind.append("spy@theirs.example")
    with pytest.raises(MailChanged, match="recipients"):
        outlook.verify(blind, handle)


def test_an_alias_sends_from_the_mailbox_of_its_account(house: House) -> None:
    outlook = OutlookMail(house.graph, aliases={"Sales@Ours.example": MAYA}, pause=lambda _: None)
    assert outlook.prepare(mail(written(), sender="sales@ours.example"))["mailbox"] == MAYA


def test_what_was_deleted_for_good_is_gone(house: House, outlook: OutlookMail) -> None:
    handle = outlook.prepare(outgoing())
    house.double.exchange.purge(MAYA)
    with pytest.raises(MailChanged, match="gone"):
        outlook.verify(outgoing(), handle)
    with pytest.raises(SendUncertain, match="gone"):
        outlook.find("snd_1", handle)


def test_an_id_that_has_changed_is_found_by_the_send_id_and_by_the_message_id(
    house: House, outlook: OutlookMail
) -> None:
    handle = dict(outlook.prepare(mail(written())))
    receipt = outlook.confirm(mail(written()), outlook.send(mail(written()), handle))
    [message] = house.double.exchange.of(MAYA)
    house.double.exchange.messages = {"new": message}
    message.id = "new"
    assert outlook.find("snd_1", handle) is not None
    message.properties.clear()
    found = outlook.find("snd_1", handle)
    assert found is not None
    assert (found.provider_id, receipt.provider_id) == ("new", handle["message"])
    message.raw = message.raw.replace(b"snd_1@", b"rewritten@")
    message.properties[SEND_ID] = "snd_1"
    without = {name: value for name, value in handle.items() if name != "internet_message_id"}
    assert outlook.find("snd_1", without) == found


def test_what_nobody_kept_a_handle_of_is_looked_for_everywhere(house: House, outlook: OutlookMail) -> None:
    house.sign_in("omar@ours.example")
    assert outlook.find("snd_1", {}) is None
    handle = outlook.prepare(outgoing())
    assert outlook.find("snd_1", {}) is None
    receipt = outlook.confirm(outgoing(), outlook.send(outgoing(), handle))
    assert outlook.find("snd_1", {}) == receipt
    house.double.exchange.void("omar@ours.example", close=True)
    assert outlook.find("snd_1", {}) == receipt
    house.double.exchange.void(MAYA, close=True)
    with pytest.raises(SendUncertain, match="2 could not be"):
        outlook.find("snd_1", {})


def test_an_application_knows_no_mailboxes_to_look_through(house: House) -> None:
    app = MicrosoftApp(client_id="c", tenant="t", client_secret="s", authority=house.double.authority)
    graph = Graph(ApplicationAccess(app), clock=ManualClock(NOW), base=house.double.base)
    with pytest.raises(SendUncertain, match="no list of them"):
        OutlookMail(graph).find("snd_1", {})


@pytest.mark.parametrize("how", [Fault.EDITED, Fault.DELETED])
def test_what_changes_right_before_send_is_seen_where_graph_minds_no_condition(
    double: GraphDouble, house: House, how: Fault
) -> None:
    outlook = OutlookMail(house.graph, pause=lambda _: None)
    handle = outlook.prepare(outgoing())
    outlook.verify(outgoing(), handle)
    double.exchange.honours_if_match = False
    double.exchange.touch(MAYA, how)
    with pytest.raises(MailChanged):
        outlook.send(outgoing(), handle)
    double.exchange.honours_if_match = True
    assert double.exchange.left == []


def test_a_version_that_changed_by_itself_is_read_again_and_sent(house: House, outlook: OutlookMail) -> None:
    handle = outlook.prepare(outgoing())
    [draft] = house.double.exchange.of(MAYA)
    draft.touched()
    outlook.confirm(outgoing(), outlook.send(outgoing(), handle))
    assert len(house.double.exchange.left) == 1


def test_confirm_looks_again_until_the_mail_is_seen(house: House) -> None:
    pauses: list[float] = []
    outlook = OutlookMail(house.graph, pause=pauses.append)
    handle = outlook.prepare(outgoing())
    house.double.exchange.lag[MAYA] = 2
    outlook.confirm(outgoing(), outlook.send(outgoing(), handle))
    assert pauses == [0.5, 1.0]
    house.double.exchange.lag[MAYA] = 9
    other = outgoing("snd_2")
    handle = outlook.prepare(other)
    with pytest.raises(SendUncertain, match="not to be seen"):
        outlook.confirm(other, outlook.send(other, handle))
    house.double.exchange.lag[MAYA] = 0


# ── long mail ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def short_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of what Graph takes in one request."""
    for name in ("MOST_AT_ONCE", "SMALL", "PIECE"):
        monkeypatch.setattr(files, name, getattr(files, name) // 100)


@pytest.mark.usefixtures("short_requests")
def test_a_long_mail_is_laid_in_parts_and_leaves_whole(house: House, outlook: OutlookMail) -> None:
    raw = written(html="<p>The plan.</p>", files=(b"small", b"m" * 25_000, b"L" * 70_000))
    receipt = deliver(outlook, mail(raw))
    [message] = house.double.exchange.of(MAYA)
    assert message.id == receipt.provider_id
    assert {name for name, _, _ in message.files} == {"file-1.pdf", "file-2.pdf"}
    [(_, left)] = house.double.exchange.left
    assert difference(raw, left) == ""


@pytest.mark.usefixtures("short_requests")
def test_a_long_mail_whose_file_was_torn_off_is_completed(house: House, outlook: OutlookMail) -> None:
    raw = written(files=(b"L" * 35_000,))
    handle = outlook.prepare(mail(raw))
    [message] = house.double.exchange.of(MAYA)
    message.files.clear()
    with pytest.raises(MailChanged, match="files"):
        outlook.verify(mail(raw), handle)
    outlook.verify(mail(raw), outlook.prepare(mail(raw)))


def test_a_mail_longer_than_exchange_lets_leave_is_refused(house: House, outlook: OutlookMail) -> None:
    with pytest.raises(SendRefused, match="send fewer or smaller files"):
        outlook.prepare(mail(b"To: lee@acme.example\r\n\r\n" + b"x" * 35_000_000))
    assert house.double.exchange.of(MAYA) == []


@pytest.mark.usefixtures("short_requests")
def test_only_as_many_files_follow_as_have_to() -> None:
    raw = written(files=(b"a" * 100, b"b" * 30_000))
    rest, after = parted(raw)
    assert len(rest) < files.MOST_AT_ONCE
    assert [(one.name, one.kind, len(one.content)) for one in after] == [("file-1.pdf", "application/pdf", 30_000)]
    assert parted(written()) == (written(), ())


# ── what is compared ──────────────────────────────────────────────────────────────────────────────────────────

HTML = '<p>The <b>plan</b> &amp; the <a href="https://ours.example/p">price</a>.</p>'


def test_what_exchange_writes_anew_is_the_same() -> None:
    approved = written(html=HTML, files=(b"pdf",))
    head = '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>\r\n'
    rewritten = written(text="The plan", html=head.replace("<body>", "") + HTML, files=(b"pdf",))
    rewritten = rewritten.replace(b"Subject: The plan", b"Subject: =?utf-8?q?The_plan?=")
    assert difference(approved, rewritten) == ""
    assert difference(written(text="One two\r\nthree"), written(text="One  two three\r\n\r\n")) == ""


@pytest.mark.parametrize(
    ("lying", "part"),
    [
        (written(text="The other plan."), "text"),
        (written(text="The plan.", html="<p>The plan.</p>"), "html"),
        (written(files=(b"pdf",)), "files"),
        (written().replace(b"To: lee@", b"To: leo@"), "to"),
        (written().replace(b"To: ", b"Cc: spy@acme.example\r\nTo: "), "cc"),
        (written().replace(b"To: ", b"Reply-To: spy@acme.example\r\nTo: "), "reply to"),
        (written().replace(b"From: Maya <maya@", b"From: Maya <mia@"), "sender"),
        (written().replace(b"Subject: The", b"Subject: No"), "subject"),
        (b"Content-Type: text/plain; charset=none-such\r\n\r\nx", "content"),
    ],
)
def test_what_readers_would_see_otherwise_is_told(lying: bytes, part: str) -> None:
    assert difference(written(), lying) == part


@pytest.mark.parametrize(
    "other",
    [
        HTML.replace('/p"', '/q"'),
        HTML.replace("price", "prize"),
        HTML.replace("<b>", "<i>").replace("</b>", "</i>"),
        HTML.replace("<p>", '<p style="display:none">'),
        HTML + "<!-- 20 % off -->",
        HTML.replace("</a>.", ".</a>"),
    ],
)
def test_html_is_compared_to_its_attributes(other: str) -> None:
    assert difference(written(html=HTML), written(html=other)) == "html"


# ── what each answer means ────────────────────────────────────────────────────────────────────────────────────

MINUTE = timedelta(minutes=1)


def reply(status: int, code: str = "", *, pause: timedelta | None = None) -> Reply:
    return Reply(status=status, content=failed(status, code).content if code else b"{}", pause=pause)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (reply(200, pause=MINUTE), SendUnavailable),
        (reply(400, "ErrorInvalidRecipients"), SendRefused),
        (reply(403, "ErrorAccessDenied"), MailboxClosed),
        (reply(403, "ErrorExceededMessageLimit"), SendUnavailable),
        (reply(403, "Whatever", pause=MINUTE), SendUnavailable),
        (reply(404, "MailboxNotEnabledForRESTAPI"), MailboxClosed),
        (reply(409, "ErrorIrresolvableConflict"), SendUnavailable),
        (reply(413, "RequestEntityTooLarge"), SendRefused),
        (reply(429, "ApplicationThrottled", pause=MINUTE), SendUnavailable),
        (reply(302), SendUncertain),
        (reply(503, "ServiceUnavailable", pause=MINUTE), SendUncertain),
        (reply(507, "ErrorQuotaExceeded"), SendUnavailable),
    ],
)
def test_before_it_is_told_to_send(said: Reply, error: type[SendError]) -> None:
    with pytest.raises(SendError) as raised:
        done(said, "lay a draft")
    assert type(raised.value) is error
    if said.pause:
        assert getattr(raised.value, "retry_after") == MINUTE  # noqa: B009 - not every one of them has it


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (reply(200), SendUncertain),
        (reply(202, pause=MINUTE), SendUncertain),
        (reply(400, "ErrorInvalidRecipients"), SendRefused),
        (reply(403, "ErrorAccessDenied"), MailboxClosed),
        (reply(404, "ErrorItemNotFound"), SendUncertain),
        (reply(408), SendUncertain),
        (reply(412, "ErrorIrresolvableConflict"), MailChanged),
        (reply(429, "ApplicationThrottled", pause=MINUTE), SendUnavailable),
        (reply(500), SendUncertain),
        (reply(503, pause=MINUTE), SendUncertain),
        (reply(504), SendUncertain),
    ],
)
def test_told_to_send(said: Reply, error: type[SendError]) -> None:
    with pytest.raises(SendError) as raised:
        let_go(said)
    assert type(raised.value) is error


def test_what_is_not_there_is_not_there_and_202_is_accepted() -> None:
    assert there(reply(404, "ErrorItemNotFound"), "show it") is None
    let_go(reply(202))


@pytest.mark.parametrize("content", [b"<html>", b"[]", b'{"error": 1}', b'{"error": {"code": "a\\u0000b"}}'])
def test_an_error_without_a_code_is_told_by_its_status(content: bytes) -> None:
    assert Reply(status=500, content=content, pause=None).in_words == "500"


# ── accounts, time and secrets ────────────────────────────────────────────────────────────────────────────────


def test_nobody_signed_in_and_too_little_agreed_to(house: House, outlook: OutlookMail) -> None:
    with pytest.raises(MailboxClosed, match=r"accounts connect microsoft --account omar@ours\.example"):
        outlook.prepare(mail(written(), sender="omar@ours.example"))
    house.sign_in(MAYA, CALENDAR)
    with pytest.raises(MailboxClosed, match=r"did not agree to Mail\.ReadWrite, Mail\.Send"):
        outlook.prepare(outgoing())


def test_the_wait_that_graph_asks_for_is_told(double: GraphDouble, house: House) -> None:
    marked = Marked()
    busy = House(double, sessions=marked.sessions)
    busy.sign_in(MAYA)
    outlook = marked.provider(OutlookMail(busy.graph))
    double.exchange.hurt(MAYA, Step.PREPARE, Fault.THROTTLED)
    with pytest.raises(SendUnavailable) as raised:
        outlook.prepare(outgoing())
    assert raised.value.retry_after == timedelta(minutes=2)
    assert "429 ApplicationThrottled" in str(raised.value)


def test_no_message_of_an_error_holds_a_token(double: GraphDouble, house: House) -> None:
    outlook = OutlookMail(house.graph)
    handle = outlook.prepare(outgoing())
    secret = house.grants.of("microsoft", MAYA)
    assert secret is not None
    double.exchange.void(MAYA, close=True)
    with pytest.raises(MailboxClosed) as raised:
        outlook.verify(outgoing(), handle)
    shown = f"{raised.value!r} {raised.value.__cause__!r} {raised.value.__context__!r} {secret!r} {house.app!r}"
    assert "access-" not in shown
    assert "refresh-" not in shown


def test_a_mailbox_is_asked_no_more_than_four_times_at_once(house: House) -> None:
    held = [house.graph.step(MAYA, (), seconds=5) for _ in range(4)]
    for one in held:
        one.__enter__()
    with pytest.raises(SendUnavailable, match="busy"), house.graph.step(MAYA, (), seconds=0):
        pass
    with house.graph.step("omar@ours.example", (), seconds=0):
        pass
    for one in held:
        one.__exit__(None, None, None)


def test_a_file_goes_to_no_address_in_clear(house: House) -> None:
    encrypted = Graph(house.access, clock=ManualClock(NOW), base="https://graph.example/v1.0")
    with encrypted.step(MAYA, (), seconds=5) as step, pytest.raises(Unreadable, match="not encrypted"):
        step.put_piece("http://elsewhere.example/up", b"x", at=0, of=1)
