"""PDF files: text page by page, form fields, annotations and properties."""

from __future__ import annotations

import io
import logging

from pypdf import PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject

from integrations.documents.reading import Contents, Unreadable

# What pypdf has to say about a damaged file is told by the result.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_STREAM = 20_000_000
_OPERATIONS = 400_000
_OBJECTS = 200_000
_PLAIN = {
    "/Author": "author",
    "/Title": "title",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Comments": "description",
}
_OF_THE_PROGRAM = frozenset({"/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"})
_FEW_STROKES = 400
"""Bytes of drawing on a page that is as good as empty."""
_MOST_PROPERTIES = 30


def read_pdf(data: bytes, contents: Contents) -> None:
    """The text as far as it is text. Raises Unreadable, and whatever pypdf raises for a damaged file."""
    try:
        _read_within_limits(data, contents)
    except LimitReachedError as error:
        raise Unreadable("takes more work to read than is spent on a file") from error


def _read_within_limits(data: bytes, contents: Contents) -> None:
    with apply_configuration(
        zlib_maximum_output_length=_STREAM,
        lzw_maximum_output_length=_STREAM,
        run_length_maximum_output_length=_STREAM,
        array_based_stream_maximum_output_length=_STREAM,
        stream_decoding_work_maximum_length=contents.limits.unpacked,
        stream_parsing_work_maximum_count=_OPERATIONS,
        jbig2dec_binary=None,
    ):
        reader = PdfReader(io.BytesIO(data), xref_stream_maximum_entries=_OBJECTS)
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise Unreadable("is protected by a password")
        _read_properties(reader, contents)
        _read_pages(reader, contents)


def _read_properties(reader: PdfReader, contents: Contents) -> None:
    for key, value in list((reader.metadata or {}).items())[:_MOST_PROPERTIES]:
        if key not in _OF_THE_PROGRAM and isinstance(value, str):
            contents.tell(_PLAIN.get(key, key.removeprefix("/").lower()), value)


def _read_pages(reader: PdfReader, contents: Contents) -> None:
    comments: list[str] = []
    drawn = False
    try:
        for number, page in enumerate(reader.pages):
            if number == contents.limits.pages:
                raise Unreadable(f"is longer than the {contents.limits.pages} pages that are read of a file")
            contents.hurry()
            contents.add(page.extract_text(visitor_operand_before=lambda *_: contents.hurry()) + "\n")
            comments += _annotations(page, contents)
            drawn = drawn or (not contents.text and _draws(page))
    finally:
        contents.tell("comments", comments)
    if drawn and not contents.text:
        raise Unreadable("shows its pages as pictures or drawings, whose words are not read")


def _annotations(page: PageObject, contents: Contents) -> list[str]:
    """The comments on a page; what is typed onto it or into its form is text."""
    comments = []
    for reference in page.annotations or ():
        note = reference.get_object()
        kind = note.get("/Subtype")
        if kind == "/Widget":
            contents.add(f"{_plain(note, '/V')}\n")
        elif kind == "/FreeText":
            contents.add(f"{_plain(note, '/Contents')}\n")
        elif kind not in {"/Link", "/Popup"}:
            comments.append(_plain(note, "/Contents"))
    return comments


def _plain(note: DictionaryObject, key: str) -> str:
    value = note.get(key)
    return value if isinstance(value, str) else ""


def _draws(page: PageObject) -> bool:
    """Whether there is something to see: a picture, or so many lines that they may well be letters."""
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    drawn = objects.get_object() if objects is not None else {}
    if any(drawn[name].get_object().get("/Subtype") == "/Image" for name in drawn):
        return True
    content = page.get_contents()
    return content is not None and len(content.get_data()) > _FEW_STROKES
