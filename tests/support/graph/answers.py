"""What the double answers about mail, in Graph's words."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from tests.support.graph.state import DRAFTS, Exchange, Message, Upload

_FILTERS = {
    "property": re.compile(r"singleValueExtendedProperties/any\(p:p/id eq '([^']+)' and p/value eq '([^']+)'\)"),
    "message_id": re.compile(r"internetMessageId eq '([^']+)'"),
    "conversation": re.compile(r"conversationId eq '([^']+)'"),
}
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_MOST = 4 * 1024 * 1024
_LIFE = "2099-01-01T00:00:00Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A status, and a JSON value or bytes."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The body as it is written."""
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


def failed(status: int, code: str, *, pause: timedelta | None = None) -> Answer:
    """An error as Graph words it."""
    inner = {"date": "2026-11-18T09:00:00", "request-id": "r-1", "client-request-id": "c-1"}
    error = {"code": code, "message": f"The double says {code}.", "innerError": inner}
    headers = {"Retry-After": str(int(pause.total_seconds()))} if pause else {}
    return Answer(status=status, body={"error": error}, headers=headers)


GONE = failed(404, "ErrorItemNotFound")


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A call about one mailbox; `path` begins after `/me`."""

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    mailbox: str
    address: str
    """Of the double, for links in its answers."""

    def value(self) -> Any:
        """The JSON of the body."""
        return json.loads(self.body)


class Mail:
    """Answers about messages."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def answer(self, call: Call) -> Answer:  # noqa: PLR0911 - one a resource
        """What Graph would say."""
        if len(call.body) > _MOST:
            return failed(413, "RequestEntityTooLarge")
        with self._exchange.lock:
            match call.method, *call.path:
                case "GET", "messages":
                    return self._list(call, "")
                case "GET", "mailFolders", "drafts":
                    return Answer(status=200, body={"id": DRAFTS})
                case "GET", "mailFolders", "drafts", "messages":
                    return self._list(call, DRAFTS)
                case "POST", "messages":
                    made = self._exchange.lay(call.mailbox, base64.b64decode(call.body))
                    return Answer(status=201, body=shown(made, {}))
                case _, "messages", id, *rest:
                    message = self._exchange.messages.get(unquote(id))
                    if message is None or message.mailbox != call.mailbox:
                        return GONE
                    return self._about(call, message, tuple(rest))
        return failed(400, "BadRequest")

    def _about(self, call: Call, message: Message, rest: tuple[str, ...]) -> Answer:  # noqa: PLR0911 - one a verb
        match call.method, *rest:
            case ("GET",):
                return Answer(status=200, body=shown(message.seen(), call.query))
            case "GET", "$value":
                return Answer(status=200, body=message.whole, headers={"Content-Type": "text/plain"})
            case ("PATCH",):
                return _patched(message, call.value())
            case "POST", "createReply":
                raw = base64.b64decode(call.body)
                made = self._exchange.lay(call.mailbox, raw, conversation=message.conversation)
                return Answer(status=201, body=shown(made, {}))
            case "POST", "send":
                return self._send(call, message)
            case "GET", "attachments":
                return Answer(status=200, body={"value": [_file(message, n) for n in range(len(message.files))]})
            case "POST", "attachments":
                value = call.value()
                content = base64.b64decode(value["contentBytes"])
                message.files.append((value["name"], value["contentType"], content))
                message.touched()
                return Answer(status=201, body=_file(message, -1))
            case "POST", "attachments", "createUploadSession":
                return self._open_upload(call, message)
        return failed(400, "BadRequest")

    def _list(self, call: Call, folder: str) -> Answer:
        wanted = call.query["$filter"]
        kind, found = next((k, m) for k, p in _FILTERS.items() if (m := p.fullmatch(wanted)))
        mine = [one.seen() for one in self._exchange.of(call.mailbox)]
        match kind:
            case "property":
                mine = [one for one in mine if one.properties.get(found[1]) == found[2]]
            case "message_id":
                mine = [one for one in mine if str(one.parsed.get("Message-ID", "")) == found[1]]
            case _:
                mine = [one for one in mine if one.conversation == found[1]]
        mine = [one for one in mine if folder in ("", one.folder)]
        top = int(call.query.get("$top", "10"))
        return Answer(status=200, body={"value": [shown(one, call.query) for one in mine[:top]]})

    def _send(self, call: Call, message: Message) -> Answer:
        if not message.draft:
            return GONE
        wanted = call.headers.get("If-Match")
        if self._exchange.honours_if_match and wanted not in (None, etag(message)):
            return failed(412, "ErrorIrresolvableConflict")
        self._exchange.accept(message)
        return Answer(status=202)

    def _open_upload(self, call: Call, message: Message) -> Answer:
        item = call.value()["AttachmentItem"]
        token = f"upload-{self._exchange.number()}"
        self._exchange.uploads[token] = Upload(
            message=message, name=item["name"], kind=item["contentType"], size=item["size"]
        )
        body = {"uploadUrl": f"{call.address}/{token}", "expirationDateTime": _LIFE, "nextExpectedRanges": ["0-"]}
        return Answer(status=201, body=body)

    def take_piece(self, token: str, piece: bytes, headers: Mapping[str, str]) -> Answer:
        """A piece of a file. The address is all that whoever brings it has to show."""
        with self._exchange.lock:
            upload = self._exchange.uploads.get(token)
            stated = _RANGE.fullmatch(headers.get("Content-Range", ""))
            if upload is None or stated is None or "Authorization" in headers:
                return failed(401, "InvalidAuthenticationToken")
            if int(stated[1]) != len(upload.content) or int(stated[2]) - int(stated[1]) + 1 != len(piece):
                return failed(416, "InvalidRange")
            upload.content += piece
            if len(upload.content) < upload.size:
                ranges = [f"{len(upload.content)}-"]
                return Answer(status=200, body={"expirationDateTime": _LIFE, "nextExpectedRanges": ranges})
            del self._exchange.uploads[token]
            upload.message.files.append((upload.name, upload.kind, bytes(upload.content)))
            upload.message.touched()
            return Answer(status=201)


def etag(message: Message) -> str:
    """Which version it is, as Graph writes it."""
    return f'W/"CQAAABYAAA{message.version:04}"'


def shown(message: Message, query: Mapping[str, str]) -> dict[str, Any]:
    """A message, with those of its properties that were asked for."""
    mail = message.parsed
    whole: dict[str, Any] = {
        "id": message.id,
        "isDraft": message.draft,
        "changeKey": f"CQAAABYAAA{message.version:04}",
        "parentFolderId": message.folder,
        "conversationId": message.conversation,
        "internetMessageId": str(mail.get("Message-ID", f"<{message.id}@graph.example>")),
        "subject": str(mail.get("Subject", "")),
        "categories": list(message.categories),
        "toRecipients": _recipients(mail, "To"),
        "ccRecipients": _recipients(mail, "Cc"),
        "bccRecipients": [{"emailAddress": {"name": one, "address": one}} for one in message.blind],
        "hasAttachments": bool(message.files),
    }
    wanted = set(query["$select"].split(",")) if "$select" in query else set(whole)
    properties = [{"id": name, "value": value} for name, value in message.properties.items()]
    expanded = {"singleValueExtendedProperties": properties} if "$expand" in query and properties else {}
    return {"@odata.etag": etag(message), **{k: v for k, v in whole.items() if k in wanted}, **expanded}


def _patched(message: Message, value: Mapping[str, Any]) -> Answer:
    for one in value.get("singleValueExtendedProperties", ()):
        message.properties[one["id"]] = one["value"]
    message.categories = list(value.get("categories", message.categories))
    if "bccRecipients" in value:
        message.blind = [one["emailAddress"]["address"] for one in value["bccRecipients"]]
    message.touched()
    return Answer(status=200, body=shown(message, {}))


def _recipients(mail: EmailMessage, name: str) -> list[dict[str, Any]]:
    found = [one for header in mail.get_all(name, []) for one in header.addresses]
    return [{"emailAddress": {"name": one.display_name or one.addr_spec, "address": one.addr_spec}} for one in found]


def _file(message: Message, number: int) -> dict[str, Any]:
    name, kind, content = message.files[number]
    kept = {"id": f"{message.id}-{name}", "name": name, "contentType": kind, "size": len(content)}
    return {"@odata.type": "#microsoft.graph.fileAttachment", **kept}
