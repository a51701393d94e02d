"""The drafts of one mailbox, as a step of the port sees them: laid, found again, and told from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.ports import Handle, OutgoingMail
from integrations.addresses import address_key
from integrations.graph import GraphStep, Reply, Unreadable
from integrations.mail.outlook.files import add_missing, parted
from integrations.mail.outlook.sameness import message_ids
from integrations.mail.outlook.wire import done, text, there

Message = Mapping[str, Any]
"""A message in Graph's own words."""

SEND_ID = "String {7d5fb8a4-3c0e-4f86-9a55-52b1c7e0d9a3} Name CountersignSendId"
"""The property of ours that holds the send id. It stays with a message that is sent, and never leaves the mailbox."""
CATEGORY = "countersign"
_RECIPIENTS = ("toRecipients", "ccRecipients", "bccRecipients")
_FOLDER = "parentFolderId"
_SELECT = ",".join(("id", "isDraft", "changeKey", _FOLDER, "conversationId", "internetMessageId", *_RECIPIENTS))
_HEADER = re.compile(rb"[!-9;-~]+:")
"""What every mail begins with, and no page of something that answers in Graph's place."""
_ANSWERS_NOTHING = frozenset({400, 404, 405, 501})
"""What Graph says to a reply that it will not lay as asked; nothing was laid then."""


def with_send_id(step: GraphStep, folder: str, send_id: str) -> Message | None:
    """The message that carries the send id: in `/mailFolders/drafts`, or anywhere with an empty `folder`."""
    wanted = f"singleValueExtendedProperties/any(p:p/id eq '{SEND_ID}' and p/value eq {_quoted(send_id)})"
    return _first(step, folder, wanted)


def with_message_id(step: GraphStep, folder: str, message_id: str) -> Message | None:
    """The message with this Message-ID."""
    return _first(step, folder, f"internetMessageId eq {_quoted(message_id)}") if message_id else None


def in_conversation(step: GraphStep, conversation: str, send_id: str) -> Message | None:
    """The message of a conversation that carries the send id, for searches by property may lag."""
    query = {
        "$filter": f"conversationId eq {_quoted(conversation)}",
        "$select": _SELECT,
        "$expand": f"singleValueExtendedProperties($filter=id eq '{SEND_ID}')",
        "$top": "50",
    }
    found = done(step.call("GET", "/messages", query=query), "look through the conversation").values()
    return next((one for one in found if send_id in _send_ids(one)), None)


def with_id(step: GraphStep, message_id: str) -> Message | None:
    """The message, wherever it has gone; None where there is none."""
    reply = there(step.call("GET", f"/messages/{message_id}", query={"$select": _SELECT}), "show the mail")
    return reply.value() if reply else None


def raw_of(step: GraphStep, message_id: str) -> bytes | None:
    """The mail as Exchange writes it; None where there is none."""
    reply = there(step.call("GET", f"/messages/{message_id}/$value", headers={"Accept": "*/*"}), "give the mail")
    if reply is not None and not _HEADER.match(reply.content):
        raise Unreadable("what should be a mail is none")
    return reply.content if reply else None


def laid(step: GraphStep, mail: OutgoingMail, *, as_reply: bool) -> Message:
    """The draft of this mail: the one that lies there, or a new one, complete and marked with its send id.

    It is marked right after it was laid. One that was laid and not marked, for the answer was lost or the worker
    died, is known by its Message-ID. Its folder is the one where it was laid or found, wherever its owner has moved
    it since.
    """
    first, enclosures = parted(mail.raw)
    draft = with_send_id(step, "/mailFolders/drafts", mail.send_id)
    if draft is None:
        own, parent = message_ids(mail.raw)
        draft = with_message_id(step, "/mailFolders/drafts", own)
        draft = draft or _new(step, first, parent=parent if as_reply else "")
        draft = {**_marked(step, draft, mail), _FOLDER: draft.get(_FOLDER)}
    if enclosures and add_missing(step, text(draft, "id"), enclosures):
        draft = {**(with_id(step, text(draft, "id")) or draft), _FOLDER: draft.get(_FOLDER)}
    return draft


def handle_of(draft: Message, mailbox: str) -> Handle:
    """What has to be kept of a draft."""
    kept = {"mailbox": mailbox, "message": text(draft, "id"), "folder": text(draft, _FOLDER)}
    own = {"etag": etag(draft), "conversation": draft.get("conversationId")}
    own["internet_message_id"] = draft.get("internetMessageId")
    return {**kept, **{name: value for name, value in own.items() if isinstance(value, str) and value}}


def etag(message: Message) -> str:
    """Which version of the message it is; empty where Graph does not say."""
    value = message.get("@odata.etag")
    return value if isinstance(value, str) else ""


def goes_to(message: Message) -> frozenset[str]:
    """Everybody who would get it, blind copies too."""
    return frozenset(address for name in _RECIPIENTS for address in _addresses(message.get(name)))


def _new(step: GraphStep, raw: bytes, *, parent: str) -> Message:
    """A new draft. As a reply where the message that it answers is in the mailbox: then it is in its conversation."""
    answered = with_message_id(step, "", parent)
    if answered is not None:
        reply = step.call("POST", f"/messages/{text(answered, 'id')}/createReply", mime=raw)
        if reply.status not in _ANSWERS_NOTHING:
            return done(reply, "lay a reply").value()
    return done(step.call("POST", "/messages", mime=raw), "lay a draft").value()


def _marked(step: GraphStep, draft: Message, mail: OutgoingMail) -> Message:
    """The draft with its send id, its category, and those who get a blind copy."""
    shown = {address for name in _RECIPIENTS[:2] for address in _addresses(draft.get(name))}
    blind = [one for one in mail.recipients if address_key(one) not in shown]
    value = {
        "singleValueExtendedProperties": [{"id": SEND_ID, "value": mail.send_id}],
        "categories": [CATEGORY],
        "bccRecipients": [{"emailAddress": {"address": one}} for one in blind],
    }
    path = f"/messages/{text(draft, 'id')}"
    reply: Reply = done(step.call("PATCH", path, value=value), "mark the draft")
    return reply.value()


def _first(step: GraphStep, folder: str, wanted: str) -> Message | None:
    query = {"$filter": wanted, "$select": _SELECT, "$top": "1"}
    found = done(step.call("GET", f"{folder}/messages", query=query), "look for the mail").values()
    return found[0] if found else None


def _addresses(recipients: object) -> Iterator[str]:
    for one in recipients if isinstance(recipients, list) else []:
        mailbox = one.get("emailAddress") if isinstance(one, dict) else None
        address = mailbox.get("address") if isinstance(mailbox, dict) else None
        if isinstance(address, str):
            yield address_key(address)


def _send_ids(message: Message) -> Iterator[object]:
    properties = message.get("singleValueExtendedProperties")
    for one in properties if isinstance(properties, list) else []:
        if isinstance(one, dict) and one.get("id") == SEND_ID:
            yield one.get("value")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
