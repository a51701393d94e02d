"""One mailbox at Gmail during one step: what is asked of it, and what it answers, in plain data."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from googleapiclient.http import MediaInMemoryUpload  # type: ignore[import-untyped]

from integrations.credentials.google.app import METADATA, MODIFY, READONLY
from integrations.credentials.google.caller import Caller, Json, api
from integrations.mail.gmail.answers import bytes_of, look, text_in
from integrations.mail.gmail.content import Letter, first_header

_ME = "me"
_INLINE_BYTES = 1024 * 1024
"""A longer mail is uploaded as it is: within JSON it would be a third longer."""
_LABEL = "countersign"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A mail in the mailbox, without its body."""

    id: str
    thread: str
    history: str
    labels: frozenset[str]
    message_id: str
    original_message_id: str
    """The Message-ID that it was handed in with, where Gmail gave it another and says so."""
    draft_id: str
    subject: str

    @property
    def is_sent(self) -> bool:
        """Whether it has left."""
        return "SENT" in self.labels and "DRAFT" not in self.labels


@dataclass(frozen=True, kw_only=True, slots=True)
class Lying:
    """A draft, and the mail in it."""

    id: str
    mail: Mail


class Gmail:
    """The places of Gmail's API, each described once: googleapiclient takes milliseconds to describe one."""

    def __init__(self, root: str | None) -> None:
        self._users = api("gmail", "v1", root=root).users()

    @cached_property
    def drafts(self) -> Any:
        """Drafts."""
        return self._users.drafts()

    @cached_property
    def messages(self) -> Any:
        """Mail of every kind."""
        return self._users.messages()

    @cached_property
    def threads(self) -> Any:
        """Conversations."""
        return self._users.threads()

    @cached_property
    def history(self) -> Any:
        """What has changed."""
        return self._users.history()

    @cached_property
    def labels(self) -> Any:
        """Labels."""
        return self._users.labels()

    @cached_property
    def aliases(self) -> Any:
        """The addresses that an owner may write as."""
        return self._users.settings().sendAs()


class Mailbox:
    """The calls. Each raises what `Caller.call` raises; what is not there is None."""

    def __init__(self, gmail: Gmail, caller: Caller) -> None:
        self._gmail = gmail
        self._caller = caller

    @property
    def can_search(self) -> bool:
        """Whether the owner lets the gate search by Message-ID: no token with the metadata scope may."""
        scopes = self._caller.scopes
        return METADATA not in scopes and bool({READONLY, MODIFY} & {*scopes})

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────────────

    def newest_drafts(self, limit: int) -> tuple[str, ...]:
        """The ids of as many drafts, the newest first."""
        answer = self._caller.call(self._gmail.drafts.list(userId=_ME, maxResults=limit))
        return tuple(text_in(each, "id") for each in answer.get("drafts", []))

    def draft(self, id: str) -> Lying | None:
        """The draft, its mail without a body."""
        answer = look(self._caller, self._gmail.drafts.get(userId=_ME, id=id, format="metadata"))
        return Lying(id=text_in(answer, "id"), mail=_mail(answer.get("message", {}))) if answer else None

    def draft_lies(self, id: str) -> bool:
        """Whether the draft is there."""
        return look(self._caller, self._gmail.drafts.get(userId=_ME, id=id, format="minimal")) is not None

    def draft_bytes(self, id: str) -> bytes | None:
        """The draft's mail, byte by byte."""
        answer = look(self._caller, self._gmail.drafts.get(userId=_ME, id=id, format="raw"))
        return bytes_of(text_in(answer.get("message", {}), "raw")) if answer else None

    def create_draft(self, letter: Letter, *, thread: str | None) -> str:
        """Lay the mail into the drafts, and return the draft's id."""
        place = {"threadId": thread} if thread else {}
        drafts = self._gmail.drafts
        if len(letter.raw) > _INLINE_BYTES:
            media = MediaInMemoryUpload(letter.raw, mimetype="message/rfc822", chunksize=-1, resumable=True)
            request = drafts.create(userId=_ME, body={"message": place}, media_body=media)
        else:
            request = drafts.create(userId=_ME, body={"message": {**place, "raw": _base64(letter.raw)}})
        return text_in(self._caller.call(request), "id")

    def send_draft(self, id: str, letter: Letter, *, thread: str) -> tuple[str, str]:
        """Let the draft go, as these bytes; a long one as it lies there. Returns the mail's id and its thread's."""
        body: dict[str, object] = {"id": id}
        if len(letter.raw) <= _INLINE_BYTES:
            body["message"] = {"raw": _base64(letter.raw), "threadId": thread}
        answer = self._caller.call(self._gmail.drafts.send(userId=_ME, body=body))
        return text_in(answer, "id"), text_in(answer, "threadId")

    # ── mail ──────────────────────────────────────────────────────────────────────────────────────────────

    def mail(self, id: str) -> Mail | None:
        """The mail with this id."""
        answer = look(self._caller, self._gmail.messages.get(userId=_ME, id=id, format="metadata"))
        return _mail(answer) if answer else None

    def thread(self, id: str) -> tuple[Mail, ...]:
        """The mails of the thread; none where it is gone."""
        answer = look(self._caller, self._gmail.threads.get(userId=_ME, id=id, format="metadata"))
        return tuple(_mail(each) for each in answer.get("messages", [])) if answer else ()

    def newest_threads(self, limit: int) -> tuple[str, ...]:
        """The ids of as many threads, the newest first."""
        answer = self._caller.call(self._gmail.threads.list(userId=_ME, maxResults=limit))
        return tuple(text_in(each, "id") for each in answer.get("threads", []))

    def with_message_id(self, message_id: str) -> Mail | None:
        """The mail with this Message-ID. Only where `can_search`."""
        query = f"rfc822msgid:{message_id.strip('<>')}"
        answer = self._caller.call(self._gmail.messages.list(userId=_ME, q=query, maxResults=1))
        found = answer.get("messages", [])
        return self.mail(text_in(found[0], "id")) if found else None

    def newest_sent(self, limit: int) -> tuple[tuple[str, ...], bool]:
        """The ids of as many sent mails, the newest first, and whether these are all."""
        answer = self._caller.call(self._gmail.messages.list(userId=_ME, labelIds=["SENT"], maxResults=limit))
        ids = tuple(text_in(each, "id") for each in answer.get("messages", []))
        return ids, not answer.get("nextPageToken")

    def sent_since(self, history: str, limit: int) -> tuple[str, ...] | None:
        """The ids of mails that came among the sent ones since then, the newest last; None where Gmail forgot."""
        request = self._gmail.history.list(
            userId=_ME,
            startHistoryId=history,
            historyTypes=["messageAdded", "labelAdded"],
            labelId="SENT",
            maxResults=limit,
        )
        answer = look(self._caller, request)
        if answer is None:
            return None
        entries = [each for step in answer.get("history", []) for each in step.get("messages", [])]
        return tuple(dict.fromkeys(text_in(each, "id") for each in entries))

    # ── the mailbox ───────────────────────────────────────────────────────────────────────────────────────

    def aliases(self) -> frozenset[str]:
        """The addresses that the owner may write as, and has shown to be theirs."""
        answer = self._caller.call(self._gmail.aliases.list(userId=_ME))
        mine = [
            a for a in answer.get("sendAs", []) if a.get("isPrimary") or a.get("verificationStatus") == "accepted"
        ]
        return frozenset(text_in(each, "sendAsEmail").lower() for each in mine)

    def mark(self, id: str) -> None:
        """Put the gate's label on the mail, where the owner lets it."""
        if MODIFY not in self._caller.scopes:
            return
        labels = self._caller.call(self._gmail.labels.list(userId=_ME)).get("labels", [])
        mine = next((text_in(each, "id") for each in labels if each.get("name") == _LABEL), None)
        if mine is None:
            mine = text_in(self._caller.call(self._gmail.labels.create(userId=_ME, body={"name": _LABEL})), "id")
        self._caller.call(self._gmail.messages.modify(userId=_ME, id=id, body={"addLabelIds": [mine]}))


def _mail(answer: Json) -> Mail:
    headers: Sequence[dict[str, str]] = answer.get("payload", {}).get("headers", [])
    return Mail(
        id=text_in(answer, "id"),
        thread=text_in(answer, "threadId"),
        history=str(answer.get("historyId", "")),
        labels=frozenset(answer.get("labelIds", [])),
        message_id=first_header(headers, "message-id"),
        original_message_id=first_header(headers, "x-google-original-message-id"),
        draft_id=first_header(headers, "x-countersign-draft"),
        subject=first_header(headers, "subject"),
    )


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()
