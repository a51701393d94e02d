"""What the taught network sees in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from extractors.language.encoder import Encoder, LabelHead
from extractors.language.labels import LABELS, TAGS
from extractors.language.layers import Floats, Softmax

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.language.network import Network

_WORDS_AT_ONCE = 4_000


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """A sentence's words, and for each the probability of each of `labels.LABELS` and its likeliest tag."""

    doc: "Doc"
    probabilities: Floats
    tags: Sequence[str]
    strongest: float
    """How likely the likeliest of its words belongs to an undertaking."""

    @cached_property
    def inside(self) -> Floats:
        """For each word the probability that it belongs to an undertaking."""
        return np.float32(1.0) - self.probabilities[:, 0]

    @cached_property
    def places(self) -> Sequence[tuple[int, int]]:
        """Where each word begins and ends in the sentence."""
        return [(start, start + length) for start, length in self.doc.to_array(["IDX", "LENGTH"]).tolist()]


def batches(docs: "Sequence[Doc]") -> "Iterator[list[Doc]]":
    """Sentences in runs short enough that their vectors take little memory; most mails are one run."""
    batch: list[Doc] = []
    words = 0
    for doc in docs:
        words += len(doc)
        if batch and words > _WORDS_AT_ONCE:
            yield batch
            batch, words = [], len(doc)
        batch.append(doc)
    if batch:
        yield batch


class Tagger:
    """A taught network, ready to read."""

    def __init__(self, network: "Network") -> None:
        self._encoder = Encoder(network.words)
        self._labels = LabelHead(network.labels)
        self._tags = Softmax(network.tags.layers[0])

    def tag(self, docs: "Sequence[Doc]") -> list[Tagged]:
        """Every sentence's words with their label probabilities."""
        return [tagged for batch in batches(docs) for tagged in self._tag(batch)]

    def _tag(self, docs: "list[Doc]") -> list[Tagged]:
        written = [doc for doc in docs if len(doc)]
        if not written:
            return [_nothing(doc) for doc in docs]
        layout = self._encoder.layout(written)
        words = self._encoder.words(written, layout)
        labels = self._labels(words, layout)
        tags = [TAGS[tag] for tag in self._tags.scores(words).argmax(axis=1).tolist()]
        by_sentence = iter(layout.by_sentence(labels))
        strongest = iter((1.0 - np.minimum.reduceat(labels[:, 0], layout.starts)).tolist())
        tagged: list[Tagged] = []
        at = 0
        for doc in docs:
            if not len(doc):
                tagged.append(_nothing(doc))
                continue
            after = at + len(doc)
            tagged.append(
                Tagged(doc=doc, probabilities=next(by_sentence), tags=tags[at:after], strongest=next(strongest))
            )
            at = after
        return tagged


def _nothing(doc: "Doc") -> Tagged:
    return Tagged(doc=doc, probabilities=np.zeros((0, len(LABELS)), dtype=np.float32), tags=[], strongest=0.0)
