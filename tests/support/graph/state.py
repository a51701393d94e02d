"""What the double knows: mailboxes with their messages, who is let in, and what is to go wrong."""

from __future__ import annotations

import itertools
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

from tests.support.provider.faults import Fault, Step

DRAFTS, SENT, DELETED = "folder-drafts", "folder-sent", "folder-deleted"
EDIT = b"PS: 20 % off!\r\n"


@dataclass(kw_only=True)
class Message:
    """A message in a mailbox. `unseen`: how often it is still shown as a draft after it was accepted."""

    id: str
    mailbox: str
    raw: bytes
    conversation: str
    folder: str = DRAFTS
    version: int = 1
    draft: bool = True
    accepted: bool = False
    unseen: int = 0
    properties: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Name, kind and bytes of those that followed the mail."""

    @property
    def parsed(self) -> EmailMessage:
        """The mail as its headers and parts."""
        return BytesParser(EmailMessage, policy=SMTP).parsebytes(self.raw)

    @property
    def whole(self) -> bytes:
        """The mail as it would leave."""
        if not self.files:
            return self.raw
        message = self.parsed
        for name, kind, content in self.files:
            main, _, sub = kind.partition("/")
            message.add_attachment(content, maintype=main, subtype=sub, filename=name)
        return message.as_bytes()

    def touched(self) -> None:
        """It is another version now."""
        self.version += 1

    def seen(self) -> Message:
        """Looked at once more: what was accepted is sent in the end."""
        if self.accepted and self.draft:
            if self.unseen:
                self.unseen -= 1
            else:
                self.leave()
        return self

    def leave(self) -> None:
        """Move to the sent items."""
        self.draft, self.folder = False, SENT
        self.touched()


@dataclass(kw_only=True)
class Upload:
    """A file that comes in pieces."""

    message: Message
    name: str
    kind: str
    size: int
    content: bytearray = field(default_factory=bytearray)


class Exchange:
    """Every mailbox of the double. Whoever reads or writes holds `lock`."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.messages: dict[str, Message] = {}
        self.uploads: dict[str, Upload] = {}
        self.left: list[tuple[str, bytes]] = []
        self.lag: dict[str, int] = defaultdict(int)
        self.honours_if_match = True
        self._faults: dict[tuple[str, Step], list[Fault]] = defaultdict(list)
        self._tokens: dict[str, str] = {}
        self._refresh: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """One that was never given before."""
        return next(self._numbers)

    # ── who may come in ───────────────────────────────────────────────────────────────────────────────────

    def open(self, mailbox: str) -> tuple[str, str]:
        """Let the gate in: an access token and a refresh token."""
        with self.lock:
            refresh = f"refresh-{self.number()}"
            self._refresh[refresh] = mailbox
            return self._token(mailbox), refresh

    def renew(self, refresh: str) -> tuple[str, str] | None:
        """The mailbox and a new access token; None where the owner has to sign in."""
        with self.lock:
            mailbox = self._refresh.get(refresh)
            return (mailbox, self._token(mailbox)) if mailbox else None

    def void(self, mailbox: str, *, close: bool) -> None:
        """Access tokens are good no more; with `close`, no new one is given either."""
        with self.lock:
            for known in (self._tokens, *([self._refresh] if close else [])):
                for token in [token for token, whose in known.items() if whose == mailbox]:
                    del known[token]

    def whose(self, token: str) -> str | None:
        """The mailbox that the token opens."""
        with self.lock:
            return self._tokens.get(token)

    def _token(self, mailbox: str) -> str:
        token = f"access-{self.number()}"
        self._tokens[token] = mailbox
        return token

    # ── messages ──────────────────────────────────────────────────────────────────────────────────────────

    def lay(self, mailbox: str, raw: bytes, *, conversation: str = "") -> Message:
        """A new draft."""
        number = self.number()
        made = Message(
            id=f"AAkALg{number:06}=",
            mailbox=mailbox,
            raw=raw,
            conversation=conversation or f"AAQk{number:06}=",
        )
        self.messages[made.id] = made
        return made

    def of(self, mailbox: str) -> Sequence[Message]:
        """The messages of a mailbox, oldest first."""
        return [one for one in self.messages.values() if one.mailbox == mailbox]

    def accept(self, message: Message) -> None:
        """Take it for sending: each acceptance is a delivery, until it is seen to have left."""
        self.left.append((message.mailbox, message.whole))
        message.accepted, message.unseen = True, self.lag[message.mailbox]
        if not message.unseen:
            message.leave()

    def touch(self, mailbox: str, how: Fault) -> None:
        """The owner edits, deletes or sends every draft of the mailbox. What is deleted lies in Deleted Items."""
        with self.lock:
            for one in self.of(mailbox):
                if one.draft and one.folder == DRAFTS:
                    one.touched()
                    if how is Fault.EDITED:
                        one.raw += EDIT
                    elif how is Fault.DELETED:
                        one.folder = DELETED
                    elif how is Fault.SENT_BY_HAND:
                        self.left.append((mailbox, one.whole))
                        one.leave()

    def purge(self, mailbox: str) -> None:
        """The owner deletes every draft for good."""
        with self.lock:
            for one in self.of(mailbox):
                if one.draft:
                    del self.messages[one.id]

    # ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────

    def hurt(self, mailbox: str, step: Step, fault: Fault, *, times: int = 1) -> None:
        """Have the next so many marked calls of the step go wrong."""
        with self.lock:
            self._faults[mailbox, step] += [fault] * times

    def next_fault(self, mailbox: str, step: str | None) -> Fault | None:
        """What goes wrong with this call, counted down."""
        with self.lock:
            pending = self._faults[mailbox, Step(step)] if step else []
            return pending.pop(0) if pending else None
