"""What Word, Excel and PowerPoint files have in common: properties, comments, and text in paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrations.documents.package import Package
from integrations.documents.reading import Contents

_PROPERTIES = {
    "creator": "author",
    "lastModifiedBy": "last modified by",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
    "Company": "company",
    "Manager": "manager",
}


@dataclass(slots=True)
class Words:
    """Collects the text of the elements called `text`; those called `breaks` end a line, those called `tabs` a cell.

    What stands within an element of `skipped` is passed over.
    """

    text: frozenset[str]
    breaks: frozenset[str] = frozenset()
    tabs: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    pieces: list[str] = field(default_factory=list)
    _reading: bool = False
    _skipping: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - only names matter here
        self._skipping += name in self.skipped
        self._reading = name in self.text

    def end(self, name: str) -> None:
        self._reading = False
        if not self._skipping:
            if name in self.breaks:
                self.pieces.append("\n")
            elif name in self.tabs:
                self.pieces.append("\t")
        self._skipping -= name in self.skipped

    def words(self, text: str) -> None:
        if self._reading and not self._skipping:
            self.pieces.append(text)

    @property
    def all(self) -> str:
        """The text so far."""
        return "".join(self.pieces)


@dataclass(slots=True)
class _Properties:
    """The properties that core.xml and app.xml hold, and those that custom.xml calls by names of its own."""

    found: dict[str, list[str]] = field(default_factory=dict)
    _name: str = ""
    _custom: str = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "property":
            self._custom = attributes.get("name", "").lower()
        self._name = _PROPERTIES.get(name, self._custom)

    def end(self, name: str) -> None:
        self._name = ""
        if name == "property":
            self._custom = ""

    def words(self, text: str) -> None:
        if self._name:
            self.found.setdefault(self._name, []).append(text)


def read_properties(package: Package, contents: Contents) -> None:
    """What the file says of itself: author, company, title and the like."""
    properties = _Properties()
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        package.parse(part, properties)
    for name, pieces in properties.found.items():
        contents.tell(name, "".join(pieces))


def read_comments(package: Package, contents: Contents, pattern: str, *, comment: str, text: frozenset[str]) -> None:
    """Comments in the parts whose names match, one after the other; `comment` is the element that each one is."""
    comments = Words(text=text, breaks=frozenset({comment}))
    for part in package.like(pattern):
        package.parse(part, comments)
        comments.pieces.append("\n")
    if comments.all.strip():
        told = contents.properties.get("comments", "")
        contents.tell("comments", [told, *comments.all.splitlines()])
