"""What was left in a mailbox leaves as that very draft, if it is what was judged; else not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from app.core.digest import submission_digest
from app.core.errors import MailboxClosed, MailChanged, SendUnavailable
from app.core.inbox import InboxClosed, InboxUnavailable
from app.core.left_drafts import LeftDrafts
from app.core.ports import Handle, MailProvider, Manner, OutgoingMail, Receipt
from app.standing import read_standing
from app.store.left_drafts import Left
from app.store.store import Store

T = TypeVar("T")

_MARK = "left_sha256"
"""In the handle: this draft lay there before, and these are the bytes that were judged. The trail keeps it."""
_EDITED = "the draft was edited in the mailbox after it was judged; it is judged anew"


@dataclass(frozen=True, kw_only=True, slots=True)
class LeavingAsLeft:
    """A mail provider that lets go what was left in its mailboxes as it was left, and all else as ever."""

    inside: MailProvider
    left: LeftDrafts
    store: Store

    @property
    def name(self) -> str:
        """As inside."""
        return self.inside.name

    @property
    def manner(self) -> Manner:
        """As inside."""
        return self.inside.manner

    def prepare(self, mail: OutgoingMail) -> Handle:
        """What lies ready is the draft that was left there, where it is what was approved.

        Where people have edited ours since, theirs is laid ready as ever. Raises MailChanged where the one in the
        mailbox is gone, or is another by now.
        """
        found = self._of(mail)
        if found is None:
            return self.inside.prepare(mail)
        if found.draft_id != mail.draft_id:
            raise MailChanged("the draft in the mailbox was edited and handed in anew; this one is not sent")
        if not self._is_approved(found, mail):
            return self.inside.prepare(mail)
        handle = _asked(lambda: self.left.handle(found.account, found.key))
        if handle is None:
            raise MailChanged("the draft is gone from the mailbox: if it was not sent by hand, leave it there anew")
        return {**handle, _MARK: found.raw_sha256}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Raises MailChanged where it is not what was judged."""
        if _MARK not in handle:
            return self.inside.verify(mail, handle)
        found = self._of(mail)
        if found is None or found.raw_sha256 != handle[_MARK] or not self._is_approved(found, mail):
            raise MailChanged(_EDITED)
        raw = _asked(lambda: self.left.raw(found.account, found.key))
        if raw is None or not self.left.is_same(found.raw, raw):
            raise MailChanged(_EDITED)
        return self.inside.verify(replace(mail, raw=found.raw), handle)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Let it go as it was judged."""
        return self.inside.send(self._as_left(mail, handle), handle)

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """As inside."""
        return self.inside.confirm(self._as_left(mail, answer), answer)

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """As inside."""
        return self.inside.find(send_id, handle)

    def _of(self, mail: OutgoingMail) -> Left | None:
        with self.store.read() as reader:
            return reader.left_drafts.of_draft(mail.draft_id)

    def _is_approved(self, found: Left, mail: OutgoingMail) -> bool:
        """Whether our draft still says what the one in the mailbox said when it was taken in: people may edit ours.

        A draft that has begun to leave can be edited no more, so what it says now is what was approved.
        """
        with self.store.read() as reader:
            return found.digest == submission_digest(read_standing(reader, mail.draft_id).draft)

    def _as_left(self, mail: OutgoingMail, handle: Handle) -> OutgoingMail:
        if _MARK not in handle:
            return mail
        found = self._of(mail)
        if found is None or found.raw_sha256 != handle[_MARK]:
            raise MailChanged(_EDITED)
        # Nobody is added: those who get it stand in the draft's own headers, and were judged with it.
        return replace(mail, raw=found.raw)


def _asked(question: Callable[[], T]) -> T:
    try:
        return question()
    except InboxClosed as error:
        raise MailboxClosed(str(error), retry_after=error.retry_after) from None
    except InboxUnavailable as error:
        raise SendUnavailable(str(error), retry_after=error.retry_after) from None
