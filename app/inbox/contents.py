"""What stands in a mail that came in: its words, and what a mail system reports of deliveries.

Strangers wrote it. So it is read with the lenient parser, headers as plain text, within bounds, and whatever cannot
be read counts as not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from html import unescape

_MOST_BYTES = 5_000_000
_MOST_BOUNDARIES = 200
_MOST_LINES = 200_000
_LONGEST_HEADER = 10_000
_MOST_TEXT = 20_000
_MOST_REPORTED = 200
_FAILURES = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the standard library's parser raises over mail that is not what it expects."""
_ENCODED = re.compile(r"=\?[^?\s]{1,40}\?[bq]\?", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")
_TAG = re.compile(r"<[^<>]*>")
_UNREAD = re.compile(r"<(script|style|head)\b", re.IGNORECASE)
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What a mail system says of one recipient (RFC 3464, 2.3), in lower case but for the diagnosis."""

    recipient: str
    """As it was addressed, where the report says so; else as it was tried."""
    action: str
    """`failed`, `delayed`, `delivered`, `relayed` or `expanded`; empty where it is not said."""
    status: str
    """As RFC 3463 has it, such as `5.1.1`; empty where it is not said."""
    diagnosis: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A mail's words and what it carries of another one. Everything is empty where nothing could be read."""

    text: str = ""
    """The plain text, or what can be read of the HTML; at most some 20,000 characters."""
    deliveries: tuple[Delivery, ...] = ()
    returned_ids: tuple[str, ...] = ()
    """Message-IDs of mails that are enclosed, as a bounce encloses what it could not deliver."""
    returned_drafts: tuple[str, ...] = ()
    """The gate's own ids on enclosed mails."""


NOTHING = Content()


def content_of(raw: bytes) -> Content:
    """What stands in the mail. Never raises for what somebody wrote."""
    boundaries, lines = raw.lower().count(b"boundary="), raw.count(b"\n")
    if len(raw) > _MOST_BYTES or boundaries > _MOST_BOUNDARIES or lines * (1 + boundaries) > 10 * _MOST_LINES:
        return NOTHING
    try:
        return _content(BytesParser(policy=compat32).parsebytes(raw))
    except _FAILURES:
        return NOTHING


def readable(value: str) -> str:
    """A header as it reads: unfolded, encoded words decoded, controls left out."""
    line = " ".join(value[:_LONGEST_HEADER].split())
    if _ENCODED.search(line):
        try:
            line = str(make_header(decode_header(line)))
        except _FAILURES:
            return line
    return "".join(character for character in line if character.isprintable())


def message_ids(value: str) -> tuple[str, ...]:
    """The Message-IDs of a header, each once, in their order."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(value[:_LONGEST_HEADER])))


def addresses(value: str) -> tuple[str, ...]:
    """The bare addresses of a header, in lower case, each once. Whatever is none is left out."""
    found = (address.strip().lower() for _, address in getaddresses([value[:_LONGEST_HEADER]]))
    return tuple(dict.fromkeys(address for address in found if address.count("@") == 1 and " " not in address))


def _content(message: Message) -> Content:
    plain, html = "", ""
    deliveries: list[Delivery] = []
    ids: list[str] = []
    drafts: list[str] = []
    for part, is_enclosed in _parts(message):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            deliveries.extend(_deliveries(part))
        elif kind in _RETURNED:
            for enclosed in _enclosed(part):
                ids.extend(message_ids(_header(enclosed, "message-id")))
                ids.extend(message_ids(_header(enclosed, "x-google-original-message-id")))
                drafts.append(_header(enclosed, "x-countersign-draft"))
        elif kind == "text/plain" and not plain and not is_enclosed and part.get_filename() is None:
            plain = _words(part)
        elif kind == "text/html" and not html and not is_enclosed and part.get_filename() is None:
            html = _words(part)
    return Content(
        text=(plain or _without_tags(html))[:_MOST_TEXT],
        deliveries=tuple(deliveries[:_MOST_REPORTED]),
        returned_ids=tuple(dict.fromkeys(ids)),
        returned_drafts=tuple(dict.fromkeys(filter(None, drafts))),
    )


def _parts(message: Message, *, is_enclosed: bool = False) -> Iterator[tuple[Message, bool]]:
    """Every part, each with whether it belongs to a mail inside the mail."""
    yield message, is_enclosed
    children = message.get_payload()
    if isinstance(children, list) and message.get_content_type() != "message/delivery-status":
        inner = is_enclosed or message.get_content_maintype() == "message"
        for child in children:
            if isinstance(child, Message):
                yield from _parts(child, is_enclosed=inner)


def _deliveries(report: Message) -> Iterator[Delivery]:
    """The parser makes a message of each group of fields; the first group is about the mail as a whole."""
    groups = report.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Message):
            continue
        original, final = _address(group, "original-recipient"), _address(group, "final-recipient")
        action = _header(group, "action").lower()
        if not (original or final or action):
            continue
        yield Delivery(
            recipient=original or final,
            action=action.partition(" ")[0],
            status=_header(group, "status").partition(" ")[0],
            diagnosis=readable(_header(group, "diagnostic-code"))[:300],
        )


def _address(group: Message, name: str) -> str:
    """The address behind its type, as in `rfc822; lee@acme.example`."""
    kind, separator, address = _header(group, name).partition(";")
    return (address if separator else kind).strip().strip("<>").lower()


def _enclosed(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (child for child in payload if isinstance(child, Message))
    elif isinstance(payload, str):
        yield BytesParser(policy=compat32).parsebytes(_bytes(part), headersonly=True)


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, ""))[:_LONGEST_HEADER].split())


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(part: Message) -> str:
    charset = part.get_content_charset("utf-8")
    try:
        return _bytes(part).decode(charset, "replace").replace("\r\n", "\n").replace("\0", "").strip()
    except LookupError:
        return _bytes(part).decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "").strip()


def _without_tags(html: str) -> str:
    """The words of HTML, what stands in its head and its scripts left aside. In one pass, however it is nested."""
    rest, words = html[: 10 * _MOST_TEXT], []
    while found := _UNREAD.search(rest):
        words.append(rest[: found.start()])
        end = re.compile(rf"</{found[1]}\s*>", re.IGNORECASE).search(rest, found.end())
        rest = rest[end.end() :] if end else ""
    return " ".join(unescape(_TAG.sub(" ", " ".join([*words, rest]))).split())
