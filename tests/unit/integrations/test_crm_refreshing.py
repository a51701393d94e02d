"""A copy is looked at again and again, whatever goes wrong with one look."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from app.core.clock import ManualClock
from app.core.errors import FactUnavailable
from integrations.crm.refreshing import Refreshing

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


class Crm:
    """A double: keeps when it was looked at, fails the first two times, and tells after the fourth."""

    def __init__(self) -> None:
        self.looks: list[datetime] = []
        self.enough = threading.Event()

    def refresh(self, now: datetime) -> None:
        """As the protocol says."""
        self.looks.append(now)
        if len(self.looks) >= 4:
            self.enough.set()
        if len(self.looks) == 1:
            raise FactUnavailable("crm", "is down")
        if len(self.looks) == 2:
            raise ZeroDivisionError


def test_a_look_that_fails_is_told_and_is_not_the_last() -> None:
    crm, told = Crm(), list[Exception]()
    with Refreshing(crm, clock=ManualClock(NOW), failed=told.append, every=timedelta(0)):
        assert crm.enough.wait(timeout=30)
    assert [type(error) for error in told] == [FactUnavailable, ZeroDivisionError]
    assert set(crm.looks) == {NOW}


def test_what_never_began_can_be_stopped() -> None:
    crm = Crm()
    Refreshing(crm, clock=ManualClock(NOW), failed=lambda _: None).stop()
    assert crm.looks == []
