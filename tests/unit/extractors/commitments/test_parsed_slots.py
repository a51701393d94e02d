import pytest
from spacy.tokens import Doc

from extractors.commitments.parsed_slots import ParsedSlots, parsed_slots
from extractors.commitments.people import People
from tests.unit.extractors.commitments.parses import parsed

PEOPLE = People(ours=frozenset({"femi"}), theirs=frozenset({"ottilie"}))


def slots(words: str, *, date: str | None = None, span: str | None = None, near: str | None = None) -> ParsedSlots:
    doc = parsed(words)
    text = doc.text
    dates = [] if date is None else [(text.index(date), text.index(date) + len(date))]
    start, end = (0, len(text)) if span is None else (text.index(span), text.index(span) + len(span))
    return parsed_slots(doc, (start, end), dates=dates, people=PEOPLE, near=near)


def filled(actor: str, action: str | None, thing: str | None = None, recipient: str | None = None) -> ParsedSlots:
    return ParsedSlots(actor=actor, action=action, object=thing, recipient=recipient)


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


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 model/VB/ROOT/2 the/DT/det/4 impact/NN/obj/2 on/IN/case/7"
            " your/PRP$/nmod:poss/7 margin/NN/nmod/4",
            "the impact on your margin",
            id="on tells which",
        ),
        pytest.param(
            "We/PRP/nsubj/1 issue/VBP/ROOT/1 the/DT/det/3 invoice/NN/obj/1 on/IN/case/5 signature/NN/nmod/3",
            "the invoice",
            id="on tells when",
        ),
        pytest.param(
            "We/PRP/nsubj/1 cover/VBP/ROOT/1 the/DT/det/3 costs/NNS/obj/1 for/IN/case/6"
            " spare/JJ/amod/6 parts/NNS/nmod/3",
            "the costs for spare parts",
            id="for what",
        ),
        pytest.param(
            "We/PRP/nsubj/1 hold/VBP/ROOT/1 the/DT/det/3 rate/NN/obj/1 for/IN/case/6 the/DT/det/6 term/NN/nmod/3",
            "the rate",
            id="for how long",
        ),
        pytest.param(
            "We/PRP/nsubj/1 keep/VBP/ROOT/1 a/DT/det/3 seat/NN/obj/1 for/IN/case/6 your/PRP$/nmod:poss/6"
            " auditor/NN/nmod/3",
            "a seat",
            id="for whom",
        ),
        pytest.param(
            "We/PRP/nsubj/1 do/VBP/ROOT/1 the/DT/obj/1 remaining/VBG/acl/2 32/CD/obj/3",
            "the remaining 32",
            id="participle before a number",
        ),
        pytest.param(
            "I/PRP/nsubj/1 take/VBP/ROOT/1 ownership/NN/obj/1 of/IN/case/4 this/DT/nmod/2",
            "ownership",
            id="of this",
        ),
        pytest.param(
            "I/PRP/nsubj/1 bring/VBP/ROOT/1 two/CD/nummod/3 pumps/NNS/obj/1 and/CC/cc/6 the/DT/det/6"
            " manual/NN/conj/1",
            "two pumps and the manual",
            id="joined, though hung on the verb",
        ),
        pytest.param(
            "We/PRP/nsubj/1 send/VBP/ROOT/1 a/DT/det/7 German/JJ/amod/7 and/CC/cc/7 an/DT/det/7"
            " English/JJ/amod/7 version/NN/obj/1",
            "a German and an English version",
            id="one noun for two adjectives",
        ),
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 introduce/VB/ROOT/2 you/PRP/obj/2 to/IN/case/5 Ada/NN/obl/2 at/IN/case/7"
            " Lumen/NNP/obl/2",
            "Ada at Lumen",
            id="somebody at a company",
        ),
        pytest.param(
            "The/DT/det/2 licence/NN/compound/2 file/NN/nsubj:pass/7 for/IN/case/4 lab/NN/nmod/2 is/VBZ/aux:pass/7"
            " being/VBG/aux:pass/7 prepared/VBN/ROOT/7",
            "The licence file for lab",
            id="all of the subject",
        ),
        pytest.param(
            "Any/DT/det/1 fault/NN/nsubj/7 found/VBN/acl/1 during/IN/case/4 tests/NNS/obl/2 will/MD/aux/7"
            " be/VB/aux:pass/7 mended/VBN/ROOT/7",
            "Any fault found during tests",
            id="subject with a participle",
        ),
        pytest.param(
            "Any/DT/det/1 order/NN/nsubj:pass/6 that/WDT/nsubj/3 arrives/VBZ/acl:relcl/1 is/VBZ/aux:pass/6"
            " now/RB/advmod/6 filled/VBN/ROOT/6",
            "Any order",
            id="subject with a relative clause",
        ),
        pytest.param(
            "We/PRP/nsubj/1 get/VBP/ROOT/1 the/DT/det/3 queries/NNS/obj/1 on/IN/case/5 tax/NN/nmod/3"
            " answered/VBN/acl/3",
            "the queries on tax",
            id="all that is brought about",
        ),
        pytest.param(
            "We/PRP/nsubj/1 keep/VBP/ROOT/1 the/DT/det/3 portal/JJ/obj/1 alive/JJ/xcomp/1",
            "the portal",
            id="predicate behind the object",
        ),
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 phone/VB/ROOT/2 you/PRP/obj/2 with/IN/case/6 the/DT/det/6 details/NNS/obl/2",
            "the details",
            id="call somebody with",
        ),
        pytest.param(
            "I/PRP/nsubj/1 mail/VBP/ROOT/1 you/PRP/obj/1 the/DT/det/4 second/NN/obl/1 it/PRP/nsubj/6"
            " starts/VBZ/acl:relcl/4",
            None,
            id="the second it does",
        ),
        pytest.param(
            "If/IN/mark/2 she/PRP/nsubj/2 wants/VBZ/advcl/6 math/NN/obj/2 I/PRP/nsubj/6 can/MD/aux/6"
            " hop/VB/acl:relcl/3 over/RB/advmod/6",
            None,
            id="object of the condition",
        ),
    ],
)
def test_an_object_takes_what_tells_which_and_no_more(words: str, thing: str | None) -> None:
    assert slots(words).object == thing


def test_days_between_your_and_its_noun_stay_in_the_object() -> None:
    words = (
        "I/PRP/nsubj/1 check/VBP/ROOT/1 your/PRP$/nmod:poss/6 April/NNP/obj/1 and/CC/cc/5 May/NNP/conj/3"
        " invoices/NNS/conj/3"
    )
    assert slots(words, date="April").object == "your April and May invoices"


@pytest.mark.parametrize(
    ("words", "date", "action"),
    [
        pytest.param(
            "I/PRP/nsubj/2 'm/VBP/aux/2 taking/VBG/ROOT/2 this/DT/obj/2 over/IN/advmod/2",
            None,
            "take over",
            id="over",
        ),
        pytest.param(
            "I/PRP/nsubj/1 turn/VBP/ROOT/1 the/DT/det/3 order/NN/obj/1 around/IN/case/5 today/NN/obl/1",
            "today",
            "turn around",
            id="before a day",
        ),
        pytest.param(
            "I/PRP/nsubj/1 send/VBP/ROOT/1 it/PRP/obj/1 over/RB/advmod/1", None, "send", id="send it over is to send"
        ),
        pytest.param(
            "We/PRP/nsubj/1 take/VBP/ROOT/1 back/IN/case/4 any/DT/det/4 unit/NN/obl/1", None, "take back", id="back"
        ),
        pytest.param(
            "We/PRP/nsubj/1 page/VBP/ROOT/1 you/PRP/obj/1 straight/RB/advmod/4 away/RB/advmod/1",
            None,
            "page",
            id="straight away",
        ),
    ],
)
def test_a_particle_may_stand_behind_the_object(words: str, date: str | None, action: str) -> None:
    assert slots(words, date=date).action == action


@pytest.mark.parametrize(
    ("words", "date", "expected"),
    [
        pytest.param(
            "Femi/NN/compound/1 papers/NNS/ROOT/1 it/PRP/iobj/1",
            None,
            filled("Femi", "paper", "it"),
            id="has an object",
        ),
        pytest.param(
            "Our/PRP$/nmod:poss/1 fitter/NN/nsubj/2 arrives/NNS/ROOT/2 on/IN/case/4 Monday/NNP/nmod/2"
            " until/IN/mark/7 it/PRP/nsubj/7 runs/VBZ/advcl/2",
            "Monday",
            filled("fitter", "arrive"),
            id="the only finite verb is waited for",
        ),
        pytest.param(
            "Please/UH/discourse/1 let/VB/ROOT/1 me/PRP/obj/1 know/VB/xcomp/1 and/CC/cc/7 we/PRP/nsubj/7"
            " will/MD/aux/7 forward/VB/conj/1 them/PRP/obj/7",
            None,
            filled("organisation", "forward", "them"),
            id="after let me know",
        ),
        pytest.param(
            "The/DT/det/1 result/NN/nsubj/2 comes/VBZ/ROOT/2 to/IN/case/4 me/PRP/obl/2 ,/,/punct/7 I/PRP/nsubj/7"
            " send/VBP/parataxis/2 it/PRP/obj/7 to/IN/case/10 you/PRP/obl/7",
            None,
            filled("sender", "send", "it", "you"),
            id="what I do counts for more than what happens",
        ),
        pytest.param(
            "If/IN/mark/2 you/PRP/nsubj/2 like/VBP/advcl/6 ,/,/punct/2 Femi/NNP/nsubj/6 is/VBZ/cop/6 happy/JJ/ROOT/6"
            " to/TO/mark/8 host/VB/csubj/6 a/DT/det/10 session/NN/obj/8",
            None,
            filled("Femi", "host", "a session"),
            id="happy to, after a condition",
        ),
        pytest.param(
            "We/PRP/nsubj/1 use/VBP/ROOT/1 reasonable/JJ/amod/3 endeavours/NNS/obj/1 to/TO/mark/5 open/VB/acl/3"
            " the/DT/det/7 account/NN/obj/5",
            None,
            filled("organisation", "open", "the account"),
            id="reasonable endeavours",
        ),
        pytest.param(
            "We/PRP/nsubj/1 make/VBP/ROOT/1 every/DT/det/3 effort/NN/obj/1 to/TO/mark/5 reply/VB/acl/3",
            None,
            filled("organisation", "reply"),
            id="every effort",
        ),
        pytest.param(
            "I/PRP/nsubj/1 make/VBP/ROOT/1 it/PRP/obj/1 to/IN/case/4 practice/NN/obl/1",
            None,
            filled("sender", "make", "it"),
            id="make it",
        ),
        pytest.param(
            "Whatever/WP/nsubj/1 happens/VBZ/csubj/5 ,/,/punct/5 your/PRP$/nmod:poss/4 rate/NN/nsubj/5"
            " stays/VBZ/ROOT/5 locked/VBN/xcomp/5",
            None,
            filled("organisation", "stay", "your rate"),
            id="whatever happens",
        ),
        pytest.param(
            "We/PRP/nsubj/2 will/MD/aux/2 extend/VB/ROOT/2 the/DT/det/4 terms/NNS/obj/2 to/IN/case/7 the/DT/det/7"
            " annex/NN/obl/2",
            None,
            filled("organisation", "extend", "the terms"),
            id="a thing receives nothing",
        ),
        pytest.param(
            "You/PRP/nsubj/2 may/MD/aux/2 count/VB/ROOT/2 on/IN/case/4 us/PRP/obl/2 to/TO/mark/6 keep/VB/xcomp/2"
            " the/DT/det/8 crew/NN/obj/6",
            None,
            filled("organisation", "keep", "the crew"),
            id="count on us",
        ),
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 get/VB/ROOT/2 back/RB/advmod/2 to/IN/case/5 Marco/NNP/obl/2",
            None,
            filled("sender", "get back", None, "Marco"),
            id="back to somebody",
        ),
        pytest.param(
            "I/PRP/nsubj/2 'll/MD/aux/2 talk/VB/ROOT/2 to/IN/case/5 our/PRP$/nmod:poss/5 CFO/NN/obl/2"
            " about/IN/case/8 the/DT/det/8 terms/NNS/nmod/5",
            None,
            filled("sender", "talk", None, "our CFO"),
            id="what it is about is no recipient",
        ),
        pytest.param(
            "The/DT/det/2 second/JJ/amod/2 batch/NN/nsubj:pass/4 is/VBZ/aux:pass/4 planned/VBN/ROOT/4",
            None,
            filled("organisation", "plan", "The second batch"),
            id="second as an ordinal",
        ),
    ],
)
def test_the_verb_is_found_in_hard_places(words: str, date: str | None, expected: ParsedSlots) -> None:
    assert slots(words, date=date) == expected
