"""An older version than the library's: by version or date, by its first lines, or by bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks.documents.editions import Edition, edition_of, edition_of_document, family_of, spaced
from app.core.checks import Severity
from app.core.facts import Document
from app.core.findings import Findings
from tests.unit.app.checks.builders import claim, document, failed, found, promise, results, rewritten
from tests.unit.app.checks.documents.carrying import holding, sent, world

CHECK = "document.older_version"
HELD = holding("brochure-2025.pdf")[0]
LIBRARY = (
    document("Security Overview", version="3.1", sha256="a" * 64),
    document("Price List 2025"),
    document("Price List 2026"),
    document("SOC 2 Report", file="soc2-report-2026.pdf"),
    document("Data Sheet", version="2026-10"),
    document("Product Roadmap 2027", approved=False),
    document("Handout Q3 2026"),
    document("Pen Test Summary 2026", expires=date(2026, 6, 30)),
    document("Order Form", version="4", sha256="b" * 64),
    document("Brochure 2025", sha256=HELD.sha256),
    document("Brochure 2026", sha256="c" * 64),
)


def sending(thing: str) -> Findings:
    text = f"I'll send you {thing} soon"
    return found(text, promise(text, thing=thing))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("security-overview-v2.pdf", ""),
        ("SecurityOverview_v3.0.pdf", ""),
        ("Security Overview v2.9 final.pdf", ""),
        ("price-list-2025.pdf", ""),
        ("Price List 2024.xlsx", ""),
        ("soc2-report-2025.pdf", ""),
        ("data-sheet-2026-08.pdf", ""),
        ("Data Sheet Sept 2026.pdf", ""),
        ("data_sheet_20260915.pdf", ""),
        ("handout-q2-2026.pdf", ""),
        ("Security_Overview.docx", "Security Overview\nVersion 2.4\nWho we are"),
        ("Security_Overview.docx", "Security Overview, version 2\nWho we are"),
        ("security-overview.pdf", "Security Overview, version 2.4. Who we are"),
        ("security-overview.pdf", "Security Overview 2.4\nWho we are"),
        ("security-overview.pdf", "Security Overview\nThis paper is superseded."),
        ("soc2-report-2026.pdf", "SOC 2 Report 2025\nThe auditors"),
        ("Security Overview 2.9.pdf", ""),
        ("overview.pdf", "Security Overview\nVersion 2.0 - January 2025"),
    ],
)
def test_an_older_file_is_told(name: str, text: str) -> None:
    file, read = holding(name, text)

    (result,) = results(CHECK, found("Hi"), world(read, library=LIBRARY), sent(file))

    assert result.severity is Severity.MEDIUM
    assert "from the library" in result.message
    assert result.evidence[0].source == "library"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("security-overview-v3.1.pdf", ""),
        ("security-overview-v4.pdf", ""),
        ("Security_Overview.docx", "Security Overview\nVersion 3.1"),
        ("Security_Overview.docx", "We support TLS version 1.2 and later"),
        ("price-list-2026.pdf", ""),
        ("price-list-2027.pdf", ""),
        ("price-list.pdf", ""),
        ("soc2-report-2026-11.pdf", ""),
        ("product-roadmap-2026.pdf", ""),
        ("pen-test-summary-2025.pdf", ""),
        ("quote-v2.pdf", ""),
        ("acme-rollout-plan-2025.pdf", ""),
        ("order-form.pdf", "filled in"),
        ("security-overview.pdf", ""),
        ("security-overview.pdf", "Security Overview, version 3.1. Chapter 4"),
        ("security-overview.pdf", "Security Overview\nWe support TLS version 1.2."),
        ("2025.pdf", ""),
    ],
)
def test_what_is_as_new_or_nothing_of_the_librarys_is_fine(name: str, text: str) -> None:
    file, read = holding(name, text)

    assert results(CHECK, found("Hi"), world(read, library=LIBRARY), sent(file)) == []


def test_an_old_title_among_the_properties_tells() -> None:
    file, read = holding("security-overview.pdf", "Who we are")
    old = replace(read, properties={"title": "Security Overview v2.4"})

    assert len(results(CHECK, found("Hi"), world(old, library=LIBRARY), sent(file))) == 1


def test_an_old_file_is_known_by_its_bytes_under_any_name() -> None:
    library = (*LIBRARY, document("Leaflet v1", sha256=holding("x.pdf")[0].sha256), document("Leaflet v2"))
    file, read = holding("x.pdf")

    (result,) = results(CHECK, found("Hi"), world(read, library=library), sent(file))

    assert "Leaflet v2" in result.message


def test_the_very_file_of_the_library_is_fine_under_a_plain_name_and_misleads_under_an_old_one() -> None:
    new, _ = holding("copy.pdf")
    library = (document("Security Overview", version="3.1", sha256=new.sha256),)

    assert results(CHECK, found("Hi"), world(library=library), sent(new)) == []
    misnamed = replace(new, filename="security-overview-v2.pdf")
    assert len(results(CHECK, found("Hi"), world(library=library), sent(misnamed))) == 1


@pytest.mark.parametrize(
    ("thing", "after"),
    [
        ("our 2025 price list", "I'll send you our Price List 2026 soon"),
        ("version 2 of the security overview", None),
        ("the security overview v2", "I'll send you the Security Overview soon"),
        ("our 2025 SOC 2 report", "I'll send you our SOC 2 Report soon"),
    ],
)
def test_an_older_one_may_be_promised_in_words(thing: str, after: str | None) -> None:
    findings = sending(thing)

    (result,) = results(CHECK, findings, world(library=LIBRARY))

    assert result.spans
    assert after is None or rewritten(findings, result) == after


@pytest.mark.parametrize(
    "thing",
    ["our price list", "the 2026 price list", "the security overview", "v2 of the quote", "your 2025 figures"],
)
def test_the_newest_may_be_promised(thing: str) -> None:
    assert results(CHECK, sending(thing), world(library=LIBRARY)) == []


def test_words_and_file_are_told_once() -> None:
    file, read = holding("price-list-2025.pdf")
    text = "Attached is our 2025 price list."
    findings = found(text, claim("Attached is our 2025 price list", "our 2025 price list"))

    assert len(results(CHECK, findings, world(read, library=LIBRARY), sent(file))) == 1


def test_without_the_library_nothing_is_guessed() -> None:
    file, _ = holding("price-list-2025.pdf")

    assert results(CHECK, found("Hi"), failed("library", library=LIBRARY), sent(file)) == []


@pytest.mark.parametrize(
    ("text", "version", "day"),
    [
        ("security overview v3.1", (3, 1), ()),
        ("rev 4", (4,), ()),
        ("Version 2.0.1", (2, 0, 1), ()),
        ("price list 2026", (), (2026,)),
        ("Oct 2026", (), (2026, 10)),
        ("2026 October", (), (2026, 10)),
        ("2026-10-05", (), (2026, 10, 5)),
        ("20261005", (), (2026, 10, 5)),
        ("Q3 2026", (), (2026, 9)),
        ("2026 Q1", (), (2026, 3)),
        ("SOC 2 Type II", (), ()),
        ("ISO 27001", (), ()),
        ("invoice 120263", (), ()),
    ],
)
def test_editions_are_read(text: str, version: tuple[int, ...], day: tuple[int, ...]) -> None:
    assert edition_of(text) == Edition(version=version, date=day)


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("v2", "v3", True),
        ("v3", "v3.0", False),
        ("v2.9", "v2.10", True),
        ("2025", "2026", True),
        ("2026", "2026-10", False),
        ("2026-09", "2026-10", True),
        ("v2 2026", "v3 2025", True),
        ("v2", "2026", False),
        ("", "v1", False),
    ],
)
def test_editions_are_compared_only_by_what_both_say(one: str, other: str, older: bool) -> None:
    assert edition_of(one).is_older_than(edition_of(other)) is older


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document(file="a-2024.pdf", title="A 2025", version="2026"), "of 2026"),
        (Document(file="a-2024.pdf", title="A 2025"), "of 2025"),
        (Document(file="a-2024.pdf", title="A"), "of 2024"),
        (Document(file="a.pdf", title="A", version="3"), "version 3"),
        (Document(file="a-2024.pdf", title="A v2", version="2026-10"), "version 2, of 2026-10"),
        (Document(file="a.pdf", title="A", version="spring"), ""),
    ],
)
def test_a_documents_edition_is_what_the_library_says_first(document: Document, said: str) -> None:
    assert str(edition_of_document(document)) == said


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Acme_PriceList-v2 (1).pdf", {"acme", "pricelist"}),
        ("Security Overview 2026 FINAL.pdf", {"security", "overview"}),
        ("library/SOC2_TypeII_2026-10.pdf", {"soc2", "type2"}),
    ],
)
def test_families_leave_editions_out(name: str, family: set[str]) -> None:
    assert family_of(spaced(name)) == family
