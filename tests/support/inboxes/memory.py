"""A double of our own of the port for reading, for tests of what is done with what came."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from app.core.inbox import Changes, Incoming


@dataclass
class MemoryInbox:
    """Mailboxes whose cursor is how many mails were told of. It fails as it is told to, once each."""

    page: int = 100
    came: dict[str, list[tuple[Incoming, bytes]]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    """What the next looks into an account raise."""
    unreadable: set[str] = field(default_factory=set)
    """Keys whose bytes cannot be had."""
    error: Exception | None = None
    looked: list[tuple[str, str]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def put(self, account: str, mail: Incoming, raw: bytes) -> None:
        """A mail comes in."""
        self.came[account].append((mail, raw))

    def changes(self, account: str, cursor: str) -> Changes:
        """As the port says."""
        self.looked.append((account, cursor))
        if self.failures[account]:
            raise self.failures[account].pop(0)
        begin = int(cursor or 0)
        end = min(begin + self.page, len(self.came[account]))
        return Changes(
            messages=tuple(mail for mail, _ in self.came[account][begin:end]),
            cursor=str(end),
            is_full=not cursor,
            has_more=end < len(self.came[account]),
        )

    def raw(self, account: str, key: str) -> bytes | None:
        """As the port says."""
        self.read.append(key)
        if key in self.unreadable and self.error is not None:
            raise self.error
        return next((raw for mail, raw in self.came[account] if mail.key == key), None)
