"""PowerPoint files: the slides' text; hidden slides, speaker notes and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integrations.documents.office import Words, read_comments, read_properties
from integrations.documents.package import Package
from integrations.documents.reading import Contents

_TEXT = frozenset({"t"})
_BREAKS = frozenset({"p", "br"})
_NUMBER_FIELD = frozenset({"fld"})


def read_slides(package: Package, contents: Contents) -> None:
    """The slides in their files' order, hidden ones too. Raises Unreadable."""
    read_properties(package, contents)
    hidden: list[str] = []
    for number, part in enumerate(package.like(r"ppt/slides/slide\d+\.xml"), start=1):
        slide = _Slide(Words(text=_TEXT, breaks=_BREAKS, tabs=frozenset({"tc"})))
        package.parse(part, slide)
        contents.add(slide.words_in.all + "\n")
        if slide.is_hidden:
            hidden.append(f"slide {number}: {slide.words_in.all}")
    contents.tell("hidden slides", hidden)
    _read_drawings(package, contents)
    notes = [_text(package, part) for part in package.like(r"ppt/notesSlides/notesSlide\d+\.xml")]
    contents.tell("speaker notes", notes)
    read_comments(package, contents, r"ppt/comments/.*\.xml", comment="cm", text=frozenset({"t", "text"}))


def _read_drawings(package: Package, contents: Contents) -> None:
    for part in package.like(r"ppt/(?:diagrams/data|charts/chart)\d+\.xml"):
        contents.add(_text(package, part))


def _text(package: Package, part: str) -> str:
    words = Words(text=_TEXT, breaks=_BREAKS, skipped=_NUMBER_FIELD)
    package.parse(part, words)
    return words.all


@dataclass(slots=True)
class _Slide:
    words_in: Words
    is_hidden: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sld":
            self.is_hidden = attributes.get("show", "1") in {"0", "false"}
        self.words_in.start(name, attributes)

    def end(self, name: str) -> None:
        self.words_in.end(name)

    def words(self, text: str) -> None:
        self.words_in.words(text)
