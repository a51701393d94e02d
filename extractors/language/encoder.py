"""The networks that were taught, at run time: vectors of words in their sentence, and from them labels."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from extractors.language.layers import Floats, Softmax, Strongest, sight_of
from extractors.language.layout import Layout
from extractors.language.words import Embedding, KnownWords

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d


class Encoder:
    """Word vectors of sentences, from a taught thinc model of embedding and convolution; shared between threads."""

    def __init__(self, words: "Model[list[Doc], list[Floats2d]]") -> None:
        embedding, convolution = words.layers
        self._known = KnownWords(Embedding(embedding), int(embedding.get_dim("nO")))
        layers = [layer.layers[0] for layer in convolution.layers[0].layers]
        (self._sight,) = {sight_of(layer) for layer in layers}
        *self._inner, self._last = map(Strongest, layers)
        self._pad = int(convolution.attrs["pad"])

    def layout(self, sentences: "Sequence[Doc]") -> Layout:
        """How the words of these sentences, none of them empty, go through the network."""
        return Layout([len(sentence) for sentence in sentences], apart=self._pad)

    def words(self, sentences: "Sequence[Doc]", layout: Layout) -> Floats:
        """A vector for each word, one sentence after the other, with what stands around it in its sentence."""
        rows = layout.spread(self._known.vectors(sentences))
        for layer in self._inner:
            rows += layer(layout.all_beside_neighbours(rows, self._sight))
        words = self._last(layout.words_beside_neighbours(rows, self._sight))
        words += layout.gathered(rows)
        return words

    def vectors(self, sentences: "Sequence[Doc]") -> list[Floats]:
        """The same by sentence."""
        layout = self.layout(sentences)
        return layout.by_sentence(self.words(sentences, layout))


class LabelHead:
    """Label probabilities of words, from their vectors."""

    def __init__(self, labels: "Model[list[Floats2d], list[Floats2d]]") -> None:
        neighbours, _strongest, label = labels.layers
        self._neighbours = Strongest(neighbours.layers[0])
        self._sight = sight_of(neighbours)
        hidden, softmax = label.layers[0].layers
        self._hidden = Strongest(hidden)
        # Half of what goes in is the same for all words of a sentence.
        self._of_word, self._of_sentence = np.split(self._hidden.weights, 2)
        self._softmax = Softmax(softmax)

    def __call__(self, words: Floats, layout: Layout) -> Floats:
        """One row of probabilities for each word."""
        rows = self._neighbours(layout.words_beside_neighbours(layout.spread(words), self._sight))
        rows += words
        strongest = np.maximum.reduceat(rows, layout.starts, axis=0)
        pieces = rows @ self._of_word
        pieces += np.repeat(strongest @ self._of_sentence, layout.lengths, axis=0)
        return self._softmax(self._hidden.strongest(pieces))
