"""A port that says that its answers lie on this machine is asked in its caller's thread; no other one is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import get_ident

import pytest

from app.core.errors import FactUnavailable
from app.core.facts import Deal, Person
from app.core.ports import is_local
from app.core.thresholds import USUAL
from app.facts import CrmInTime, Lookups, PeopleInTime
from app.facts.asker import Asker
from integrations.crm.sample import SampleCrm
from integrations.world import open_world
from tests.support.processes import ROOT
from tests.unit.app.checks.builders import NOW

SECOND = timedelta(seconds=1)


class _Port:
    def __init__(self, *, local: bool) -> None:
        self.local = local


def _asked_in(port: _Port) -> tuple[int | None, Asker]:
    ask = Asker(Lookups(), at=NOW, thresholds=USUAL)

    def question() -> Iterator[int]:
        yield get_ident()

    return ask.take(ask.put("crm", question, port=port)), ask


def test_a_local_port_is_asked_here_and_another_elsewhere() -> None:
    here, _ = _asked_in(_Port(local=True))
    elsewhere, _ = _asked_in(_Port(local=False))

    assert here == get_ident()
    assert elsewhere not in (None, get_ident())


def test_what_a_local_port_fails_with_is_told_as_anybody_elses_failure_is() -> None:
    ask = Asker(Lookups(), at=NOW, thresholds=USUAL)

    def question() -> Iterator[str]:
        yield "the beginning"
        raise FactUnavailable("crm", "crm.json is gone")

    answer = ask.take(ask.put("crm", question, port=_Port(local=True)))

    assert answer == "the beginning"
    assert ask.reason("crm") == "crm.json is gone"


@pytest.mark.parametrize("local", [True, False])
def test_one_question_about_a_person_or_a_deal_is_asked_in_the_same_way(local: bool) -> None:
    class People(_Port):
        def person(self, id_or_email: str) -> Person:
            return Person(id=id_or_email, email="a@ours.example", name=str(get_ident()))

    class Crm(_Port):
        def deal(self, deal_id: str) -> Deal:
            raise FactUnavailable("crm", f"no {deal_id}")

    person = PeopleInTime(Lookups(), SECOND, People(local=local)).person("ana")  # type: ignore[arg-type]

    assert person is not None
    assert (person.name == str(get_ident())) is local
    with pytest.raises(FactUnavailable, match="no D-1"):
        CrmInTime(Lookups(), SECOND, Crm(local=local)).deal("D-1")  # type: ignore[arg-type]


def test_of_a_world_folder_only_what_is_a_list_in_one_file_is_local() -> None:
    world = open_world(ROOT / "sample_data").world

    local = {name for name in world.__slots__ if is_local(getattr(world, name))}

    assert local == {"people", "crm", "approved", "conversations", "sequences"}


def test_a_file_is_not_local_unless_that_is_said() -> None:
    assert not is_local(SampleCrm(ROOT / "sample_data" / "crm.json"))
    assert not is_local(object())
