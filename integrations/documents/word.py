"""Word documents: text with headers, footers, notes and text boxes; comments, tracked changes and hidden text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrations.documents.office import read_comments, read_properties
from integrations.documents.package import Package
from integrations.documents.reading import Contents

_TEXTS = r"word/(?:header\d*|document\d*|footnotes\d*|endnotes\d*|footer\d*)\.xml"
_CHANGES = frozenset({"ins", "del", "moveTo", "moveFrom"})
_ENDS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t"}
_OFF = frozenset({"0", "false", "off"})


def read_word(package: Package, contents: Contents) -> None:
    """Everything that a reader of the document could come to see. Raises Unreadable."""
    read_properties(package, contents)
    read_comments(package, contents, r"word/comments\d*\.xml", comment="comment", text=frozenset({"t"}))
    body = _Body(contents=contents)
    try:
        for part in package.like(_TEXTS):
            package.parse(part, body)
    finally:
        contents.tell("tracked changes", body.changes)
        contents.tell("hidden text", "".join(body.hidden))


@dataclass(kw_only=True, slots=True)
class _Body:
    """Insertions count as text and deletions do not, but both are told as tracked changes."""

    contents: Contents
    changes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    _element: str = ""
    _change: str = ""
    _is_hidden: bool = False
    _fallbacks: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._element = name
        if name == "r":
            self._is_hidden = False
        elif name == "vanish":
            self._is_hidden = attributes.get("val", "1").lower() not in _OFF
        elif name in _CHANGES:
            self._change = name
        elif name == "Fallback":
            # The same text box once more, for programs of before 2010.
            self._fallbacks += 1

    def end(self, name: str) -> None:
        self._element = ""
        if name in _CHANGES:
            self._change = ""
        elif name == "Fallback":
            self._fallbacks -= 1
        elif name in _ENDS:
            self.contents.add(_ENDS[name])

    def words(self, text: str) -> None:
        if self._fallbacks or self._element not in {"t", "delText"}:
            return
        if self._change:
            removed = self._element == "delText" or self._change == "moveFrom"
            self.changes.append(f"{'removed' if removed else 'added'} “{text}”")
        if self._element == "t":
            self.contents.add(text)
            if self._is_hidden:
                self.hidden.append(text)
