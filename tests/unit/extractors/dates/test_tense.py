"""Whether the last date of a sentence is told as past or looked forward to."""

from datetime import timedelta

import pytest

from tests.unit.extractors.drafts import SENT_AT, dates_of

AHEAD = [
    "Revised quote Monday.",
    "Dana finished the draft and Legal gets it Thursday.",
    "The fix we tested ships Monday.",
    "The team you met presents on Tuesday.",
    "As promised, the SOC 2 report comes Friday.",
    "Attached the deck, updated numbers Friday.",
    "Confirmed for Thursday 2pm.",
    "Confirmed: Friday at 3.",
    "Thanks, see you Friday.",
    "Thank you, talk Monday.",
    "Glad we connected, speak Thursday.",
    "Great meeting you yesterday, talk Friday.",
    "Got it, quote on Friday.",
    "Got your note, sending the SOW Thursday.",
    "Understood, you'll have it Monday.",
    "Noted - call on Tuesday.",
    "Agreed, let's do Tuesday.",
    "Signed contract expected Friday.",
    "Legal approved it; countersigned copy on Monday.",
    "I talked to finance and the PO goes out Monday.",
    "We found the bug; patch on Tuesday.",
    "Sent the NDA, waiting on the MSA which arrives Thursday.",
    "Just spoke with our CTO: demo on Wednesday.",
    "The order you placed ships on Monday.",
    "The samples you requested leave our warehouse on Tuesday.",
    "Your approved design goes to print on Friday.",
    "Invoice attached, payable on December 1.",
    "The discount we offered ends November 30.",
    "The trial you started ends on Friday.",
    "The quote I sent expires November 27.",
    "The price I gave you holds until Friday.",
    "We've started onboarding and finish on December 4.",
    "Onboarding has begun and ends December 4.",
    "We have added you to the session on Thursday.",
    "I've put you down for Thursday at 3.",
    "I've invited Sam to Thursday's call.",
    "You've been added to Thursday's workshop.",
    "We are delayed and now target December 4.",
    "Training was moved, new date December 4.",
    "It slipped: December 4.",
    "It slipped to December 4.",
    "The launch slipped to Q1.",
    "We pushed the demo to Friday.",
    "I sent the deck on Monday and will send the quote by Thursday.",
    "The contract was signed on Nov 3, and onboarding starts Nov 24.",
    "Nov 6 was fine, Nov 27 is better.",
    "She told me it ships on Monday.",
    "The call has been rescheduled for Monday.",
    "On Monday I'll send it.",
    "Friday works.",
    "You'd asked for Friday; we can do Thursday.",
]
PAST = [
    "I sent it Monday.",
    "You asked on Monday for a quote.",
    "We spoke on Tuesday.",
    "The files went out on Monday.",
    "Dana finished the draft on Monday.",
    "Attached is the deck we presented on Tuesday.",
    "The invoice was paid on October 30.",
    "Thanks for the call on Tuesday.",
    "We signed on November 3.",
    "The order placed on Monday has shipped.",
    "The deck from Monday is attached.",
    "It has been live since June.",
    "We fixed it on Friday.",
    "Support closed the ticket Tuesday.",
]


@pytest.mark.parametrize("text", AHEAD)
def test_ahead(text: str) -> None:
    due = dates_of(text)[-1].due_day
    assert due is not None
    assert due >= SENT_AT.date()


@pytest.mark.parametrize("text", PAST)
def test_past(text: str) -> None:
    mention = dates_of(text)[-1]
    assert mention.due_day is None
    assert mention.from_ is not None
    assert mention.from_ < SENT_AT + timedelta(days=1)
