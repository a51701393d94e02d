"""Drafts that were left in mailboxes to be sent: every state of each that was taken in, byte by byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.store.locks import take_places
from app.store.tables import left_drafts


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """One state of one draft in a mailbox."""

    provider: str
    account: str
    key: str
    """What the provider calls the draft, however often it is edited."""
    number: int
    """Counts its states; the highest is the one that was seen last."""
    raw: bytes = field(repr=False)
    raw_sha256: str
    draft_id: str | None
    """Our draft; None where it was refused."""
    digest: str | None
    """Of what it says. Where our draft says something else by now, these are not the bytes that were approved."""
    mark: str
    """What the mailbox shows of it; empty before it was marked."""
    refused: str
    """Why it was not taken in; empty where it was."""
    taken_at: datetime


class LeftDraftRepository:
    """Reads and writes them on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hold(self, provider: str, account: str, key: str) -> None:
        """Nobody else takes this draft in before this transaction ends. Before any row is written."""
        take_places(self._connection, [f"left:{provider}:{account}:{key}"])

    def newest(self, provider: str, account: str, key: str) -> Left | None:
        """The state that was seen last; None where it was never seen."""
        mine = (left_drafts.c.provider == provider, left_drafts.c.account == account, left_drafts.c.key == key)
        return self._first(sa.select(left_drafts).where(*mine))

    def of_draft(self, draft_id: str) -> Left | None:
        """The newest state of the mailbox's draft that ours came from, whichever of ours that belongs to by now.

        None where ours did not come from a mailbox.
        """
        mine = self._first(sa.select(left_drafts).where(left_drafts.c.draft_id == draft_id))
        return self.newest(mine.provider, mine.account, mine.key) if mine else None

    def add(self, left: Left) -> None:
        """Keep a state. Raises IntegrityError where its number is taken."""
        self._connection.execute(
            sa.insert(left_drafts).values({name: getattr(left, name) for name in left.__slots__})
        )

    def mark(self, left: Left, mark: str) -> None:
        """What the mailbox shows of it now."""
        mine = (left_drafts.c.provider == left.provider, left_drafts.c.account == left.account)
        this = (*mine, left_drafts.c.key == left.key, left_drafts.c.number == left.number)
        self._connection.execute(sa.update(left_drafts).where(*this).values(mark=mark))

    def _first(self, query: sa.Select[tuple[object, ...]]) -> Left | None:
        row = self._connection.execute(query.order_by(left_drafts.c.number.desc()).limit(1)).first()
        return Left(**row._mapping) if row else None
