"""Single fields of a draft, made sound. Every function raises ValueError with what the field must be."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from datetime import UTC, datetime

from app.intake.limits import MAX_BODY, MAX_CONTENT_TYPE, MAX_FILENAME, MAX_ID, MAX_MESSAGE_ID, MAX_SUBJECT
from extractors.lazily import compiled

_BREAKS_HEADERS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories that never belong in a header: controls, lone surrogates, line and paragraph breaks."""
_ACTION = compiled(r"[a-z][a-z0-9_]{0,63}")
_TOKEN = r"[A-Za-z0-9!#$&^_.+-]{1,100}"  # noqa: S105 - the grammar's own word
_PARAMETER = rf' *; *({_TOKEN})=(?:([^\s";,]{{1,200}})|"([^"\\]{{0,200}})")'
_CONTENT_TYPE = compiled(rf"({_TOKEN}/{_TOKEN})((?:{_PARAMETER})*)")
_MESSAGE_ID = compiled(rf"<[!-;=?-~]{{1,{MAX_MESSAGE_ID}}}>")
_ENCODED_WORD = compiled(r"=\?.*\?=", re.DOTALL)
_NO_ENCODED_WORDS = "mail programs would show other text instead; write the text itself"
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def header_text(value: str, limit: int = MAX_ID) -> str:
    """Text for one header line, which reads the same before and after a mail program has decoded it."""
    one_line(value, limit)
    if _ENCODED_WORD.search(value):
        raise ValueError(f"holds an encoded word (=?...?=), {_NO_ENCODED_WORDS}")
    return value


def no_encoded_word(value: str) -> str:
    """One entry of a header that lists several: an encoded word may not even begin here and end in the next one."""
    if "=?" in value:
        raise ValueError(f"holds =?, which begins an encoded word: {_NO_ENCODED_WORDS}")
    return value


def one_line(value: str, limit: int) -> str:
    """Text without line breaks and controls."""
    if len(value) > limit:
        raise ValueError(f"has {len(value)} characters; at most {limit} are allowed")
    for position, character in enumerate(value):
        if unicodedata.category(character) in _BREAKS_HEADERS:
            raise ValueError(f"holds {_named(character)} at character {position}; remove it")
    return value


def identifier(value: str) -> str:
    """An id or a name: header text that is not blank."""
    if not value.strip():
        raise ValueError("is blank; fill it in or leave it out")
    return header_text(value)


def subject(value: str) -> str:
    """A subject line; it may be empty."""
    return header_text(value, MAX_SUBJECT)


def body(value: str) -> str:
    """A text or an HTML body: any characters but NUL and lone surrogates, which no mail and no database can carry."""
    if len(value) > MAX_BODY:
        raise ValueError(f"has {len(value)} characters; at most {MAX_BODY} are allowed, attach the rest as a file")
    position = value.find("\x00")
    if position >= 0:
        raise ValueError(f"holds a NUL character at character {position}; remove it")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"holds a lone surrogate at character {error.start}; send valid Unicode") from None
    return value


def action(value: str) -> str:
    """The kind of mail, as one word that a policy can name."""
    if not _ACTION.fullmatch(value):
        raise ValueError("must be one word such as reply or cold_outreach: small letters, digits and _")
    return value


def filename(value: str) -> str:
    """A file's name, without a path."""
    identifier(value[:MAX_ID])
    if value.strip() in {".", ".."} or "/" in value or "\\" in value:
        raise ValueError("must be a file's name without a path, such as offer.pdf")
    return header_text(value, MAX_FILENAME)


def content_type(value: str) -> str:
    """The type of one file; `multipart` would hide other files in it."""
    kind, _ = media_type(value)
    if kind.startswith("multipart/"):
        raise ValueError("must be the type of a single file, not multipart")
    return header_text(value, MAX_CONTENT_TYPE)


def media_type(value: str) -> tuple[str, dict[str, str]]:
    """`Text/Calendar; method=REQUEST` as the type in small letters and its parameters by their names in these."""
    match = _CONTENT_TYPE.fullmatch(value)
    if not match:
        raise ValueError("must be a media type such as application/pdf")
    parameters: dict[str, str] = {}
    for name, bare, quoted in re.findall(_PARAMETER, match[2]):
        if name.lower() in parameters:
            raise ValueError(f"has the parameter {name.lower()} twice; keep one")
        parameters[name.lower()] = bare or quoted
    return match[1].lower(), parameters


def base64_bytes(value: str) -> bytes:
    """The bytes behind standard, padded base64; line breaks are allowed, as mail has them."""
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64; encode the file's bytes in standard base64 with padding") from None


def message_id(value: str) -> str:
    """A Message-ID with its angle brackets; they are added where they are missing."""
    bracketed = value if value.startswith("<") else f"<{value}>"
    if not _MESSAGE_ID.fullmatch(bracketed):
        raise ValueError("must be one Message-ID such as <20261118.1@acme.example>")
    return no_encoded_word(bracketed)


def moment(value: str) -> datetime:
    """A moment with an offset, in UTC."""
    example = "write a moment with its offset, such as 2026-11-18T10:00:00-05:00"
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"is no ISO 8601 date and time; {example}") from None
    if parsed.tzinfo is None:
        raise ValueError(f"has no offset from UTC; {example}")
    if not _EARLIEST <= parsed < _LATEST:
        raise ValueError(f"is not between the years {_EARLIEST.year} and {_LATEST.year}; {example}")
    return parsed.astimezone(UTC)


def shown(value: object, limit: int = 60) -> str:
    """Foreign text as it can stand in a message: ASCII, on one line, short."""
    text = ascii(value if isinstance(value, str) else str(value))
    return text if len(text) <= limit else text[: limit - 4] + "...'"


def _named(character: str) -> str:
    if unicodedata.category(character) == "Cs":
        return "a lone surrogate"
    kind = "a line break" if character in "\r\n\x0b\x0c\x85\u2028\u2029" else "the control character"
    return f"{kind} (U+{ord(character):04X})"
