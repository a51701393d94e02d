"""Notices: written with what they tell about, and carried by every transport, each of them once under one id."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.approvals.board import read_board
from app.approvals.carrying import FIRST_PAUSE, GIVEN_UP_AFTER, LONGEST_PAUSE, carry_notices
from app.core.approvals import Requirement, Verdict
from app.core.clock import ManualClock
from app.core.errors import NotDelivered, StaleDigest, Undeliverable
from app.core.lifecycle import State
from app.core.notices import Notice, NoticeKind
from app.identity.carried import WithCodes
from app.identity.codes import decide_by_code
from app.store.notices import Waiting
from app.store.tables import metadata, notice_deliveries
from integrations.notify.folder import FolderNotifier
from tests.support.deciding import approve
from tests.support.gates import START, Harness, make_harness
from tests.unit.app.approvals.house import LEGAL, MANAGER, PEOPLE, submit

LINK = "https://countersign.ours.example"


class Post:
    """A double of a transport that cannot reach some people."""

    def __init__(self, *unreachable: str, name: str = "post", private: bool = True) -> None:
        self.name = name
        self.private = private
        self.unreachable = set(unreachable)
        self.error: Exception = NotDelivered("nobody opens")
        self.tried: list[str] = []
        self.carried: list[Notice] = []

    def notify(self, notice: Notice) -> None:
        """Carry it, or fail."""
        self.tried.append(notice.id)
        if notice.recipient in self.unreachable:
            raise self.error
        self.carried.append(notice)


class SlowPost(Post):
    """A double of a transport that takes its time."""

    def __init__(self, clock: ManualClock, *, each: timedelta) -> None:
        super().__init__()
        self._clock = clock
        self._each = each

    def notify(self, notice: Notice) -> None:
        """Carry it, slowly."""
        self._clock.advance(self._each)
        super().notify(notice)


def carry(harness: Harness, *posts: Post) -> int:
    return carry_notices(harness.store, posts, harness.clock)


def write(harness: Harness, count: int, *, recipient: str = "lena") -> None:
    """So many notices about nothing."""
    notice = Notice(
        id="", recipient=recipient, kind=NoticeKind.PROMOTION_PROPOSED, draft_id=None, text="Look.", at=START
    )
    with harness.store.write(now=START) as tx:
        tx.notices.add([replace(notice, id=f"no_{recipient}_{number:04d}") for number in range(count)])


def test_each_notice_is_carried_once_by_every_transport(harness: Harness) -> None:
    submit(harness, Requirement(resolver=LEGAL))
    mail, chat = Post(name="mail"), Post(name="chat")
    assert carry(harness, mail, chat) == 4
    assert carry(harness, mail, chat) == 0
    for post in (mail, chat):
        assert sorted(notice.recipient for notice in post.carried) == ["lena", "luis"]


def test_without_transports_everything_stays_on_the_board(harness: Harness) -> None:
    submit(harness, Requirement(resolver=LEGAL))
    assert carry(harness) == 0
    assert len(read_board(harness.store, "lena")) == 1
    assert carry(harness, Post()) == 2


def test_a_transport_that_is_down_holds_up_none_of_the_others(harness: Harness) -> None:
    submit(harness, Requirement(resolver=LEGAL))
    mail, chat = Post("lena", "luis", name="mail"), Post(name="chat")
    assert carry(harness, mail, chat) == 2
    mail.unreachable.clear()
    harness.clock.advance(FIRST_PAUSE)
    assert carry(harness, mail, chat) == 2
    assert len(chat.carried) == 2
    assert carry(harness, mail, chat) == 0


def test_one_who_cannot_be_reached_holds_up_nobody_and_is_tried_again(harness: Harness) -> None:
    submit(harness, Requirement(resolver=LEGAL))
    post = Post("lena")
    assert carry(harness, post) == 1
    post.unreachable.clear()
    assert carry(harness, post) == 0, "not at once"
    harness.clock.advance(FIRST_PAUSE)
    assert carry(harness, post) == 1
    assert len({notice.id for notice in post.carried}) == 2


def test_the_pauses_grow_and_after_three_days_nobody_tries_any_more(harness: Harness) -> None:
    write(harness, 1)
    post = Post("lena")
    tried: list[datetime] = []
    while harness.clock.now() < START + GIVEN_UP_AFTER + timedelta(days=1):
        before = len(post.tried)
        assert carry(harness, post) == 0
        tried += [harness.clock.now()] * (len(post.tried) - before)
        # Every minute while the pauses are short; then every ten, from a moment at which it was tried.
        harness.clock.advance(timedelta(minutes=10 if len(tried) > 8 else 1))
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses[:7] == [FIRST_PAUSE * n for n in (1, 2, 4, 8, 16, 32, 60)]
    assert set(pauses[6:]) == {LONGEST_PAUSE}
    assert START + GIVEN_UP_AFTER - LONGEST_PAUSE < tried[-1] <= START + GIVEN_UP_AFTER
    post.unreachable.clear()
    assert carry(harness, post) == 0


def test_what_will_never_arrive_is_tried_once(harness: Harness) -> None:
    write(harness, 1)
    post = Post("lena")
    post.error = Undeliverable("nobody lives here")
    for _ in range(3):
        assert carry(harness, post) == 0
        harness.clock.advance(LONGEST_PAUSE)
    assert len(post.tried) == 1
    assert len(read_board(harness.store, "lena")) == 1


def test_a_transport_that_breaks_in_a_way_nobody_foresaw_is_tried_again(harness: Harness) -> None:
    write(harness, 1)
    post = Post("lena")
    post.error = RecursionError("scripted")
    assert carry(harness, post) == 0
    post.unreachable.clear()
    harness.clock.advance(FIRST_PAUSE)
    assert carry(harness, post) == 1


def test_two_hundred_who_cannot_be_reached_do_not_hide_the_one_who_can(harness: Harness) -> None:
    write(harness, 200, recipient="lena")
    write(harness, 1, recipient="luis")
    post = Post("lena")
    rounds = 0
    while not post.carried:
        carry(harness, post)
        rounds += 1
        assert rounds < 100
    assert [notice.recipient for notice in post.carried] == ["luis"]


def test_a_transport_that_is_down_is_not_asked_for_every_notice(harness: Harness) -> None:
    write(harness, 50)
    post = Post("lena")
    carry(harness, post)
    assert len(post.tried) == 3


def test_a_slow_transport_takes_no_more_than_its_share_of_a_round(harness: Harness) -> None:
    write(harness, 50)
    post = SlowPost(harness.clock, each=timedelta(seconds=6))
    assert carry(harness, post) == 2
    assert carry(harness, post) == 2


def test_of_two_workers_one_carries(engine: sa.Engine) -> None:
    harness = make_harness(engine, people=PEOPLE)
    write(harness, 20)
    post, start = Post(), threading.Barrier(4)

    def work() -> None:
        start.wait(timeout=30)
        for _ in range(3):
            carry(harness, post)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert len(post.carried) == len({notice.id for notice in post.carried}) == 20


def test_what_a_worker_that_died_had_claimed_is_carried_again_under_the_same_id(harness: Harness) -> None:
    write(harness, 1)
    (notice,) = read_board(harness.store, "lena")
    with harness.store.write(now=START) as tx:
        assert tx.notices.claim(Waiting(notice=notice, attempts=0), "post", until=START + timedelta(minutes=2))
    post = Post()
    assert carry(harness, post) == 0, "another worker is at it"
    harness.clock.advance(timedelta(minutes=2))
    assert carry(harness, post) == 1
    assert post.tried == [notice.id]


def test_a_claim_that_somebody_else_has_taken_meanwhile_is_lost(harness: Harness) -> None:
    write(harness, 1)
    (notice,) = read_board(harness.store, "lena")
    first, later = Waiting(notice=notice, attempts=0), START + timedelta(minutes=2)
    with harness.store.write(now=START) as tx:
        assert tx.notices.claim(first, "post", until=later)
        assert tx.notices.claim(replace(first, attempts=1), "post", until=later)
        assert not tx.notices.claim(replace(first, attempts=1), "post", until=later)


def test_nobody_is_told_of_what_did_not_happen(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=LEGAL))
    before = read_board(harness.store, "luis")
    with pytest.raises(StaleDigest):
        harness.gate.decide(shown.row.id, person="lena", verdict=Verdict.APPROVE, digest="sha256:other")
    assert read_board(harness.store, "luis") == before
    approve(harness, shown, "lena")


# ── one-time codes ────────────────────────────────────────────────────────────────────────────────────────────


BY_PHONE = Requirement(resolver=MANAGER, by_phone=True)


def with_codes(harness: Harness, carrier: Post | FolderNotifier) -> WithCodes:
    people, ids = harness.gate.assessor.world.people, harness.gate.ids
    return WithCodes(carrier=carrier, store=harness.store, ids=ids, people=people, clock=harness.clock, link=LINK)


def code_in(text: str) -> str:
    """The code that a notice brings; empty where it brings none."""
    lines = text.splitlines()
    return lines[1].split()[0] if len(lines) > 1 else ""


def test_a_code_that_a_notice_brings_decides(harness: Harness) -> None:
    shown = submit(harness, BY_PHONE)
    post = Post()
    assert carry_notices(harness.store, [with_codes(harness, post)], harness.clock) == 1
    (notice,) = post.carried
    assert shown.pending is not None
    after = decide_by_code(
        harness.store,
        harness.gate,
        request_id=shown.pending.id,
        code=code_in(notice.text),
        verdict=Verdict.APPROVE,
        reason="",
        now=harness.clock.now(),
    )
    assert after.row.state is State.SCHEDULED


@pytest.mark.parametrize(
    "demand", [replace(BY_PHONE, by_phone=False), replace(BY_PHONE, step_up=True)], ids=["not by phone", "step-up"]
)
def test_where_the_rule_does_not_say_so_or_demands_more_no_code_is_made(
    harness: Harness, demand: Requirement
) -> None:
    submit(harness, demand)
    post = Post()
    carry_notices(harness.store, [with_codes(harness, post)], harness.clock)
    assert [code_in(notice.text) for notice in post.carried] == [""]
    with harness.store.read() as reader:
        assert [event for event in reader.audit.events() if event.kind == "code.issued"] == []


def test_a_transport_that_others_can_look_into_gets_no_code(harness: Harness, tmp_path: Path) -> None:
    submit(harness, BY_PHONE)
    people = harness.gate.assessor.world.people
    folder = FolderNotifier(tmp_path / "notices", people=people, sender="gate@ours.example", link=LINK)
    transports = [with_codes(harness, folder), with_codes(harness, Post(name="open", private=False))]
    assert carry_notices(harness.store, transports, harness.clock) == 2
    with harness.store.read() as reader:
        assert [event for event in reader.audit.events() if event.kind == "code.issued"] == []


def test_a_code_stands_nowhere_in_the_clear(harness: Harness, engine: sa.Engine) -> None:
    submit(harness, BY_PHONE)
    post = Post()
    carry_notices(harness.store, [with_codes(harness, post)], harness.clock)
    code = code_in(post.carried[0].text)
    assert len(code) == len("K7QM-2XHD")
    kept = "\n".join(everything(engine))
    assert "waits for your decision" in kept
    for spelling in (code, code.replace("-", ""), code.lower()):
        assert spelling not in kept


def everything(engine: sa.Engine) -> Iterator[str]:
    """Every value in every table."""
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            yield from (str(tuple(row)) for row in connection.execute(sa.select(table)))


def test_a_notice_that_is_carried_again_brings_a_new_code_and_five_an_hour_at_most(
    harness: Harness, engine: sa.Engine
) -> None:
    submit(harness, BY_PHONE)
    post, seen = Post(), []
    transport = with_codes(harness, post)
    for _ in range(7):
        with engine.begin() as connection:
            connection.execute(sa.update(notice_deliveries).values(next_at=START))
            connection.execute(sa.text("UPDATE notices SET delivered_at = NULL"))
        assert carry_notices(harness.store, [transport], harness.clock) == 1
        seen.append(code_in(post.carried[-1].text))
    assert [bool(code) for code in seen] == [True] * 5 + [False] * 2
    assert len(set(seen[:5])) == 5
