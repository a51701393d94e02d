"""Mail that is too long for one request: its files follow it, each by itself, small ones whole and large ones in
pieces."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

from integrations.graph import GraphStep, Reply
from integrations.mail.outlook.sameness import content, is_file
from integrations.mail.outlook.wire import done, text

MOST_AT_ONCE = 2_900_000
"""Octets of a mail that go in one request: Graph takes 4 MB, and base64 makes 4 of 3."""
SMALL = 2_900_000
"""Octets of a file that goes in one request; for larger ones Graph wants an upload session."""
PIECE = 10 * 327_680
"""Octets of a piece, a multiple of 320 KiB as Graph asks for, and less than 4 MB."""
_AS_IT_IS = SMTP.clone(refold_source="none", max_line_length=0)
"""Headers that are not touched stay as they were written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclosure:
    """A file that follows its mail."""

    name: str
    kind: str
    content: bytes


def parted(raw: bytes) -> tuple[bytes, Sequence[Enclosure]]:
    """The mail without those of its files that make it too long for one request, largest first, and these files."""
    if len(raw) <= MOST_AT_ONCE:
        return raw, ()
    message = BytesParser(EmailMessage, policy=_AS_IT_IS).parsebytes(raw)
    parts = message.get_payload()
    if not isinstance(parts, list):
        return raw, ()
    over, taken = len(raw) - MOST_AT_ONCE, []
    for part in sorted(filter(is_file, parts), key=lambda part: -len(part.as_bytes())):
        if over <= 0:
            break
        over -= len(part.as_bytes())
        taken.append(part)
    message.set_payload([part for part in parts if part not in taken])
    return message.as_bytes(), tuple(_enclosure(part) for part in taken)


def add_missing(step: GraphStep, message_id: str, wanted: Sequence[Enclosure]) -> bool:
    """Put the files that the draft does not have yet into it; whether there were any.

    What was torn off half way leaves nothing behind, so that whoever comes next begins that file anew.
    """
    path = f"/messages/{message_id}/attachments"
    listed = done(step.call("GET", path, query={"$select": "id,name,size"}), "list the draft's files").values()
    there = Counter(str(one.get("name")) for one in listed)
    missing = []
    for one in wanted:
        if there[one.name]:
            there[one.name] -= 1
        else:
            missing.append(one)
    for one in missing:
        if len(one.content) <= SMALL:
            _put_whole(step, path, one)
        else:
            _put_in_pieces(step, path, one)
    return bool(missing)


def _put_whole(step: GraphStep, path: str, one: Enclosure) -> None:
    value = {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": one.name,
        "contentType": one.kind,
        "contentBytes": base64.b64encode(one.content).decode("ascii"),
    }
    done(step.call("POST", path, value=value), "attach a file")


def _put_in_pieces(step: GraphStep, path: str, one: Enclosure) -> None:
    size = len(one.content)
    item = {"attachmentType": "file", "name": one.name, "contentType": one.kind, "size": size}
    opened = step.call("POST", f"{path}/createUploadSession", value={"AttachmentItem": item})
    address = text(done(opened, "take a large file").value(), "uploadUrl")
    for at in range(0, size, PIECE):
        reply: Reply = step.put_piece(address, one.content[at : at + PIECE], at=at, of=size)
        done(reply, "take a piece of a file")


def _enclosure(part: EmailMessage) -> Enclosure:
    name = part.get_filename() or "attachment"
    return Enclosure(name=name, kind=part.get_content_type(), content=content(part))
