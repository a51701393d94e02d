"""Graph's folders are followed from link to link, and listed anew where it has forgotten one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core.clock import ManualClock
from app.core.inbox import InboxClosed, InboxUnavailable
from integrations.credentials.microsoft import CALENDAR
from integrations.mail.outlook_inbox import OutlookInbox
from tests.support.graph.answers import Answer, failed
from tests.support.graph.house import House
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.graph.state import DRAFTS, SENT
from tests.support.inboxes.graph import NOW, MailWithChanges, with_changes
from tests.unit.app.inbox.mails import raw_mail

MAYA = "maya@ours.example"


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture
def house(double: GraphDouble) -> House:
    double.exchange.messages.clear()
    house = House(double)
    house.sign_in(MAYA)
    return house


@pytest.fixture
def mail(double: GraphDouble) -> MailWithChanges:
    return with_changes(double)


@pytest.fixture
def inbox(house: House) -> OutlookInbox:
    return OutlookInbox(house.graph, clock=ManualClock(NOW))


def test_what_came_since_is_told_once_with_the_headers_that_matter(
    inbox: OutlookInbox, mail: MailWithChanges
) -> None:
    first = inbox.changes(MAYA, "")
    assert (first.messages, first.is_full, first.has_more) == ((), True, False)
    head = "In-Reply-To: <sn_1@ours.example>\nReturn-Path: <>\nCc: Ana <Ana@acme.example>\nX-Other: x\n"
    came = mail.arrive(MAYA, raw_mail(head))
    changes = inbox.changes(MAYA, first.cursor)
    [told] = changes.messages
    assert (told.key, told.thread_id, told.message_id) == (came.id, came.conversation, "<a1@acme.example>")
    assert (told.sender, told.recipients) == ("lee@acme.example", ("sam@ours.example", "ana@acme.example"))
    assert (told.subject, told.received_at, told.is_own) == ("Re: The plan", NOW, False)
    assert told.headers == (("in-reply-to", "<sn_1@ours.example>"), ("return-path", "<>"))
    assert (changes.is_full, changes.has_more) == (False, False)
    assert inbox.changes(MAYA, changes.cursor).messages == ()


def test_what_its_owner_sent_is_their_own_and_drafts_are_left_aside(
    inbox: OutlookInbox, mail: MailWithChanges
) -> None:
    own = mail.arrive(MAYA, raw_mail(), folder=SENT)
    mail.arrive(MAYA, raw_mail(), folder=DRAFTS)
    mail.removed = ["gone"]
    [told] = inbox.changes(MAYA, "").messages
    assert (told.key, told.is_own, told.headers) == (own.id, True, ())


def test_many_changes_come_in_pages_of_which_none_is_missed(inbox: OutlookInbox, mail: MailWithChanges) -> None:
    keys = [mail.arrive(MAYA, raw_mail(), at=NOW - timedelta(hours=30 - n)).id for n in range(23)]
    mail.arrive(MAYA, raw_mail(), at=NOW - timedelta(days=8))
    changes = inbox.changes(MAYA, "")
    told = [each.key for each in changes.messages]
    while changes.has_more:
        changes = inbox.changes(MAYA, changes.cursor)
        told += [each.key for each in changes.messages]
    assert told == keys


def test_where_graph_has_forgotten_the_last_days_are_listed_anew(inbox: OutlookInbox, mail: MailWithChanges) -> None:
    cursor = inbox.changes(MAYA, "").cursor
    came = mail.arrive(MAYA, raw_mail())
    mail.forgets = True
    changes = inbox.changes(MAYA, cursor)
    assert ([each.key for each in changes.messages], changes.is_full) == ([came.id], True)


def test_where_graph_refuses_its_links_the_last_days_are_listed_anew_once_an_hour(
    house: House, mail: MailWithChanges
) -> None:
    clock = ManualClock(NOW)
    inbox = OutlookInbox(house.graph, clock=clock)
    cursor = inbox.changes(MAYA, "").cursor
    came = mail.arrive(MAYA, raw_mail())
    mail.refuses = True
    with capture_logs() as logged:
        changes = inbox.changes(MAYA, cursor)
    assert ([each.key for each in changes.messages], changes.is_full) == ([came.id], True)
    assert [(each["folder"], each["status"]) for each in logged] == [("inbox", 400), ("sentitems", 400)]
    clock.advance(timedelta(minutes=59))
    with pytest.raises(InboxUnavailable, match=r"400 ErrorInvalidUrlQuery to its own link into inbox; .* 16:30 UTC"):
        inbox.changes(MAYA, changes.cursor)
    clock.advance(timedelta(minutes=1))
    assert inbox.changes(MAYA, changes.cursor).is_full
    mail.refuses = False
    assert not inbox.changes(MAYA, changes.cursor).is_full


def test_one_mailbox_whose_links_are_refused_costs_no_other_its_turn(house: House, mail: MailWithChanges) -> None:
    inbox = OutlookInbox(house.graph, clock=ManualClock(NOW))
    house.sign_in("omar@ours.example")
    cursors = {account: inbox.changes(account, "").cursor for account in (MAYA, "omar@ours.example")}
    mail.refuses = True
    assert all(inbox.changes(account, cursor).is_full for account, cursor in cursors.items())


@pytest.mark.parametrize("cursor", ["nonsense", "[]", "{}"])
def test_a_cursor_that_is_none_begins_anew(inbox: OutlookInbox, mail: MailWithChanges, cursor: str) -> None:
    mail.arrive(MAYA, raw_mail())
    assert len(inbox.changes(MAYA, cursor).messages) == 1


def test_a_link_that_leads_away_is_not_followed(inbox: OutlookInbox, mail: MailWithChanges) -> None:
    assert mail.says is None
    with pytest.raises(InboxUnavailable, match="leads away"):
        inbox.changes(MAYA, json.dumps({"inbox": "https://elsewhere.example/v1.0/me"}))


def test_the_bytes_of_a_mail_unless_it_is_gone(inbox: OutlookInbox, mail: MailWithChanges) -> None:
    came = mail.arrive(MAYA, raw_mail())
    assert inbox.raw(MAYA, came.id) == came.raw
    assert inbox.raw(MAYA, "AAkALg-gone") is None


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("says", "pause"),
    [
        (failed(429, "ApplicationThrottled", pause=MINUTE), MINUTE),
        (failed(503, "ServiceUnavailable", pause=MINUTE), MINUTE),
        (failed(500, "InternalServerError"), None),
        (failed(400, "BadRequest"), None),
        (Answer(status=200, body=b"<html>"), None),
        (Answer(status=200, body={"value": []}), None),
        (Answer(status=200, body={"value": [{"id": "AAkALg-a"}], "@odata.deltaLink": "x"}), None),
    ],
)
def test_what_goes_wrong_is_told(
    inbox: OutlookInbox, mail: MailWithChanges, says: Answer, pause: timedelta | None
) -> None:
    mail.says = says
    with pytest.raises(InboxUnavailable) as raised:
        inbox.changes(MAYA, "")
    assert raised.value.retry_after == pause
    assert not isinstance(raised.value, InboxClosed)


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-18T15:30:00"])
def test_a_moment_that_is_none_is_told(inbox: OutlookInbox, mail: MailWithChanges, moment: str) -> None:
    came = mail.arrive(MAYA, raw_mail())
    broken = {**mail._told(came), "receivedDateTime": moment}
    mail.says = Answer(status=200, body={"value": [broken], "@odata.deltaLink": "x"})
    with pytest.raises(InboxUnavailable, match="a moment"):
        inbox.changes(MAYA, "")


def test_whoever_has_not_let_the_gate_in_is_told_how(inbox: OutlookInbox, house: House) -> None:
    with pytest.raises(InboxClosed, match=r"accounts connect microsoft --account omar@ours\.example"):
        inbox.changes("omar@ours.example", "")
    house.sign_in(MAYA, CALENDAR)
    with pytest.raises(InboxClosed, match=r"did not agree to Mail\.ReadWrite"):
        inbox.changes(MAYA, "")
