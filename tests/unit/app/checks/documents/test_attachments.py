"""The checks that the files which are spoken of are there, and are the right ones."""

from __future__ import annotations

import pytest

from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from tests.unit.app.checks.builders import claim, document, draft, facts, file, found, results

LIBRARY = (
    document("SOC 2 Type II Report"),
    document("Planner Data Sheet", file="library/D-0042.pdf"),
)


def carrying(*names: str) -> Draft:
    return draft(attachments=tuple(file(name) for name in names))


def checked(
    check: str, named: str | None, names: tuple[str, ...], world: Facts | None = None, behind: str = "."
) -> list[CheckResult]:
    words = f"Attached is {named}" if named else "see attached"
    return results(check, found(f"Dana, {words}{behind}", claim(words, named)), world or facts(), carrying(*names))


@pytest.mark.parametrize(
    ("named", "names"),
    [
        (None, ()),
        (None, ("logo.png",)),
        (None, ("winmail.dat",)),
        (None, ("invite.ics",)),
        (None, ("image001.png", "Signature_small.jpg", "smime.p7s")),
        ("the attached", ()),
        ("the attached", ("acme-logo-white.png",)),
        ("the ROI model", ()),
        ("our SOC 2 report", ("acme-quote-v2.pdf",)),
        ("the MSA", ("data_processing_agreement.docx",)),
        ("the price list", ("Planner Data Sheet.pdf",)),
        ("the quote", ("logo.png",)),
        ("the deck", ("invite.ics",)),
        ("the quote", ("dana.vcf",)),
        ("the PDF", ("proposal.docx",)),
        ("the quote as a PDF", ("quote_881.docx",)),
        ("the Excel workbook", ("forecast.pdf",)),
        ("the spreadsheet", ("sizing.docx",)),
        ("the screenshot", ("logo.png",)),
        ("the recording", ("notes.docx",)),
        ("our proposal (Offer_2026.pdf)", ("offer_2025.pdf",)),
        ("joining_instructions.pdf", ("Agenda.pdf",)),
        ("the invoice", ("NDA_signed.pdf",)),
        ("two decks", ("pitch.pptx",)),
        ("both contracts", ("msa_v2.docx",)),
        ("three PDFs", ("a.pdf", "b.pdf", "c.docx")),
        ("a.pdf, b.pdf", ("a.pdf",)),
        ("the quote and the NDA", ("acme quote.pdf",)),
        ("the minutes, the SOW and the price list", ("minutes.docx", "SOW.docx")),
        ("the Acme SOC 2 report", ("acme-quote.pdf",)),
        ("both the quote and the implementation guide", ("implementation-guide.docx",)),
    ],
)
def test_a_file_that_is_not_there(named: str | None, names: tuple[str, ...]) -> None:
    (result,) = checked("attachment.missing", named, names)

    assert result.severity is Severity.HIGH
    assert result.spans[0][0] == len("Dana, ")
    assert result.suggestion is None


@pytest.mark.parametrize(
    ("named", "names"),
    [
        (None, ("anything.bin",)),
        ("the attached", ("scan.pdf",)),
        ("the following", ("quote.pdf",)),
        ("our SOC 2 report", ("SOC2_TypeII_2026.pdf",)),
        ("the compliance report", ("soc-2.pdf",)),
        ("the deck", ("Acme_v3.pptx",)),
        ("the deck", ("Acme overview.pdf",)),
        ("the order form", ("OF-2291.pdf",)),
        ("the screenshot", ("image001.png",)),
        ("the photos", ("IMG_2041.jpg",)),
        ("the price list", ("PriceList-2026.xlsx",)),
        ("the pricing sheet", ("Q3-pricing.xlsx",)),
        ("our pricing", ("acme_quote.pdf",)),
        ("the agreement", ("MSA_v3.docx",)),
        ("the revised MSA redline", ("MSA_v3_redline.docx",)),
        ("our redlines", ("MSA_v3.docx",)),
        ("the statement of work", ("SOW-Acme-final.docx",)),
        ("the joint operating agreement", ("JOA 2026.pdf",)),
        ("the rate card", ("ratecard.pdf",)),
        ("the evidence summary", ("Evidance_Summry.pdf",)),
        ("our proposal (Offer_2026.pdf)", ("offer_2026.pdf",)),
        ("our offer, T-88.pdf", ("logo.png", "T-88.pdf")),
        ("closing stmt 3.xls", ("closing stmt 3.xls",)),
        ("the quote", ("logo.png", "Q-881.pdf")),
        ("the signed form", ("scan_0042.jpg",)),
        ("the invitation", ("invite.ics",)),
        ("our logo", ("logo.svg",)),
        ("the PDF", ("scan_01.pdf",)),
        ("the PDF", ("documents.zip",)),
        ("two decks", ("pitch.pptx", "security.pptx")),
        ("both contracts", ("contracts.zip",)),
        ("both a plumbing and an electric worksheet", ("worksheets.xlsx",)),
        ("the quote and the NDA", ("Acme quote.pdf", "NDA.docx")),
        ("comments on the MSA and the DPA", ("comments.docx",)),
        ("a clean and redlined version", ("MSA.docx",)),
        ("a comparison, VA_cmp.docx", ("VA_cmp.docx",)),
        ("a three-page summary", ("summary.docx",)),
        ("what we sent to acme.com", ("quote.pdf",)),
    ],
)
def test_a_file_that_could_be_it(named: str | None, names: tuple[str, ...]) -> None:
    assert checked("attachment.missing", named, names) == []


def test_the_form_may_be_named_behind_the_claim() -> None:
    (result,) = checked("attachment.missing", "the quote", ("quote.docx",), behind=" as a PDF.")

    assert "quote.docx, it is a .docx file" in result.message
    assert checked("attachment.missing", "the quote", ("quote.docx",), behind=" as promised.") == []


def test_one_nameless_file_does_not_stand_for_two() -> None:
    text = "Attached is the quote. Enclosed is the order form."
    both = found(
        text,
        claim("Attached is the quote", "the quote"),
        claim("Enclosed is the order form", "the order form"),
    )

    assert len(results("attachment.missing", both, facts(), carrying("scan_01.pdf"))) == 1
    assert results("attachment.missing", both, facts(), carrying("scan_01.pdf", "scan_02.pdf")) == []


def test_a_nameless_file_is_left_to_the_claim_that_no_name_fits() -> None:
    text = "See attached. Enclosed is the quote and attached the order form."
    claims = (
        claim("See attached", None),
        claim("Enclosed is the quote", "the quote"),
        claim("attached the order form", "the order form"),
    )

    assert results("attachment.missing", found(text, *claims), facts(), carrying("overview.pdf", "quote.pdf")) == []


def test_a_mail_that_claims_nothing_carries_what_it_likes() -> None:
    for check in ("attachment.missing", "attachment.wrong_file"):
        assert results(check, found("Hi"), facts(), carrying("a.pdf", "logo.png")) == []


def test_the_evidence_says_of_each_file_why_it_is_not_meant() -> None:
    (result,) = checked("attachment.missing", "the invoice", ("logo.png", "NDA_signed.pdf"))

    assert [e.value for e in result.evidence] == [
        "logo.png: it is a picture that goes with a signature",
        "NDA_signed.pdf: its name tells of something else",
    ]
    assert "take the words out" in result.message


def test_one_of_two_is_counted() -> None:
    (result,) = checked("attachment.missing", "two decks", ("pitch.pptx", "logo.png"))

    assert "only 1 of 2" in result.message
    assert result.evidence[0].value == "pitch.pptx: it can be that"


def test_the_librarys_document_is_offered() -> None:
    (result,) = checked("attachment.missing", "our SOC 2 report", (), facts(library=LIBRARY))

    assert "attach soc-2-type-ii-report.pdf from the library" in result.message
    assert result.evidence[-1].source == "library"


def test_a_file_of_the_library_goes_by_its_title() -> None:
    names = ("D-0042.pdf", "quote.pdf")

    assert checked("attachment.missing", "the planner data sheet", names, facts(library=LIBRARY)) == []
    assert checked("attachment.missing", "the case study", ("D-0042.pdf",), facts(library=LIBRARY))


@pytest.mark.parametrize(
    ("named", "name", "how"),
    [
        ("v3 of the MSA", "MSA_v2.docx", "another version"),
        ("the MSA, version 3", "Acme-MSA-v2.1.docx", "another version"),
        ("the drawing, rev C", "drawing_rev-B.pdf", "another version"),
        ("the 2026 price list", "PriceList2025.xlsx", "another year"),
        ("the Q3 forecast", "Forecast Q2.xlsx", "another quarter"),
        ("the March invoice", "invoice_february.pdf", "another month"),
        ("the signed NDA", "NDA_unsigned.pdf", "“unsigned” in its name, and not “signed”"),
        ("the final proposal", "Proposal_DRAFT.docx", "“draft” in its name, and not “final”"),
        ("the clean MSA", "MSA_redline.docx", "“redlined” in its name, and not “clean”"),
    ],
)
def test_another_version_than_the_mail_speaks_of(named: str, name: str, how: str) -> None:
    (result,) = checked("attachment.wrong_file", named, (name,))

    assert result.severity is Severity.MEDIUM
    assert result.spans
    assert [e.value for e in result.evidence] == [f"{name}: {how}"]


@pytest.mark.parametrize(
    ("named", "names"),
    [
        ("v3 of the MSA", ("MSA_v3.docx",)),
        ("v3 of the MSA", ("MSA.docx",)),
        ("version 3.0 of the MSA", ("MSA v3.docx",)),
        ("v3 of the MSA", ("MSA_v2.docx", "MSA_v3.docx")),
        ("the MSA", ("MSA_v2.docx",)),
        ("the 2026 price list", ("pricelist-2025-2026.xlsx",)),
        ("the signed NDA", ("NDA.pdf",)),
        ("the signed NDA", ("nda-draft-signed.pdf",)),
        ("the final proposal", ("scan_01.pdf",)),
    ],
)
def test_the_same_version_or_none_in_its_name(named: str, names: tuple[str, ...]) -> None:
    assert checked("attachment.wrong_file", named, names) == []
