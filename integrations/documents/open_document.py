"""OpenDocument files, as LibreOffice writes them: text, author, comments and tracked deletions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrations.documents.package import Package
from integrations.documents.reading import Contents, Unreadable

_PROPERTIES = {
    "initial-creator": "author",
    "creator": "last modified by",
    "title": "title",
    "subject": "subject",
    "description": "description",
    "keyword": "keywords",
}
_ENDS = {"p": "\n", "h": "\n", "table-cell": "\t", "table-row": "\n", "tab": "\t", "line-break": "\n"}
_APART = {"annotation": "comments", "tracked-changes": "tracked changes", "notes": "speaker notes"}
"""Elements whose text is no part of what is read on the page."""


def read_open_document(package: Package, contents: Contents) -> None:
    """Text documents, spreadsheets and presentations alike. Raises Unreadable."""
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("is protected by a password")
    properties = _Properties(contents=contents)
    package.parse("meta.xml", properties)
    body = _Body(contents=contents)
    try:
        package.parse("content.xml", body)
    finally:
        for name, pieces in body.apart.items():
            contents.tell(name, " ".join(pieces))


@dataclass(kw_only=True, slots=True)
class _Properties:
    contents: Contents
    _name: str = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - only names matter here
        self._name = _PROPERTIES.get(name, "")

    def end(self, name: str) -> None:  # noqa: ARG002
        self._name = ""

    def words(self, text: str) -> None:
        if self._name:
            self.contents.tell(self._name, text)


@dataclass(kw_only=True, slots=True)
class _Body:
    contents: Contents
    apart: dict[str, list[str]] = field(default_factory=dict)
    _within: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name in _APART:
            self._within.append(name)

    def end(self, name: str) -> None:
        if name in _APART:
            self._within.pop()
        elif name in _ENDS and not self._within:
            self.contents.add(_ENDS[name])

    def words(self, text: str) -> None:
        if self._within:
            self.apart.setdefault(_APART[self._within[0]], []).append(text)
        else:
            self.contents.add(text)
