"""Teach the network which words belong to an undertaking, and beside it the treebank's parts of speech."""

import random
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol, cast

import numpy as np
from spacy.language import Language as Spacy
from spacy.tokens import Doc
from thinc.api import Adam, Model, Optimizer, fix_random_seed, set_dropout_rate
from thinc.types import Floats2d

from extractors.language.labels import LABELS, TAGS
from extractors.language.network import Network
from extractors.training.corpus import Document

Example = tuple[Doc, Floats2d]
Head = Model[list[Floats2d], list[Floats2d]]

EPOCHS = 6
_WORDS_A_STEP = 1000
_FIRST_RATE = 0.001
_LAST_RATE = 0.0002
_WORD_DROPOUT = 0.1
_HEAD_DROPOUT = 0.2
_TAGS_EVERY = 2  # steps
_WEIGHT_OF_TAGS = 0.5
_LABEL_PLACE = {label: place for place, label in enumerate(LABELS)}
_TAG_PLACE = {tag: place for place, tag in enumerate(TAGS)}


class _Trained(Protocol):
    """A part of a spaCy pipeline that has a network."""

    model: Model[list[Doc], list[Floats2d]]


def trained_network(
    parser: Spacy, documents: Sequence[Document], treebank: Sequence[Doc], *, seed: int, epochs: int = EPOCHS
) -> Network:
    """A network taught on the documents and the treebank's tags, its word vectors begun from the parser's."""
    fix_random_seed(seed)
    network = begun_from(parser)
    optimizer = Adam(_FIRST_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    examples = [
        example
        for document in documents
        for example in _undertakings(parser, document)
        for _ in range(document.weight)
    ]
    set_dropout_rate(network.words, _WORD_DROPOUT)
    set_dropout_rate(network.labels, _HEAD_DROPOUT)
    order = random.Random(seed)  # noqa: S311 - a reproducible shuffle, not a secret
    tag_batches = _for_ever([_tags(parser, doc) for doc in treebank], order)
    for epoch in range(epochs):
        optimizer.learn_rate = _FIRST_RATE + (_LAST_RATE - _FIRST_RATE) * epoch / epochs
        order.shuffle(examples)
        for step, batch in enumerate(_batches(examples)):
            _teach(network.words, network.labels, batch)
            if step % _TAGS_EVERY == 0:
                _teach(network.words, network.tags, next(tag_batches), weight=_WEIGHT_OF_TAGS)
            for part in (network.labels, network.tags, network.words):
                part.finish_update(optimizer)
    for part in (network.labels, network.tags, network.words):
        _settle(part, optimizer)
        set_dropout_rate(part, 0.0)
    return network


def begun_from(parser: Spacy) -> Network:
    """An untaught network with the parser's word vectors."""
    network = Network.untaught()
    docs = [parser.make_doc("I will send it.")]
    network.words.initialize(X=docs)
    network.words.from_bytes(cast("_Trained", parser.get_pipe("tok2vec")).model.to_bytes())
    vectors = network.words.predict(docs)
    network.labels.initialize(X=vectors, Y=[_blank(docs[0], len(LABELS))])
    network.tags.initialize(X=vectors, Y=[_blank(docs[0], len(TAGS))])
    return network


def _undertakings(parser: Spacy, document: Document) -> Iterator[Example]:
    for sentence in document.sentences:
        doc = parser.make_doc(sentence.text)
        if len(doc):
            yield doc, _label_target(doc, sentence.start, document)


def _label_target(doc: Doc, at: int, document: Document) -> Floats2d:
    places = [0] * len(doc)
    for label in document.labels:
        words = [
            token.i
            for token in doc
            if token.idx + at < label.end and token.idx + len(token) + at > label.start and not token.is_space
        ]
        for word in words:
            places[word] = _LABEL_PLACE[f"first-{label.strength}" if word == words[0] else label.strength]
    return _one_hot(doc, places, len(LABELS))


def _tags(parser: Spacy, read: Doc) -> Example:
    """A sentence of the treebank with its tags; its words as the parser's vocabulary knows them."""
    doc = Doc(parser.vocab, words=[token.text for token in read], spaces=[bool(token.whitespace_) for token in read])
    return doc, _one_hot(doc, [_TAG_PLACE[token.tag_] for token in read], len(TAGS))


def _one_hot(doc: Doc, places: Sequence[int], width: int) -> Floats2d:
    target = _blank(doc, width)
    for word, place in enumerate(places):
        target[word, place] = 1.0
    return target


def _blank(doc: Doc, width: int) -> Floats2d:
    return cast("Floats2d", np.zeros((len(doc), width), dtype=np.float32))


def _batches(examples: Sequence[Example]) -> list[list[Example]]:
    """Batches of about so many words."""
    total = 0
    numbered = []
    for example in examples:
        numbered.append((total // _WORDS_A_STEP, example))
        total += len(example[0])
    return [[example for _, example in batch] for _, batch in groupby(numbered, key=lambda pair: pair[0])]


def _for_ever(examples: list[Example], order: random.Random) -> Iterator[list[Example]]:
    while True:
        order.shuffle(examples)
        yield from _batches(examples)


def _teach(
    words: Model[list[Doc], list[Floats2d]], head: Head, batch: Sequence[Example], *, weight: float = 1.0
) -> None:
    """Add one batch's gradients to the word vectors and a head."""
    share = weight / sum(len(doc) for doc, _ in batch)
    vectors, back_to_words = words.begin_update([doc for doc, _ in batch])
    guesses, back_to_vectors = head.begin_update(vectors)
    back_to_words(
        back_to_vectors([(guess - right) * share for guess, (_, right) in zip(guesses, batch, strict=True)])
    )


def _settle(part: Model[list[Doc], list[Floats2d]] | Head, optimizer: Optimizer) -> None:
    """Give every parameter its running average, which judges unseen text better than the last step's value."""
    for node in part.walk():
        for name in node.param_names:
            average = optimizer.averages.get((node.id, name)) if optimizer.averages else None
            if average is not None:
                node.set_param(name, average)
