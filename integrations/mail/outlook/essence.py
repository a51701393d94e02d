"""What tells whether a draft was edited between two looks at it.

Exchange writes a mail anew whenever somebody reads it, so two readings of one draft may differ in boundaries, in
the date, and in how a part is encoded. Both are of Exchange's writing, so all else has to be the same: every header,
every word, and the bytes of every file.
"""

from __future__ import annotations

import hashlib
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

_WRITTEN_ANEW = frozenset({"date", "keywords", "mime-version", "thread-index"})
"""Headers that say when it was read, or in which categories it is: those change as it is marked."""

Part = tuple[tuple[tuple[str, str], ...], str, str, str | None, str | None, str]
"""Its headers, media type, charset, disposition, file name, and what it holds."""


def essence(raw: bytes) -> tuple[Part, ...]:
    """Equal for readings of one draft that nobody has edited in between. Mail that is broken has one, too."""
    return tuple(_part(part) for part in BytesParser(policy=compat32).parsebytes(raw).walk())


def _part(part: Message) -> Part:
    headers = ((name.lower(), " ".join(str(value).split())) for name, value in part.raw_items())
    kept = sorted((n, v) for n, v in headers if n not in _WRITTEN_ANEW and not n.startswith("content-"))
    charset, disposition = str(part.get_content_charset("")), part.get_content_disposition()
    return tuple(kept), part.get_content_type(), charset, disposition, part.get_filename(), _held(part)


def _held(part: Message) -> str:
    """Of the mail's own texts the words, for where Exchange breaks lines is its own affair."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    is_file = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    words = part.get_content_maintype() == "text" and not is_file
    return hashlib.sha256(b" ".join(content.split()) if words else content).hexdigest()
