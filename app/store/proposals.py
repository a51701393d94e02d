"""Policies that somebody proposed, and what the reviewer said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from app.core.digest import sha256_of
from app.core.errors import Conflict
from app.store.tables import policy_proposals as table
from app.store.vouched import Written


class ProposalState(StrEnum):
    """How far a proposal has come."""

    PROPOSED = "proposed"
    """Waits for somebody other than its author."""
    APPROVED = "approved"
    """May be published."""
    REJECTED = "rejected"
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A policy's text on its way into force."""

    id: str
    version: int
    """The version that the text gives itself."""
    base: int | None
    """The version in force when it was proposed: what a reviewer compares it with."""
    text: str
    note: str
    """What its author says about it."""
    author: str
    """Id of the person."""
    proposed_at: datetime
    state: ProposalState = ProposalState.PROPOSED
    reviewer: str | None = None
    """Id of the person."""
    reason: str = ""
    """What the reviewer said."""
    reviewed_at: datetime | None = None

    @property
    def sha256(self) -> str:
        """The name of exactly this text."""
        return sha256_of(self.text.encode())


_COLUMNS = [column for column in table.c if column.name != "sha256"]
_NEWEST_FIRST = (table.c.proposed_at.desc(), table.c.id.desc())


class ProposalRepository:
    """Reads and writes proposals on one connection."""

    def __init__(self, connection: sa.Connection, written: Written) -> None:
        self._connection = connection
        self._written = written

    def get(self, proposal_id: str) -> Proposal | None:
        """The proposal, or None."""
        row = self._connection.execute(sa.select(*_COLUMNS).where(table.c.id == proposal_id)).first()
        return _proposal(row) if row is not None else None

    def of_text(self, text: str) -> Sequence[Proposal]:
        """The proposals of exactly this text, newest first."""
        same = table.c.sha256 == sha256_of(text.encode())
        return [_proposal(row) for row in self._connection.execute(_newest().where(same))]

    def newest(self, *, limit: int) -> Sequence[Proposal]:
        """The newest proposals, newest first."""
        return [_proposal(row) for row in self._connection.execute(_newest().limit(limit))]

    def each(self) -> Iterator[Proposal]:
        """Every proposal there ever was, newest first."""
        return (_proposal(row) for row in self._connection.execute(_newest()))

    def insert(self, proposal: Proposal) -> None:
        """Keep a new proposal."""
        values = {name: getattr(proposal, name) for name in proposal.__slots__}
        self._connection.execute(
            sa.insert(table).values(**{**values, "state": proposal.state.value}, sha256=proposal.sha256)
        )
        self._written.note(table, proposal.id)

    def compare_and_set(self, before: Proposal, after: Proposal) -> None:
        """Give the proposal its next state. Raises Conflict where somebody was first."""
        said = {name: getattr(after, name) for name in ("reviewer", "reason", "reviewed_at")}
        changed = self._connection.execute(
            sa.update(table)
            .where(table.c.id == before.id, table.c.state == before.state.value)
            .values(state=after.state.value, **said)
        )
        if changed.rowcount != 1:
            raise Conflict(f"somebody has just decided about proposal {before.id}; look again")
        self._written.note(table, after.id)


def _newest() -> sa.Select[tuple[object, ...]]:
    return sa.select(*_COLUMNS).order_by(*_NEWEST_FIRST)


def _proposal(row: sa.Row[tuple[object, ...]]) -> Proposal:
    values = dict(row._mapping)
    return Proposal(**{**values, "state": ProposalState(values["state"])})
