"""What came into the mailboxes: each mail once a mailbox, however often its provider tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.locks import take_places
from app.store.tables import drafts, incoming, sends

_MOST_OF_A_CONVERSATION = 200
_MOST_DELETED = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """One mail that came, or that the owner of the mailbox sent."""

    provider: str
    account: str
    key: str
    """What the provider calls it."""
    thread_id: str
    """What the provider calls its conversation, in this mailbox."""
    message_id: str
    """With its angle brackets; empty where it has none."""
    root_id: str
    """The Message-ID that its conversation began with, as far as it says; its own where it begins one."""
    kind: str
    sender: str
    recipients: tuple[str, ...]
    received_at: datetime
    taken_at: datetime
    draft_id: str | None = None
    """The draft that it is, or that it comes in answer to; None where it has nothing to do with any."""
    subject: str | None = None
    """This and what follows is kept only of what comes in answer to a draft."""
    text: str | None = None
    failures: Sequence[Mapping[str, Any]] | None = None
    """Those whom a bounce names, as JSON."""


class IncomingRepository:
    """Reads and writes what came on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hold(self, message_ids: Iterable[str]) -> None:
        """Nobody else takes in copies of these mails before this transaction ends. Before any row is written."""
        take_places(self._connection, [f"incoming:{each}" for each in message_ids])

    def known(self, provider: str, account: str, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that were taken in already."""
        mine = (incoming.c.provider == provider, incoming.c.account == account, incoming.c.key.in_(list(keys)))
        return frozenset(self._connection.execute(sa.select(incoming.c.key).where(*mine)).scalars())

    def has_heard(self, draft_id: str, message_id: str) -> bool:
        """Whether a copy of this answer to the draft was taken in already, in whichever mailbox."""
        copies = (incoming.c.message_id == message_id, incoming.c.draft_id == draft_id)
        return self._connection.execute(sa.select(incoming.c.key).where(*copies).limit(1)).first() is not None

    def add(self, mail: TakenIn) -> None:
        """Keep it. Raises IntegrityError where it is there already."""
        values = {name: getattr(mail, name) for name in mail.__slots__}
        self._connection.execute(sa.insert(incoming).values(values | {"recipients": list(mail.recipients)}))

    def of_draft(self, draft_id: str) -> Sequence[TakenIn]:
        """What came in answer to the draft, and copies of its own mail, oldest first."""
        mine = sa.select(incoming).where(incoming.c.draft_id == draft_id)
        return self._rows(mine.order_by(incoming.c.received_at, incoming.c.key).limit(_MOST_OF_A_CONVERSATION))

    def sent_as(self, send_ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """For each of these send ids: its draft, and the address that it was sent from."""
        query = sa.select(sends.c.send_id, sends.c.draft_id, sends.c.sender).where(sends.c.send_id.in_(send_ids))
        return {row.send_id: (row.draft_id, row.sender.lower()) for row in self._connection.execute(query)}

    def is_from(self, draft_id: str, sender: str) -> bool:
        """Whether a mail of this draft was ever about to leave in this sender's name."""
        query = sa.select(sends.c.sender).where(sends.c.draft_id == draft_id)
        return sender in {each.lower() for each in self._connection.execute(query).scalars()}

    def drafts_that_are(self, kind: str, message_ids: Collection[str]) -> Mapping[str, str]:
        """For those of these Message-IDs under which mail of this kind went by: the draft that it was."""
        query = sa.select(incoming.c.message_id, incoming.c.draft_id).where(
            incoming.c.message_id.in_(list(message_ids)), incoming.c.kind == kind, incoming.c.draft_id.is_not(None)
        )
        return {row.message_id: row.draft_id for row in self._connection.execute(query)}

    def newest_draft_in(self, provider: str, account: str, thread_id: str, kind: str) -> str | None:
        """The draft that went by last in this conversation of this mailbox."""
        mine = (incoming.c.provider == provider, incoming.c.account == account, incoming.c.thread_id == thread_id)
        query = (
            sa.select(incoming.c.draft_id)
            .where(*mine, incoming.c.kind == kind, incoming.c.draft_id.is_not(None))
            .order_by(incoming.c.received_at.desc())
            .limit(1)
        )
        found: str | None = self._connection.execute(query).scalar()
        return found

    def is_draft(self, draft_id: str) -> bool:
        """Whether there is such a draft."""
        return self._connection.execute(sa.select(drafts.c.id).where(drafts.c.id == draft_id)).first() is not None

    def conversation(self, thread_id: str) -> Sequence[TakenIn]:
        """All of a conversation over all mailboxes, oldest first, each mail as often as it lies somewhere.

        The thread is one mailbox's own name of it, or a Message-ID of it: what has the same beginning belongs to it,
        and what lies in the same thread of a mailbox as any of that.
        """
        ids = [thread_id, f"<{thread_id}>"]
        named = incoming.c.thread_id.in_(ids[:1]) | incoming.c.message_id.in_(ids) | incoming.c.root_id.in_(ids)
        roots = sa.select(incoming.c.root_id).where(named, incoming.c.root_id != "").distinct().limit(20)
        begun = list(self._connection.execute(roots).scalars())
        places = (incoming.c.provider, incoming.c.account, incoming.c.thread_id)
        threads = sa.select(*places).where(incoming.c.root_id.in_(begun) | named).distinct().limit(50)
        where = [
            sa.and_(
                incoming.c.provider == row.provider,
                incoming.c.account == row.account,
                incoming.c.thread_id == row.thread_id,
            )
            for row in self._connection.execute(threads)
        ]
        if not where:
            return ()
        query = (
            sa.select(incoming).where(sa.or_(*where)).order_by(incoming.c.received_at.desc(), incoming.c.key.desc())
        )
        return tuple(reversed(self._rows(query.limit(_MOST_OF_A_CONVERSATION))))

    def is_any(self, *, before: datetime) -> bool:
        """Whether anything came before then that has nothing to do with any draft."""
        return self._connection.execute(sa.select(incoming.c.key).where(*_old(before)).limit(1)).first() is not None

    def forget(self, *, before: datetime) -> int:
        """Delete what came before then and has nothing to do with any draft. Returns how many, at most some."""
        some = (
            sa.select(incoming.c.provider, incoming.c.account, incoming.c.key)
            .where(*_old(before))
            .limit(_MOST_DELETED)
        )
        rows = self._connection.execute(some).all()
        key = sa.tuple_(incoming.c.provider, incoming.c.account, incoming.c.key)
        if rows:
            self._connection.execute(sa.delete(incoming).where(key.in_([tuple(row) for row in rows])))
        return len(rows)

    def _rows(self, query: sa.Select[Any]) -> list[TakenIn]:
        return [
            TakenIn(**{**row._mapping, "recipients": tuple(row.recipients)})
            for row in self._connection.execute(query)
        ]


def _old(before: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return incoming.c.draft_id.is_(None), incoming.c.received_at < before
