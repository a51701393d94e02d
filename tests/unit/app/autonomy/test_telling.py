"""Managers are told when autonomy is earned and when it is lost, each of them once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.approvals.board import read_board
from app.autonomy.promotions import withdraw
from app.autonomy.telling import tell_of_autonomy
from app.core.approvals import Verdict
from app.core.errors import FactUnavailable
from app.core.notices import Notice, NoticeKind
from tests.support.autonomy import earn
from tests.unit.app.autonomy.scenes import GRANTING, LOOK, REPLIES, incident, promoted, sent, sign
from tests.unit.app.policy.house import House, opened_house

SIGNERS = ("ruth", "ada")


@pytest.fixture
def house(engine: sa.Engine, tmp_path: Path) -> Iterator[House]:
    """A house in which autonomy can be earned, and somebody has looked already."""
    with opened_house(engine, tmp_path) as opened:
        opened.publish(2, LOOK, more=GRANTING)
        tell(opened)
        yield opened


def tell(house: House) -> int:
    return tell_of_autonomy(house.store, house.live, house.gate.assessor.world.people, house.clock)


def told(house: House, person: str, kind: NoticeKind) -> list[Notice]:
    return [notice for notice in read_board(house.store, person) if notice.kind is kind]


def earn_it(house: House) -> None:
    """All but the last draft that it takes, and that one on the whole road."""
    earn(house.store, house.gate.ids, REPLIES, 39, now=house.clock.now())
    sent(house)


def test_those_who_may_sign_are_told_of_what_is_proposed_once(house: House) -> None:
    earn_it(house)
    assert tell(house) == len(SIGNERS)
    sent(house)
    assert tell(house) == 0
    for person in SIGNERS:
        (notice,) = told(house, person, NoticeKind.PROMOTION_PROPOSED)
        assert notice.draft_id is None
        assert notice.text == (
            "reply by bot at low risk: 40 of 40 approved unchanged, lower bound 0.912. Sign it, if you want such "
            "drafts to go unread: countersign autonomy sign bot reply low --as YOU"
        )
    assert told(house, "sam", NoticeKind.PROMOTION_PROPOSED) == []


def test_nothing_is_told_of_what_is_earned_in_part(house: House) -> None:
    sent(house)
    assert tell(house) == 0


def test_a_policy_that_asks_for_less_proposes_what_was_earned_already(engine: sa.Engine, tmp_path: Path) -> None:
    with opened_house(engine, tmp_path) as house:
        house.publish(2, LOOK, more="autonomy: {level: 0.99, minimum: 30}\n")
        assert tell(house) == 0
        earn_it(house)
        assert tell(house) == 0
        house.publish(3, LOOK, more=GRANTING)
        assert tell(house) == len(SIGNERS)


def test_what_is_proposed_when_a_worker_looks_for_the_first_time_is_told(engine: sa.Engine, tmp_path: Path) -> None:
    with opened_house(engine, tmp_path) as house:
        house.publish(2, LOOK, more=GRANTING)
        earn_it(house)
        assert tell(house) == len(SIGNERS)
        assert tell(house) == 0


def test_an_incident_is_told_to_everybody_but_the_one_who_recorded_it(house: House) -> None:
    bad = sent(house)
    promoted(house)
    incident(house, bad, by="ruth")
    assert tell(house) == 1
    (notice,) = told(house, "ada", NoticeKind.AUTONOMY_ENDED)
    assert notice.text.startswith("reply by bot at low risk has ended, people read such drafts again: incident in_")
    assert told(house, "ruth", NoticeKind.AUTONOMY_ENDED) == []


def test_figures_that_fall_are_told_to_everybody(house: House) -> None:
    earn(house.store, house.gate.ids, REPLIES, 35, now=house.clock.now())
    sign(house)
    house.publish(3, "{id: read, when: 'true', route: review}", more=GRANTING)
    tell(house)
    house.decide(house.submit("The price"), Verdict.REJECT)
    assert tell(house) == len(SIGNERS)
    (notice,) = told(house, "ruth", NoticeKind.AUTONOMY_ENDED)
    assert "below 0.900" in notice.text


def test_who_withdraws_it_is_not_told_and_the_others_are(house: House) -> None:
    promoted(house)
    now = house.clock.now()
    withdraw(house.store, REPLIES, person=house.person("ada"), reason="new product", now=now)
    assert tell(house) == 1
    (notice,) = told(house, "ruth", NoticeKind.AUTONOMY_ENDED)
    assert notice.text.endswith("new product")


def test_it_is_proposed_anew_after_it_ended(house: House) -> None:
    earn_it(house)
    tell(house)
    sign(house)
    withdraw(house.store, REPLIES, person=house.person("ada"), reason="new product", now=house.clock.now())
    house.wait(minutes=1)
    earn_it(house)
    tell(house)
    assert len(told(house, "ruth", NoticeKind.PROMOTION_PROPOSED)) == 2


def test_of_workers_that_look_at_once_one_tells(house: House) -> None:
    earn_it(house)
    start, counts = threading.Barrier(4), []

    def work() -> None:
        start.wait(timeout=30)
        counts.append(tell(house))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert sorted(counts) == [0, 0, 0, len(SIGNERS)]


def test_what_could_not_be_told_is_told_next_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    earn_it(house)
    people = house.gate.assessor.world.people
    with monkeypatch.context() as patch:
        patch.setattr(people, "everybody", _down)
        with pytest.raises(FactUnavailable):
            tell(house)
    assert tell(house) == len(SIGNERS)


def _down() -> None:
    raise FactUnavailable("people", "scripted")
