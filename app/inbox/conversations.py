"""Conversations as the connected mailboxes have them: who has written, and whether somebody has answered already."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import Clock
from app.core.facts import Conversation, Message
from app.core.ports import Conversations, is_local
from app.inbox.kinds import Kind
from app.store.incoming import TakenIn
from app.store.store import Store

_BY_MACHINES = frozenset({Kind.BOUNCE, Kind.AUTO_REPLY})


class TakenInConversations:
    """What was taken in, with what another source knows of the same thread."""

    def __init__(self, store: Store, clock: Clock, inside: Conversations | None = None) -> None:
        """`inside` is the other source; None where there is none."""
        self.local = inside is None or is_local(inside)  # the gate's own database is read as for every verdict
        self._store = store
        self._clock = clock
        self._inside = inside

    def conversation(self, thread_id: str) -> Conversation | None:
        """The thread with this name in any mailbox, or with this Message-ID; None where nobody knows it.

        Raises FactUnavailable where the other source cannot be read.
        """
        known = self._inside.conversation(thread_id) if self._inside is not None else None
        with self._store.read() as reader:
            found = reader.incoming.conversation(thread_id)
        if not found:
            return known
        each = {mail.message_id or mail.key: _message(mail) for mail in found}
        before = known.messages if known is not None else ()
        seen = {(message.sender, message.at) for message in before}
        fresh = (message for message in each.values() if (message.sender, message.at) not in seen)
        messages = sorted((*before, *fresh), key=lambda message: message.at)
        return Conversation(id=thread_id, messages=tuple(messages))

    def as_of(self) -> datetime:
        """The moment up to which every mailbox that is followed was read. Raises FactUnavailable as above."""
        with self._store.read() as reader:
            read = [each.synced_at for each in reader.cursors.every() if each.synced_at is not None]
        moments = [min(read)] if read else []
        if self._inside is not None:
            moments.append(self._inside.as_of())
        return min(moments, default=self._clock.now())


def _message(mail: TakenIn) -> Message:
    return Message(
        sender=mail.sender,
        recipients=mail.recipients,
        at=mail.received_at,
        automatic=mail.kind in _BY_MACHINES,
    )
