"""Who may stop and resume what, and what the trail keeps of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from app.core.errors import InvalidInput, NotFound, NotPermitted
from app.core.limits import StopScope
from app.limits import switch
from tests.support.gates import Harness, make_harness
from tests.support.trails import told
from tests.unit.app.limits.scenes import events, person, resume, stop


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def test_stopping_and_resuming_are_in_the_trail(harness: Harness) -> None:
    made = stop(harness, StopScope.AGENT, "bot", by="ruth", reason="it insults people")
    resume(harness, StopScope.AGENT, "bot", by="ada")
    (stopped,), (lifted,) = events(harness, "stop.set"), events(harness, "stop.lifted")
    assert stopped.actor == "person:ruth"
    about = {"stop": made.id, "scope": "agent", "subject": "bot"}
    assert told(stopped) == {**about, "reason": "it insults people"}
    assert lifted.actor == "person:ada"
    assert told(lifted) == {**about, "reason": ""}


def test_the_same_stop_twice_is_one_and_so_is_lifting_it(harness: Harness) -> None:
    first = stop(harness, StopScope.AGENT, "bot", by="ruth", reason="one")
    again = stop(harness, StopScope.AGENT, "BOT", by="ada", reason="two")
    assert again == first
    lifted = resume(harness, StopScope.AGENT, "bot", by="ruth")
    assert lifted.lifted_by == "ruth"
    assert resume(harness, StopScope.AGENT, "bot", by="ada") == lifted
    assert len(events(harness, "stop.set")) == len(events(harness, "stop.lifted")) == 1
    assert stop(harness, StopScope.AGENT, "bot", by="ruth").id != first.id


def test_two_people_who_stop_at_once_make_one_stop(harness: Harness) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: stop(harness, by="ada", reason=f"reason {n}"), range(8)))
    assert len({each.id for each in made}) == 1
    assert len(events(harness, "stop.set")) == 1


@pytest.mark.parametrize("scope", [StopScope.AGENT, StopScope.ACTION])
def test_managers_may_stop_an_agent_and_an_action(harness: Harness, scope: StopScope) -> None:
    stop(harness, scope, "bot", by="ruth")
    resume(harness, scope, "bot", by="ruth")


def test_managers_may_neither_stop_nor_resume_everything(harness: Harness) -> None:
    with pytest.raises(NotPermitted, match="ruth may not stop or resume everything: people with the role admin or"):
        stop(harness, by="ruth")
    made = stop(harness, by="ada")
    with pytest.raises(NotPermitted):
        resume(harness, by="ruth")
    with pytest.raises(NotPermitted):
        switch.resume_by_id(harness.store, made.id, person=person(harness, "ruth"), now=harness.clock.now())
    with harness.store.read() as reader:
        assert switch.listed(reader) == [made]


@pytest.mark.parametrize("scope", list(StopScope))
def test_a_colleague_may_stop_nothing(harness: Harness, scope: StopScope) -> None:
    with pytest.raises(NotPermitted):
        stop(harness, scope, "bot", by="tom")
    with harness.store.read() as reader:
        assert not switch.listed(reader)


@pytest.mark.parametrize(
    ("scope", "subject", "reason", "says"),
    [
        (StopScope.ALL, "", "  ", "reason: is missing"),
        (StopScope.AGENT, " ", "x", "agent: is missing"),
        (StopScope.ACTION, "a" * 201, "x", "action: is longer than 200"),
        (StopScope.AGENT, "b\x00t", "x", "agent: holds a character"),
        (StopScope.ALL, "", "x" * 2001, "reason: is longer than 2000"),
    ],
)
def test_a_stop_needs_a_reason_and_a_subject(
    harness: Harness, scope: StopScope, subject: str, reason: str, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        stop(harness, scope, subject, reason=reason)


def test_lifting_what_nobody_stopped_is_an_error(harness: Harness) -> None:
    stop(harness, StopScope.AGENT, "bot")
    with pytest.raises(NotFound, match="there is no stop of 'scribe'"):
        resume(harness, StopScope.AGENT, "scribe")
    with pytest.raises(NotFound, match="there is no stop of 'everything'"):
        resume(harness)
    with pytest.raises(NotFound, match="there is no stop 'st_9'"):
        switch.resume_by_id(harness.store, "st_9", person=person(harness, "ada"), now=harness.clock.now())


def test_lifted_stops_are_listed_where_asked_for(harness: Harness) -> None:
    old = stop(harness, StopScope.AGENT, "bot")
    lifted = switch.resume_by_id(
        harness.store, old.id, reason="mended", person=person(harness, "ada"), now=harness.clock.now()
    )
    new = stop(harness)
    with harness.store.read() as reader:
        assert switch.listed(reader) == [new]
        assert set(switch.listed(reader, every=True)) == {new, lifted}
