"""Drafts from RFC 5322 files: the mail as usual, the facts in `X-Countersign-*` headers."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterator, Sequence
from email.errors import MessageError, ObsoleteHeaderDefect
from email.headerregistry import AddressHeader, BaseHeader
from email.message import EmailMessage, Message, MIMEPart
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import cast

from app.core.drafts import Draft
from app.core.errors import InvalidDraft
from app.intake.limits import MAX_HEADER, MAX_INPUT, MAX_PARSING, MAX_PART_HEADER, MAX_PARTS
from app.intake.record import draft_from_json
from app.intake.values import shown
from extractors.lazily import compiled

_PREFIX = "x-countersign-"
_FACTS = {
    "X-Countersign-Client-Id": "client_id",
    "X-Countersign-Action": "action",
    "X-Countersign-Agent": "agent",
    "X-Countersign-On-Behalf-Of": "on_behalf_of",
    "X-Countersign-Deal-Id": "deal_id",
    "X-Countersign-Send-After": "send_after",
}
_THREAD, _SEQUENCE = "X-Countersign-Thread-Id", "X-Countersign-Sequence"
_KNOWN = frozenset(name.lower() for name in (*_FACTS, _THREAD, _SEQUENCE))
_REQUIRED = ("X-Countersign-Action", "X-Countersign-Agent", "X-Countersign-On-Behalf-Of")
_STEP = compiled(r"(.+?)\s*;\s*step\s*=\s*(\d{1,9})")
_ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_PARSER_FAILURES = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
)
"""What the standard library's mail parser raises over mail that is not what it expects."""


class _ShortHeaders(EmailPolicy):
    """Refuses long headers, those of parts too, before the parser takes them apart."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        limit = MAX_PART_HEADER if name.lower().startswith("content-") else MAX_HEADER
        if len(value) > limit:
            too_long = f"has {len(value)} characters; at most {limit} are allowed in this header"
            raise InvalidDraft(too_long, field=shown(name)[1:-1])
        return name, str(value)


_POLICY = _ShortHeaders()


def draft_from_eml(raw: bytes) -> Draft:
    """The draft in an RFC 5322 message.

    One text/plain and one text/html part are the bodies; every other part is an attachment, inline ones too. The
    person is `X-Countersign-On-Behalf-Of`, else the From address. Raises InvalidDraft, which names header or field.
    """
    _require_affordable(raw)
    try:
        message = cast(EmailMessage, BytesParser(policy=_POLICY).parsebytes(raw))
        return draft_from_json(_record(message))
    except _PARSER_FAILURES as error:
        raise InvalidDraft(f"is no well-formed mail ({type(error).__name__}); write it with a mail library") from None


def _require_affordable(raw: bytes) -> None:
    """Refuse what the parser would spend minutes on."""
    if len(raw) > MAX_INPUT:
        raise InvalidDraft(f"a draft may have {MAX_INPUT} bytes, this one has {len(raw)}; attach smaller files")
    work = raw.count(b"\n") * (1 + raw.lower().count(b"boundary"))
    if raw.count(b"\n--") > MAX_PARTS or work > MAX_PARSING:
        raise InvalidDraft("has too many parts for a mail; attach fewer files")


def _record(message: EmailMessage) -> dict[str, object]:
    _require_known_headers(message)
    record: dict[str, object] = {"to": _addresses(message, "To")}
    record |= {name: found for name in ("cc", "bcc") if (found := _addresses(message, name.capitalize()))}
    record |= {name: value for header, name in _FACTS.items() if (value := _line(message, header))}
    sender = _addresses(message, "From")
    if sender:
        record.setdefault("on_behalf_of", sender[0])
    for header in _REQUIRED:
        if _FACTS[header] not in record:
            raise InvalidDraft("is missing; add the header", field=header)
    record["subject"] = _line(message, "Subject")
    return record | _thread(message) | _sequence(message) | _content(message)


def _require_known_headers(message: EmailMessage) -> None:
    for name in (key.lower() for key, _ in message.raw_items()):
        if name.startswith(_PREFIX) and name not in _KNOWN:
            known = ", ".join((*_FACTS, _THREAD, _SEQUENCE))
            raise InvalidDraft(f"is no known header; known are {known}", field=shown(name)[1:-1])


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        values: list[BaseHeader] = message.get_all(name, [])
    except _PARSER_FAILURES as error:
        raise InvalidDraft(f"is malformed ({type(error).__name__}); write it as RFC 5322 says", field=name) from None
    if len(values) > 1:
        raise InvalidDraft(f"is there {len(values)} times; keep one", field=name)
    if not values:
        return None
    broken = [defect for defect in values[0].defects if not isinstance(defect, ObsoleteHeaderDefect)]
    if broken and values[0].strip():
        raise InvalidDraft(f"is malformed: {_words(broken[0])}; write it as RFC 5322 says", field=name)
    return values[0]


def _line(message: EmailMessage, name: str) -> str:
    """The header's text on one line. A tab can only come from folding; other controls are left to be refused."""
    return (_header(message, name) or "").replace("\t", " ").strip()


def _addresses(message: EmailMessage, name: str) -> list[str]:
    header = _header(message, name)
    if header is None:
        return []
    if not isinstance(header, AddressHeader):
        raise InvalidDraft("is no list of addresses; write addresses with commas between them", field=name)
    return [address.addr_spec for address in header.addresses]


def _thread(message: EmailMessage) -> dict[str, object]:
    """Without a thread id of its own the conversation is named by its first mail."""
    answered, references = _line(message, "In-Reply-To"), _line(message, "References").split()
    name = _line(message, _THREAD) or (references[0] if references else answered)
    if not name:
        return {}
    return {"thread": {"id": name, "message_id": answered or None, "references": references}}


def _sequence(message: EmailMessage) -> dict[str, object]:
    value = _line(message, _SEQUENCE)
    if not value:
        return {}
    match = _STEP.fullmatch(value)
    if not match:
        raise InvalidDraft("must look like spring-outreach;step=2", field=_SEQUENCE)
    return {"sequence": {"id": match[1], "step": int(match[2])}}


def _content(message: EmailMessage) -> dict[str, object]:
    bodies: dict[str, str] = {}
    attachments: list[dict[str, str]] = []
    for part in _leaves(message):
        name = {"text/plain": "text", "text/html": "html"}.get(part.get_content_type())
        if name is None or part.get_filename() or part.get_content_disposition() == "attachment":
            attachments.append(_attachment(part, number=len(attachments) + 1))
        elif name in bodies:
            raise InvalidDraft(
                f"there are two {part.get_content_type()} bodies; keep one, or name the file", field=name
            )
        else:
            bodies[name] = _text(part, name)
    return {**bodies, "attachments": attachments}


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold content. A mail within the mail is one part."""
    _require_sound(message.defects)
    if message.get_content_maintype() != "multipart":
        yield message
        return
    for part in message.iter_parts():
        yield from _leaves(part)


def _require_sound(defects: Sequence[object]) -> None:
    if defects:
        raise InvalidDraft(f"is no well-formed mail: {_words(defects[0])}; write it with a mail library")


def _words(defect: object) -> str:
    """`CloseBoundaryNotFoundDefect` as `close boundary not found`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", type(defect).__name__.removesuffix("Defect")).lower()


def _bytes(part: MIMEPart) -> bytes:
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in _ENCODINGS:
        raise InvalidDraft(f"{shown(encoding)} is no known encoding; use base64", field="Content-Transfer-Encoding")
    if part.is_multipart():
        return b"".join(child.as_bytes() for child in part.get_payload() if isinstance(child, Message))
    content = part.get_payload(decode=True)
    _require_sound(part.defects)
    return content if isinstance(content, bytes) else b""


def _text(part: MIMEPart, field: str) -> str:
    """The body with LF line ends. A charset that is unknown, or too narrow for its bytes, may still be UTF-8."""
    content = _bytes(part)
    charset = part.get_content_charset("utf-8")
    for candidate in (charset, "utf-8"):
        try:
            return content.decode(candidate).replace("\r\n", "\n")
        except (LookupError, ValueError):
            continue
    raise InvalidDraft(f"is neither in its charset {shown(charset)} nor in UTF-8; send UTF-8", field=field)


def _attachment(part: MIMEPart, *, number: int) -> dict[str, str]:
    kind = part.get_content_type()
    filename = part.get_filename() or f"attachment-{number}{mimetypes.guess_extension(kind) or '.bin'}"
    parameters = {name: part.get_param(name) for name in ("charset", "method")}
    kept = "".join(f"; {name}={value}" for name, value in parameters.items() if isinstance(value, str))
    content = base64.b64encode(_bytes(part)).decode("ascii")
    return {"filename": filename, "content_type": kind + kept, "content": content}
