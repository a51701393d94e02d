"""Excel workbooks: the cells row by row; hidden sheets and columns, and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrations.documents.office import Words, read_comments, read_properties
from integrations.documents.package import Package
from integrations.documents.reading import Contents

_PHONETIC = frozenset({"rPh"})
_HEADINGS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})


def read_sheets(package: Package, contents: Contents) -> None:
    """The sheets in their files' order, hidden ones too; a formula counts as its last result. Raises Unreadable."""
    read_properties(package, contents)
    book = _Book()
    package.parse("xl/workbook.xml", book)
    contents.tell("hidden sheets", book.hidden)
    shared = _shared_strings(package)
    columns: list[str] = []
    for part in package.like(r"xl/worksheets/sheet\d+\.xml"):
        sheet = _Sheet(contents=contents, shared=shared)
        package.parse(part, sheet)
        columns += sheet.hidden_columns
    contents.tell("hidden columns", columns)
    read_comments(package, contents, r"xl/comments\d*\.xml", comment="comment", text=frozenset({"t"}))
    read_comments(
        package,
        contents,
        r"xl/threadedComments/.*\.xml",
        comment="threadedComment",
        text=frozenset({"text"}),
    )


def _shared_strings(package: Package) -> list[str]:
    """The strings that cells point to by their place in this list."""
    strings = Words(text=frozenset({"t"}), breaks=frozenset({"si"}), skipped=_PHONETIC)
    package.parse("xl/sharedStrings.xml", _OneLine(strings))
    return strings.all.split("\n")


@dataclass(slots=True)
class _OneLine:
    """Keeps the lines within a string apart from the ends of strings."""

    within: Words

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.within.start(name, attributes)

    def end(self, name: str) -> None:
        self.within.end(name)

    def words(self, text: str) -> None:
        self.within.words(text.replace("\n", " "))


@dataclass(slots=True)
class _Book:
    hidden: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") != "visible":
            self.hidden.append(attributes.get("name", "without a name"))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def words(self, text: str) -> None:
        """Nothing to do."""


@dataclass(kw_only=True, slots=True)
class _Sheet:
    contents: Contents
    shared: list[str]
    hidden_columns: list[str] = field(default_factory=list)
    _is_shared: bool = False
    _element: str = ""
    _value: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._element = name
        if name == "c":
            self._is_shared = attributes.get("t") == "s"
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            self.hidden_columns.append(f"{attributes.get('min', '?')} to {attributes.get('max', '?')}")

    def words(self, text: str) -> None:
        if self._element in {"v", "t"} or self._element in _HEADINGS:
            self._value.append(text)

    def end(self, name: str) -> None:
        self._element = ""
        if name == "c":
            self.contents.add(self._cell() + "\t")
        elif name == "row" or name in _HEADINGS:
            self.contents.add(self._cell() + "\n")

    def _cell(self) -> str:
        value = "".join(self._value)
        self._value.clear()
        if not (self._is_shared and value.isdecimal()):
            return value
        self._is_shared = False
        return self.shared[int(value)] if int(value) < len(self.shared) else ""
