"""Files as the usual programs write them, and files that no honest program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
import pptx
import xlsxwriter
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text

from app.core.drafts import Attachment

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def attached(name: str, content: bytes) -> Attachment:
    """The bytes as an attachment of this name."""
    return Attachment(filename=name, content_type="application/octet-stream", content=content)


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(*paragraphs: str, author: str = "", comment: str = "", header: str = "", cells: Sequence[str] = ()) -> bytes:
    """A Word document of python-docx's making."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if cells:
        row = document.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if comment:
        document.add_comment(document.paragraphs[0].runs, text=comment, author="Sam", initials="S")
    document.core_properties.author = author
    document.core_properties.last_modified_by = "Kim"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(body: str, **parts: str) -> bytes:
    """A Word document whose body is this XML."""
    namespaces = 'xmlns:w="urn:w" xmlns:mc="urn:mc"'
    document = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **parts})


def sheets(*rows: Sequence[str | float], hidden: str = "", comment: str = "", company: str = "") -> bytes:
    """An Excel workbook of XlsxWriter's making."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Prices")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if comment:
        sheet.write_comment("A1", comment)
    if hidden:
        second = book.add_worksheet(hidden)
        second.write("A1", "what it costs us")
        second.hide()
        sheet.set_column("C:D", None, None, {"hidden": True})
    book.set_properties({"author": "Sam Ito", "company": company})
    book.close()
    return out.getvalue()


def slides(*texts: str, notes: str = "", hidden: int | None = None) -> bytes:
    """A PowerPoint file of python-pptx's making; `hidden` is the index of the slide that is not shown."""
    deck = pptx.Presentation()
    for words in texts:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = words
    if notes:
        deck.slides[0].notes_slide.notes_text_frame.text = notes
    if hidden is not None:
        deck.slides[hidden]._element.set("show", "0")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def pdf(*pages: str, info: Mapping[str, str] | None = None) -> bytes:
    """A PDF with a page for each text."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for words in pages:
        lines = "".join(f"({line}) Tj T*\n" for line in words.splitlines())
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{lines}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    entries = "".join(f"/{key} ({value}) " for key, value in (info or {}).items())
    objects.append(f"<< {entries}>>".encode("latin-1"))
    return pdf_of(*objects, info=True)


def pdf_of(*objects: bytes, info: bool = False) -> bytes:
    """A PDF of these objects, the catalogue first, and the properties last where there are any."""
    last = b"/Info %d 0 R " % len(objects) if info else b""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, last))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def locked_pdf(words: str, *, password: str, algorithm: str) -> bytes:
    """A PDF that opens with this password; with an empty one it opens for everybody and may not be changed."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(words))))
    writer.encrypt(user_password=password, owner_password="master", algorithm=algorithm)
    return _written(writer)


def annotated_pdf(words: str, *, note: str, typed: str) -> bytes:
    """A PDF with a comment, and with text typed onto its page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(words))))
    writer.add_annotation(0, Text(rect=(50, 50, 80, 80), text=note))
    writer.add_annotation(0, FreeText(rect=(50, 100, 200, 130), text=typed))
    return _written(writer)


def scanned_pdf() -> bytes:
    """A PDF whose one page is a picture."""
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    picture += b" /Length 1 >>\nstream\n\x00\nendstream"
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R"
        b" /Resources << /XObject << /I 4 0 R >> >> >>",
        picture,
        b"<< /Length 5 >>\nstream\n/I Do\nendstream",
    )


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
