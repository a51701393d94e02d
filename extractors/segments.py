"""From authored text to sentences: blocks (blank lines, bullets, table rows, unwrapped lines) first, then
sentence ends.

Every segment is as long as the text it came from (a joined line end becomes one space), so offsets need no map.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What a list item begins with: a dash, bullet or tick, or a number or letter with a point or bracket.
_ITEM_MARK = re.compile(
    r"[ ]{0,12}(?:[-*+•◦▪▸►‣·–—~✔✓☑➤👉→]\uFE0F?[ ]+|\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)][ ]+"
    r"|\[[ xX]?\][ ]+|\[[A-Z]{1,3}\][ ]+)"
)
_COLUMN_GAP = re.compile(r"[ ]{3,}|[ ]*\|[ ]*")
_FIRST_WORD = re.compile(r"[ ]*(\S+)")
_WORD = re.compile(r"\w")
_NARROWEST_WRAP = 55
_WIDEST_WRAP = 110

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"')\]]*|[:;]-?[)(])(?=[ ]+\S)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|eng|sig|st|mag|ing|no|nos|vs|approx|incl|excl|etc|e\.g|i\.e|inc|ltd|co"
    r"|corp|dept|tel|mob|art|sec|fig|ext"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun|a\.m|p\.m|[A-Za-z])"
    r"|^\d{1,2})\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of the text with its place; `item` says that it opens a list item."""

    text: str
    start: int
    item: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of `text[start:end]` in order, leaving out those without a word or number."""
    for block_start, block, item in _blocks(text, start, len(text) if end is None else end):
        for from_, to in _sentence_spans(block):
            if _WORD.search(block, from_, to):
                yield Sentence(text=block[from_:to], start=block_start + from_, item=item and from_ == 0)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, text[start:stop]
        start = stop + 1


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """(offset, unwrapped text, is a list item) of each block."""
    paragraph: list[tuple[int, str]] = []
    for offset, line in _lines(text, start, end):
        if line.strip():
            paragraph.append((offset, line))
        elif paragraph:
            yield from _unwrapped(paragraph)
            paragraph = []
    if paragraph:
        yield from _unwrapped(paragraph)


def _unwrapped(paragraph: list[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    """The blocks of a paragraph: lines that a mail program wrapped are joined, list items and short lines are not."""
    width = min(max(len(line) for _, line in paragraph), _WIDEST_WRAP)
    current: tuple[int, list[str], bool] | None = None
    last_line = ""
    for offset, line in paragraph:
        mark = _ITEM_MARK.match(line)
        if current and not mark and _continues(last_line, line, width):
            current[1].append(line)
        else:
            if current:
                yield _trimmed(current)
            skip = mark.end() if mark else len(line) - len(line.lstrip())
            current = (offset + skip, [line[skip:]], bool(mark))
        last_line = line
    if current:
        yield _trimmed(current)


def _continues(line: str, following: str, width: int) -> bool:
    """Whether `following` is the rest of a line that was broken because its first word did not fit."""
    if width < _NARROWEST_WRAP or _COLUMN_GAP.search(line.strip()):
        return False
    word = _FIRST_WORD.match(following)
    return bool(word) and len(line.rstrip()) + 1 + len(word[1] if word else "") >= width - 2


def _trimmed(block: tuple[int, list[str], bool]) -> tuple[int, str, bool]:
    offset, lines, item = block
    return offset, " ".join(lines).rstrip(), item


def _sentence_spans(block: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(block):
        if match[0] == "." and _ABBREVIATION.search(block, max(start, match.end() - 12), match.end()):
            continue
        yield start, match.end()
        start = match.end()
        while start < len(block) and block[start] == " ":
            start += 1
    if start < len(block):
        yield start, len(block)
