"""The board on which every notice stands, and the transports that carry them further."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from app.core.clock import Clock
from app.core.errors import NotDelivered
from app.core.notices import Notice
from app.core.ports import Notifier
from app.store.store import Store

_BATCH = 200
_log = structlog.get_logger(__name__)


def read_board(store: Store, recipient: str, *, limit: int = 100) -> Sequence[Notice]:
    """What one person or agent was told, newest first."""
    with store.read() as reader:
        return reader.notices.for_recipient(recipient, limit=limit)


def carry(store: Store, notifier: Notifier, clock: Clock) -> int:
    """Hand the transport what it has not carried yet, oldest first. Returns how many were carried.

    A notice is written in the transaction of what it tells about, so none is lost and none tells what did not happen.
    A worker that dies between the two halves carries one again, under the same id. What one person cannot be told
    does not hold up the others.
    """
    with store.read() as reader:
        waiting = reader.notices.undelivered(limit=_BATCH)
    carried = 0
    for notice in waiting:
        try:
            notifier.notify(notice)
        except NotDelivered as error:
            _log.warning("notice not delivered", notice=notice.id, by=notifier.name, reason=str(error))
            continue
        with store.write(now=clock.now()) as tx:
            tx.notices.mark_delivered(notice, at=tx.now)
        carried += 1
    return carried
