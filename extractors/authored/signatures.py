"""Signatures: below a delimiter, below a closing and a name, or a bare block of name, title and address.

A closing and the name under it stay; a delimiter and all that belongs to it, titles and addresses go.
"""

from extractors.authored.closings import CLOSING, CLOSING_LENGTH, MOBILE_FOOTER, MOBILE_STEMS, NAME
from extractors.authored.page import Page
from extractors.authored.prose import POSTSCRIPT, is_contact, is_meant, is_personal, is_sentence, is_title, last_meant
from extractors.wordlists import holds_any

_MOST_LINES = 12
_LINE_LENGTH = 90
_DELIMITERS = frozenset({"--", "—", "__", "___", "––"})


def drop_signatures(page: Page) -> None:
    """Leaves out signatures, save the closing and the name."""
    goes_on_to = last_meant(page)
    index = 0
    closed = False
    for first, end in page.paragraphs():
        index = max(index, first)
        while index < end:
            line = page.stripped[index]
            if line in _DELIMITERS and index > page.following[0] and _is_delimiter(page, index):
                index = _drop_delimited(page, index)
            elif len(line) <= CLOSING_LENGTH and line[0].isalpha() and CLOSING.fullmatch(line):
                closed = True
                index = _drop_titles(page, _after_name(page, index), goes_on_to)
            else:
                if index == first:
                    closed = _drop_block(page, first, end, closed=closed, goes_on_to=goes_on_to) or closed
                index += 1


def drop_mobile_footers(page: Page) -> None:
    """Leaves out the lines that mail programs of telephones add."""
    if not holds_any(page.lowered, MOBILE_STEMS):
        return
    for index, line in enumerate(page.stripped):
        if 8 <= len(line) <= _LINE_LENGTH and holds_any(line.lower(), MOBILE_STEMS) and MOBILE_FOOTER.fullmatch(line):
            page.kept[index] = False


def _is_delimiter(page: Page, index: int) -> bool:
    """A line of dashes is a delimiter where a sender's data follow, and not where the mail goes on."""
    if index + 1 < len(page) and page.stripped[index + 1] in _DELIMITERS:
        return False
    following = [line for line in _lines_from(page, index + 1) if not POSTSCRIPT.match(line)]
    if not following:
        return True
    if page.lines[index].rstrip("\r") == "-- ":
        return not is_personal(following[0]) or not is_sentence(following[0])
    return not any(is_meant(line) for line in following[:2])


def _lines_from(page: Page, index: int) -> list[str]:
    """The lines of the paragraph that begins here, one blank line allowed before it."""
    start = page.following[index]
    if start > index + 1:
        return []
    found: list[str] = []
    while start < len(page) and page.own(start) and len(found) < _MOST_LINES:
        found.append(page.stripped[start])
        start += 1
    return found


def _drop_delimited(page: Page, index: int) -> int:
    """Leaves out a delimiter and the signature below, up to words that are meant for the reader."""
    page.kept[index] = False
    at = index + 1
    dropped = 0
    while at < len(page) and dropped < _MOST_LINES:
        line = page.stripped[at]
        if line and page.kept[at]:
            fresh = not page.stripped[at - 1]
            if POSTSCRIPT.match(line) or line in _DELIMITERS or (is_personal(line) and is_sentence(line)):
                break
            if fresh and dropped and is_meant(line):
                break
            page.kept[at] = False
            dropped += 1
        at += 1
    return at


def _after_name(page: Page, index: int) -> int:
    """The line after a closing, after further ones in other languages, and after the sender's name."""
    at = page.following[index + 1]
    while at < min(len(page), index + 6) and CLOSING.fullmatch(page.stripped[at][:CLOSING_LENGTH]):
        index, at = at, page.following[at + 1]
    if at < len(page) and at <= index + 3 and NAME.fullmatch(page.stripped[at][:CLOSING_LENGTH]):
        return at + 1
    return index + 1


def _drop_titles(page: Page, index: int, goes_on_to: int) -> int:
    """Leaves out what stands directly below a name: all short lines at a mail's end, and before it only those that
    are surely titles or addresses.
    """
    dropped = 0
    while page.own(index) and dropped < _MOST_LINES:
        line = page.stripped[index]
        if POSTSCRIPT.match(line) or len(line) > 2 * _LINE_LENGTH or is_meant(line):
            break
        if index > goes_on_to or is_contact(line) or is_title(line):
            page.kept[index] = False
            dropped += 1
        index += 1
    return index


def _drop_block(page: Page, first: int, end: int, *, closed: bool, goes_on_to: int) -> bool:
    """Leaves out a paragraph that is a signature, save the sender's name where no closing had it before. Says
    whether the paragraph is a lone name, which closes a mail as well.
    """
    block = page.stripped[first:end]
    if first <= goes_on_to or len(block) > _MOST_LINES or any(len(line) > _LINE_LENGTH for line in block):
        return False
    named = bool(NAME.fullmatch(block[0].partition("<")[0].strip()))
    if len(block) == 1 and named and first > 0:
        return not is_title(block[0])
    if any(POSTSCRIPT.match(line) for line in block) or _introduced(page, first):
        return False
    data = [is_contact(line) or is_title(line) for line in block]
    if closed and any(data):
        page.drop(first, end)
    elif named and any(data[1:]):
        page.drop(first + 1, end)
    return False


def _introduced(page: Page, first: int) -> bool:
    """Whether the text announces the block: the address of somebody else, as the mail's own content."""
    above = first - 1
    while above >= 0 and not page.stripped[above]:
        above -= 1
    return above >= 0 and page.stripped[above].endswith(":")
