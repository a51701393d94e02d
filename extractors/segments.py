"""From authored text to sentences: blocks (blank lines, bullets, table rows, unwrapped lines) first, then
sentence ends.

Every segment is as long as the text it came from (a joined line end becomes one space), so offsets need no map.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.lazily import compiled
from extractors.sentence_ends import sentence_spans

# What a list item begins with: a dash, bullet or tick, or a number or letter with a point or bracket.
_ITEM_MARK = compiled(
    r"[ \t]{0,24}(?:[-*+•◦▪▸►‣·–—~✔✓☑✅➤👉→○●■□◆>]\uFE0F?[ \t]+|[•◦▪▸►‣●■✔✓☑✅➤]\uFE0F?(?=\w)"
    r"|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,4})[.)][ \t]+|\(?\d{1,2}\)(?=[A-Za-z])"
    r"|\d{1,2}\.\d{1,2}[ \t]+(?=[A-Z])"
    r"|\[[ xX]?\][ \t]+|\[[A-Z]{1,3}\][ \t]+|\#{1,6}[ \t]+)"
)
_COLUMN_GAP = compiled(r"[ ]{3}|\||\t")
_FIRST_WORD = compiled(r"[ ]*(\S{1,120})")
_WORD = compiled(r"[^\W_]")
_NARROWEST_WRAP = 55
_WIDEST_WRAP = 110
_SURELY_WRAPPED = 45
_ENDS = (".", "!", "?", ":", ";", "…")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence of the text with its place; `item` says that it opens a list item."""

    text: str
    start: int
    item: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of `text[start:end]` in order, leaving out those without a letter or digit."""
    for block_start, block, item in _blocks(text, start, len(text) if end is None else end):
        for from_, to in sentence_spans(block):
            if _WORD.search(block, from_, to):
                yield Sentence(text=block[from_:to], start=block_start + from_, item=item and from_ == 0)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """(offset, unwrapped text, is a list item) of each block."""
    paragraph: list[tuple[int, str]] = []
    offset = start
    for line in text[start:end].split("\n"):
        if line and not line.isspace():
            paragraph.append((offset, line))
        elif paragraph:
            yield from _unwrapped(paragraph)
            paragraph = []
        offset += len(line) + 1
    if paragraph:
        yield from _unwrapped(paragraph)


def _unwrapped(paragraph: list[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    """The blocks of a paragraph: lines that a mail program wrapped are joined, list items and short lines are not."""
    width = max(len(line) for _, line in paragraph)
    lines: list[str] = []
    block_start, item = 0, False
    for offset, line in paragraph:
        mark = _ITEM_MARK.match(line)
        if lines and not mark and _continues(lines, line, width):
            lines.append(line)
            continue
        if lines:
            yield block_start, " ".join(lines).rstrip(), item
        skip = mark.end() if mark else len(line) - len(line.lstrip())
        block_start, lines, item = offset + skip, [line[skip:]], bool(mark)
    if lines:
        yield block_start, " ".join(lines).rstrip(), item


def _continues(lines: list[str], following: str, width: int) -> bool:
    """Whether `following` is the rest of a line that was broken because its first word did not fit, or because the
    sentence goes on: in a block that begins with a capital, its next line does not begin with a small letter.
    """
    line = lines[-1].rstrip()
    word = _FIRST_WORD.match(following)
    if not word or width > _WIDEST_WRAP or _COLUMN_GAP.search(line.lstrip()):
        return False
    if len(line) >= _SURELY_WRAPPED and word[1][0].islower() and not line.endswith(_ENDS):
        return lines[0][0].isupper() or len(line) + 1 + len(word[1]) >= _NARROWEST_WRAP + 10
    return width >= _NARROWEST_WRAP and len(line) + 1 + len(word[1]) >= width - 2
