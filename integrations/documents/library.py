"""The documents that may be shared, as listed in `library.yaml`."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.core.errors import FactUnavailable, InvalidWorld
from app.core.facts import Document
from integrations.fields import Fields, records
from integrations.files import FactFile, yaml_of

_FILE = "library.yaml"
_ALIASES = {"account": "customer", "name": "title"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileLibrary:
    """Documents from a YAML file: a list of records, or the same under `documents:`.

    The files themselves lie beside it. An entry's `sha256` is that of its file; where there is none, what is written.
    """

    def __init__(self, path: Path, *, as_of: datetime | None = None) -> None:
        """`as_of` is the moment the list is vouched for; None: the file's own time."""
        self._file = FactFile(path, source="library", parse=_documents, as_of=as_of)
        self._shelf = _Shelf(path.parent)

    def load(self) -> None:
        """Read the list now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def documents(self) -> Sequence[Document]:
        """All documents, in the file's order. Raises FactUnavailable where the list, or a file, cannot be read."""
        return self._shelf.stamped(self._file.fact())

    def as_of(self) -> datetime:
        """The moment for which the list is vouched. Raises FactUnavailable where there is no list."""
        return self._file.as_of()


class NoLibrary:
    """A library without documents: every document that a draft promises is unknown."""

    def __init__(self, *, as_of: datetime) -> None:
        self._as_of = as_of

    def documents(self) -> Sequence[Document]:
        """No documents."""
        return ()

    def as_of(self) -> datetime:
        """The moment given."""
        return self._as_of


class _Shelf:
    """The files beside the list. Each is hashed once, and again when its size or time has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[int, int], str]] = {}

    def stamped(self, documents: Sequence[Document]) -> Sequence[Document]:
        """The documents with their files' hashes. Raises FactUnavailable where a file is there and cannot be read."""
        stamps = [self._sha256(document.file) for document in documents]
        return tuple(replace(d, sha256=stamp) if stamp else d for d, stamp in zip(documents, stamps, strict=True))

    def _sha256(self, name: str) -> str | None:
        path = self._folder / name
        try:
            if not path.is_file():
                return None
            state = path.stat()
            signature = (state.st_size, state.st_mtime_ns)
            with self._lock:
                known = self._known.get(name)
            if known is None or known[0] != signature:
                with path.open("rb") as file:
                    known = (signature, hashlib.file_digest(file, "sha256").hexdigest())
                with self._lock:
                    self._known[name] = known
        except (OSError, ValueError) as error:
            raise FactUnavailable("library", f"{name} cannot be read: {error}") from error
        return known[1]


def _documents(data: bytes) -> tuple[Document, ...]:
    value = yaml_of(data, file=_FILE)
    if isinstance(value, dict) and "documents" in value:
        value = value["documents"]
    documents = tuple(_document(fields) for fields in records(value, file=_FILE, key="file", aliases=_ALIASES))
    seen: set[str] = set()
    for index, document in enumerate(documents):
        if document.file in seen:
            raise InvalidWorld(f"{document.file!a} is there twice", field=f"{_FILE} [{index}].file")
        seen.add(document.file)
    return documents


def _document(fields: Fields) -> Document:
    file = fields.text("file")
    return Document(
        file=file,
        title=fields.text("title", Path(file).stem),
        customer=fields.optional_text("customer"),
        approved=fields.flag("approved", default=True),
        expires=fields.day("expires"),
        version=fields.optional_text("version"),
        sha256=_sha256(fields),
    )


def _sha256(fields: Fields) -> str | None:
    value = fields.text("sha256", "").lower()
    if value and not _SHA256.fullmatch(value):
        raise fields.refusal("sha256", "64 hexadecimal digits, as sha256sum prints them")
    return value or None
