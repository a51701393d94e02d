"""Reads the words in an attached file, and what the file says of itself. Bounded in time and memory; never raises.

Text comes from PDF, Word, Excel, PowerPoint, OpenDocument, CSV, HTML and plain text, and from zip archives of these;
macros are passed over. Pictures and recordings have no words here. Anything else is told to be unreadable.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from app.core.drafts import Attachment
from app.core.facts import FileText
from integrations.documents.open_document import read_open_document
from integrations.documents.package import Package
from integrations.documents.plain import decoded, read_html, read_text
from integrations.documents.reading import Contents, Limits, OutOfTime, Unreadable
from integrations.documents.sheets import read_sheets
from integrations.documents.slides import read_slides
from integrations.documents.word import read_word

_PDF, _ZIP, _OLE = b"%PDF-", (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_MARK_WITHIN = 1024
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""In the directory of an OLE container: an Office document behind a password."""
_NAMED_AS = {
    **dict.fromkeys((".pdf",), "PDF"),
    **dict.fromkeys((".docx", ".docm", ".dotx"), "Word"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), "Excel"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx"), "PowerPoint"),
    ".zip": "zip",
}
"""Endings of files that have to begin as such a file does."""
_OLD_OFFICE = frozenset({".doc", ".dot", ".xls", ".xlt", ".ppt", ".pps"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".ico"})
_RECORDINGS = frozenset({".mp4", ".mov", ".m4a", ".mp3", ".webm", ".wav", ".avi", ".ogg"})
_SIGNATURES = frozenset({".p7s", ".p7m", ".asc", ".sig"})
_WORDLESS = _PICTURES | _RECORDINGS | _SIGNATURES | {".ttf", ".otf", ".woff", ".woff2"}
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_KINDS: tuple[tuple[str, Callable[[Package, Contents], None]], ...] = (
    ("word/document.xml", read_word),
    ("xl/workbook.xml", read_sheets),
    ("ppt/presentation.xml", read_slides),
    ("content.xml", read_open_document),
)
"""The part that a container of this kind has, and how to read it."""
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.)")
"""What file managers leave in archives."""
_KEPT_CHARACTERS = 4_000_000
_KEPT_FILES = 128


class Reader:
    """Reads files, each once: what was read is kept by the file's bytes. Safe to use from many threads."""

    def __init__(self, *, limits: Limits | None = None, clock: Callable[[], float] = time.thread_time) -> None:
        """`clock` counts seconds: of this thread's own work, so that a busy machine makes no file unreadable."""
        self._limits = limits or Limits()
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], FileText] = OrderedDict()
        self._kept_characters = 0

    def __call__(self, attachment: Attachment) -> FileText:
        """What could be read; a file that cannot be read is told, not raised."""
        key = (attachment.sha256, PurePath(attachment.filename).suffix.lower())
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return replace(known, filename=attachment.filename)
        contents = Contents(limits=self._limits, clock=self._clock, started=self._clock())
        reason = _read(attachment, contents)
        result = FileText(
            filename=attachment.filename,
            sha256=key[0],
            text=contents.text,
            properties=contents.properties,
            unreadable=str(reason) if reason else None,
        )
        if not isinstance(reason, OutOfTime):
            self._keep(key, result)
        return result

    def _keep(self, key: tuple[str, str], result: FileText) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = result
                self._kept_characters += len(result.text)
            while self._kept_characters > _KEPT_CHARACTERS or len(self._kept) > _KEPT_FILES:
                self._kept_characters -= len(self._kept.popitem(last=False)[1].text)


read_file = Reader()
"""The reader that all of a process share."""


def _read(attachment: Attachment, contents: Contents) -> Unreadable | None:
    """Read into the contents; why that failed, or None."""
    try:
        if attachment.size > contents.limits.size:
            raise Unreadable(f"is larger than the {contents.limits.size // 1_000_000} MB that are read of a file")  # noqa: TRY301
        _read_any(attachment.filename, attachment.content, contents, depth=0)
    except Unreadable as error:
        return error
    except Exception as error:  # noqa: BLE001 - a damaged file breaks its reader in ways that nobody can list
        return Unreadable(f"is damaged and cannot be read ({type(error).__name__})")
    return None


def _read_any(name: str, data: bytes, contents: Contents, *, depth: int) -> None:
    """By what the bytes are, then by what the name says."""
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise Unreadable("is empty")
    if data.startswith(_PDF) or (suffix == ".pdf" and _PDF in data[:_PDF_MARK_WITHIN]):
        from integrations.documents.pdf import read_pdf  # noqa: PLC0415 - most mail has no PDF

        read_pdf(data, contents)
    elif data.startswith(_ZIP):
        _read_package(Package(data, contents), contents, depth=depth)
    elif data.startswith(_OLE):
        raise Unreadable(_why_not_ole(data, suffix))
    elif suffix in _NAMED_AS:
        raise Unreadable(f"is no {_NAMED_AS[suffix]} file, although its name says so")
    elif suffix in _PAGES:
        read_html(data, contents)
    elif suffix not in _WORDLESS:
        _read_unknown(suffix, data, contents)


def _why_not_ole(data: bytes, suffix: str) -> str:
    if _LOCKED in data:
        return "is protected by a password"
    if suffix in _OLD_OFFICE:
        return f"is in the old Office format {suffix}, which is not read; save it as {suffix}x"
    return "is of a kind that is not read here"


def _read_package(package: Package, contents: Contents, *, depth: int) -> None:
    read = next((read for mark, read in _KINDS if mark in package.names), None)
    if read is not None:
        read(package, contents)
        return
    if depth == contents.limits.nesting:
        raise Unreadable("holds archives within archives, too deep to be read")
    for name in package.names:
        contents.add(f"{name}\n")
        if not (_LITTER.search(name) or PurePath(name).suffix.lower() in _WORDLESS):
            _read_member(name, package, contents, depth=depth + 1)


def _read_member(name: str, package: Package, contents: Contents, *, depth: int) -> None:
    data = package.read(name)
    try:
        _read_any(name, data, contents, depth=depth)
    except OutOfTime:
        raise
    except Unreadable as error:
        raise Unreadable(f"holds {name}, which {error}") from error


def _read_unknown(suffix: str, data: bytes, contents: Contents) -> None:
    """Text by any other name; what is no text is of a kind that nobody here reads."""
    try:
        decoded(data)
    except Unreadable:
        raise Unreadable(f"is of a kind that is not read here ({suffix or 'its name has no ending'})") from None
    read_text(data, contents)
