"""Whatever the bytes, the reader answers: it never raises, and never takes what it could not read for read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.facts import FileText
from integrations.documents.reader import Reader
from integrations.documents.reading import Limits
from tests.unit.integrations.documents.makers import attached, pdf, sheets, slides, word, zipped

NAMES = ["a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.zip", "a.odt", "a.csv", "a.html", "a.doc", "a.png", "a", "a.xyz"]
BEGINNINGS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html>",
    b"\xff\xfe",
]
WHOLE = {
    "a.pdf": pdf("Prepared for Globex", info={"Author": "Sam"}),
    "a.docx": word("Prepared for Globex", comment="x", author="Sam"),
    "a.xlsx": sheets(["Prepared for Globex", 4], hidden="Margin", comment="x"),
    "a.pptx": slides("Prepared for Globex", notes="x", hidden=0),
    "a.zip": zipped({"a.txt": b"Prepared for Globex"}),
}
PARTS = [
    "word/document.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "ppt/presentation.xml",
]
PARTS += ["ppt/slides/slide1.xml", "content.xml", "docProps/core.xml", "word/comments.xml"]
SOON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answered(name: str, content: bytes) -> FileText:
    reader = Reader(limits=Limits(size=200_000, unpacked=500_000, characters=100_000), clock=lambda: 0.0)
    return reader(attached(name, content))


@SOON
@given(name=st.sampled_from(NAMES), beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=400))
def test_any_bytes(name: str, beginning: bytes, rest: bytes) -> None:
    read = answered(name, beginning + rest)

    assert read.filename == name
    assert read.unreadable is None or read.unreadable.strip()


@SOON
@given(name=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_any_damage(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(content)))

    assert answered(name, bytes(content[:end])).filename == name


XML = st.recursive(
    st.text(alphabet="ab1é", max_size=5),
    lambda inner: st.builds(
        lambda tag, key, value, parts: f'<{tag} {key}="{value}">{"".join(parts)}</{tag}>',
        st.sampled_from(
            ["t", "p", "r", "c", "v", "row", "sheet", "ins", "del", "sld", "property", "Fallback", "creator"]
        ),
        st.sampled_from(["t", "r", "show", "state", "name", "val", "min"]),
        st.sampled_from(["s", "0", "1", "hidden", "-1", "99999999999999999999", "²"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@SOON
@given(parts=st.dictionaries(st.sampled_from(PARTS), XML, max_size=4), name=st.sampled_from(NAMES))
def test_any_office_document(parts: dict[str, str], name: str) -> None:
    whole = {part: f"<x>{body}</x>" for part, body in parts.items()}

    assert answered(name, zipped(whole or {"x.txt": "x"})).filename == name


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_every_beginning_of_a_file_is_told_apart_from_the_whole(name: str) -> None:
    whole = WHOLE[name]

    assert answered(name, whole).unreadable is None
    for end in (8, len(whole) // 3, len(whole) * 2 // 3):
        assert answered(name, whole[:end]).unreadable is not None
