"""What the reader reads, and what it says of what it cannot read."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import count

import pytest

from integrations.documents.reader import Reader
from integrations.documents.reading import Limits
from tests.unit.integrations.documents.makers import (
    OLE,
    attached,
    locked_pdf,
    pdf,
    pdf_of,
    scanned_pdf,
    sheets,
    slides,
    word,
    word_of,
    zipped,
)

TEXT = b"Prepared for Globex"
BOMB = bytes(3_000_000)


def still() -> float:
    """A clock that stands still: how fast the machine is does not matter."""
    return 0.0


def why(name: str, content: bytes, **limits: float) -> str | None:
    return Reader(limits=Limits(**limits), clock=still)(attached(name, content)).unreadable  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT),
        ("a.md", TEXT),
        ("a.csv", TEXT),
        ("a.json", TEXT),
        ("no ending", TEXT),
        ("a.txt", b"\xef\xbb\xbf" + TEXT),
        ("a.txt", "Prepared for Globex".encode("utf-16")),
        ("a.html", b"<html><body><p>Prepared <b>for</b> Globex</p><script>x()</script></body></html>"),
        ("a.pdf", pdf("Prepared for Globex")),
        ("a.docx", word("Prepared for Globex")),
        ("a.xlsx", sheets(["Prepared for Globex"])),
        ("a.pptx", slides("Prepared for Globex")),
        ("a.docm", word("Prepared for Globex")),
        ("named wrongly.txt", word("Prepared for Globex")),
        ("no ending", pdf("Prepared for Globex")),
        ("scanner.pdf", b"\r\n\x00scanner junk\n" + pdf("Prepared for Globex")),
        ("a.odt", zipped({"mimetype": "x", "content.xml": "<o><p>Prepared for Globex</p></o>"})),
        ("a.zip", zipped({"inner/offer.docx": word("Prepared for Globex"), "inner/picture.png": b"\x89PNG\0"})),
        ("a.zip", zipped({"b.zip": zipped({"a.txt": TEXT}), "__MACOSX/._a.txt": b"\0\1", ".DS_Store": b"\0"})),
    ],
)
def test_words_come_out_of_every_kind_of_file(name: str, content: bytes) -> None:
    read = Reader(clock=still)(attached(name, content))

    assert read.unreadable is None
    assert "Prepared for Globex" in " ".join(read.text.split())
    assert "x()" not in read.text
    assert read.filename == name


@pytest.mark.parametrize("name", ["a.png", "a.JPG", "a.mp4", "smime.p7s"])
def test_pictures_and_recordings_have_no_words_and_nothing_wrong(name: str) -> None:
    read = Reader(clock=still)(attached(name, b"\x89\0\1\2"))

    assert (read.text, read.unreadable) == ("", None)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", locked_pdf("x", password="secret", algorithm="AES-256"), "is protected by a password"),
        ("a.pdf", locked_pdf("x", password="secret", algorithm="RC4-128"), "is protected by a password"),
        ("a.xlsx", OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        ("a.doc", OLE + bytes(600), "is in the old Office format .doc, which is not read; save it as .docx"),
        ("a.msg", OLE + bytes(600), "is of a kind that is not read here"),
        ("a.exe", b"MZ\0\0", "is of a kind that is not read here (.exe)"),
        ("noend", b"\0\1", "is of a kind that is not read here (its name has no ending)"),
        ("a.rar", b"Rar!\x1a\x07\0", "is of a kind that is not read here (.rar)"),
        ("a.pdf", b"hello", "is no PDF file, although its name says so"),
        ("a.docx", b"hello", "is no Word file, although its name says so"),
        ("a.pdf", scanned_pdf(), "shows its pages as pictures or drawings, whose words are not read"),
        ("a.txt", b"", "is empty"),
        ("a.pdf", pdf("x")[:200], "is damaged"),
        ("a.docx", word("x")[:3000], "is damaged"),
        ("a.docx", word_of("<w:p>"), "is damaged"),
        ("a.zip", zipped({"offer.pdf": b"hello"}), "holds offer.pdf, which is no PDF file"),
        ("a.zip", zipped({"x.txt": b"x"}, zipfile.ZIP_LZMA), "is compressed in a way that is not read here"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, content: bytes, reason: str) -> None:
    read = Reader(clock=still)(attached(name, content))

    assert read.unreadable is not None
    assert read.unreadable.startswith(reason)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_is_only_locked_against_changes_is_read(algorithm: str) -> None:
    read = Reader(clock=still)(attached("a.pdf", locked_pdf("Prepared for Globex", password="", algorithm=algorithm)))

    assert (read.text, read.unreadable) == ("Prepared for Globex", None)


def test_a_zip_file_behind_a_password() -> None:
    locked = bytearray(zipped({"a.txt": TEXT}, zipfile.ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1

    assert why("a.zip", bytes(locked)) == "is protected by a password"


@pytest.mark.parametrize(
    ("name", "content", "limits", "reason"),
    [
        ("a.txt", b"x" * 2_000_000, {"size": 1_000_000}, "is larger than the 1 MB"),
        ("a.txt", b"x" * 101, {"characters": 100}, "is longer than the 100 characters"),
        ("a.pdf", pdf("one", "two", "three"), {"pages": 2}, "is longer than the 2 pages"),
        ("a.zip", zipped({"a.txt": BOMB}), {"unpacked": 2_000_000}, "unpacks to more than 2 MB"),
        ("a.docx", word_of("<w:p/>" * 200_000), {"unpacked": 1_000_000}, "unpacks to more than 1 MB"),
        ("a.zip", zipped({f"{n}.txt": b"" for n in range(20)}), {"parts": 10}, "holds more than 10 parts"),
        (
            "a.zip",
            zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": b"x"})})}),
            {},
            "holds b.zip, which holds c.zip",
        ),
        ("a.docx", word_of("<w:p>" * 300 + "</w:p>" * 300), {}, "is nested too deeply"),
    ],
)
def test_what_is_too_much_is_told(name: str, content: bytes, limits: dict[str, float], reason: str) -> None:
    told = why(name, content, **limits)

    assert told is not None
    assert told.startswith(reason)


def test_the_beginning_of_what_is_too_long_is_there() -> None:
    read = Reader(limits=Limits(pages=1), clock=still)(attached("a.pdf", pdf("Prepared for Globex", "two")))

    assert read.text == "Prepared for Globex"
    assert read.unreadable


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="urn:w">&b;</w:document>'
    )

    assert why("a.docx", zipped({"word/document.xml": bomb})) == (
        "declares entities of its own, which no Office program does"
    )


def test_a_compressed_page_that_grows_without_end_stops() -> None:
    stream = zlib.compress(b"BT " + b" " * 60_000_000)
    page = pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << >> >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    )

    assert why("a.pdf", page) == "takes more work to read than is spent on a file"


def noted(moments: list[float]) -> float:
    """A clock that stands still and remembers how often it was looked at."""
    moments.append(0.0)
    return 0.0


def ticking(step: float) -> Iterator[float]:
    return (number * step for number in count())


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf("one", "two")), ("a.docx", word("one"))])
def test_what_takes_too_long_is_told_and_tried_again(name: str, content: bytes) -> None:
    slow = ticking(1.0)
    reader = Reader(clock=lambda: next(slow))

    assert reader(attached(name, content)).unreadable == "could not be read within 1.5 seconds"
    slow = ticking(0.0)
    assert reader(attached(name, content)).unreadable is None


def test_a_file_is_read_once_whatever_it_is_called() -> None:
    moments: list[float] = []
    reader = Reader(clock=partial(noted, moments))
    first = reader(attached("a.txt", TEXT))
    asked = len(moments)
    second = reader(attached("b.txt", TEXT))

    assert len(moments) == asked
    assert (second.filename, second.text, second.sha256) == ("b.txt", first.text, first.sha256)


def test_what_was_read_longest_ago_is_forgotten() -> None:
    asked: list[float] = []
    reader = Reader(clock=partial(noted, asked))
    for number in range(200):
        reader(attached("a.txt", b"%d" % number))
    before = len(asked)
    reader(attached("a.txt", b"199"))
    assert len(asked) == before
    reader(attached("a.txt", b"0"))
    assert len(asked) > before
