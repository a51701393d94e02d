"""Which of our drafts a mail is, or comes in answer to: by Message-IDs first, by the mailbox's own thread at last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.inbox import Incoming
from app.inbox.contents import Content, message_ids
from app.inbox.kinds import Kind
from app.store.store import Reader

_OURS = re.compile(r"<(sn_[A-Za-z0-9_-]{1,77})@([^<>@\s]+)>")
"""A Message-ID that the gate has written: the send id, at the sender's domain."""
_MOST_PARENTS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What a mail has to do with a draft."""

    draft_id: str
    is_itself: bool
    """Whether it is a copy of the draft's own mail, wherever it lies; else it answers it."""


class Matching:
    """Looks for the drafts of what came into one mailbox, in the order in which it came."""

    def __init__(self, reader: Reader, provider: str, account: str) -> None:
        self._incoming = reader.incoming
        self._mailbox = (provider, account)
        self._by_message: dict[str, str] = {}
        self._by_thread: dict[str, str] = {}

    def of(self, mail: Incoming, content: Content) -> Match | None:
        """The draft; None where it has nothing to do with any."""
        itself = self._itself(mail)
        if itself is not None:
            self._by_thread[mail.thread_id] = itself
            self._by_message[mail.message_id] = itself
            return Match(draft_id=itself, is_itself=True)
        if mail.is_own:
            return None  # its owner wrote it by hand
        answered = self._answered((*parents_of(mail), *content.returned_ids))
        answered = answered or self._returned(content) or self._in_thread(mail.thread_id)
        return Match(draft_id=answered, is_itself=False) if answered else None

    def _itself(self, mail: Incoming) -> str | None:
        """Some providers write a Message-ID of their own: then the old one, or the gate's header, tells.

        Only in the mail of whom the gate has sent it for: anybody can write a header.
        """
        own_ids = (mail.message_id, *message_ids(mail.header("x-google-original-message-id")))
        for draft_id, sender in self._incoming.sent_as(_send_ids(own_ids)).values():
            if sender == mail.sender:
                return draft_id
        named = mail.header("x-countersign-draft").strip()
        return named if named and self._incoming.is_from(named, mail.sender) else None

    def _answered(self, ids: Sequence[str]) -> str | None:
        """The draft of the nearest of these that is ours."""
        if not ids:
            return None
        sent = self._incoming.sent_as(_send_ids(ids))
        renamed = {**self._incoming.drafts_that_are(Kind.OWN, ids), **self._by_message}
        for each in ids:
            ours = _OURS.fullmatch(each)
            if ours and ours[1] in sent and sent[ours[1]][1].rpartition("@")[2] == ours[2].lower():
                return sent[ours[1]][0]
            if each in renamed:
                return renamed[each]
        return None

    def _returned(self, content: Content) -> str | None:
        return next((each for each in content.returned_drafts if self._incoming.is_draft(each)), None)

    def _in_thread(self, thread_id: str) -> str | None:
        known = self._by_thread.get(thread_id)
        return known or self._incoming.newest_draft_in(*self._mailbox, thread_id, Kind.OWN)


def parents_of(mail: Incoming) -> tuple[str, ...]:
    """The Message-IDs of the mails that this one answers, the nearest first."""
    near, far = message_ids(mail.header("in-reply-to")), message_ids(mail.header("references"))
    return tuple(dict.fromkeys((*near, *reversed(far))))[:_MOST_PARENTS]


def root_of(mail: Incoming) -> str:
    """The Message-ID that its conversation began with, as far as it says."""
    far = message_ids(mail.header("references")) or message_ids(mail.header("in-reply-to"))
    return far[0] if far else mail.message_id


def _send_ids(ids: Sequence[str]) -> list[str]:
    return [ours[1] for each in ids if (ours := _OURS.fullmatch(each))]
