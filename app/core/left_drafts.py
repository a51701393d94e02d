"""Drafts that an agent, which knows nothing but a mailbox, leaves there under a mark; and the port to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from app.core.ports import Handle

FOLDER = "Countersign"
SUBMIT = f"{FOLDER}/submit"
"""What a draft is marked with that is to be judged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftDraft:
    """A draft that lies in a mailbox."""

    key: str
    """What the provider calls it, however often it is edited."""
    raw: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """What one look at a mailbox has found."""

    drafts: tuple[LeftDraft, ...] = ()
    unread: Exception | None = None
    """Why a draft could not be read, where that ended the look. It has its turn again after the others."""


class LeftDrafts(Protocol):
    """The marked drafts in the mailboxes at one provider. Every method raises InboxClosed or InboxUnavailable."""

    def waiting(self, account: str) -> Waiting:
        """Those marked with `SUBMIT`, as they are now; where they are many, some of them, each in its turn.

        One that cannot be read is no reason to raise: it is told of beside those that could be.
        """
        ...

    def mark(self, account: str, key: str, word: str) -> None:
        """Show `Countersign/<word>` at the draft, in the place of an earlier word. Gone drafts are passed over."""
        ...

    def handle(self, account: str, key: str) -> Handle | None:
        """By which the mail provider lets exactly this draft go; None where it is gone."""
        ...

    def raw(self, account: str, key: str) -> bytes | None:
        """The draft as it is now; None where it is gone."""
        ...

    def is_same(self, judged: bytes, lying: bytes) -> bool:
        """Whether nobody has edited the draft in between: byte by byte, where the provider shows it as written."""
        ...
