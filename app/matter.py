"""What approvals need to know of a draft or another action, and the one way in which they move it.

Whatever people are asked about, they are asked, reminded, counted and heard by the same code; this is its view.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol, Self, TypeVar

from app.audit.chain import Event
from app.core.approvals import ApprovalRequest
from app.core.assessment import Assessment
from app.core.matters import Matter, Phase
from app.core.remarks import Remark
from app.store.rows import Permit
from app.store.store import Transaction


class MatterRow(Protocol):
    """The part of a row that approvals read."""

    matter: ClassVar[Matter]

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def state(self) -> str:
        """Its state, in the words of its own lifecycle."""
        ...

    @property
    def phase(self) -> Phase:
        """What that state means to approvals."""
        ...

    @property
    def version(self) -> int:
        """Grows with every move."""
        ...

    @property
    def digest(self) -> str:
        """The name of its exact content."""
        ...

    @property
    def agent(self) -> str:
        """The agent whose idea it was."""
        ...

    @property
    def on_behalf_of(self) -> str:
        """Id of the person in whose name it is done."""
        ...

    @property
    def owners(self) -> frozenset[str]:
        """Ids of those whose own it is."""
        ...

    @property
    def deal_id(self) -> str | None:
        """The deal it belongs to."""
        ...

    @property
    def subject(self) -> str:
        """What it is, in a few words."""
        ...

    def due(self, at: datetime) -> Self:
        """The row with this timer."""
        ...


class MatterStanding(Protocol):
    """Where it stands: its row, the verdict, who is asked, and what was said."""

    @property
    def row(self) -> MatterRow:
        """The row."""
        ...

    @property
    def assessment(self) -> Assessment:
        """The verdict in force."""
        ...

    @property
    def approvals(self) -> Sequence[ApprovalRequest]:
        """Every request there ever was, oldest first."""
        ...

    @property
    def editors(self) -> frozenset[str]:
        """Ids of the people who had a hand in what it says."""
        ...

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Questions, answers and comments, oldest first."""
        ...

    @property
    def pending(self) -> ApprovalRequest | None:
        """The request that waits for an answer, if any."""
        ...

    def move(
        self,
        tx: Transaction,
        event: Event,
        to: Phase,
        *,
        due_at: datetime | None = None,
        permit: Permit | None = None,
    ) -> Self:
        """Move it, by compare-and-set, into the state that the phase means. Raises StaleVersion."""
        ...

    def asking(self, *requests: ApprovalRequest) -> Self:
        """The same with these requests as they are now."""
        ...

    def saying(self, remark: Remark) -> Self:
        """The same with one more remark."""
        ...


R = TypeVar("R", bound=MatterRow)
S = TypeVar("S", bound=MatterStanding)
