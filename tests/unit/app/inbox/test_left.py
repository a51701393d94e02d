"""Drafts that agents leave in a mailbox: judged once, anew when edited, and sent only as they were judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from app.core.inbox import InboxClosed, InboxUnavailable
from app.core.left_drafts import Waiting
from app.core.lifecycle import State
from app.edits import DraftEdit
from app.inbox.left import _name
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.inboxes.gmail import GmailInboxDouble
from tests.support.provider.faults import RETRY_AFTER
from tests.unit.app.inbox.left_houses import AtGmail, AtOutlook, House

RAW = (
    b"From: Sam <sam@ours.example>\r\nTo: dana@theirs.example\r\nSubject: auto_send the plan\r\n"
    b"Message-ID: <left1@agent.example>\r\n\r\nThe plan is attached.\r\n"
)
REVIEW = RAW.replace(b"auto_send", b"review")
WHOLE = (
    b"From: Sam <sam@ours.example>\r\nTo: dana@theirs.example\r\nBcc: lee@theirs.example\r\n"
    b"Subject: auto_send the plan\r\nMessage-ID: <left2@agent.example>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="m"\r\n\r\n'
    b'--m\r\nContent-Type: multipart/alternative; boundary="a"\r\n\r\n'
    b'--a\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\nThe plan.\r\n\r\n'
    b'--a\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n<p>The <b>plan</b>.</p>\r\n\r\n--a--\r\n\r\n'
    b'--m\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename="plan.csv"\r\n\r\na,b\r\n--m--\r\n'
)
EDITED = RAW.replace(b"is attached", b"costs half of it")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture(params=["gmail", "outlook"])
def house(request: pytest.FixtureRequest, engine: sa.Engine, graph: GraphDouble) -> Iterator[House]:
    if request.param == "outlook":
        yield House(engine, AtOutlook(graph))
        return
    double = GmailInboxDouble()
    owner = Owner(double, double.sign_in.let_in)
    with Front(double) as front:
        yield House(engine, AtGmail(double, front, owner))
        assert front.objections == []


def test_a_draft_is_judged_once_shown_and_sent_as_that_very_draft(house: House) -> None:
    key = house.mailbox.leave(RAW)
    house.look()
    house.look()
    [standing] = house.drafts()
    assert (standing.draft.client_id, standing.draft.agent) == (f"{house.place.provider}:{ACCOUNT}:{key}", "mailbox")
    assert standing.draft.text == "The plan is attached.\n"
    marks = {"Countersign/submit", house.place.of_its_owner, "Countersign/auto_send"}
    assert house.mailbox.shown(key) - {"DRAFT"} == marks
    house.leave_time()
    assert house.mailbox.delivered == [RAW]
    assert not house.mailbox.lies(key)
    assert house.drafts()[0].row.state is State.SENT
    with house.harness.store.read() as reader:
        kinds = [event.kind for event in reader.audit.events(draft_id=standing.row.id)]
    assert kinds.count("left.taken_in") == 1
    [ready] = house.events("send.ready")
    assert f"'left_sha256': '{house.events('left.taken_in')[0]['raw_sha256']}'" in str(ready["handle"])


def test_one_with_all_that_mail_can_have_is_judged_once_and_sent_as_it_is(house: House) -> None:
    key = house.mailbox.leave(WHOLE)
    for _ in range(3):
        house.look()
    [standing] = house.drafts()
    assert (standing.row.state, standing.row.revision) == (State.SCHEDULED, 1)
    assert (standing.draft.bcc, standing.draft.html) == (("lee@theirs.example",), "<p>The <b>plan</b>.</p>\n")
    assert [each.filename for each in standing.draft.attachments] == ["plan.csv"]
    house.leave_time()
    [left] = house.mailbox.delivered
    assert _without_blind(left) == _without_blind(WHOLE)  # Gmail takes it out of what others get
    assert not house.mailbox.lies(key)


def _without_blind(raw: bytes) -> bytes:
    return raw.replace(b"Bcc: lee@theirs.example\r\n", b"")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"lee@theirs.example", b"eve@evil.example"),
        (b"<b>plan</b>", b"<i>plan</i>"),
        (b"a,b", b"a,c"),
        (b"plan.csv", b"prices.csv"),
        (b"\r\nTo:", b"\r\nIn-Reply-To: <q@theirs.example>\r\nTo:"),
        (b"\r\nTo:", b"\r\nX-Countersign-Deal-Id: d1\r\nTo:"),
        (b"\r\nTo:", b"\r\nReply-To: eve@evil.example\r\nTo:"),
    ],
)
def test_whatever_is_edited_in_it_it_is_not_sent_as_it_was_judged(house: House, before: bytes, after: bytes) -> None:
    key = house.mailbox.leave(WHOLE)
    house.look()
    house.mailbox.edit(key, WHOLE.replace(before, after))
    house.leave_time()
    assert (house.mailbox.delivered, house.drafts()[0].row.state) == ([], State.FAILED)
    house.look()
    assert len(house.events("left.taken_in") + house.events("left.refused")) == 2


def test_what_waits_for_people_leaves_when_they_have_approved_it(house: House) -> None:
    key = house.mailbox.leave(REVIEW)
    house.look()
    assert "Countersign/review" in house.mailbox.shown(key)
    house.leave_time()
    assert house.mailbox.delivered == []
    house.approve(house.drafts()[0])
    house.leave_time()
    assert house.mailbox.delivered == [REVIEW]


def test_an_edit_seen_in_time_is_a_revision_that_is_judged_anew(house: House) -> None:
    key = house.mailbox.leave(REVIEW)
    house.look()
    before = house.drafts()[0]
    other = REVIEW.replace(b"is attached", b"costs half of it")
    house.mailbox.edit(key, other)
    house.look()
    [after] = house.drafts()
    assert (after.row.revision, after.draft.text) == (2, "The plan costs half of it.\n")
    assert after.row.digest != before.row.digest
    house.approve(after)
    house.leave_time()
    assert house.mailbox.delivered == [other]


@pytest.mark.parametrize("moment", ["before it is seen", "right before it is sent"])
def test_an_edit_that_nobody_has_seen_is_never_sent(house: House, moment: str) -> None:
    key = house.mailbox.leave(RAW)
    house.look()
    if moment == "before it is seen":
        house.mailbox.edit(key, EDITED)
    else:
        house.place.before_send(partial(house.mailbox.edit, key, EDITED))
    house.leave_time()
    assert EDITED not in house.mailbox.delivered
    if moment != "before it is seen" and not house.place.checks_at_last:
        assert house.mailbox.delivered == [RAW]  # Gmail is handed the judged bytes along with the call
        return
    assert house.mailbox.delivered == []
    assert house.drafts()[0].row.state is State.FAILED
    house.place.before_send(lambda: None)
    house.look()  # and it is judged anew
    [standing] = house.drafts()
    assert (standing.row.state, standing.row.revision) == (State.SCHEDULED, 2)
    house.leave_time()
    assert house.mailbox.delivered == [EDITED]


def test_an_edit_of_what_is_about_to_leave_takes_it_back_and_hands_it_in_anew(house: House) -> None:
    key = house.mailbox.leave(RAW)
    house.look()
    house.mailbox.edit(key, EDITED)
    house.look()
    first, second = house.drafts()
    assert (first.row.state, second.row.state) == (State.UNDONE, State.SCHEDULED)
    assert second.draft.client_id == f"{house.place.provider}:{ACCOUNT}:{key}:2"
    house.leave_time()
    assert house.mailbox.delivered == [EDITED]


def test_the_earlier_one_never_leaves_even_where_people_approve_it(house: House) -> None:
    key = house.mailbox.leave(REVIEW)
    house.look()
    other = REVIEW.replace(b"\r\nTo:", b"\r\nIn-Reply-To: <q@theirs.example>\r\nTo:")
    house.mailbox.edit(key, other)
    house.look()
    first, second = house.drafts()
    house.approve(first)
    house.leave_time()
    assert (house.drafts()[0].row.state, house.mailbox.delivered) == (State.FAILED, [])
    house.approve(second)
    house.leave_time()
    assert house.mailbox.delivered == [other]


def test_what_people_edit_here_leaves_in_their_words_and_the_draft_says_so(house: House) -> None:
    key = house.mailbox.leave(REVIEW)
    house.look()
    standing = house.drafts()[0]
    house.harness.gate.edit(
        standing.row.id, DraftEdit(text="Another plan.\n"), person="sam", digest=standing.row.digest
    )
    house.look()
    assert house.marks(key) == {"Countersign/edited"}
    house.approve(house.drafts()[0])
    house.leave_time()
    [left] = house.mailbox.delivered
    assert b"Another plan." in left
    house.look()
    assert "Countersign/replaced" in house.mailbox.shown(key)
    assert len(house.drafts()) == 1


def test_a_send_that_nobody_heard_of_is_found_and_not_repeated(house: House) -> None:
    house.mailbox.leave(RAW)
    house.look()
    house.place.lose_answer()
    house.leave_time()
    house.look()
    house.harness.wait(seconds=3600)
    assert (house.mailbox.delivered, house.drafts()[0].row.state) == ([RAW], State.SENT)


def test_a_draft_that_its_owner_deleted_is_not_sent(house: House) -> None:
    key = house.mailbox.leave(RAW)
    house.look()
    house.mailbox.delete(key)
    house.leave_time()
    assert (house.mailbox.delivered, house.drafts()[0].row.state) == ([], State.FAILED)
    assert house.left.raw(ACCOUNT, key) is None
    assert house.left.handle(ACCOUNT, key) is None
    house.left.mark(ACCOUNT, key, "review")


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (b"Subject:", b"Reply-To: eve@evil.example\r\nSubject:", "reply-to"),
        (b"Subject:", b"Sender: eve@evil.example\r\nSubject:", "sender"),
        (b"Subject:", b"Disposition-Notification-To: eve@evil.example\r\nSubject:", "disposition-notification-to"),
        (b"Sam <sam@ours.example>", b"ruth@ours.example", "From"),
        (b"From: Sam <sam@ours.example>\r\n", b"", "From"),
        (b"Message-ID: <left1@agent.example>\r\n", b"", "Message-ID"),
        (b"Subject:", b"X-Countersign-On-Behalf-Of: ruth\r\nSubject:", "From"),
        (b"dana@theirs.example", b"nobody at all", "To"),
    ],
)
def test_what_is_no_whole_draft_is_refused_once_and_shown(
    house: House, before: bytes, after: bytes, field: str
) -> None:
    key = house.mailbox.leave(RAW.replace(before, after))
    house.look()
    house.look()
    assert house.drafts() == []
    assert "Countersign/refused" in house.mailbox.shown(key)
    [facts] = house.events("left.refused")
    assert field in str(facts["reason"])
    house.mailbox.edit(key, RAW)
    house.look()
    assert [each.row.state for each in house.drafts()] == [State.SCHEDULED]
    assert "Countersign/refused" not in house.mailbox.shown(key)


def test_a_worker_that_died_before_it_wrote_down_what_it_handed_in_hands_in_nothing_twice(house: House) -> None:
    key = house.mailbox.leave(RAW)
    before = house.taking._draft(ACCOUNT, house.left.waiting(ACCOUNT).drafts[0])
    house.harness.gate.submit(replace(before, client_id=f"{house.place.provider}:{ACCOUNT}:{key}"))
    house.look()
    assert len(house.drafts()) == 1
    name = f"{house.place.provider}:{ACCOUNT}:{house.mailbox.leave(EDITED)}"
    house.harness.gate.submit(replace(before, text="Other words.", client_id=name))
    house.look()
    assert len(house.drafts()) == 3  # the last of them was edited after it had been handed in


def test_two_workers_that_see_a_draft_at_once_take_it_in_once(house: House) -> None:
    house.mailbox.leave(RAW)
    [lying] = house.left.waiting(ACCOUNT).drafts
    first, second = (house.taking._taken_in(ACCOUNT, lying, None) for _ in range(2))
    assert first == second
    assert len(house.drafts()) == 1


def test_a_mailbox_without_the_mark_and_one_that_may_not_be_marked(house: House) -> None:
    assert house.left.waiting(ACCOUNT) == Waiting()
    house.place.agree_to_less()
    with pytest.raises(InboxClosed, match=house.place.consent):
        house.look()


def test_while_the_provider_cannot_be_asked_it_waits(house: House) -> None:
    house.mailbox.leave(RAW)
    house.look()
    house.place.hurt_one()
    house.leave_time()
    assert house.drafts()[0].row.state is State.SCHEDULED
    house.place.hurt_all()
    with pytest.raises(InboxUnavailable) as raised:
        house.look()
    assert raised.value.retry_after == RETRY_AFTER
    house.harness.wait(seconds=(RETRY_AFTER + timedelta(minutes=10)).total_seconds())
    assert house.mailbox.delivered == [RAW]


def test_one_that_cannot_be_read_is_told_of_at_each_look_and_keeps_no_other_from_being_judged(house: House) -> None:
    keys = [house.mailbox.leave(RAW.replace(b"left1", f"left{n}".encode())) for n in range(3)]
    house.place.hurt_draft(keys[1], times=2)
    for taken_in in (1, 2):
        with pytest.raises(InboxUnavailable, match=r"backendError|InternalServerError"):
            house.look()
        assert len(house.events("left.taken_in")) == taken_in
    assert (house.marks(keys[0]), house.marks(keys[1])) == ({"Countersign/auto_send"}, set())
    assert house.marks(keys[2]) == {"Countersign/auto_send"}
    house.look()
    assert [house.marks(key) for key in keys] == [{"Countersign/auto_send"}] * 3


def test_older_ones_behind_many_have_their_turn(house: House) -> None:
    keys = [house.mailbox.leave(RAW) for _ in range(25)]
    seen = [[each.key for each in house.left.waiting(ACCOUNT).drafts] for _ in range(2)]
    assert seen == [keys[:20], [*keys[20:], *keys[:15]]]


def test_a_name_that_is_too_long_for_a_client_id_is_still_its_own() -> None:
    first, second = (_name("microsoft", f"{'a' * 250}@ours.example", f"{'k' * 150}{end}") for end in "xy")
    assert first != second
    assert {len(first), len(second)} == {160}
    assert first.startswith("microsoft:aaa")
