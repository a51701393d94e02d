"""Finds the words that a suggestion replaces in a body that was written another way than the text it counts in."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from html.entities import codepoint2name
from itertools import accumulate, islice

from app.core.checks import Suggestion
from extractors.html_text import render
from extractors.lazily import compiled

_MOST_TRIED = 60
_NO_TEXT = compiled(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_HTML_SPACE = r"(?:\s|&nbsp;|&#160;|&#[xX][aA]0;)+"
_WORD_BEFORE = compiled(r"\S+\s*\Z")
_WORD_AFTER = compiled(r"\s*\S+")
_TOKENS = compiled(r"\w+|\s+|[^\w\s]")


class Unplaceable(Exception):
    """It cannot be told for certain which words to replace. The message says what to do instead."""


def in_html(html: str, shown: str, change: Suggestion) -> str:
    """The HTML whose rendering is `shown` with the change, and which differs in those words alone.

    Where markup parts the words, only those that really change are replaced. Raises Unplaceable where markup stands
    within one of these.
    """
    whole = _replaced_in_html(html, shown, change)
    if whole is not None:
        return whole
    for part in reversed(_parts(shown, change)):
        changed = _replaced_in_html(html, shown, part)
        if changed is None:
            words = shown[change.start : change.end]
            raise Unplaceable(f"“{words}” stands in pieces in the HTML; give the whole HTML, or a plain text alone")
        html, shown = changed, replaced(shown, part)
    return html


def replaced(text: str, change: Suggestion) -> str:
    """The text with one change."""
    return text[: change.start] + change.replacement + text[change.end :]


def in_plain_text(text: str, shown: str, change: Suggestion) -> str:
    """The plain text beside the HTML, with the same words replaced; an empty one stays empty.

    Raises Unplaceable where the words do not stand as often in it as in what the HTML shows.
    """
    if not text.strip():
        return text
    start, end, replacement = _with_neighbour(shown, change)
    words = _pattern(shown[start:end], r"\s+", html=False)
    here, there = list(words.finditer(text)), [match.start() for match in words.finditer(shown)]
    if len(here) != len(there) or start not in there:
        short = shown[start:end]
        raise Unplaceable(f"the plain text does not say “{short}” where the HTML does; give both bodies")
    match = here[there.index(start)]
    return text[: match.start()] + replacement + text[match.end() :]


def _replaced_in_html(html: str, shown: str, change: Suggestion) -> str | None:
    """Tries each place where the words may stand; right is the one after which the rendering is as wanted."""
    wanted = replaced(shown, change)
    for candidate in islice(_candidates(html, shown, change), _MOST_TRIED):
        if render(candidate).text == wanted:
            return candidate
    return None


def _candidates(html: str, shown: str, change: Suggestion) -> Iterator[str]:
    start, end, replacement = _with_neighbour(shown, change)
    words, written = _pattern(shown[start:end], _HTML_SPACE, html=True), entities.escape(replacement, quote=False)
    for run_start, run_end in _text_runs(html):
        for match in words.finditer(html, run_start, run_end):
            yield html[: match.start()] + written + html[match.end() :]


def _parts(shown: str, change: Suggestion) -> list[Suggestion]:
    """The change as changes of single words; what stays the same lies between them."""
    old, new = _TOKENS.findall(shown[change.start : change.end]), _TOKENS.findall(change.replacement)
    place = list(accumulate(map(len, old), initial=change.start))
    return [
        replace(change, start=place[first], end=place[last], replacement="".join(new[new_first:new_last]))
        for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def _text_runs(html: str) -> Iterator[tuple[int, int]]:
    """The stretches between tags and comments."""
    at = 0
    for tag in _NO_TEXT.finditer(html):
        if at < tag.start():
            yield at, tag.start()
        at = tag.end()
    if at < len(html):
        yield at, len(html)


def _with_neighbour(shown: str, change: Suggestion) -> tuple[int, int, str]:
    """The change as start, end and new words; one that only adds words takes the word beside it along."""
    if change.start < change.end:
        return change.start, change.end, change.replacement
    if before := _WORD_BEFORE.search(shown, 0, change.start):
        return before.start(), change.end, before[0] + change.replacement
    after = _WORD_AFTER.match(shown, change.end)
    return change.start, after.end() if after else change.end, change.replacement + (after[0] if after else "")


def _pattern(words: str, space: str, *, html: bool) -> re.Pattern[str]:
    """The words as they may be written: any white space for a space, and in HTML an entity for a letter."""
    spelled = _letter if html else re.escape
    parts = _TOKENS.findall(words)
    return re.compile("".join(space if part.isspace() else "".join(map(spelled, part)) for part in parts))


@cache
def _letter(letter: str) -> str:
    if letter.isalnum() and letter.isascii():
        return letter
    number = ord(letter)
    named = [f"&{codepoint2name[number]};"] if number in codepoint2name else []
    named += ["&apos;"] if letter == "'" else []
    spellings = [letter, *named, f"&#{number};"]
    return f"(?:{'|'.join(map(re.escape, spellings))}|&#[xX]0*{number:x};|&#[xX]0*{number:X};)"
