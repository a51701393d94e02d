"""Where a character of a YAML text stands in the file: quotes, escapes, folded lines and indentation undone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from app.policy.yaml_nodes import line_and_column
from extractors.lazily import compiled

_ESCAPE = compiled(r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<one>[\s\S]))")
_PROPERTIES = compiled(r"(?:[&!]\S*\s+)*")
_BLANK_ESCAPES = frozenset("\r\n\t tnrvN_LPf\x85\u2028\u2029")
"""What follows the backslash where the escape gives white space or, at the end of a line, nothing."""


def place_in(text: str, node: yaml.ScalarNode, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `offset` of the node's value; `text` is the whole file.

    YAML adds and drops white space only, so the nth visible character of the value is the nth of the source.
    """
    visible_before = sum(not character.isspace() for character in node.value[:offset])
    last = node.start_mark.index - 1
    for number, index in enumerate(_visible_in_source(text, node)):
        if number == visible_before:
            return line_and_column(text, index)
        last = index
    return line_and_column(text, last + 1)


def _visible_in_source(text: str, node: yaml.ScalarNode) -> Iterator[int]:
    """The index in the file of every character that shows in the value, in order."""
    end = node.end_mark.index
    start = _after_properties(text, node.start_mark.index)
    match node.style:
        case "|" | ">":
            body = text.find("\n", start)
            yield from _plain(text, body if body >= 0 else end, end)
        case "'":
            yield from _single_quoted(text, start + 1, end - 1)
        case '"':
            yield from _double_quoted(text, start + 1, end - 1)
        case _:
            yield from _plain(text, start, end)


def _after_properties(text: str, start: int) -> int:
    """Skip an anchor and a tag in front of the scalar."""
    properties = _PROPERTIES.match(text, start)
    return properties.end() if properties else start


def _plain(text: str, start: int, end: int) -> Iterator[int]:
    return (index for index in range(start, end) if not text[index].isspace())


def _single_quoted(text: str, start: int, end: int) -> Iterator[int]:
    """A quote is written twice and stands for one."""
    indexes = _plain(text, start, end)
    for index in indexes:
        yield index
        if text[index] == "'":
            next(indexes, None)


def _double_quoted(text: str, start: int, end: int) -> Iterator[int]:
    index = start
    while index < end:
        escape = _ESCAPE.match(text, index)
        if escape is None:
            if not text[index].isspace():
                yield index
            index += 1
            continue
        if _shows(escape):
            yield index
        index = escape.end()


def _shows(escape: re.Match[str]) -> bool:
    code = escape["x"] or escape["u"] or escape["U"]
    if code:
        return not chr(int(code, 16)).isspace()
    return escape["one"] not in _BLANK_ESCAPES
