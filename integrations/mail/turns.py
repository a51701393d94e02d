"""Drafts that are marked in a mailbox are read some at a look, each in its turn, and none holds up another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.core.left_drafts import LeftDraft, Waiting
from integrations.http import Deadline
from integrations.mail.inboxes import in_words_of_the_port

MOST = 20
"""Marked drafts that are read at one look."""


class Turns:
    """Whose turn it is in each mailbox at one provider. Kept in memory: a worker that begins gives turns anew."""

    def __init__(self) -> None:
        self._queues: dict[str, tuple[str, ...]] = {}

    def read(
        self,
        account: str,
        marked: Iterable[str],
        read: Callable[[str], bytes | None],
        *,
        deadline: Deadline,
        enough: float,
    ) -> Waiting:
        """Those of the marked drafts whose turn it is; one that is marked since the last look comes last.

        `read` gives the bytes of one, or None where it is gone. Where it raises, that draft has had its turn and this
        look ends: the trouble may be the mailbox's, and the next look begins with the one behind it. No further one
        is read with less than `enough` seconds left.
        """
        queue = self._queues[account] = self._queue(account, marked)
        found: list[LeftDraft] = []
        for turn, key in enumerate(queue[:MOST], start=1):
            self._queues[account] = (*queue[turn:], *queue[:turn])
            try:
                with in_words_of_the_port():
                    raw = read(key)
            except Exception as error:  # noqa: BLE001 - whatever one draft does to a library, it stops no other
                return Waiting(drafts=tuple(found), unread=error)
            if raw is not None:
                found.append(LeftDraft(key=key, raw=raw))
            if deadline.left() < enough:
                break
        return Waiting(drafts=tuple(found))

    def _queue(self, account: str, marked: Iterable[str]) -> tuple[str, ...]:
        now = dict.fromkeys(marked)
        known = [key for key in self._queues.get(account, ()) if key in now]
        return tuple(dict.fromkeys((*known, *now)))
