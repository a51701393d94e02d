"""Delivery through Outlook: every fault at every step, with the real library and the double of Graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import pytest

from app.core.ports import MailProvider
from integrations.mail.outlook import OutlookMail
from tests.contract.delivery import DeliveryContract
from tests.contract.scenes import Scene
from tests.support.graph.house import House
from tests.support.graph.marked import ASIDE, MAIN, Marked
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.provider.faults import BY_HAND, Fault, Step

_HAS_LEFT = frozenset({Scene.CONFIRM, Scene.FIND_LEFT})


@pytest.fixture(scope="module")
def graph_double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as double:
        yield double


class TestOutlook(DeliveryContract):
    """The call that does what the step is for goes wrong."""

    label = "outlook"
    marks: ClassVar[Mapping[Step, str]] = MAIN
    mailbox: ClassVar[str] = "sam@ours.example"

    @pytest.fixture
    def provider(self, graph_double: GraphDouble) -> MailProvider:
        return self.opened(graph_double)

    def opened(self, graph_double: GraphDouble) -> MailProvider:
        """The provider, its mailbox open and empty."""
        graph_double.exchange.messages.clear()
        graph_double.exchange.left.clear()
        self.marked = Marked(self.marks)
        self.house = House(graph_double, sessions=self.marked.sessions)
        self.sign_in()
        return self.marked.provider(OutlookMail(self.house.graph, pause=lambda _: None))

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        if fault in BY_HAND and scene is Scene.PREPARE:
            return "no draft lies there yet"
        if fault in BY_HAND and scene in _HAS_LEFT:
            return "the draft has left"
        if fault is Fault.REPEATED and scene is Scene.SEND:
            return "one connection a call"
        return ""

    def deliveries(self) -> Sequence[bytes]:
        return [raw for _, raw in self.house.double.exchange.left]

    def hurt(self, step: Step, fault: Fault) -> None:
        self.house.double.exchange.hurt(self.mailbox, step, fault)
        if fault is Fault.SLOW:
            self.marked.impatient_at = step

    def sign_in(self) -> None:
        self.house.sign_in(self.mailbox)


class TestOutlookAside(TestOutlook):
    """A call that a step makes besides goes wrong: marking the draft, and looking which version lies there."""

    label = "outlook, aside"
    marks = ASIDE
    test_a_worker_dies = None  # type: ignore[assignment] # as above, with the same calls
    test_a_worker_freezes_and_thaws_after_another_took_over = None  # type: ignore[assignment]
    test_a_wake_up_that_comes_many_times_sends_once = None  # type: ignore[assignment]
    test_a_person_who_has_looked_says_that_it_left = None  # type: ignore[assignment]
    test_a_person_who_found_no_trace_has_it_tried_again = None  # type: ignore[assignment]

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:  # noqa: ARG003
        return "" if scene.step in ASIDE else "it makes no other call"
