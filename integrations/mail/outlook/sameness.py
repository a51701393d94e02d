"""Whether what lies in the mailbox says what was approved.

Exchange takes a mail apart and writes it anew when it is read back: other boundaries, encodings and headers of its
own. So the bytes cannot be compared; what a reader sees is. Who it is from and to, where answers go, the subject, the
words (white space aside), every element and attribute of the HTML, and the name and bytes of every file have to be as
approved. Who gets a blind copy stands in no mail: whoever compares asks for that besides.

Two things may differ: which message it answers, and the plain text that goes along with HTML, which Exchange makes
from the HTML. Whatever cannot be read counts as different.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from html.parser import HTMLParser

from integrations.addresses import address_key

_WRAPPING = frozenset({"html", "head", "meta"})
"""What Exchange puts around a body, or into its head."""
_LEFT_OPEN = frozenset(
    "br col dd dt hr img input li option p tbody td tfoot th thead tr wbr html head body meta link".split()  # noqa: SIM905
)
"""Elements whose end need not be written, so that a rewriting may add or drop it."""


class CannotRead(Exception):
    """A mail that cannot be taken apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A mail as its readers see it. The names of the fields are those that people are told."""

    sender: tuple[str, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    reply_to: tuple[str, ...]
    subject: str
    text: tuple[str, ...]
    html: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def read(raw: bytes) -> Reading:
    """The mail in these bytes. Raises CannotRead."""
    try:
        message = BytesParser(EmailMessage, policy=SMTP).parsebytes(raw)
        return _reading(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise CannotRead(type(error).__name__) from None


def difference(approved: bytes, lying: bytes) -> str:
    """What is not as approved, in a word; empty where all is."""
    if approved == lying:
        return ""
    try:
        wanted, found = read(approved), read(lying)
    except CannotRead:
        return "content"
    for field in fields(Reading):
        if field.name == "text" and wanted.html:
            continue  # made from the HTML, which is compared
        if field.name == "sender" and not wanted.sender:
            continue  # the mailbox gives its own
        if getattr(wanted, field.name) != getattr(found, field.name):
            return field.name.replace("_", " ")
    return ""


def message_ids(raw: bytes) -> tuple[str, str]:
    """The mail's own Message-ID and the one that it answers; empty where it has none."""
    head = BytesParser(EmailMessage, policy=SMTP).parsebytes(raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    return str(head.get("Message-ID", "")).strip(), str(head.get("In-Reply-To", "")).strip()


def addresses(message: EmailMessage, name: str) -> tuple[str, ...]:
    """The addresses of a header, in the spelling by which they are compared, each once."""
    found = (one.addr_spec for header in message.get_all(name, []) for one in header.addresses)
    return tuple(sorted({address_key(address) for address in found}))


def _reading(message: EmailMessage) -> Reading:
    bodies: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    files = []
    for part in message.walk():
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            continue
        if is_file(part):
            files.append((part.get_filename() or "", hashlib.sha256(content(part)).hexdigest()))
        else:
            body = content(part).decode(part.get_content_charset("utf-8"), "strict")
            bodies[part.get_content_type()].append(body)
    return Reading(
        sender=addresses(message, "From"),
        to=addresses(message, "To"),
        cc=addresses(message, "Cc"),
        reply_to=addresses(message, "Reply-To"),
        subject=" ".join(str(message.get("Subject", "")).split()),
        text=tuple(word for body in bodies["text/plain"] for word in body.split()),
        html=tuple(token for body in bodies["text/html"] for token in _tokens(body)),
        files=tuple(sorted(files)),
    )


def is_file(part: EmailMessage) -> bool:
    """Whether a part is attached, and not one of the mail's own texts."""
    own = part.get_content_type() in ("text/plain", "text/html")
    return not own or part.get_filename() is not None or part.get_content_disposition() == "attachment"


def content(part: EmailMessage) -> bytes:
    """The bytes of a part, decoded. A mail inside the mail has no bytes of its own but those it is written with."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else part.as_bytes()


def _tokens(html: str) -> Iterator[str]:
    """Every element, attribute and word, in order."""
    reader = _Html()
    reader.feed(html)
    reader.close()
    yield from reader.tokens


class _Html(HTMLParser):
    """Takes HTML apart. Comments say something, too: some programs show what stands in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element and what is said of it."""
        if tag not in _WRAPPING:
            said = (f"{name}={' '.join((value or '').split())}" for name, value in sorted(attrs))
            self.tokens.append(f"<{' '.join([tag, *said])}>")

    def handle_endtag(self, tag: str) -> None:
        """Its end, where that has to be written."""
        if tag not in _LEFT_OPEN:
            self.tokens.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Words."""
        self.tokens.extend(data.split())

    def handle_comment(self, data: str) -> None:
        """What only some programs show."""
        self.tokens.extend(("<!--", *data.split()))

    def handle_decl(self, decl: str) -> None:
        """The kind of document: Exchange writes its own."""
