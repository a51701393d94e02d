import pytest

from extractors.commitments.slot_tags import Columns, mended_tags


def mended(words: str) -> list[str]:
    """The tags of "word/TAG/relation/head" words after mending; a joining hyphen is written "~-"."""
    rows = [word.split("/") for word in words.split()]
    return mended_tags(
        Columns(
            lower=[row[0].removeprefix("~") for row in rows],
            tags=[row[1] for row in rows],
            deps=[row[2] for row in rows],
            heads=[int(row[3]) for row in rows],
        ),
        [place for place, row in enumerate(rows) if row[0].startswith("~-")],
    )


@pytest.mark.parametrize(
    ("words", "place", "tag"),
    [
        pytest.param("send/VB/ROOT/0 the/DT/det/3 order/NN/compound/3 form/VB/obj/0", 3, "NN", id="form"),
        pytest.param("the/DT/det/1 storage/NN/nsubj/2 costs/VBZ/nsubj:pass/3 paid/VBN/ROOT/3", 2, "NNS", id="costs"),
        pytest.param("send/VB/ROOT/0 her/PRP$/nsubj/2 write/VBP/xcomp/0", 2, "NN", id="after a possessive"),
        pytest.param("all/DT/det/1 packaging/VBG/nsubj:pass/2 removed/VBN/ROOT/2", 1, "NN", id="gerund"),
        pytest.param("our/PRP$/nmod:poss/2 site/NN/compound/2 lead/VB/ROOT/2", 2, "NN", id="somebody"),
        pytest.param("get/VB/ROOT/0 v14/VB/obj/0", 1, "NN", id="digits"),
        pytest.param("train/VB/ROOT/0 twelve/VBN/xcomp/0 fitters/NNS/obj/1", 1, "CD", id="number"),
        pytest.param("rca/VBZ/ROOT/0 today/NN/obl/0", 0, "NN", id="third person without an s"),
        pytest.param("the/DT/det/1 data/NN/nsubj/2 runbook/VBD/ROOT/2", 2, "NN", id="past without an ending"),
        pytest.param("invite/VB/ROOT/0 to/TO/mark/2 follow/VB/xcomp/0", 0, "NN", id="to follow"),
        pytest.param("drawing/VBG/ROOT/0 goes/VBZ/dep/0", 0, "NN", id="gerund before a verb"),
        pytest.param("shortly/RB/ROOT/0 :/:/punct/0", 0, "NN", id="label"),
    ],
)
def test_what_can_only_be_a_noun_is_one(words: str, place: int, tag: str) -> None:
    assert mended(words)[place] == tag


@pytest.mark.parametrize(
    ("words", "place"),
    [
        pytest.param("rukmini/NNP/compound/1 takes/VBZ/obj/0 charge/NN/obj/1", 1, id="after a name"),
        pytest.param(
            "the/DT/det/1 crew/NN/nsubj/2 sets/VBZ/obj/1 the/DT/det/4 poles/NNS/obj/2", 2, id="with an object"
        ),
        pytest.param("it/PRP/nsubj/2 will/MD/aux/2 be/VB/ROOT/2", 2, id="be"),
        pytest.param("naming/VBG/acl/1 insured/VBN/nmod/0 issued/VBN/ROOT/2", 1, id="participle"),
        pytest.param("i/PRP/nsubj/1 send/VB/obj/0 it/PRP/obj/1", 1, id="after a pronoun"),
    ],
)
def test_what_may_be_a_verb_stays_one(words: str, place: int) -> None:
    assert mended(words)[place] == words.split()[place].split("/")[1]


def test_words_joined_to_a_noun_are_part_of_it() -> None:
    words = "side/NN/compound/5 ~-/HYPH/punct/0 by/IN/case/4 ~-/:/punct/2 side/JJ/amod/5 test/NN/ROOT/5"
    assert mended(words) == ["NN", "HYPH", "GW", "HYPH", "JJ", "NN"]


def test_a_verb_with_a_hyphen_is_left_alone() -> None:
    words = "re/IN/advmod/2 ~-/:/punct/0 send/VB/ROOT/2 it/PRP/obj/2"
    assert mended(words)[:3] == ["IN", ":", "VB"]


def test_a_dash_between_words_joins_nothing() -> None:
    assert mended("up/RB/ROOT/0 -/:/punct/0 samples/NNS/dep/0")[:2] == ["RB", ":"]


def test_no_words_have_no_tags() -> None:
    assert mended("") == []
