import pytest

from extractors.commitments.verb_lemmas import lemma_of


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("'s", "VBZ", "be"),
        ("sent", "VBN", "send"),
        ("gone", "VBN", "go"),
        ("embossing", "VBG", "emboss"),
        ("evaluating", "VBG", "evaluate"),
        ("named", "VBN", "name"),
        ("tagged", "VBN", "tag"),
        ("guaranteed", "VBN", "guarantee"),
        ("overseeing", "VBG", "oversee"),
        ("exceed", "VBN", "exceed"),
        ("tallies", "VBZ", "tally"),
        ("obliges", "VBZ", "oblige"),
        ("polishes", "VBZ", "polish"),
        ("swing", "NN", "swing"),
        ("bring", "VB", "bring"),
    ],
)
def test_a_verb_form_has_its_base_form(word: str, tag: str, lemma: str) -> None:
    assert lemma_of(word, tag) == lemma
