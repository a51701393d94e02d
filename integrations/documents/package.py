"""Zip containers and the XML in them, read in small pieces so that nothing in them can grow beyond its limit."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Protocol
from xml.parsers import expat

from integrations.documents.reading import Contents, Unreadable

_PIECE = 1 << 16
_ENTRY = b"PK\x01\x02"
"""How each entry of a zip file's directory begins."""
_ENCRYPTED = 0x1
_DEEPEST = 200
"""Elements within elements; documents by people stay far below."""
_NONE: Mapping[str, str] = {}
_NUMBER = re.compile(r"(\d+)")


class Package:
    """A zip container whose parts are unpacked on the account of one file's contents."""

    def __init__(self, data: bytes, contents: Contents) -> None:
        """Raises Unreadable where there are too many parts, and zipfile's own errors for what is no zip file."""
        if data.count(_ENTRY) > contents.limits.parts:
            raise Unreadable(f"holds more than {contents.limits.parts:,} parts")
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._contents = contents
        self.names = tuple(info.filename for info in self._zip.infolist() if not info.is_dir())

    def like(self, pattern: str) -> list[str]:
        """The parts whose whole name matches, `slide2` before `slide10`."""
        return sorted((name for name in self.names if re.fullmatch(pattern, name)), key=_by_number)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. Raises Unreadable where it is encrypted, of an odd compression, or too much."""
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("is protected by a password")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Unreadable("is compressed in a way that is not read here")
        with self._zip.open(info) as part:
            while piece := part.read(_PIECE):
                self._contents.unpack(len(piece))
                yield piece

    def read(self, name: str) -> bytes:
        """All bytes of a part. Raises Unreadable as above."""
        return b"".join(self.pieces(name))

    def parse(self, name: str, handler: Handler) -> None:
        """Tell the handler what is in an XML part. Raises Unreadable as above, and where it declares entities."""
        if name in self.names:
            parse(self.pieces(name), handler)


class Handler(Protocol):
    """Is told the elements of an XML part, by their names without namespaces, in the order of the document."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; the attributes' names have no namespaces either."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def words(self, text: str) -> None:
        """Characters, in pieces of any length."""
        ...


def parse(pieces: Iterator[bytes], handler: Handler) -> None:
    """Tell the handler what is in the XML. Raises Unreadable for what no Office program writes, and ExpatError."""
    depth = 0
    local = _Locals()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable("is nested too deeply")
        handler.start(local[name], {local[key]: value for key, value in attributes.items()} if attributes else _NONE)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(local[name])

    def doctype(*_: object) -> None:
        # Entities are how a small file becomes a large one, and Office documents have none.
        raise Unreadable("declares entities of its own, which no Office program does")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.words
    parser.StartDoctypeDeclHandler = doctype
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


class _Locals(dict[str, str]):
    """Names without their namespaces, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition("}")[2]
        return self[name]


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(name)]
