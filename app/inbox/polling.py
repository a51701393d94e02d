"""Looking into every connected mailbox, each at its own time: one that fails waits longer and stops no other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app.core.clock import Clock
from app.core.errors import CountersignError
from app.core.inbox import Changes, Inbox, InboxClosed, InboxUnavailable
from app.core.ports import CALL_BUDGET
from app.inbox.contents import NOTHING, Content, content_of
from app.inbox.taking_in import Taking
from app.store.cursors import Followed, Mailbox
from app.store.store import Store

_AT_ONCE = 4
_MOST_IN_A_ROUND = 16
"""So that what is done beside it has its turn; the rest is due in the next round, and comes first."""
_PAGES = 5
"""Of one mailbox, one after the other, where much has come."""
_LEASE = 3 * CALL_BUDGET
"""For a page. Each mail that has to be looked into adds one call."""
_LONGEST_PAUSE = timedelta(hours=1)
_CLOSED_PAUSE = timedelta(minutes=10)
_PATIENCE = 3
"""How often a page is tried again whose mails cannot be looked into; then they are judged by their headers."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Polling:
    """Follows mailboxes. Any number of workers may: each mailbox is looked into by one at a time."""

    store: Store
    clock: Clock
    mailboxes: Callable[[], Collection[Mailbox]]
    """Those that may be looked into now."""
    inbox: Callable[[str], Inbox]
    """Opens the inboxes at a provider; may raise CountersignError."""
    every: timedelta
    """How long after one look comes the next."""
    kept: timedelta
    """How long who wrote to whom is kept of mail that has nothing to do with any draft."""
    taking: Taking
    besides: Callable[[Mailbox], object] = lambda _mailbox: None
    """What looks for drafts that were left in a mailbox, after each look into it. What it raises is logged, and kept
    with the cursor until a look goes well; it is done again next time."""

    def look(self) -> int:
        """Look into those that are due. Returns how many were looked into; what goes wrong stays with its mailbox."""
        now, wanted = self.clock.now(), frozenset(self.mailboxes())
        due = self._due(wanted, now)
        if due:
            with ThreadPoolExecutor(min(_AT_ONCE, len(due)), "inbox") as pool:
                list(pool.map(self._follow, due))
        return len(due)

    def tidy(self) -> int:
        """Delete what was kept for long enough. Returns how many mails."""
        now = self.clock.now()
        with self.store.read() as reader:
            if not reader.incoming.is_any(before=now - self.kept):
                return 0
        with self.store.write(now=now) as tx:
            return tx.incoming.forget(before=now - self.kept)

    def _due(self, wanted: frozenset[Mailbox], now: datetime) -> list[Followed]:
        with self.store.read() as reader:
            known = reader.cursors.every()
        fresh = wanted - {_place(each) for each in known}
        resting = [each for each in known if _place(each) not in wanted and _is_told_of(each)]
        if fresh or resting:
            with self.store.write(now=now) as tx:
                tx.cursors.begin(fresh, now=now)
                for each in resting:
                    tx.cursors.rest(each)
                known = tx.cursors.every()
        due = [each for each in known if _place(each) in wanted and each.next_at <= now]
        return sorted(due, key=lambda each: each.next_at)[:_MOST_IN_A_ROUND]

    def _follow(self, followed: Followed) -> None:
        """One mailbox, page after page. Whatever goes wrong is written down and ends here."""
        try:
            for _ in range(_PAGES):
                further = self._page(followed)
                if further is None:
                    break
                followed = further
            self._look_besides(followed)
        except Exception as error:  # noqa: BLE001 - one mailbox must not stop the others
            _log.error("a mailbox was not looked into", provider=followed.provider, error=error)

    def _look_besides(self, followed: Followed) -> None:
        """Look for drafts that were left. Nothing is written while all goes well."""
        trouble = None
        try:
            self.besides(_place(followed))
        except Exception as error:  # noqa: BLE001 - whatever a provider's library raises, people are told of it
            trouble = _in_words(error)
            _log.error("drafts that were left were not looked for", provider=followed.provider, error=error)
        if trouble is not None or followed.left_trouble is not None:
            now = self.clock.now()
            with self.store.write(now=now) as tx:
                tx.cursors.note_left(_place(followed), trouble=trouble, at=now)

    def _page(self, followed: Followed) -> Followed | None:
        """The cursor to go on from where more waits; None where nothing does, or somebody else is at it."""
        began = self.clock.now()
        with self.store.write(now=began) as tx:
            held = tx.cursors.hold(followed, until=began + _LEASE)
        if held is None:
            return None
        try:
            inbox = self.inbox(held.provider)
            changes = inbox.changes(held.account, held.cursor)
            contents = self._contents(inbox, held, changes)
            moved = self._taken_in(held, changes, contents, began=began)
        except Exception as error:  # noqa: BLE001 - whatever a provider's library raises, it is looked at again later
            self._failed(held, error)
            return None
        if not moved or not changes.has_more:
            return None
        with self.store.read() as reader:
            every = reader.cursors.every()
        return next(each for each in every if _place(each) == _place(held))

    def _contents(self, inbox: Inbox, held: Followed, changes: Changes) -> Mapping[str, Content]:
        with self.store.read() as reader:
            keys = self.taking.worth_reading(reader, held.provider, held.account, changes.messages)
        return {key: self._content(inbox, held, key) for key in keys}

    def _content(self, inbox: Inbox, held: Followed, key: str) -> Content:
        """What stands in it; nothing, in the end, where one mail would keep the rest from being read."""
        try:
            raw = inbox.raw(held.account, key)
        except InboxUnavailable:
            if held.failures < _PATIENCE:
                raise
            return NOTHING
        return content_of(raw) if raw is not None else NOTHING

    def _taken_in(
        self, held: Followed, changes: Changes, contents: Mapping[str, Content], *, began: datetime
    ) -> bool:
        """Keep it all, with the cursor. False where somebody else has moved the cursor: then they have kept it."""
        now = self.clock.now()
        with self.store.write(now=now) as tx:
            tx.incoming.hold({mail.message_id or mail.key for mail in changes.messages})
            moved = tx.cursors.move(
                held,
                cursor=changes.cursor,
                next_at=now if changes.has_more else now + self.every,
                synced_at=None if changes.has_more else began,
            )
            if moved:
                self.taking.take_in(tx, held.provider, held.account, changes.messages, contents)
        return moved

    def _failed(self, held: Followed, error: Exception) -> None:
        now = self.clock.now()
        with self.store.write(now=now) as tx:
            tx.cursors.fail(held, trouble=_in_words(error), next_at=now + self._pause(held, error))
        if not isinstance(error, CountersignError):
            _log.error("a mailbox could not be read", provider=held.provider, error=error)

    def _pause(self, held: Followed, error: Exception) -> timedelta:
        if isinstance(error, InboxClosed):
            return _CLOSED_PAUSE
        named = error.retry_after if isinstance(error, InboxUnavailable) else None
        growing = min(self.every * (1 << min(held.failures, 10)), _LONGEST_PAUSE)
        return max(named or timedelta(0), growing)


def _in_words(error: Exception) -> str:
    foreseen = isinstance(error, CountersignError)
    return (str(error) if foreseen else f"{type(error).__name__}, which nobody foresaw: see the log")[:1000]


def _is_told_of(followed: Followed) -> bool:
    """Whether the doctor or anybody else would speak of it as of a mailbox that is followed."""
    return followed.synced_at is not None or bool(followed.trouble) or followed.left_trouble is not None


def _place(followed: Followed) -> Mailbox:
    return followed.provider, followed.account
