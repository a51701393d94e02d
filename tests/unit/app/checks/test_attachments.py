"""The check that a file which is spoken of is there."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from tests.unit.app.checks.builders import claim, draft, facts, file, found, results


@pytest.mark.parametrize(
    ("document", "files"),
    [
        (None, ()),
        ("the ROI model", ()),
        ("our SOC 2 report", ("acme-quote-v2.pdf",)),
        ("the MSA", ("data_processing_agreement.docx",)),
        ("the price list", ("Planner Data Sheet.pdf",)),
        ("the quote", ("logo.png",)),
        ("the deck", ("invite.ics",)),
    ],
)
def test_a_file_that_is_not_there(document: str | None, files: tuple[str, ...]) -> None:
    mail = draft(attachments=tuple(file(name) for name in files))

    (result,) = results(
        "attachment.missing", found("Please see attached", claim("see attached", document)), facts(), mail
    )

    assert result.severity is Severity.HIGH
    assert result.spans == ((7, 19),)
    assert result.suggestion is None


@pytest.mark.parametrize(
    ("document", "files"),
    [
        (None, ("anything.bin",)),
        ("our SOC 2 report", ("SOC2_TypeII_2026.pdf",)),
        ("the compliance report", ("soc-2.pdf",)),
        ("the deck", ("Acme_v3.pptx",)),
        ("the deck", ("Acme overview.pdf",)),
        ("the order form", ("OF-2291.pdf",)),
        ("the screenshot", ("image001.png",)),
        ("the price list", ("PriceList-2026.xlsx",)),
        ("the agreement", ("MSA_v3.docx",)),
        ("our proposal (Offer_2026.pdf)", ("offer_2026.pdf",)),
        ("the quote", ("logo.png", "Q-881.pdf")),
    ],
)
def test_a_file_that_could_be_it(document: str | None, files: tuple[str, ...]) -> None:
    mail = draft(attachments=tuple(file(name) for name in files))

    assert results("attachment.missing", found("see attached", claim("see attached", document)), facts(), mail) == []


def test_one_nameless_file_does_not_stand_for_two() -> None:
    text = "Attached is the quote. Enclosed is the order form."
    both = found(
        text,
        claim("Attached is the quote", "the quote"),
        claim("Enclosed is the order form", "the order form"),
    )

    assert len(results("attachment.missing", both, facts(), draft(attachments=(file("scan_01.pdf"),)))) == 1
    files = (file("scan_01.pdf"), file("scan_02.pdf"))
    assert results("attachment.missing", both, facts(), draft(attachments=files)) == []


def test_the_customers_name_alone_makes_no_match() -> None:
    findings = found("see attached", claim("see attached", "the Acme SOC 2 report"))

    assert results("attachment.missing", findings, facts(), draft(attachments=(file("acme-quote.pdf"),)))


def test_a_mail_that_claims_nothing_carries_what_it_likes() -> None:
    assert results("attachment.missing", found("Hi"), facts(), draft(attachments=(file("a.pdf"),))) == []
