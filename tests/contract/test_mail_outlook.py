"""Outlook keeps the promises of the port, against the double of Graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from app.core.ports import MailProvider
from integrations.credentials.microsoft import SEND
from integrations.http import Deadline
from integrations.mail.outlook import OutlookMail
from tests.contract.mail_provider import LaysReady, Remembers, outgoing
from tests.support.graph.house import House
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.graph.state import DRAFTS
from tests.support.provider.faults import Fault, Step

MAYA = "maya@ours.example"


@pytest.fixture(scope="module")
def graph_double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as double:
        yield double


class TestOutlook(LaysReady, Remembers):
    """A draft is laid and sent; what was accepted twice may leave twice."""

    house: House

    @pytest.fixture
    def provider(self, graph_double: GraphDouble) -> MailProvider:
        graph_double.exchange.messages.clear()
        graph_double.exchange.left.clear()
        self.house = House(graph_double)
        self.house.sign_in(MAYA)
        return OutlookMail(self.house.graph, pause=lambda _: None)

    def delivered(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - the double knows
        return [raw for _, raw in self.house.double.exchange.left]

    def ready(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - the double knows
        return [one.whole for one in self.house.double.exchange.of(MAYA) if one.folder == DRAFTS]

    def edit_by_hand(self, provider: MailProvider) -> None:  # noqa: ARG002
        self.house.double.exchange.touch(MAYA, Fault.EDITED)

    def delete_by_hand(self, provider: MailProvider) -> None:  # noqa: ARG002
        self.house.double.exchange.touch(MAYA, Fault.DELETED)


class TestOutlookLags(TestOutlook):
    """Sent mail is shown as a draft for a while, which is not taken for the truth."""

    @pytest.fixture
    def provider(self, graph_double: GraphDouble) -> Iterator[MailProvider]:
        graph_double.exchange.messages.clear()
        graph_double.exchange.left.clear()
        graph_double.exchange.lag[MAYA] = 2
        self.house = House(graph_double)
        self.house.sign_in(MAYA)
        yield OutlookMail(self.house.graph, pause=lambda _: None)
        graph_double.exchange.lag[MAYA] = 0


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.UNANSWERED], ids=str)
def test_a_client_that_repeats_the_call_delivers_twice(graph_double: GraphDouble, fault: Fault) -> None:
    """What a client does that retries every 503, 504 and lost answer, as ready-made ones do: why this one is bare."""
    graph_double.exchange.left.clear()
    graph_double.exchange.lag[MAYA] = 1
    house = House(graph_double)
    house.sign_in(MAYA)
    mail = outgoing("snd_twice")
    handle = OutlookMail(house.graph).prepare(mail)
    graph_double.exchange.hurt(MAYA, Step.SEND, fault)
    token = house.access.key(MAYA, SEND, deadline=Deadline(10)).token
    with requests.Session() as session:
        every = Retry(total=3, status_forcelist=(503, 504), allowed_methods=None, backoff_factor=0)
        session.mount("http://", HTTPAdapter(max_retries=every))
        url = f"{graph_double.base}/me/messages/{handle['message']}/send"
        answer = session.post(url, headers={"Authorization": f"Bearer {token}", "X-Step": Step.SEND})
    graph_double.exchange.lag[MAYA] = 0
    assert answer.status_code == 202
    assert [raw for _, raw in graph_double.exchange.left] == [mail.raw, mail.raw]
