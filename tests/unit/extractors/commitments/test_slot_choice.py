"""Which words of a parse are the object, and which the verb with its particle, where that is not plain."""

import pytest

from extractors.commitments.parsed_slots import ParsedSlots
from tests.unit.extractors.commitments.filling import filled, slots


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
