"""Graph's changes of the folder of drafts tell which are marked, and an edit is told from a writing anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core.clock import ManualClock
from app.core.inbox import InboxClosed, InboxUnavailable
from app.core.left_drafts import SUBMIT
from integrations.credentials.microsoft import CALENDAR
from integrations.mail.outlook_left import OutlookLeftDrafts
from tests.support.graph.answers import Answer, Call, failed
from tests.support.graph.house import NOW, House
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.graph.state import SENT
from tests.support.inboxes.graph_left import OF_ITS_OWNER, LeftInOutlook, left_in_outlook

MAYA = "maya@ours.example"
MINUTE = timedelta(minutes=1)
RAW = (
    b"From: Maya <maya@ours.example>\r\nTo: lee@acme.example\r\nSubject: The plan\r\n"
    b"Message-ID: <left1@agent.example>\r\n\r\nHere it is.\r\n"
)


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture
def mail(double: GraphDouble) -> LeftInOutlook:
    return left_in_outlook(double, MAYA)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def house(double: GraphDouble, clock: ManualClock) -> House:
    house = House(double, clock=clock)
    house.sign_in(MAYA)
    return house


@pytest.fixture
def left(mail: LeftInOutlook, house: House) -> OutlookLeftDrafts:
    return OutlookLeftDrafts(house.graph)


def keys(left: OutlookLeftDrafts) -> list[str]:
    return [each.key for each in left.waiting(MAYA).drafts]


def is_delta(call: Call) -> bool:
    return call.path[-1] == "delta"


# ── which are marked ──────────────────────────────────────────────────────────────────────────────────────────


def test_marked_drafts_are_told_of_while_they_are_marked(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    key = mail.leave(RAW)
    other = mail.leave(RAW, "countersign", OF_ITS_OWNER)
    assert keys(left) == [key]
    mail.categorize(other, "countersign/SUBMIT")
    assert keys(left) == [key, other]
    mail.categorize(key, OF_ITS_OWNER)
    assert keys(left) == [other]
    mail.categorize(other)
    assert keys(left) == []


def test_after_the_first_look_no_more_is_read_than_has_changed(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    for _ in range(150):
        mail.leave(RAW, OF_ITS_OWNER)
    assert keys(left) == []
    assert len(mail.calls) == 2  # two pages
    mail.calls.clear()
    assert keys(left) == []
    assert mail.calls == ["GET mailFolders/drafts/messages/delta"]


def test_an_edit_of_which_graph_tells_no_categories_leaves_it_marked(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    key, other = mail.leave(RAW), mail.leave(RAW, OF_ITS_OWNER)
    keys(left)
    for each in (key, other):
        mail.edit(each, RAW.replace(b"Here", b"There"))
    [lying] = left.waiting(MAYA).drafts
    assert lying.key == key
    assert b"There it is." in lying.raw


def test_what_is_gone_is_told_of_no_more(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    deleted, sent, purged = (mail.leave(RAW) for _ in range(3))
    assert keys(left) == [deleted, sent, purged]
    mail.delete(deleted)
    mail.exchange.messages[sent].leave()
    del mail.exchange.messages[purged]
    for key in (deleted, sent, purged):
        assert (left.raw(MAYA, key), left.handle(MAYA, key)) == (None, None)
        left.mark(MAYA, key, "review")
    assert {"PATCH messages/" + key for key in (deleted, sent, purged)} & {*mail.calls} == set()
    assert keys(left) == []


def test_what_goes_between_the_list_and_the_look_is_passed_over(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    gone, key = mail.leave(RAW), mail.leave(RAW)

    def deleted(call: Call) -> bool:
        if call.path[-1] == gone:
            mail.delete(gone)
        return False

    mail.hurt(deleted, Answer(status=500))
    assert keys(left) == [key]


def test_where_graph_has_forgotten_the_whole_folder_is_read_anew(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    deleted, gone, key = (mail.leave(RAW) for _ in range(3))
    assert keys(left) == [deleted, gone, key]
    mail.delete(deleted)
    mail.categorize(gone)
    late = mail.leave(RAW)
    mail.forgets_drafts = True
    mail.calls.clear()
    assert keys(left) == [key, late]
    assert not {f"GET messages/{deleted}", f"GET messages/{gone}"} & {*mail.calls}
    mail.forgets_drafts = False
    assert keys(left) == [key, late]


def test_each_worker_follows_links_of_its_own(left: OutlookLeftDrafts, mail: LeftInOutlook, house: House) -> None:
    first = mail.leave(RAW)
    assert keys(left) == [first]
    other = OutlookLeftDrafts(house.graph)
    second = mail.leave(RAW)
    assert keys(other) == keys(left) == [first, second]


def test_a_folder_of_very_many_drafts_is_read_on_at_the_next_look(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    for _ in range(1000):
        mail.leave(RAW, OF_ITS_OWNER)
    key = mail.leave(RAW)
    assert keys(left) == []
    assert keys(left) == [key]


def test_where_many_are_marked_each_has_its_turn(left: OutlookLeftDrafts, mail: LeftInOutlook, house: House) -> None:
    there = [mail.leave(RAW) for _ in range(25)]
    assert keys(left) == there[:20]
    assert keys(left) == [*there[20:], *there[:15]]
    hurried = OutlookLeftDrafts(house.graph, seconds=5.0)
    assert [keys(hurried) for _ in range(3)] == [[there[0]], [there[1]], [there[2]]]


def test_one_that_cannot_be_read_keeps_no_other_from_being_read(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    first, broken, last = (mail.leave(RAW) for _ in range(3))
    mail.hurt(lambda call: call.path[1:] == (broken, "$value"), failed(500, "InternalServerError"), times=9)
    for read in ([first], [last, first], [last, first]):
        waiting = left.waiting(MAYA)
        assert [each.key for each in waiting.drafts] == read
        assert isinstance(waiting.unread, InboxUnavailable)
        assert "500 InternalServerError" in str(waiting.unread)
    mail.exchange.messages.pop(broken)
    assert left.waiting(MAYA).unread is None


# ── links that Graph takes no more ────────────────────────────────────────────────────────────────────────────


def follows_a_link(call: Call) -> bool:
    return is_delta(call) and bool({"$deltatoken", "$skiptoken"} & {*call.query})


@pytest.mark.parametrize("status", [400, 404, 412, 422])
def test_where_graph_refuses_a_link_the_whole_folder_is_read_anew_and_that_is_logged(
    left: OutlookLeftDrafts, mail: LeftInOutlook, status: int
) -> None:
    deleted, key = mail.leave(RAW), mail.leave(RAW)
    assert keys(left) == [deleted, key]
    mail.delete(deleted)
    late = mail.leave(RAW)
    mail.hurt(follows_a_link, failed(status, "ErrorInvalidSyncStateData"))
    with capture_logs() as logged:
        assert keys(left) == [key, late]
    assert [(each["log_level"], each["folder"], each["status"]) for each in logged] == [("warning", "drafts", status)]
    mail.calls.clear()
    assert keys(left) == [key, late]
    assert mail.calls.count("GET mailFolders/drafts/messages/delta") == 1


def test_where_graph_refuses_each_of_its_links_the_folder_is_read_in_full_once_an_hour(
    left: OutlookLeftDrafts, mail: LeftInOutlook, clock: ManualClock
) -> None:
    key = mail.leave(RAW)
    assert keys(left) == [key]
    mail.hurt(follows_a_link, failed(400, "ErrorInvalidSyncStateData"), times=99)
    assert keys(left) == [key]
    for minutes in (0, 59):
        clock.advance(timedelta(minutes=minutes))
        mail.calls.clear()
        with pytest.raises(InboxUnavailable, match=r"400 ErrorInvalidSyncStateData .* in full after 10:00 UTC"):
            left.waiting(MAYA)
        assert mail.calls == ["GET mailFolders/drafts/messages/delta"]
    clock.advance(MINUTE)
    assert keys(left) == [key]
    with pytest.raises(InboxUnavailable, match="after 11:00 UTC"):
        left.waiting(MAYA)


def test_what_graph_has_forgotten_is_read_anew_as_often_as_it_says_so(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    key = mail.leave(RAW)
    mail.forgets_drafts = True
    for _ in range(3):
        assert keys(left) == [key]


@pytest.mark.parametrize(
    "says",
    [
        failed(403, "ErrorAccessDenied"),
        failed(429, "ApplicationThrottled"),
        failed(400, "BadRequest", pause=MINUTE),
        failed(500, "InternalServerError"),
        failed(503, "ServiceUnavailable", pause=MINUTE),
    ],
)
def test_a_refusal_that_is_not_the_links_own_has_it_followed_again(
    left: OutlookLeftDrafts, mail: LeftInOutlook, says: Answer
) -> None:
    key = mail.leave(RAW)
    assert keys(left) == [key]
    followed: list[bool] = []

    def noted(call: Call) -> bool:
        followed.extend([follows_a_link(call)] * is_delta(call))
        return False

    mail.hurt(noted, says)
    mail.hurt(follows_a_link, says)
    with pytest.raises(InboxUnavailable):
        left.waiting(MAYA)
    assert keys(left) == [key]
    assert followed == [True, True]


# ── marks and handles ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_mark_takes_the_place_of_an_earlier_one_and_of_no_other(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    key = mail.leave(RAW)
    left.mark(MAYA, key, "review")
    left.mark(MAYA, key, "auto_send")
    left.mark(MAYA, key, "auto_send")
    assert mail.exchange.messages[key].categories == [SUBMIT, OF_ITS_OWNER, "Countersign/auto_send"]


def test_a_handle_is_what_the_mail_provider_keeps_of_its_own_drafts(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    key = mail.leave(RAW)
    message = mail.exchange.messages[key]
    assert left.handle(MAYA, key) == {
        "mailbox": MAYA,
        "message": key,
        "folder": message.folder,
        "etag": f'W/"CQAAABYAAA{message.version:04}"',
        "conversation": message.conversation,
        "internet_message_id": "<left1@agent.example>",
    }
    left.handle(MAYA, key)
    assert mail.calls.count("GET mailFolders/drafts") == 1


# ── bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shows_blind", [False, True])
def test_blind_copies_stand_in_the_bytes_once(
    left: OutlookLeftDrafts, mail: LeftInOutlook, shows_blind: bool
) -> None:
    mail.shows_blind = shows_blind
    key = mail.leave(RAW.replace(b"Subject", b"Bcc: Eve <eve@evil.example>, ana@acme.example\r\nSubject"))
    raw = left.raw(MAYA, key)
    assert raw is not None
    assert raw.lower().count(b"bcc:") == 1
    assert b"eve@evil.example" in raw
    assert b"ana@acme.example" in raw


def test_two_readings_of_one_draft_are_the_same(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    key = mail.leave(_with_html(RAW))
    first, second = left.raw(MAYA, key), left.raw(MAYA, key)
    assert first is not None
    assert second is not None
    assert first != second
    assert left.is_same(first, second)
    left.mark(MAYA, key, "review")
    third = left.raw(MAYA, key)
    assert third is not None
    assert b"Countersign/review" in third
    assert left.is_same(first, third)


_ATTACHED = b"From: lee@acme.example\r\nDate: Wed, 18 Nov 2026 09:00:00 +0000\r\nSubject: Before\r\n\r\nWords.\r\n"


def _with_html(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    kind = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    parts = (
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>" + body + b"</p>",
        b'Content-Type: text/csv\r\nContent-Disposition: attachment; filename="a.csv"\r\n\r\na, b',
        b"Content-Type: message/rfc822\r\n\r\n" + _ATTACHED,
    )
    return head + b"\r\n" + kind + b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (b"Here it is", b"Here  it\r\nis", True),
        (b"text/html; charset=utf-8", b'text/html; charset="UTF-8"', True),
        (b"09:00:00", b"09:00:01", True),
        (b"Here it is", b"Here it was", False),
        (b"utf-8", b"utf-7", False),
        (b"text/html", b"text/plain", False),
        (b"a, b", b"a,  b", False),
        (b"a.csv", b"b.csv", False),
        (b"attachment;", b"inline;", False),
        (b"Subject: Before", b"Subject: After", False),
        (b"Words.", b"Other words.", False),
        (b"Subject: The plan", b"Subject: A plan", False),
        (b"<left1@", b"<left2@", False),
        (b"To: lee", b"Cc: lee", False),
        (b"Subject: The", b"Importance: high\r\nSubject: The", False),
        (b"Subject: The", b"Disposition-Notification-To: eve@evil.example\r\nSubject: The", False),
    ],
)
def test_what_was_edited_is_another(left: OutlookLeftDrafts, before: bytes, after: bytes, same: bool) -> None:
    raw = _with_html(RAW)
    assert raw.count(before) >= 1
    assert left.is_same(raw, raw.replace(before, after)) is same


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xfe: \x00",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: text/plain; charset=none\r\nContent-Transfer-Encoding: base64\r\n\r\n!",
    ],
)
def test_broken_bytes_are_compared_all_the_same(left: OutlookLeftDrafts, broken: bytes) -> None:
    assert left.is_same(broken, broken)
    assert left.is_same(broken + b"\r\n\r\nA", broken + b"\r\n\r\nB") is False


# ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("says", "pause"),
    [
        (failed(429, "ApplicationThrottled", pause=MINUTE), MINUTE),
        (failed(500, "InternalServerError"), None),
        (failed(400, "BadRequest"), None),
        (failed(410, "SyncStateNotFound"), None),
        (Answer(status=200, body=b"<html>"), None),
        (Answer(status=200, body={"value": []}), None),
        (Answer(status=200, body={"value": [{"isDraft": True}], "@odata.deltaLink": "x"}), None),
    ],
)
def test_what_graph_says_wrong_of_the_folder_is_told(
    left: OutlookLeftDrafts, mail: LeftInOutlook, says: Answer, pause: timedelta | None
) -> None:
    key = mail.leave(RAW)
    mail.hurt(is_delta, says)
    with pytest.raises(InboxUnavailable) as raised:
        left.waiting(MAYA)
    assert raised.value.retry_after == pause
    assert not isinstance(raised.value, InboxClosed)
    assert "cannot be sent" not in str(raised.value)  # it is about no mail
    assert keys(left) == [key]


def test_a_failure_between_two_pages_loses_no_draft(left: OutlookLeftDrafts, mail: LeftInOutlook) -> None:
    there = [mail.leave(RAW) for _ in range(101)]
    mail.hurt(lambda call: "$skiptoken" in call.query, failed(500, "InternalServerError"))
    with pytest.raises(InboxUnavailable):
        left.waiting(MAYA)
    assert {key for _ in range(6) for key in keys(left)} == {*there}


@pytest.mark.parametrize(
    "where",
    [
        lambda call: call.path == ("mailFolders", "drafts"),
        lambda call: call.method == "GET" and call.path[0] == "messages",
        lambda call: call.path[-1] == "$value",
        lambda call: call.method == "PATCH",
    ],
)
def test_what_goes_wrong_with_one_draft_is_told(left: OutlookLeftDrafts, mail: LeftInOutlook, where: object) -> None:
    key = mail.leave(RAW)
    assert callable(where)
    mail.hurt(where, failed(503, "ServiceUnavailable", pause=MINUTE))
    with pytest.raises(InboxUnavailable) as raised:
        _read_and_marked(left, key)
    assert raised.value.retry_after == MINUTE


def _read_and_marked(left: OutlookLeftDrafts, key: str) -> None:
    left.raw(MAYA, key)
    left.mark(MAYA, key, "review")


def test_a_draft_among_the_sent_is_none_and_neither_is_what_came_and_was_moved_to_the_drafts(
    left: OutlookLeftDrafts, mail: LeftInOutlook
) -> None:
    moved, came = mail.leave(RAW), mail.leave(RAW)
    mail.exchange.messages[moved].folder = SENT
    mail.exchange.messages[came].draft = False
    assert (left.raw(MAYA, moved), left.raw(MAYA, came)) == (None, None)
    assert keys(left) == []
    assert mail.calls[-1] == "GET mailFolders/drafts/messages/delta"  # it is not even looked at


def test_whoever_has_not_let_the_gate_in_is_told_how(left: OutlookLeftDrafts, house: House) -> None:
    with pytest.raises(InboxClosed, match=r"accounts connect microsoft --account omar@ours\.example"):
        left.waiting("omar@ours.example")
    house.sign_in(MAYA, CALENDAR)
    with pytest.raises(InboxClosed, match=r"did not agree to Mail\.ReadWrite"):
        left.waiting(MAYA)
