import pytest

from tests.unit.extractors.drafts import commitments_of, only_commitment

FIRM = [
    ("I'll send the security pack by Friday.", "deliverable"),
    ("Will call you tomorrow.", "follow_up"),
    ("Our legal team will review it this week.", "follow_up"),
    ("You'll have the quote by noon.", "deliverable"),
    ("Let me check and get back to you.", "follow_up"),
    ("We guarantee 99.9% uptime.", "guarantee"),
    ("Summary to follow.", "deliverable"),
    ("I'm free Tuesday 2-4pm.", "meeting"),
    ("Let's meet Thursday at 3.", "meeting"),
    ("Thursday at 2 works for me.", "meeting"),
    ("We will not raise prices in 2027.", "guarantee"),
    ("The invoices will be corrected by Monday.", "other"),
    ("The setup fee is waived.", "concession"),
    ("You have my word.", "guarantee"),
    ("Once you have signed, we'll open the sandbox.", "resource"),
    ("My colleague Imke will run the workshop on Monday.", "meeting"),
]
TENTATIVE = [
    "I'll try to get it to you this week.",
    "We should have numbers by Monday.",
    "I hope to finish it today.",
    "We plan to publish the report in Q1.",
    "I might be able to send a sample tomorrow.",
]
CONDITIONAL = [
    "I can send the deck if useful.",
    "Happy to set up a call with our CTO.",
    "If you sign by June 30 we'll include onboarding.",
    "Would you like me to draft it?",
    "Sign this week and we'll take another 5% off.",
    "Would Thursday at 3 work for you?",
    "Should you need more seats, we can add them.",
]
NONE = [
    "Please send the purchase order by Friday.",
    "You will need to sign the form.",
    "I sent it yesterday.",
    "The price is $40k.",
    "The outage will last an hour.",
    "Their counsel will respond on Monday.",
    "I won't be able to make it on Friday.",
    "I'll be on vacation next week.",
    "I look forward to hearing from you.",
    "Let me know if you have questions.",
    "Feel free to call.",
    "I'd be happy to answer any questions.",
    "Talk soon!",
    "I hope this helps.",
    "Should we escalate?",
    "I would never promise that.",
    "Your colleague Ines said she will send the list.",
    "Could you send the list by Friday?",
    "I can't promise a date.",
]


@pytest.mark.parametrize(("text", "kind"), FIRM)
def test_firm_undertakings(text: str, kind: str) -> None:
    commitment = only_commitment(text)
    assert commitment.strength == "firm"
    assert commitment.kind == kind
    assert commitment.rule


@pytest.mark.parametrize("text", TENTATIVE)
def test_hedged_undertakings_are_tentative(text: str) -> None:
    assert only_commitment(text).strength == "tentative"


@pytest.mark.parametrize("text", CONDITIONAL)
def test_offers_are_conditional(text: str) -> None:
    assert only_commitment(text).strength == "conditional"


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_commitment(text: str) -> None:
    assert commitments_of(text) == ()


def test_slots_of_a_plain_promise() -> None:
    commitment = only_commitment("Hi Ann,\n\nI'll send you the revised quote by Friday.")
    assert commitment.text == "I'll send you the revised quote by Friday"
    assert (commitment.actor, commitment.action, commitment.object, commitment.recipient) == (
        "sender",
        "send",
        "the revised quote",
        "you",
    )
    assert commitment.due is not None
    assert commitment.due.text == "Friday"
    assert str(commitment.due.due_day) == "2026-11-20"


def test_a_deadline_of_the_condition_is_not_the_commitments() -> None:
    assert only_commitment("If you sign by December 4, we'll include onboarding.").due is None


def test_a_day_put_first_is_part_of_the_span() -> None:
    commitment = only_commitment("On Monday you receive the new layout.")
    assert commitment.text == "On Monday you receive the new layout"


def test_a_colleague_is_named_as_the_actor() -> None:
    assert only_commitment("Our engineer, Imke, will join the call on Monday.").actor == "Imke"


def test_the_pronoun_of_a_colleague_is_resolved() -> None:
    first, second = commitments_of("My colleague Imke will call you on Monday. She will bring the samples.")
    assert (first.actor, second.actor) == ("Imke", "Imke")


def test_list_lines_with_an_owner_of_ours_count_and_the_customers_do_not() -> None:
    items = ["Imke: migration plan by Fri", "me: revised quote, Mon", "Ruben: PO number by Fri", "you: signed form"]
    text = "\n- ".join(["Hi Ruben,\n", *items])
    assert [commitment.actor for commitment in commitments_of(text)] == ["Imke", "sender"]


def test_one_sentence_can_hold_two() -> None:
    first, second = commitments_of("I'll send the deck tonight, and Imke will call you on Monday.")
    assert first.text == "I'll send the deck tonight"
    assert second.text == "Imke will call you on Monday"


def test_quoted_promises_are_not_judged() -> None:
    assert commitments_of("Thanks!\n\nOn Tue, Nov 17, 2026, Ann wrote:\n> I'll send the form tomorrow.") == ()
