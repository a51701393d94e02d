"""The exact bytes of a mail, made from an approved draft and read back before they may leave.

The standard library interprets what it is given as a header: it decodes encoded words and takes addresses apart. So
headers are written here, in the few forms that need no interpretation, and its parser only judges the result.
"""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache

from app.core.drafts import Attachment, Draft
from app.core.errors import UnfaithfulMessage
from app.core.facts import Person
from app.intake.values import media_type
from extractors.lazily import compiled

_READING = EmailPolicy(header_factory=lru_cache(maxsize=256)(HeaderRegistry()))
"""Most headers of a mail are those of the mail before: the type of its text, its sender."""
_WIDTH = 76
"""Characters of a header line where it can be folded; RFC 2047 allows no more with encoded words."""
_LONGEST_LINE = 998
"""Octets of any line without its end (RFC 5322)."""
_ENCODED_WORD = "=?utf-8?b?{}?="
_CHARSET = "utf-8''"
"""What a parameter begins with in RFC 2231."""
_PLAIN = compiled(r"[!-~]{1,200}(?: [!-~]{1,200})*")
"""Text that a header line can hold as it is, where no encoded word begins in it."""
_PLAIN_NAME = compiled(r"[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")
_ADDRESS = compiled(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
"""An address in which a parser finds nothing to take apart."""
_MESSAGE_ID = compiled(r"<[!-;=?-~]+>")
_CONTROL = compiled(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NO_7BIT = compiled(rb"[^\t\r\n -~]|\r(?!\n)|[\t ]\r|^[^\n]{80}|=_", re.MULTILINE)
"""What a server may change on the way, lines over 78 characters, and what could be one of our boundaries."""
_AS_THEY_ARE = frozenset({"From", "To", "Cc", "Date", "Message-ID", "In-Reply-To", "References"})
_BODY_HEADERS = ["Content-Type", "Content-Transfer-Encoding"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Leaf:
    """A part with content: a body where it has no file name, else an attachment."""

    label: str
    kind: str
    parameters: Mapping[str, str]
    content: bytes
    filename: str | None = None


def compose(draft: Draft, *, draft_id: str, send_id: str, sender: Person, at: datetime) -> bytes:
    """RFC 5322 bytes with CRLF line ends, the same for the same arguments. Bcc stays in the envelope only.

    Raises UnfaithfulMessage where the bytes, read back, would not say exactly what the draft says.
    """
    try:
        headers = _headers(draft, draft_id=draft_id, send_id=send_id, sender=sender, at=at)
        leaves = list(_leaves(draft))
        raw = _write(headers, leaves, boundary=f"=_{send_id}")
        _require_lines(raw)
        message = BytesParser(EmailMessage, policy=_READING).parsebytes(raw)
        _require_headers(message, headers, sender)
        _require_parts(message, leaves)
    except _DiffersError as difference:
        raise UnfaithfulMessage(str(difference), draft_id=draft_id) from None
    return raw


class _DiffersError(Exception):
    """Carries the name of the part of a mail that cannot be written as approved."""


def _require(holds: bool, part: str) -> None:
    if not holds:
        raise _DiffersError(part)


# ── what the mail must say ────────────────────────────────────────────────────────────────────────────────────


def _headers(draft: Draft, *, draft_id: str, send_id: str, sender: Person, at: datetime) -> dict[str, str]:
    """Every header but those of MIME, by its name, as it reads when decoded; mailboxes as they are written."""
    headers = {"From": _mailbox(sender)}
    for name, addresses in (("To", draft.to), ("Cc", draft.cc)):
        _require(all(_ADDRESS.fullmatch(one) and "=?" not in one for one in addresses), name)
        if addresses:
            headers[name] = ", ".join(addresses)
    headers["Subject"] = draft.subject
    headers["Date"] = format_datetime(at)
    headers["Message-ID"] = f"<{send_id}@{sender.email.rpartition('@')[2]}>"
    if draft.thread is not None and draft.thread.message_id is not None:
        ids = dict.fromkeys((*draft.thread.references, draft.thread.message_id))
        _require(all(_MESSAGE_ID.fullmatch(one) and "=?" not in one for one in ids), "References")
        headers["In-Reply-To"] = draft.thread.message_id
        headers["References"] = " ".join(ids)
    headers["X-Countersign-Draft"] = draft_id
    if draft.client_id is not None:
        headers["X-Countersign-Client-Id"] = draft.client_id
    for name, value in headers.items():
        _require(not _CONTROL.search(value), name)
    return headers


def _mailbox(person: Person) -> str:
    name = " ".join(person.name.split())
    _require(bool(_ADDRESS.fullmatch(person.email)) and "=?" not in person.email, "From")
    _require(not _CONTROL.search(name), "From")
    if _PLAIN.fullmatch(name) and "=?" not in name:
        if not _PLAIN_NAME.fullmatch(name):
            name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    elif name:
        name = " ".join(_encoded_words("From", name))
    return f"{name} <{person.email}>" if name else person.email


def _leaves(draft: Draft) -> Iterator[_Leaf]:
    utf8 = {"charset": "utf-8"}
    if draft.text or draft.html is None:
        yield _Leaf(label="text", kind="text/plain", parameters=utf8, content=_body(draft.text, "text"))
    if draft.html is not None:
        yield _Leaf(label="html", kind="text/html", parameters=utf8, content=_body(draft.html, "html"))
    for number, attachment in enumerate(draft.attachments):
        yield _attached(attachment, f"attachments[{number}]")


def _body(text: str, label: str) -> bytes:
    """Lines that end in CRLF, the last one too. A lone CR is no line end: it stays what it is."""
    try:
        octets = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    except UnicodeEncodeError:
        raise _DiffersError(label) from None
    return octets if octets.endswith(b"\r\n") else octets + b"\r\n"


def _attached(attachment: Attachment, label: str) -> _Leaf:
    _require(not _CONTROL.search(attachment.filename), f"{label}.filename")
    try:
        kind, parameters = media_type(attachment.content_type)
    except ValueError:
        raise _DiffersError(f"{label}.content_type") from None
    if kind.startswith("message/"):
        # A mail that is attached goes along as plain bytes: base64 is not allowed there, and nothing else keeps them.
        kind = "application/octet-stream"
    return _Leaf(
        label=label, kind=kind, parameters=parameters, content=attachment.content, filename=attachment.filename
    )


# ── how it is written ─────────────────────────────────────────────────────────────────────────────────────────


def _write(headers: Mapping[str, str], leaves: list[_Leaf], *, boundary: str) -> bytes:
    lines = [_header(name, _words(name, value)) for name, value in headers.items()]
    return b"".join((*lines, b"MIME-Version: 1.0\r\n", _content(leaves, boundary)))


def _header(name: str, words: Iterable[str]) -> bytes:
    """The header's line or lines, folded between words only."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _WIDTH and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join((*lines, line, "")).encode("ascii")


def _words(name: str, value: str) -> list[str]:
    if name in _AS_THEY_ARE:
        return value.split(" ")
    if not value or (_PLAIN.fullmatch(value) and "=?" not in value):
        return value.split()
    return list(_encoded_words(name, value))


def _encoded_words(name: str, value: str) -> Iterator[str]:
    """RFC 2047, one to a line and none with half a character in it."""
    room = (_WIDTH - len(f"{name}: ") - len(_ENCODED_WORD.format(""))) // 4 * 3
    for octets in _pieces(value, room):
        yield _ENCODED_WORD.format(base64.b64encode(octets).decode("ascii"))


def _pieces(value: str, room: int) -> Iterator[bytes]:
    """The text in UTF-8, cut between characters into pieces of at most `room` octets."""
    piece = b""
    for character in value:
        octets = character.encode()
        if piece and len(piece) + len(octets) > room:
            yield piece
            piece = b""
        piece += octets
    yield piece


def _content(leaves: list[_Leaf], boundary: str) -> bytes:
    """The body or its alternatives, and the attachments beside them."""
    bodies = [_written(leaf) for leaf in leaves if leaf.filename is None]
    files = [_written(leaf) for leaf in leaves if leaf.filename is not None]
    body = _multipart("alternative", bodies, f"{boundary}_1") if len(bodies) > 1 else bodies[0]
    return _multipart("mixed", [body, *files], f"{boundary}_0") if files else body


def _multipart(subtype: str, parts: Iterable[bytes], boundary: str) -> bytes:
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    delimiter = f"--{boundary}\r\n".encode()
    return b"".join((head, *(b"%b%b\r\n" % (delimiter, part) for part in parts), f"--{boundary}--\r\n".encode()))


def _written(leaf: _Leaf) -> bytes:
    encoding, payload = _encoded(leaf)
    lines = [
        _header("Content-Type", _with_parameters(leaf.kind, leaf.parameters)),
        _header("Content-Transfer-Encoding", [encoding]),
    ]
    if leaf.filename is not None:
        lines.append(_header("Content-Disposition", _with_parameters("attachment", {"filename": leaf.filename})))
    return b"".join((*lines, b"\r\n", payload))


def _encoded(leaf: _Leaf) -> tuple[str, bytes]:
    """Text as readable as it can travel unchanged, and files in base64."""
    if leaf.filename is None and not _NO_7BIT.search(leaf.content):
        return "7bit", leaf.content
    encoded = base64.encodebytes(leaf.content).replace(b"\n", b"\r\n")
    if leaf.filename is None and b"\r" not in leaf.content.replace(b"\r\n", b""):
        quoted = binascii.b2a_qp(leaf.content)
        if len(quoted) <= len(encoded):
            return "quoted-printable", quoted
    return "base64", encoded


def _with_parameters(value: str, parameters: Mapping[str, str]) -> list[str]:
    words = [value, *(text for name, found in parameters.items() for text in _parameter(name, found))]
    return [*(f"{word};" for word in words[:-1]), words[-1]]


def _parameter(name: str, value: str) -> list[str]:
    """A quoted string where it is short and plain, else RFC 2231, in sections."""
    if not value or (len(value) <= 60 and _PLAIN.fullmatch(value) and not re.search(r'["\\]|=\?', value)):
        return [f'{name}="{value}"']
    whole = urllib.parse.quote(value, safe="")
    if len(whole) <= 60:
        return [f"{name}*={_CHARSET}{whole}"]
    sections = [urllib.parse.quote(piece, safe="") for piece in _pieces(value, 18)]
    return [f"{name}*{number}*={'' if number else _CHARSET}{section}" for number, section in enumerate(sections)]


# ── how it reads ──────────────────────────────────────────────────────────────────────────────────────────────


def _require_lines(raw: bytes) -> None:
    """ASCII lines of a length that every server takes, with CRLF between them and nowhere else."""
    lines = raw.split(b"\r\n")
    ends = len(lines) - 1
    whole = raw.isascii() and b"\0" not in raw and raw.count(b"\r") == raw.count(b"\n") == ends
    _require(whole and max(map(len, lines)) <= _LONGEST_LINE, "lines")


def _require_headers(message: EmailMessage, headers: Mapping[str, str], sender: Person) -> None:
    """Exactly these headers, each once, and each with its value when decoded."""
    found = list(message.raw_items())
    mime = ["MIME-Version", "Content-Type"] if message.is_multipart() else ["MIME-Version", *_BODY_HEADERS]
    _require([name for name, _ in found] == [*headers, *mime], "list of headers")
    for (name, value), expected in zip(found, headers.values(), strict=False):
        line = value.replace("\r\n", "")
        # Only encoded words make a line read otherwise than it is written; what is written as it is holds none.
        decoded = str(_READING.header_fetch_parse(name, value)) if "=?" in line and name != "From" else line
        _require(decoded == expected, name)
    addresses: tuple[Address, ...] = message["From"].addresses
    # Without its spaces: the library puts some between the encoded words of a long name.
    names = ["".join(one.display_name.split()) for one in addresses]
    _require([one.addr_spec for one in addresses] == [sender.email], "From")
    _require(names == ["".join(sender.name.split())], "From")


def _require_parts(message: EmailMessage, leaves: list[_Leaf]) -> None:
    """Exactly these parts, in their order, each with its type, name and bytes."""
    parts = list(message.walk())
    _require(not any(part.defects for part in parts), "structure")
    found = [part for part in parts if not part.is_multipart()]
    _require(len(found) == len(leaves), "number of parts")
    for part, leaf in zip(found, leaves, strict=True):
        if part is not message:
            names = _BODY_HEADERS if leaf.filename is None else [*_BODY_HEADERS, "Content-Disposition"]
            _require(part.keys() == names, f"{leaf.label} headers")
        kind = part["Content-Type"]
        _require((kind.content_type, dict(kind.params)) == (leaf.kind, dict(leaf.parameters)), f"{leaf.label} type")
        if leaf.filename is not None:
            _require(part["Content-Disposition"].params.get("filename") == leaf.filename, f"{leaf.label} name")
        _require(part.get_payload(decode=True) == leaf.content, leaf.label)
