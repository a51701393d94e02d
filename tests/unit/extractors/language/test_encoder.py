"""The arithmetic at run time against thinc's, which the network was taught with."""

import numpy as np
import pytest

from extractors.language import tagger, words
from extractors.language.encoder import Encoder
from extractors.language.network import Network
from extractors.language.pipeline import MODEL_FOLDER
from extractors.language.tagger import Tagger
from tests.support.english import doc

SENTENCES = (
    "I will send you the report by Friday.",
    "Thanks!",
    "x",
    "- Dana: SOC 2 report\u200b",
    "שלום 👩‍💻 e\u0301",
)


def test_vectors_are_those_that_thinc_computes() -> None:
    network, docs = Network.read(MODEL_FOLDER), [doc(text) for text in SENTENCES]
    for ours, theirs in zip(Encoder(network.words).vectors(docs), network.words.predict(docs), strict=True):
        assert np.allclose(ours, np.asarray(theirs), atol=1e-4)


def test_probabilities_and_tags_are_those_that_thinc_computes() -> None:
    network, docs = Network.read(MODEL_FOLDER), [doc(text) for text in SENTENCES]
    vectors = network.words.predict(docs)
    tagged = Tagger(network).tag(docs)
    for ours, labels in zip(tagged, network.labels.predict(vectors), strict=True):
        assert np.allclose(ours.probabilities, np.asarray(labels), atol=1e-4)
        assert len(ours.tags) == len(labels)


def test_a_word_that_is_known_by_now_has_the_vector_it_had() -> None:
    encoder = Encoder(Network.read(MODEL_FOLDER).words)
    first, again = (encoder.vectors([doc("We will ship it.")])[0] for _ in range(2))
    assert np.array_equal(first, again)


def test_what_was_read_before_makes_no_difference_to_words_that_are_only_spelt_alike() -> None:
    network = Network.read(MODEL_FOLDER).words
    it_is, let_us = doc("It's due."), doc("Let's meet.")
    assert (it_is[1].text, it_is[1].norm_) != (let_us[1].text, let_us[1].norm_)
    well_read = Encoder(network)
    well_read.vectors([let_us])
    assert np.allclose(well_read.vectors([it_is])[0], Encoder(network).vectors([it_is])[0], atol=1e-5)


def test_more_words_than_are_kept_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_KNOWN_WORDS", 3)
    encoder = Encoder(Network.read(MODEL_FOLDER).words)
    before = encoder.vectors([doc("We will ship it.")])[0]
    encoder.vectors([doc("Nobody else knows what happens next week.")])
    assert np.allclose(encoder.vectors([doc("We will ship it.")])[0], before, atol=1e-5)


def test_a_long_text_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "_WORDS_AT_ONCE", 4)
    docs = [doc(text) for text in SENTENCES]
    tagged = Tagger(Network.read(MODEL_FOLDER)).tag(docs)
    assert [sentence.doc for sentence in tagged] == docs
    assert [len(sentence.probabilities) for sentence in tagged] == [len(sentence) for sentence in docs]
