"""What every transport for notices promises: its tests subclass `NotifierContract` and say how to look inside."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from app.core.errors import FactUnavailable, NotDelivered, Undeliverable
from app.core.facts import Person
from app.core.notices import Notice, NoticeKind
from app.core.ports import Notifier
from tests.support.gates import SmallDirectory

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
LINK = "https://countersign.ours.example"
SENDER = "countersign@ours.example"
NOTICE = Notice(
    id="no_1",
    recipient="ruth",
    kind=NoticeKind.ASKED,
    draft_id="dr_1",
    request_id="ap_1",
    text="draft dr_1 (“the plan”, for sam) waits for your decision",
    at=AT,
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that somebody was told, as it arrived."""

    id: str
    to: str
    text: str


class Directory(SmallDirectory):
    """A directory that can be down."""

    down = False

    def become(self, *people: Person) -> None:
        """These are the colleagues from now on."""
        self._people = list(people)

    def person(self, id_or_email: str) -> Person | None:
        """By id or address."""
        if self.down:
            raise FactUnavailable("people", "scripted")
        return super().person(id_or_email)


class NotifierContract(ABC):
    """The promises. `notifier` starts with nothing told; `told` lists what has arrived, each id once."""

    @pytest.fixture
    def people(self) -> Directory:
        """The colleagues."""
        return Directory()

    @pytest.fixture
    @abstractmethod
    def notifier(self, people: Directory) -> Notifier:
        """A fresh transport whose far end works."""

    @pytest.fixture
    @abstractmethod
    def broken(self, people: Directory) -> Notifier:
        """A fresh transport whose far end is not there."""

    @abstractmethod
    def told(self) -> Sequence[Told]:
        """Everything that people have been told, in order."""

    def test_tells_the_person_what_to_do_and_where(self, notifier: Notifier) -> None:
        notifier.notify(NOTICE)
        (told,) = self.told()
        assert (told.id, told.to) == ("no_1", "ruth@ours.example")
        assert NOTICE.text in told.text
        assert f"{LINK}/?draft=dr_1" in told.text

    def test_a_repeated_id_tells_once(self, notifier: Notifier) -> None:
        notifier.notify(NOTICE)
        notifier.notify(NOTICE)
        notifier.notify(replace(NOTICE, id="no_2", recipient="sam"))
        assert [(told.id, told.to) for told in self.told()] == [
            ("no_1", "ruth@ours.example"),
            ("no_2", "sam@ours.example"),
        ]

    def test_a_notice_about_no_draft_leads_to_the_page(self, notifier: Notifier) -> None:
        notifier.notify(replace(NOTICE, draft_id=None, request_id=None, kind=NoticeKind.PROMOTION_PROPOSED))
        (told,) = self.told()
        assert f"{LINK}" in told.text
        assert "?draft" not in told.text

    @pytest.mark.parametrize("kind", NoticeKind)
    def test_carries_every_kind(self, notifier: Notifier, kind: NoticeKind) -> None:
        notifier.notify(replace(NOTICE, kind=kind))
        assert len(self.told()) == 1

    def test_a_far_end_that_is_not_there_is_tried_again_later(self, broken: Notifier) -> None:
        with pytest.raises(NotDelivered) as refused:
            broken.notify(NOTICE)
        assert not isinstance(refused.value, Undeliverable)

    def test_a_directory_that_is_down_is_asked_again_later(self, notifier: Notifier, people: Directory) -> None:
        people.down = True
        with pytest.raises(NotDelivered) as refused:
            notifier.notify(NOTICE)
        assert not isinstance(refused.value, Undeliverable)
        people.down = False
        notifier.notify(NOTICE)
        assert len(self.told()) == 1


class AddressesPeople:
    """For transports that need an address: whoever has none is not tried again."""

    @pytest.mark.parametrize("recipient", ["agent:bot", "gone"])
    def test_who_has_no_address_is_not_tried_again(self, notifier: Notifier, recipient: str) -> None:
        with pytest.raises(Undeliverable, match="the board has the notice"):
            notifier.notify(replace(NOTICE, recipient=recipient))

    def test_an_address_that_is_none_is_not_tried_again(self, notifier: Notifier, people: Directory) -> None:
        people.become(Person(id="ruth", email="ruth@ours.example\r\nBcc: eve@theirs.example", name="Ruth"))
        with pytest.raises(Undeliverable):
            notifier.notify(NOTICE)
