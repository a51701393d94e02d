"""Notes for colleagues in a mail that leaves the house."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.core.facts import Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import draft, facts, found, results, rewritten


@pytest.mark.parametrize(
    "text",
    [
        "[INTERNAL]\nHi Dana",
        "INTERNAL: don't mention the delay",
        "Hi,\n\nInternal note: price sensitive.\n\nBye",
        "[internal - do not send]",
        "FOR INTERNAL USE ONLY\n\nHi",
        "For internal use only.\n\nHi",
        "note to self: check margin",
        "Hi.\n\nNote to self - ask Ruben.\n",
        "This is for our eyes only.",
        "CRM note: budget 50k",
        "Salesforce notes: champion is Dana",
        "TODO: Jonas, please confirm the numbers",
        "TODO @ruben check margin",
        "[TODO: add pricing]",
        "@Ruben please check the numbers before this goes out",
        "[check with legal]",
        "[Jonas: please verify] x",
        "cc: don't send to customer",
        "Do not forward to the customer.",
        "Please don't share this with the client yet.",
        "Don't tell Dana that we can go lower.",
        "DO NOT FORWARD\n\nHi",
        "Champion: Dana\nEconomic buyer: Hank",
        "MEDDIC: M unknown",
        "Win probability: 60%",
        "Internal only: they'd pay more.",
        "Not for customer eyes.",
        "(internal: Dana is difficult)",
        "Deal notes - they are desperate",
        "FIXME price",
        "Do not forward this to Dana.",
        "Internal eyes only",
        "Reminder to self: invoice",
        "Hi Dana,\n\nall good.\n\nBest,\nSam\n\n--\nInternal: do not send before Ruben signs off",
        "Update CRM with next step",
        "I logged this in our CRM as a competitive deal.",
        "***INTERNAL ONLY***",
        "(check with Ruben before sending)",
        "Please review before we send this to the client.",
        "[confirm number with finance]",
        "Lead score: 87",
        "Do not forward. The margin is low.",
        "Account note: Elena is leaving in May",
        "nicht an den Kunden weiterleiten",
    ],
)
def test_notes_for_colleagues_are_found(text: str) -> None:
    assert results("content.internal_note", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Please do not forward this link; it is personal to you.",
        "for your internal use only",
        "Your internal team can decide.",
        "internal server error",
        "The Internal Revenue Service",
        "Please don't share this with your customers.",
        "to-do list",
        "TODO list app",
        "Our internal review takes two days.",
        "This deck is for internal use only, please do not publish it.",
        "For your eyes only: the new UI",
        "Meeting notes: we agreed",
        "Release notes: 4.2",
        "@larkspur on LinkedIn",
        "Internal: 4 seats\nExternal: 6 seats",
        "Please do not reply to this email.",
        "You can forward this to your colleagues.",
        "log in to Salesforce to see the field",
        "Please update the field in the CRM",
        "Call notes: you need 40 seats",
        "Let me know if I should check with legal.",
        "Don't share your password with anybody.",
        "I'll note that in the proposal",
        "We will not share your data with external parties.",
        "our champion for this",
        "Do not send payment yet.",
        "Please confirm before we send the order to production.",
        "the internal ID",
        "International shipping",
        "I asked our internal experts",
        "[see attached]",
        "[1]",
        "Decision maker: you",
        "Please note: next week is short",
        "Do not hesitate to forward this to Hank.",
        "@Dana could you confirm?",
        "Never send card data to customers by mail",
        "Do not tell your drivers yet",
        "INTERNAL_ERROR",
        "Champions League",
        "don't forget to send it to the client portal",
        "Your customers do not see internal notes: they are private",
    ],
)
def test_words_for_the_reader_are_not(text: str) -> None:
    assert results("content.internal_note", found(text), facts()) == []


def test_colleagues_may_read_it() -> None:
    house = facts(recipients=(Recipient(email="kim@ours.example"),))

    assert results("content.internal_note", found("INTERNAL: the floor is 38"), house) == []


def test_a_reader_may_be_called_by_name() -> None:
    text = "@Kim could you confirm?"

    assert results("content.internal_note", found(text), facts())
    copied = draft(cc=("kim.lee@ours.example",))
    assert results("content.internal_note", found(text), facts(), copied) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hi Dana,\n\nInternal note: she pays more.\n\nBye", "Hi Dana,\n\nBye"),
        ("Hi Dana,\n\nthe plan is ready [check with legal] and clear.", "Hi Dana,\n\nthe plan is ready and clear."),
        ("The plan is ready. Note to self: ask Kim. See you.", "The plan is ready. See you."),
    ],
)
def test_a_note_of_its_own_can_be_taken_out(text: str, left: str) -> None:
    (result,) = results("content.internal_note", found(text), facts())

    assert result.severity is Severity.HIGH
    assert rewritten(found(text), result) == left


def test_a_note_below_the_signature_is_found() -> None:
    text = "Hi Dana,\n\nbye.\n\nSam\n--\nCRM note: budget 50k"

    assert results("content.internal_note", Findings(text=text, authored=((0, 15),)), facts())


@pytest.mark.parametrize(
    "text",
    [
        "(Internal: Ruben wants this closed by Friday)",
        "Note for Ruben: she has no other vendor, so hold the price.",
        "@jonas can you double-check the numbers before this goes out?",
        "TODO: add the link to the case study",
        "-- internal -- budget confirmed 50k --",
        "Do not forward outside Larkspur.",
        "CONFIDENTIAL - INTERNAL USE ONLY",
        "Internal comment - they will pay list if pushed.",
        "Keep this internal: the release slips to March.",
        "CRM: stage moved to negotiation, probability 70%.",
        "cc: don't send to customer",
        "Please keep this between us in sales, the client must not know.",
        "[Note to Jonas - check the API limits]",
        "Ruben, please confirm the discount before I send this.",
        "For our eyes only: discount can go to 20%.",
        "Internal note: she is leaving in May.",
        "NOTE TO SELF: book the room.",
        "*** internal use only ***",
        "@Ruben: ok to send?",
        "TODO(jonas): confirm limits",
        "(note to self: ask about budget)",
        "Do not share with the customer: release is delayed.",
        "[Ruben to confirm]",
        "[ask legal]",
        "Salesforce note: next step is the CFO.",
        "Don't mention the outage to the client.",
        "Not for external distribution.",
        "Not for the customer's eyes: our backup plan is Aiko.",
        "Lead score: 82/100",
        "Internal only, do not forward.",
    ],
)
def test_other_ways_to_say_so_are_found(text: str) -> None:
    assert results("content.internal_note", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Your internal IT can use the guide.",
        "Feel free to forward this to Marcus.",
        "Our internal deadline is Tuesday, so an answer by then helps.",
        "The notes in your CRM can be imported.",
        "The to-do for both of us: the address list.",
        "Your note to Marcus was helpful.",
        "Please do not forward the invitation, it is for you and Marcus.",
        "The to-do list in the app sorts itself.",
        "We use the CRM of your choice: HubSpot or Salesforce.",
        "Your internal notes in the app are private.",
    ],
)
def test_other_harmless_words_are_not(text: str) -> None:
    assert results("content.internal_note", found(text), facts()) == []


@pytest.mark.parametrize(
    "text",
    [
        "(NB Carla - pls double-check the seat count before this leaves the house.)",
        "[Jonas, is that still true?]",
        "The API takes 600 calls a minute (Jonas to confirm).",
        "Ruben, can you look over this paragraph before I send it?",
        "<<need legal sign-off here>>",
        "fyi team: customer is price sensitive, don't offer the pilot yet",
        "The rollout takes six weeks. [check w/ Carla]",
        "// ask Nils whether we may say this",
        "((waiting for numbers from finance))",
        "Internal: she's the decision maker, Marcus only advises.",
        "We support all carriers (is that right? pls verify someone)",
        "Note for Ruben: she will push for net 60.",
        "For our side only: close is likely in December.",
        "Next steps for us: qualify budget, find champion, multithread into finance.",
        "(remove before sending)",
        "Reminder to me - attach the new deck before this goes.",
        "[draft - Ruben please approve]",
        "DRAFT - not reviewed yet",
        "The import takes two days. >>> Carla, true? <<<",
        "Carla pls add the training dates here.",
        "(Maya: I'm not sure about this number, someone double check)",
        "---- internal below this line ----\nMEDDIC: champion Marcus, EB unknown.",
        "Strategy for this account: land with one yard, expand to all nine by summer.",
        "We think they will accept 44k if we wait until year end.",
        "[not sure about that one - maya]",
        "{ask product if ready}",
        "Delete this line before it goes out to the client.",
        "The dates are the 24th and the 26th (tbc with Carla, don't quote us on that yet).",
        "Jonas - could you sanity check the numbers above?",
        "[pricing needs Ruben's blessing]",
        "The guide is attached. (Which version are we sending? ask Nils)",
        "Colleagues only: renewal is at risk here.",
        "Carla, is this date realistic?",
        "--- notes for the sales team ---",
        "{{check spelling of her surname before sending}}",
        "Heads-up team, the client is talking to a competitor.",
        "[Nils - legal ok?]",
        "I'd keep the pilot offer back until she complains about the price. (just for us)",
        "<Jonas please fill in>",
        "/* remove this part */",
    ],
)
def test_remarks_without_a_marker_are_found(text: str) -> None:
    assert results("content.internal_note", found(f"Hello.\n\n{text}"), facts())
