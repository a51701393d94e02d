"""Small real files of the usual kinds, made from the words that a scenario puts in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePath
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org"
_OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
_CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".png": "image/png",
    ".zip": "application/zip",
}
_DATE = (2026, 11, 1, 9, 0, 0)


def content_type(filename: str) -> str:
    """The content type that a file of this name usually has."""
    return _CONTENT_TYPES.get(PurePath(filename).suffix.lower(), "application/octet-stream")


def file_bytes(
    filename: str,
    text: str,
    properties: Mapping[str, str] | None = None,
    *,
    password: bool = False,
    damaged: bool = False,
) -> bytes:
    """A file of the kind that its name says, with these words in it and these properties of the document.

    With `password` it can only be opened with one; `damaged`, it breaks off in the middle.
    """
    content = _made(filename, text, tuple(sorted((properties or {}).items())), password)
    return content[: max(len(content) // 3, 8)] if damaged else content


@cache
def _made(filename: str, text: str, properties: tuple[tuple[str, str], ...], password: bool) -> bytes:
    makers: dict[str, Callable[[str, Mapping[str, str]], bytes]] = {
        ".docx": _docx,
        ".xlsx": _xlsx,
        ".pptx": _pptx,
        ".zip": _zip,
    }
    suffix = PurePath(filename).suffix.lower()
    if suffix == ".pdf":
        return _pdf(text, dict(properties), locked=password)
    if password:
        return _OLE_HEADER + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(3072)
    maker = makers.get(suffix)
    return maker(text, dict(properties)) if maker else text.encode()


def _pdf(text: str, properties: Mapping[str, str], *, locked: bool) -> bytes:
    lines = "".join(f"({_pdf_text(line)}) Tj T*\n" for line in text.splitlines())
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{lines}ET".encode("latin-1", "replace")
    info = "".join(f"/{name.title().replace(' ', '')} ({_pdf_text(value)})" for name, value in properties.items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("latin-1", "replace"),
    ]
    if locked:
        key = "5a" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -44 /O <{key}> /U <{key}> >>".encode())
    return _numbered(objects, locked=locked)


def _pdf_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _numbered(objects: list[bytes], *, locked: bool) -> bytes:
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    encrypt = b" /Encrypt 7 0 R /ID [<5a5a> <5a5a>]" if locked else b""
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R%s >>\n" % (len(objects) + 1, encrypt))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _docx(text: str, properties: Mapping[str, str]) -> bytes:
    main = f"{_OFFICE}/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    body = f'<w:document xmlns:w="{main}"><w:body>{lines}</w:body></w:document>'
    return _package("word/document.xml", body, {}, ".docx", properties)


def _xlsx(text: str, properties: Mapping[str, str]) -> bytes:
    main = f"{_OFFICE}/spreadsheetml/2006/main"
    rows = "".join(
        f'<row r="{number}">' + "".join(_cell(cell) for cell in line.split(",")) + "</row>"
        for number, line in enumerate(text.splitlines(), start=1)
    )
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}/officeDocument/2006/relationships">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    return _package("xl/workbook.xml", book, {"worksheets/sheet1.xml": sheet}, ".xlsx", properties)


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text.strip())}</t></is></c>'


def _pptx(text: str, properties: Mapping[str, str]) -> bytes:
    main, draw = f"{_OFFICE}/presentationml/2006/main", f"{_OFFICE}/drawingml/2006/main"
    lines = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.splitlines())
    slide = (
        f'<p:sld xmlns:p="{main}" xmlns:a="{draw}"><p:cSld><p:spTree><p:sp><p:txBody>{lines}</p:txBody></p:sp>'
        "</p:spTree></p:cSld></p:sld>"
    )
    deck = (
        f'<p:presentation xmlns:p="{main}" xmlns:r="{_OFFICE}/officeDocument/2006/relationships">'
        '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'
    )
    return _package("ppt/presentation.xml", deck, {"slides/slide1.xml": slide}, ".pptx", properties)


_KINDS = {"worksheets/sheet1.xml": "worksheet", "slides/slide1.xml": "slide"}


def _package(main: str, body: str, parts: Mapping[str, str], suffix: str, properties: Mapping[str, str]) -> bytes:
    """The least that an Office file has to hold: its main part, what that refers to, and the properties."""
    folder, _, name = main.partition("/")
    kind = f"{_OFFICE}/officeDocument/2006/relationships"
    relations = f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/{_KINDS[part]}" Target="{part}"/>' for n, part in enumerate(parts, 1)
    )
    files = {
        "[Content_Types].xml": _types(main, folder, parts, suffix),
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{kind}/officeDocument" Target="{main}"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/package/2006/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{kind}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        main: body,
        f"{folder}/_rels/{name}.rels": f"{relations}{inner}</Relationships>",
        "docProps/core.xml": _core(properties),
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties">'
        f"<Company>{escape(properties.get('company', ''))}</Company></Properties>",
        **{f"{folder}/{part}": content for part, content in parts.items()},
    }
    return _zipped({path: f'<?xml version="1.0" encoding="UTF-8"?>{content}' for path, content in files.items()})


def _types(main: str, folder: str, parts: Mapping[str, str], suffix: str) -> str:
    overrides = f'<Override PartName="/{main}" ContentType="{_CONTENT_TYPES[suffix]}.main+xml"/>'
    for part in parts:
        kind = _CONTENT_TYPES[suffix].rpartition(".")[0] + f".{_KINDS[part]}+xml"
        overrides += f'<Override PartName="/{folder}/{part}" ContentType="{kind}"/>'
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    extended = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{extended}"/></Types>'
    )


_CORE_FIELDS = {
    "author": "dc:creator",
    "title": "dc:title",
    "subject": "dc:subject",
    "comments": "dc:description",
    "keywords": "cp:keywords",
    "last modified by": "cp:lastModifiedBy",
}


def _core(properties: Mapping[str, str]) -> str:
    filled = "".join(
        f"<{tag}>{escape(properties[name])}</{tag}>" for name, tag in _CORE_FIELDS.items() if name in properties
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{filled}</cp:coreProperties>'
    )


def _zip(text: str, _properties: Mapping[str, str]) -> bytes:
    return _zipped({"content.txt": text})


def _zipped(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content)
    return out.getvalue()
