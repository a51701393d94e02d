import pytest
from spacy.tokens import Doc

from extractors.commitments.parsed_slots import ParsedSlots, parsed_slots
from tests.unit.extractors.commitments.filling import PEOPLE, filled, slots
from tests.unit.extractors.commitments.parses import parsed


@pytest.mark.parametrize(
    ("words", "date", "expected"),
    [
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 send/VB/ROOT/2 you/PRP/iobj/2 the/DT/det/6 pump/NN/compound/6"
            " curves/NNS/obj/2 tomorrow/NN/obl:unmarked/2",
            "tomorrow",
            filled("sender", "send", "the pump curves", "you"),
            id="two objects",
        ),
        pytest.param(
            "We/PRP/nsubj/2 'll/MD/aux/2 have/VB/ROOT/2 the/DT/det/4 valves/NNS/obj/2 fitted/VBN/acl/4 by/IN/case/7"
            " Friday/NNP/obl/5",
            "Friday",
            filled("organisation", "fit", "the valves"),
            id="have something done",
        ),
        pytest.param(
            "The/DT/det/2 spare/JJ/amod/2 rotor/NN/nsubj:pass/5 will/MD/aux/5 be/VB/aux:pass/5 couriered/VBN/ROOT/5"
            " to/IN/case/8 your/PRP$/nmod:poss/8 depot/NN/obl/5",
            None,
            filled("organisation", "courier", "The spare rotor", "your depot"),
            id="passive",
        ),
        pytest.param(
            "The/DT/det/1 survey/NN/nsubj:pass/4 will/MD/aux/4 be/VB/aux:pass/4 led/VBN/ROOT/4 by/IN/case/7"
            " Mr./NNP/nmod:desc/7 Abara/NNP/obl:agent/4",
            None,
            filled("Mr. Abara", "lead", "The survey"),
            id="passive by somebody",
        ),
        pytest.param(
            "You/PRP/nsubj/2 'll/MD/aux/2 get/VB/ROOT/2 a/DT/det/5 revised/VBN/amod/5 quote/NN/obj/2 from/IN/case/7"
            " me/PRP/obl/2 tonight/NN/obl:unmarked/2",
            "tonight",
            filled("sender", "get", "a revised quote", "You"),
            id="you get",
        ),
        pytest.param(
            "Happy/JJ/ROOT/0 to/TO/mark/2 set/VB/advcl/0 up/RP/compound:prt/2 a/DT/det/5 call/NN/obj/2 with/IN/case/8"
            " our/PRP$/nmod:poss/8 chemist/NN/nmod/5",
            None,
            filled("sender", "set up", "a call"),
            id="particle and no subject",
        ),
        pytest.param(
            "If/IN/mark/3 the/DT/det/2 pilot/NN/nsubj/3 slips/VBZ/advcl/7 ,/,/punct/3 we/PRP/nsubj/7 can/MD/aux/7"
            " extend/VB/ROOT/7 the/DT/det/9 licence/NN/obj/7",
            None,
            filled("organisation", "extend", "the licence"),
            id="after a condition",
        ),
        pytest.param(
            "Let/VB/ROOT/0 me/PRP/obj/0 check/VB/xcomp/0 with/IN/case/4 Accounts/NNP/obl/2 and/CC/cc/6"
            " get/VB/conj/2 back/RB/advmod/6 to/IN/case/9 you/PRP/obl/7",
            None,
            filled("sender", "check", None, "Accounts"),
            id="let me",
        ),
        pytest.param(
            "Say/VB/ROOT/0 yes/UH/advmod/0 and/CC/cc/5 I/PRP/nsubj/5 'll/MD/aux/5 book/VB/conj/0 the/DT/det/7"
            " hall/NN/obj/5",
            None,
            filled("sender", "book", "the hall"),
            id="after an order",
        ),
        pytest.param(
            "We/PRP/nsubj/2 'd/MD/aux/2 love/VB/ROOT/2 to/TO/mark/4 host/VB/xcomp/2 your/PRP$/nmod:poss/6"
            " jury/NN/obj/4 on/IN/case/8 Tuesday/NNP/obl/4",
            "Tuesday",
            filled("organisation", "host", "your jury"),
            id="leading verb",
        ),
        pytest.param(
            "What/WP/nsubj:outer/5 I/PRP/nsubj/3 can/MD/aux/3 do/VB/acl:relcl/0 is/VBZ/cop/5 lend/VB/ROOT/5"
            " you/PRP/iobj/5 a/DT/det/8 meter/NN/obj/5",
            None,
            filled("sender", "lend", "a meter", "you"),
            id="what I can do",
        ),
        pytest.param(
            "I/PRP/nsubj/3 'm/VBP/cop/3 in/IN/case/3 Graz/NNP/ROOT/3 on/IN/case/5 Monday/NNP/obl/3 and/CC/cc/8"
            " could/MD/aux/8 call/VB/conj/3 Ottilie/NNP/obj/8",
            "Monday",
            filled("sender", "call", None, "Ottilie"),
            id="the second of two",
        ),
        pytest.param(
            "The/DT/det/2 price/NN/compound/2 list/NN/ROOT/2 I/PRP/nsubj/5 'll/MD/aux/5 finish/VB/acl:relcl/2"
            " tonight/NN/obl:unmarked/5",
            "tonight",
            filled("sender", "finish", "The price list"),
            id="object first",
        ),
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 look/VB/ROOT/2 over/IN/case/5 the/DT/det/5 contract/NN/obl/2",
            None,
            filled("sender", "look", "the contract"),
            id="object of a preposition",
        ),
        pytest.param(
            "We/PRP/nsubj/2 will/MD/aux/2 inform/VB/ROOT/2 you/PRP/obj/2 of/IN/case/6 the/DT/det/6 date/NN/obl/2",
            None,
            filled("organisation", "inform", "the date", "you"),
            id="inform of",
        ),
        pytest.param(
            "The/DT/det/1 kiln/NN/nsubj/2 goes/VBZ/ROOT/2 back/RB/advmod/2 to/IN/case/5 you/PRP/obl/3",
            None,
            filled("organisation", "go back", "The kiln", "you"),
            id="the thing moves",
        ),
        pytest.param(
            "Two/CD/nummod/1 riggers/NNS/nsubj/6 will/MD/aux/6 be/VB/cop/6 at/IN/case/6 your/PRP$/nmod:poss/6"
            " gate/NN/ROOT/6",
            None,
            filled("organisation", "be", "Two riggers"),
            id="copula",
        ),
        pytest.param(
            "I/PRP/nsubj/4 'll/MD/aux/4 double/JJ/advmod/4 -/HYPH/punct/2 check/VB/ROOT/4 the/DT/det/6"
            " invoices/NNS/obj/4",
            None,
            filled("sender", "double-check", "the invoices"),
            id="hyphen",
        ),
    ],
)
def test_a_verb_gives_the_slots(words: str, date: str | None, expected: ParsedSlots) -> None:
    assert slots(words, date=date) == expected


def test_a_day_right_after_the_verb_is_nobody_and_nothing() -> None:
    words = "I/PRP/nsubj/2 'll/MD/aux/2 phone/VB/ROOT/2 Thursday/NNP/obj/2"
    assert slots(words, date="Thursday") == filled("sender", "phone")


def test_a_month_that_only_tells_which_stays_in_the_object() -> None:
    words = "I/PRP/nsubj/2 'll/MD/aux/2 move/VB/ROOT/2 your/PRP$/nmod:poss/5 March/NNP/compound/5 invoice/NN/obj/2"
    assert slots(words, date="March").object == "your March invoice"


@pytest.mark.parametrize(
    ("words", "date", "expected"),
    [
        pytest.param(
            "Drawings/NNS/ROOT/0 to/TO/mark/2 follow/VB/acl/0",
            None,
            filled("sender", "follow", "Drawings"),
            id="to follow",
        ),
        pytest.param(
            "Invite/VB/ROOT/0 to/TO/mark/2 follow/VB/xcomp/0",
            None,
            filled("sender", "follow", "Invite"),
            id="to follow, noun taken for a verb",
        ),
        pytest.param(
            "Valve/NN/compound/1 list/NN/ROOT/1 :/:/punct/3 Femi/RB/appos/1 ,/,/punct/5 Thursday/NNP/appos/3",
            "Thursday",
            filled("Femi", None, "Valve list"),
            id="owner behind, taken for an adverb",
        ),
        pytest.param(
            "Femi/NNP/ROOT/0 :/:/punct/3 load/NN/compound/3 test/NN/appos/0 by/IN/case/5 Friday/NNP/nmod/3",
            "Friday",
            filled("Femi", None, "load test"),
            id="owner first",
        ),
        pytest.param(
            "Readings/NNS/ROOT/0 to/IN/case/2 you/PRP/nmod/0 by/IN/case/4 noon/NN/nmod/0",
            "noon",
            filled("sender", None, "Readings", "you"),
            id="recipient",
        ),
        pytest.param(
            "No/DT/det/1 fee/NN/ROOT/1 for/IN/case/3 this/DT/nmod/1",
            None,
            filled("organisation", None, "No fee"),
            id="terms",
        ),
        pytest.param(
            "How/WRB/ROOT/0 about/IN/case/2 Tuesday/NNP/obl/0", "Tuesday", filled("sender", "meet"), id="how about"
        ),
    ],
)
def test_a_terse_line_gives_what_it_holds(words: str, date: str | None, expected: ParsedSlots) -> None:
    assert slots(words, date=date) == expected


def test_a_verb_taken_for_a_plural_is_still_the_verb() -> None:
    words = "Fergal/NNP/compound/1 presents/NNS/ROOT/1 the/DT/det/3 findings/NNS/dep/1"
    assert slots(words) == filled("Fergal", "present", "the findings")


def test_a_team_acts_without_its_our() -> None:
    words = (
        "Our/PRP$/nmod:poss/2 service/NN/compound/2 team/NN/nsubj/4 will/MD/aux/4 inspect/VB/ROOT/4 the/DT/det/6"
        " boiler/NN/obj/4"
    )
    assert slots(words) == filled("service team", "inspect", "the boiler")


def test_a_colleague_and_the_sender_are_the_sender() -> None:
    words = "Femi/NNP/nsubj/4 and/CC/cc/2 I/PRP/conj/0 will/MD/aux/4 visit/VB/ROOT/4 the/DT/det/6 quarry/NN/obj/4"
    assert slots(words) == filled("sender", "visit", "the quarry")


@pytest.mark.parametrize(("near", "actor"), [("Femi", "Femi"), (None, "She")])
def test_a_pronoun_is_the_colleague_named_last(near: str | None, actor: str) -> None:
    words = "She/PRP/nsubj/2 will/MD/aux/2 call/VB/ROOT/2 you/PRP/obj/2"
    assert slots(words, near=near) == filled(actor, "call", None, "you")


def test_only_the_commitment_is_read() -> None:
    words = (
        "We/PRP/nsubj/1 return/VBP/ROOT/1 the/DT/det/3 deposit/NN/obj/1 and/CC/cc/5 delete/VB/conj/1"
        " our/PRP$/nmod:poss/7 copies/NNS/obj/5"
    )
    assert slots(words, span="delete our copies") == filled("organisation", "delete", "our copies")


@pytest.mark.parametrize("span", [(0, 0), (-3, 0), (90, 99), (5, 2)])
def test_a_stretch_without_words_has_no_slots(span: tuple[int, int]) -> None:
    doc = parsed("I/PRP/nsubj/2 'll/MD/aux/2 call/VB/ROOT/2")
    assert parsed_slots(doc, span, dates=[], people=PEOPLE) == filled("sender", None)


def test_an_empty_document_has_no_slots() -> None:
    doc = Doc(parsed("a/DT/ROOT/0").vocab, words=[])
    assert parsed_slots(doc, (0, 0), dates=[], people=PEOPLE) == filled("sender", None)
