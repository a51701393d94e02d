"""Files that are text: plain, CSV, Markdown and HTML."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from integrations.documents.reading import Contents, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LARGEST_PAGE = 5_000_000
"""Characters of HTML; a page that a person wrote is far below."""
_UNSEEN = ["script", "style", "template", "noscript", "head"]
_DESCRIBED = {"author": "author", "keywords": "keywords", "description": "description"}


def read_text(data: bytes, contents: Contents) -> None:
    """Plain text. Raises Unreadable for what is no text."""
    contents.add(decoded(data))


def read_html(data: bytes, contents: Contents) -> None:
    """The words of a page, with its title, author and comments. Raises Unreadable."""
    source = decoded(data)
    if len(source) > _LARGEST_PAGE:
        raise Unreadable(f"is a page of more than {_LARGEST_PAGE:,} characters")
    contents.tell("comments", _comments(source))
    page = LexborHTMLParser(source)
    if (title := page.css_first("title")) is not None:
        contents.tell("title", title.text())
    for note in page.css("meta[name]"):
        name = _DESCRIBED.get((note.attributes.get("name") or "").lower())
        if name:
            contents.tell(name, note.attributes.get("content") or "")
    page.strip_tags(_UNSEEN)
    if page.body is not None:
        contents.add(page.body.text(separator="\n"))


def decoded(data: bytes) -> str:
    """The bytes as text: by their mark, else as UTF-8, else as Windows has it. Raises Unreadable for what is none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data:
        raise Unreadable("is not the text that its name says it is")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _comments(source: str) -> Iterator[str]:
    """What stands between `<!--` and `-->`, but for the conditions that only old programs read."""
    at = 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start)) >= 0:
        comment = source[start + len("<!--") : end]
        if not comment.lstrip().startswith(("[if", "<![")):
            yield comment
        at = end
