"""Writing into a CRM with care, whichever it is: look, compare, write once, and look again where nobody answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from app.core.crm_writing import (
    LoggedActivity,
    TextValues,
    WriteRefused,
    WriteUnavailable,
    WriteUncertain,
    Written,
)
from app.core.errors import Conflict
from integrations.crm.line import NotLetIn, Refused, Resting, Trouble, Unreadable
from integrations.http import NotAnswered, NotReached

T = TypeVar("T")

NEXT_STEP = "next_step"
_SERVER = 500
_GONE = frozenset({404, 410})
_CHANGED = frozenset({409, 412})


class Hand(Protocol):
    """What a CRM's own file has to be able to do. Every method raises Trouble, NotReached or NotAnswered."""

    @property
    def system(self) -> str:
        """The CRM as actions name it."""
        ...

    def find_activity(self, key: str) -> str | None:
        """The id of the activity with this key of ours."""
        ...

    def add_activity(self, activity: LoggedActivity) -> str:
        """Make one; its id."""
        ...

    def activity(self, activity_id: str) -> TextValues | None:
        """Its subject and text as they are now; None where it is gone."""
        ...

    def remove_activity(self, activity_id: str) -> None:
        """Delete it."""
        ...

    def next_step(self, deal_id: str) -> tuple[str, str] | None:
        """The deal's next step, and a mark that changes with the deal; None where there is no such deal."""
        ...

    def write_next_step(self, deal_id: str, text: str, *, unless_changed_since: str) -> None:
        """Write it, on the condition that the mark is still the same where the CRM takes one."""
        ...


class CarefulWriter:
    """The port `CrmWriter` over a CRM's hand."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    @property
    def system(self) -> str:
        """The CRM as actions name it."""
        return self._hand.system

    def log_activity(self, activity: LoggedActivity) -> Written:
        """As the port says."""

        def look() -> str | None:
            return self._hand.find_activity(activity.key)

        known = self._before_writing(look)
        made = known or self._write(lambda: self._hand.add_activity(activity), then=look)
        return Written(id=made, before=None, after={"subject": activity.subject, "text": activity.text})

    def set_next_step(self, deal_id: str, text: str, *, expected: str) -> Written:
        """As the port says. Where the CRM takes no condition, a change within a moment of ours may be lost."""
        found = self._before_writing(lambda: self._hand.next_step(deal_id))
        if found is None:
            raise WriteRefused(f"{self.system} has no deal {deal_id}")
        there, mark = found
        written = Written(id=deal_id, before={NEXT_STEP: there}, after={NEXT_STEP: text})
        if same(there, text):
            return Written(id=deal_id, before={NEXT_STEP: expected}, after={NEXT_STEP: text})
        if not same(there, expected):
            raise Conflict(f"somebody changed the next step of deal {deal_id} in {self.system} meanwhile; look at it")

        def write() -> bool:
            self._hand.write_next_step(deal_id, text, unless_changed_since=mark)
            return True

        def look() -> bool:
            now = self._hand.next_step(deal_id)
            return now is not None and same(now[0], text)

        self._write(write, then=look)
        return written

    def undo(self, written: Written) -> None:
        """As the port says."""
        if written.before is not None:
            before, after = written.before.get(NEXT_STEP, ""), written.after.get(NEXT_STEP, "")
            self.set_next_step(written.id, before, expected=after)
            return
        there = self._before_writing(lambda: self._hand.activity(written.id))
        if there is None:
            return
        if not _same_values(there, written.after):
            raise Conflict(f"somebody changed activity {written.id} in {self.system} meanwhile; look at it")

        def remove() -> bool:
            self._hand.remove_activity(written.id)
            return True

        self._write(remove, then=lambda: self._hand.activity(written.id) is None)

    def _before_writing(self, look: Callable[[], T]) -> T:
        """An answer without which nothing is written."""
        try:
            return look()
        except Refused as error:
            raise _refusal(error) from None
        except (Trouble, NotReached, NotAnswered) as error:
            raise WriteUnavailable(f"nothing was written, for {self.system} cannot be looked at: {error}") from None

    def _write(self, write: Callable[[], T], *, then: Callable[[], T | None]) -> T:
        """Write once. Where nobody knows how that ended, `then` looks: what it finds is taken for written."""
        try:
            return write()
        except (NotReached, Resting, NotLetIn) as error:
            raise WriteUnavailable(f"nothing was written to {self.system}: {error}") from None
        except Refused as error:
            if error.status < _SERVER:
                raise _refusal(error) from None
            doubt: Exception = error
        except (NotAnswered, Unreadable) as error:
            doubt = error
        try:
            found = then()
        except (Trouble, NotReached, NotAnswered):
            found = None
        if not found:
            raise WriteUncertain(f"nobody knows whether it was written to {self.system} ({doubt}); look there")
        return found


def same(one: str, other: str) -> bool:
    """Whether two texts read the same: a CRM may keep another white space than it was given."""
    return one.split() == other.split()


def _same_values(there: Mapping[str, str], written: Mapping[str, str]) -> bool:
    return all(same(there.get(name, ""), text) for name, text in written.items())


def _refusal(error: Refused) -> WriteRefused | WriteUnavailable | Conflict:
    if error.later or error.status >= _SERVER:
        return WriteUnavailable(f"nothing was written: {error}")
    if error.status in _CHANGED:
        return Conflict(f"somebody else was first: {error}; look at it")
    if error.status in _GONE:
        return WriteRefused(f"it is not there any more: {error}")
    return WriteRefused(f"nothing was written: {error}")
