"""What files say of themselves, and what is hidden in them, format by format."""

from __future__ import annotations

import pytest

from app.core.facts import FileText
from integrations.documents.reader import Reader
from tests.unit.integrations.documents.makers import (
    annotated_pdf,
    attached,
    pdf,
    sheets,
    slides,
    word,
    word_of,
    zipped,
)


def read(name: str, content: bytes) -> FileText:
    result = Reader(clock=lambda: 0.0)(attached(name, content))
    assert result.unreadable is None
    return result


def test_word_has_authors_comments_headers_and_tables() -> None:
    file = read(
        "a.docx",
        word("Our offer", author="Sam Ito", comment="floor is 41k", header="Globex only", cells=["Seats", "40"]),
    )

    assert file.properties["author"] == "Sam Ito"
    assert file.properties["last modified by"] == "Kim"
    assert "floor is 41k" in file.properties["comments"]
    assert "Globex only" in file.text
    assert "Our offer" in file.text
    assert file.text.index("Seats") < file.text.index("40")


CHANGED = (
    "<w:p><w:r><w:t>We offer </w:t></w:r><w:del><w:r><w:delText>22</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>15</w:t></w:r></w:ins><w:r><w:t> percent.</w:t></w:r></w:p>"
)


def test_tracked_insertions_are_text_and_deletions_are_told() -> None:
    file = read("a.docx", word_of(CHANGED))

    assert file.text == "We offer 15 percent."
    assert file.properties["tracked changes"] == "removed “22”; added “15”"


def test_hidden_runs_are_told() -> None:
    body = '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>margin 40</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr>'
    file = read("a.docx", word_of(f"{body}<w:t>seen</w:t></w:r></w:p>"))

    assert file.properties["hidden text"] == "margin 40"


def test_a_text_box_is_read_once() -> None:
    box = "<w:p><w:r><w:t>Globex</w:t></w:r></w:p>"
    choice = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    file = read("a.docx", word_of(f"<w:p><w:r>{choice}</w:r></w:p>"))

    assert file.text == "Globex"


def test_sheets_have_rows_hidden_parts_and_comments() -> None:
    file = read(
        "a.xlsx", sheets(["Customer", "Globex"], ["Seats", 40], hidden="Margin", comment="ask legal", company="Ours")
    )

    assert file.text.splitlines()[:2] == ["Customer\tGlobex", "Seats\t40"]
    assert "what it costs us" in file.text
    assert file.properties["hidden sheets"] == "Margin"
    assert file.properties["hidden columns"] == "3 to 4"
    assert file.properties["company"] == "Ours"
    assert "ask legal" in file.properties["comments"]


def test_slides_have_notes_and_may_be_hidden() -> None:
    file = read("a.pptx", slides("One", "Two", notes="do not go below 41k", hidden=1))

    assert file.text.splitlines() == ["One", "Two"]
    assert file.properties["hidden slides"] == "slide 2: Two"
    assert file.properties["speaker notes"] == "do not go below 41k"


def test_slides_come_in_the_order_of_their_numbers() -> None:
    texts = [f"Slide {number}" for number in range(1, 13)]

    assert read("a.pptx", slides(*texts)).text.splitlines() == texts


def test_a_plain_deck_has_nothing_to_tell() -> None:
    assert not {"hidden slides", "speaker notes", "hidden text"} & set(read("a.pptx", slides("One")).properties)


def test_a_pdf_tells_its_author_and_not_the_program_that_made_it() -> None:
    file = read("a.pdf", pdf("x", info={"Author": "Sam Ito", "Company": "Globex", "Producer": "Printer"}))

    assert dict(file.properties) == {"author": "Sam Ito", "company": "Globex"}


def test_comments_on_a_pdf_are_told_and_what_is_typed_onto_it_is_text() -> None:
    file = read("a.pdf", annotated_pdf("Offer", note="too cheap?", typed="for Globex"))

    assert file.properties["comments"] == "too cheap?"
    assert file.text.splitlines() == ["Offer", "for Globex"]


def test_a_page_of_html_has_title_author_and_comments() -> None:
    page = b"""<html><head><title>Offer</title><meta name="author" content="Sam"></head>
    <body><!-- floor 41k --><!--[if mso]><p>x</p><![endif]--><p>Hello</p></body></html>"""
    file = read("a.html", page)

    assert dict(file.properties) == {"title": "Offer", "author": "Sam", "comments": "floor 41k"}
    assert file.text == "Hello"


def test_open_documents_have_authors_comments_and_deletions() -> None:
    note = "<annotation><p>ask legal</p></annotation>"
    content = f"<o><tracked-changes><p>22 percent</p></tracked-changes><p>Hello{note}</p></o>"
    meta = "<m><initial-creator>Sam</initial-creator><title>Offer</title></m>"
    file = read("a.odt", zipped({"mimetype": "x", "content.xml": content, "meta.xml": meta}))

    assert file.text == "Hello"
    assert dict(file.properties) == {
        "author": "Sam",
        "title": "Offer",
        "tracked changes": "22 percent",
        "comments": "ask legal",
    }


def test_an_open_document_behind_a_password() -> None:
    parts = {"content.xml": b"\0\1", "META-INF/manifest.xml": b"<m><encryption-data/></m>"}

    assert Reader(clock=lambda: 0.0)(attached("a.odt", zipped(parts))).unreadable == "is protected by a password"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_long_properties_are_cut(name: str) -> None:
    core = f"<c><creator>{'x' * 9000}</creator></c>"
    part = {"a.docx": "word/document.xml", "a.xlsx": "xl/workbook.xml", "a.pptx": "ppt/presentation.xml"}[name]
    file = read(name, zipped({part: "<x/>", "docProps/core.xml": core}))

    assert len(file.properties["author"]) == 2000
