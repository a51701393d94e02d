"""The documents that may be shared, as listed in `library.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.core.errors import InvalidWorld
from app.core.facts import Document
from integrations.fields import Fields, records
from integrations.files import FactFile, yaml_of

_FILE = "library.yaml"
_ALIASES = {"account": "customer", "name": "title"}


class FileLibrary:
    """Documents from a YAML file: a list of records, or the same under `documents:`."""

    def __init__(self, path: Path, *, as_of: datetime | None = None) -> None:
        """`as_of` is the moment the list is vouched for; None: the file's own time."""
        self._file = FactFile(path, source="library", parse=_documents, as_of=as_of)

    def load(self) -> None:
        """Read the list now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def documents(self) -> Sequence[Document]:
        """All documents, in the file's order. Raises FactUnavailable where the list cannot be read."""
        return self._file.fact()

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
    )
