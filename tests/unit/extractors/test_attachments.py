"""Statements that this very mail carries a file, and what only sounds like one."""

import pytest

from extractors.attachments import find_attachment_claims
from extractors.segments import sentences

CLAIMS = [
    # (text, the claim's own words, the document)
    ("Attached is the renewal form.", "Attached is the renewal form", "the renewal form"),
    ("Attached please find our signed NDA.", "Attached please find our signed NDA", "our signed NDA"),
    ("Attached for your review is the March forecast.", None, "the March forecast"),
    ("Attached, as agreed, is the pricing workbook.", None, "the pricing workbook"),
    ("Attached to this email you'll find the cutover plan.", None, "the cutover plan"),
    ("Attached: plan_v2.xlsx", "Attached: plan_v2.xlsx", "plan_v2.xlsx"),
    ("Attached our pen test summary.", None, "our pen test summary"),
    ("Hi Priya, attached are both contracts.", "attached are both contracts", "both contracts"),
    ("Per your request attached is the site survey.", None, "the site survey"),
    ("Dana - attached is the term sheet that we walked through.", None, "the term sheet"),
    ("Enclosed herewith please find the stamped drawings.", None, "the stamped drawings"),
    ("Also enclosed are two spec sheets, for your records.", None, "two spec sheets"),
    ("Annexed to this message is our tender, T-88.pdf.", None, "our tender, T-88.pdf"),
    ("Attached below is the wiring diagram.", None, "the wiring diagram"),
    ("I've enclosed our proposal for your review.", "I've enclosed our proposal", "our proposal"),
    ("I have also attached the redlines, which legal cleared.", None, "the redlines"),
    ("I attached the quote and the order form.", None, "the quote and the order form"),
    ("We've attached for your signature the amended MSA.", None, "the amended MSA"),
    ("I'm attaching the evidence summary they asked for.", None, "the evidence summary they asked for"),
    ("Attaching the deck from Tuesday.", None, "the deck from Tuesday"),
    ("We enclose our offer no. 4471.", "We enclose our offer no. 4471", "our offer no. 4471"),
    ("I've also included a marked-up draft.", None, "a marked-up draft"),
    ("I attach the minutes.", "I attach the minutes", "the minutes"),
    ("Have attached the latest schedule.", None, "the latest schedule"),
    ("Please see attached.", "Please see attached", "attached"),
    ("Please see the attached.", "Please see the attached", "the attached"),
    ("Please see the attached deck.", "Please see the attached deck", "the attached deck"),
    ("See attached spreadsheet for the tonnage.", None, "attached spreadsheet"),
    ("Please find attached the revised quotation, as discussed.", None, "the revised quotation"),
    ("Please find attached below a copy of the lease.", None, "a copy of the lease"),
    ("Kindly find enclosed the corrected invoice.", None, "the corrected invoice"),
    ("You will find the new price list enclosed.", None, "the new price list"),
    ("Please find our ESG report attached.", None, "our ESG report"),
    ("Cyber insurance certificate: please find attached.", None, "Cyber insurance certificate"),
    ("(See attached file: Vendor Form (draft).doc)", None, "Vendor Form (draft).doc"),
    ("Could you review the attached redlines by Thursday?", "review the attached redlines", "the attached redlines"),
    ("Can you sign the attached and return it to me?", None, "the attached"),
    ("If the attached looks right to you, please countersign.", "the attached", "the attached"),
    ("Let me know your thoughts on the attached.", "the attached", "the attached"),
    ("The lanes where you lose money are in the attached workbook (Freight_v3.xlsx).", None, None),
    ("As you can see from the attached report for March, uptime held.", None, "the attached report for March"),
    ("The attached covers every store.", "The attached", "The attached"),
    ("Kenji's attached memo explains why.", "Kenji's attached memo", "Kenji's attached memo"),
    ("Please confirm that the attached draft works for your counsel.", None, "the attached draft"),
    ("We will proceed on the basis of the attached scope.", None, "the attached scope"),
    ("Your freight terms differ, as per the enclosed contract no. 5512.", None, "the enclosed contract no. 5512"),
    ("Try the attached build script.", None, "the attached build script"),
    ("The minutes are attached.", "The minutes are attached", "The minutes"),
    ("The attachment breaks down every cost.", "The attachment", "attachment"),
    ("This spreadsheet lists the open points.", "This spreadsheet", "This spreadsheet"),
    ("I'm including the one-pager below.", "I'm including the one-pager", "the one-pager"),
    ("Both PDFs are in this email.", "Both PDFs are in this email", "Both PDFs"),
    ("I've put the data sheet into this mail.", "I've put the data sheet into this mail", "the data sheet"),
    ("The price list with this mail has every line item.", "The price list with this mail", "The price list"),
    ("As promised, the case study.", "As promised, the case study", "the case study"),
    ("Along with this email I'm sharing our deck.", None, "our deck"),
    ("Screenshots included.", "Screenshots included", "Screenshots"),
    ("Please see attchd file.", "Please see attchd file", "attchd file"),
    ("pls see attahced quote", None, "attahced quote"),
    ("The review is attached as a PDF of nine pages.", None, "The review"),
    ("As promised, the heat map is attached.", "the heat map is attached", "the heat map"),
    ("It runs to nine pages and the appendix is attached.", "the appendix is attached", "the appendix"),
    ("A slide version (Pilot_v1.pptx) is enclosed.", None, "A slide version (Pilot_v1.pptx)"),
    ("The completed workbook, CAIQ-v2.xlsx, is enclosed.", None, "The completed workbook, CAIQ-v2.xlsx"),
    ("The amendments, which are attached, settle that.", None, "The amendments"),
    ("The rate card has been attached to this email.", None, "The rate card"),
    ("The form's attached, blank.", "The form's attached", "The form"),
    ("Results attached.", "Results attached", "Results"),
    ("He blames the haulier (measuring protocol attached).", "measuring protocol attached", "measuring protocol"),
    ("The amended NDA went out on Monday (copy enclosed).", "copy enclosed", "copy"),
    ("DPA: yes, attached, 4 pages", None, "DPA"),
    ("Lift plan – attached", None, "Lift plan"),
    ("Our comments on the statement (attached) are short.", None, None),
    ("Quote_881.pdf attached.", "Quote_881.pdf attached", "Quote_881.pdf"),
    ("PFA the sizing sheet.", "PFA the sizing sheet", "the sizing sheet"),
    ("NDA, signed on our side, PFA", None, "NDA, signed on our side"),
    ("Encl.: price list", "Encl.: price list", "price list"),
    ("Enclosures (2): offer, drawing", None, "offer, drawing"),
    ("Attachments: a.pdf, b.pdf", None, "a.pdf, b.pdf"),
    ("See the attachment for the breakdown.", "See the attachment", "attachment"),
    ("Delivery is split as per the attachment.", "as per the attachment", "attachment"),
    ("You find the offer in attachment.", None, "the offer"),
    ("The attachment shows what was measured.", "The attachment", "attachment"),
    ("Here is the draft you asked for.", "Here is the draft you asked for", "the draft you asked for"),
    ("Here's the version with your edits.", None, "the version with your edits"),
    ("Here are the sample agreements.", None, "the sample agreements"),
    ("Here's the figures you wanted.", None, "the figures you wanted"),
    ("Here is the updated plan.", None, "the updated plan"),
    ("Here is Q3_pipeline.xlsx.", None, "Q3_pipeline.xlsx"),
    ("I'm forwarding the revised term sheet.", None, "the revised term sheet"),
    ("The price workbook BAFO_v5.xlsx accompanies this mail.", None, "The price workbook BAFO_v5.xlsx"),
    ("The certificate, you will find it joined to this message.", None, "The certificate"),
    ("With this email you receive our quotation.", None, "our quotation"),
    ("We send you herewith our credit note.", None, "our credit note"),
    ("Cert for the balance: scan herewith.", None, "scan"),
    ("PDF below.", "PDF below", "PDF"),
    ("Term sheet for the pilot, as requested.", None, "Term sheet for the pilot"),
    ("Deck attached 👇", None, "Deck"),
    ("As attached.", None, "attached"),
    ("Attached you'll find our report and the summary, both under NDA.", None, "our report and the summary"),
    ("Attaching here the redlines.", None, "the redlines"),
    ("Pls find attached herewith invoice no 443 for yr kind perusal.", None, "invoice no 443"),
    ("Once you've reviewed the attached, we'll book the call.", None, "the attached"),
    ("I'll walk you through the attached deck on Friday.", None, "the attached deck"),
    ("Herewith the minutes.", None, "the minutes"),
    ("Here you go: Deck_v2.pptx", None, "Deck_v2.pptx"),
    ("Sorry, I forgot to attach the quote, here it is.", None, "the quote"),
    ("Resending with the attachment this time.", None, "attachment"),
    ("The last page of the attachment has the totals.", None, "attachment"),
    ("Please use this new file instead.", "Please use this new file", "this new file"),
]

NO_CLAIMS = [
    "The price includes training, including the workbook.",
    "All reports included in the plan are monthly.",
    "We'll put the quote into this mail tomorrow.",
    "As promised, the team met on Monday.",
    "I'm including Dana on this thread.",
    "The notes in this email are confidential.",
    # Promised, asked for, or still to come.
    "I will attach the form tomorrow.",
    "I'll attach it once legal has signed.",
    "The SOW will be attached to my next mail.",
    "We're going to enclose a voucher with your order.",
    "I can attach the logs if that helps.",
    "I will write again at 18:00, attaching the final tally.",
    "The moment it arrives, an invitation goes out, the draft note attached.",
    "Please attach the purchase order.",
    "Could you attach the W-9?",
    "The PO must be attached to your reply.",
    "Just let me know and I can send you a new attachment.",
    # Somebody else's, or an earlier mail's.
    "The file you attached is empty.",
    "The drawing you've attached is rev 2.",
    "Thanks for the deck that was attached.",
    "He attached the wrong version.",
    "They have enclosed a cheque.",
    "The quote attached to your mail of Monday has expired.",
    "See the schedule attached to my last email.",
    "I attached it to my mail of last Monday.",
    "I attached the form yesterday.",
    "The attachment to my last mail was the old one.",
    "Your attachment would not open.",
    "The attached draft you sent has no page 4.",
    "There was no file attached to your message.",
    "I never got the attachment.",
    "Thanks for the attached.",
    "Thank you for your email and the attached purchase order.",
    "You should have received an email with the invoice attached.",
    "We were able to open the attachment.",
    # Denied, asked or supposed.
    "Nothing attached will bind either of us.",
    "No attachment this time.",
    "There are no attachments.",
    "I forgot to attach it.",
    "The certificate is not attached.",
    "The list isn't attached yet.",
    "We have not enclosed a sample.",
    "Quote 60418 is on the portal, not attached.",
    "Attachments: none",
    "Is the form attached?",
    "Did you see whether the file is attached?",
    "Make sure the PO is attached.",
    "If the report is attached, the portal accepts it.",
    "Is the attached form the final one?",
    "Any quotation attached to this message will expire as stated.",
    "This e-mail and any attachments are confidential.",
    "This e-mail and the attached files are confidential.",
    # Other senses.
    "No strings attached.",
    "There are two conditions attached.",
    "The sensor is attached to the wall.",
    "The module attached to the gateway has failed.",
    "We have grown attached to the old logo.",
    "The pump sits in an enclosed space.",
    "A state-of-charge record is enclosed with each carton.",
    "The spare fuses are enclosed in the box.",
    "It runs on network-attached storage.",
    "Our attach rate doubled.",
    "We attach great importance to uptime.",
    "I attach my usual warning: this is one view.",
    "See Annex F of the tender.",
    "The table in the appendix shows three scenarios.",
    "Attachment A to the master agreement needs an update.",
    "Our platform lets you see attached files in one click.",
    "Your team can then review attached documents in the portal.",
    "Users can open the attachment from the ticket.",
    # Handed over in the mail itself, or by a link.
    "Here is the link to the deck.",
    "Here's the deck: https://files.example/deck",
    "Here is the thing.",
    "Here's a recap of our call:",
    "Here is the plan for the next five weeks:",
    "Here's where we landed.",
    "Here are the dates:",
    "Here's the two-minute version.",
    "Below is the list, now updated.",
    "PFB the plan.",
    "There is the draft in your portal, and where is the contract?",
    "Single sign-on is included in the offer.",
    "Please reply to this email.",
    "Thanks for forwarding the questionnaire.",
    "I'm forwarding the contract to legal tomorrow.",
    "As discussed, we keep the old terms.",
    "Your invoice as promised arrives on Monday.",
]


def claims(text: str) -> list[tuple[str, str]]:
    found = find_attachment_claims(sentences(text))
    assert all(text[claim.start : claim.end] == claim.text for claim in found)
    return [(claim.text, claim.document) for claim in found]


@pytest.mark.parametrize(("text", "words", "document"), CLAIMS, ids=[text for text, *_ in CLAIMS])
def test_claims(text: str, words: str | None, document: str | None) -> None:
    ((said, named),) = claims(text)

    assert words is None or said == words
    assert document is None or named == document


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_is_no_claim(text: str) -> None:
    assert claims(text) == []


def test_each_claim_of_a_sentence_is_found() -> None:
    found = claims("Attached is the quote, and I've enclosed the order form; the NDA is attached too.")

    assert [document for _, document in found] == ["the quote", "the order form", "the NDA"]


def test_offsets_count_in_the_whole_text() -> None:
    text = "Hi Ann,\n\nThanks for the call.\n\n- Quote: attached\n- Terms: we keep them"

    assert claims(text) == [("Quote: attached", "Quote")]


@pytest.mark.parametrize("piece", ["attached ", "here is the ", "attached, ", "(attached", "this email ", "PFA the "])
def test_long_runs_of_cues_end(piece: str) -> None:
    assert isinstance(claims(piece * 3000), list)
