"""What a mail says: its headers as they read, what Gmail is handed, and whether what lies there is still that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import getaddresses

from app.core.errors import SendRefused
from app.core.ports import OutgoingMail

_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BLANK = re.compile(r"\s+")
_REPLY = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|antw|sv|vs|rv|tr)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_ID = re.compile(r"<[^<>\s]+>")
_ADDED_BY_GMAIL = ("received", "x-received", "x-google-", "x-gm-")
"""Headers that Gmail puts on top of what it is given; the customer reads none of them."""
_REWRITTEN_BY_GMAIL = frozenset({"message-id"})
_WITHOUT_BOUNDS = re.compile(rb"[\r\n]+\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A mail taken apart: headers under lower-case names, unfolded, in their order; the body with CRLF ends."""

    headers: Mapping[str, tuple[str, ...]]
    body: bytes

    def first(self, name: str) -> str:
        """The first header of this name; empty where there is none."""
        return next(iter(self.headers.get(name, ())), "")

    def addresses(self, *names: str) -> frozenset[str]:
        """The addresses in these headers, in lower case."""
        stated = [value for name in names for value in self.headers.get(name, ())]
        return frozenset(address.lower() for _, address in getaddresses(stated) if address)


def content_of(raw: bytes) -> Content:
    """Take a mail apart. What is no header is kept under the empty name, so that it differs from everything."""
    text = raw.replace(b"\r\n", b"\n")
    head, _, body = text.partition(b"\n\n")
    lines = _FOLD.sub("", head.decode("utf-8", "surrogateescape")).split("\n")
    headers: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        key = name.strip().lower() if colon else ""
        headers[key] = (*headers.get(key, ()), _one_line(value if colon else line))
    return Content(headers=headers, body=_WITHOUT_BOUNDS.sub(b"", body.replace(b"\n", b"\r\n")))


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A mail as Gmail is handed it."""

    raw: bytes
    """The approved bytes; before them a Bcc line, where somebody gets the mail unseen. Gmail sends to those whom the
    headers name, and takes the line out of what others receive."""
    content: Content

    @property
    def message_id(self) -> str:
        """The Message-ID, in which the send id stands."""
        return self.content.first("message-id")

    @property
    def draft_id(self) -> str:
        """The gate's own id of the draft, where the mail carries it."""
        return self.content.first("x-countersign-draft")

    @property
    def parents(self) -> tuple[str, ...]:
        """The Message-IDs of the mails that this one answers, the nearest first."""
        near = _ID.findall(self.content.first("in-reply-to"))
        far = _ID.findall(self.content.first("references"))
        return tuple(dict.fromkeys([*near, *reversed(far)]))


def letter_of(mail: OutgoingMail) -> Letter:
    """The mail for Gmail. Raises SendRefused where it has no Message-ID, by which it is found again."""
    content = content_of(mail.raw)
    if not content.first("message-id"):
        raise SendRefused("the mail has no Message-ID, by which Gmail's draft of it could be found again; write one")
    unseen = [each for each in mail.recipients if each.lower() not in content.addresses("to", "cc", "bcc")]
    raw = b"Bcc: " + ",\r\n ".join(unseen).encode() + b"\r\n" + mail.raw if unseen else mail.raw
    return Letter(raw=raw, content=content_of(raw))


def difference(approved: Content, found: Content) -> str:
    """What differs between what was approved and what lies there, such as `subject`; empty where nothing does.

    Compared are every header of both, unfolded, and the body, byte by byte but for line ends and empty lines at its
    end. Apart from that only the headers that Gmail adds, and the Message-ID, may be other than approved.
    """
    for name in dict.fromkeys([*approved.headers, *found.headers]):
        if approved.headers.get(name) == found.headers.get(name) or name in _REWRITTEN_BY_GMAIL:
            continue
        if name not in approved.headers and name.startswith(_ADDED_BY_GMAIL):
            continue
        return name or "head"
    return "" if approved.body == found.body else "body"


def same_subject(one: str, other: str) -> bool:
    """Whether two subjects belong to one conversation: all that differs is "Re:" and its like."""
    return _bare(one) == _bare(other)


def first_header(headers: Iterable[Mapping[str, str]], name: str) -> str:
    """The value of a header in Gmail's own list of them; empty where it is not there."""
    return next((str(each.get("value", "")) for each in headers if each.get("name", "").lower() == name), "")


def _bare(subject: str) -> str:
    try:
        readable = str(make_header(decode_header(subject)))
    except (ValueError, LookupError):
        readable = subject
    return _one_line(_REPLY.sub("", readable)).casefold()


def _one_line(text: str) -> str:
    return _BLANK.sub(" ", text).strip()
