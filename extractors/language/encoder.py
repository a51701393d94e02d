"""The network's arithmetic at run time, in plain numpy: what thinc computes in training, without its bookkeeping, and
with the vector of each word kept once it is known.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d

Floats = npt.NDArray[np.float32]

_KNOWN_WORDS = 20_000  # some 5 MB of vectors, and more words than most senders use
_SMALLEST_VARIANCE = np.float32(1e-8)


class Encoder:
    """Word vectors of sentences, from a taught thinc model of embedding and convolution; shared between threads."""

    def __init__(self, words: "Model[list[Doc], list[Floats2d]]") -> None:
        embedding, convolution = words.layers
        self._embedding = cast("Model[list[Doc], list[Floats2d]]", embedding)
        self._layers = [Window(layer.layers[0]) for layer in convolution.layers[0].layers]
        self._pad = int(convolution.attrs["pad"])
        self._width = int(embedding.get_dim("nO"))
        self._known: dict[int, Floats] = {}

    def vectors(self, sentences: "Sequence[Doc]") -> list[Floats]:
        """For each sentence a vector for each word, with what stands around it in the sentence."""
        rows, places = _apart([self._words(sentence) for sentence in sentences], self._pad, self._width)
        for layer in self._layers:
            rows = rows + layer(rows)
        return [rows[first:after] for first, after in places]

    def _words(self, sentence: "Doc") -> Floats:
        known = self._known
        ids: list[int] = sentence.to_array("ORTH").tolist()
        if any(word not in known for word in ids):
            if len(known) > _KNOWN_WORDS:
                known = self._known = {}
            known.update(zip(ids, np.array(self._embedding.predict([sentence])[0]), strict=True))
        return np.array([known[word] for word in ids], dtype=np.float32)


class Window:
    """Vectors of words, each seen beside its neighbours' and reduced to the strongest of a few linear pieces."""

    def __init__(self, layer: "Model[Floats2d, Floats2d]") -> None:
        by_name = {node.name: node for node in layer.walk()}
        window = by_name.get("expand_window")
        maxout, norm = by_name["maxout"], by_name["layernorm"]
        weights = np.asarray(maxout.get_param("W"))
        out, self._pieces, into = weights.shape
        self._sight = int(window.attrs["window_size"]) if window else 0
        self._weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(into, self._pieces * out))
        self._bias = np.ascontiguousarray(np.asarray(maxout.get_param("b")).T.reshape(self._pieces * out))
        self._scale, self._shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))
        self._out, self._share = out, np.float32(1.0 / out)

    def __call__(self, rows: Floats) -> Floats:
        """One vector out for each vector in."""
        pieces = _beside_neighbours(rows, self._sight) @ self._weights
        pieces += self._bias
        strongest = pieces[:, : self._out].copy()
        for piece in range(1, self._pieces):
            np.maximum(strongest, pieces[:, piece * self._out : (piece + 1) * self._out], out=strongest)
        return self._normal(strongest)

    def _normal(self, rows: Floats) -> Floats:
        rows -= np.add.reduce(rows, axis=1, keepdims=True) * self._share
        variance = np.einsum("ij,ij->i", rows, rows)[:, None] * self._share + _SMALLEST_VARIANCE
        rows /= np.sqrt(variance)
        rows *= self._scale
        rows += self._shift
        return rows


class LabelHead:
    """Label probabilities of words, from the vectors of sentences."""

    def __init__(self, labels: "Model[list[Floats2d], list[Floats2d]]") -> None:
        neighbours, _strongest, label = labels.layers
        self._neighbours = Window(neighbours.layers[0])
        self._pad = int(neighbours.attrs["pad"])
        hidden, softmax = label.layers[0].layers
        self._hidden = Window(hidden)
        self._softmax = Softmax(softmax)

    def __call__(self, sentences: Sequence[Floats]) -> list[Floats]:
        """One row of probabilities for each word of each sentence. No sentence may be empty."""
        lengths = [len(sentence) for sentence in sentences]
        starts = np.cumsum([0, *lengths[:-1]])
        padded, places = _apart(sentences, self._pad, sentences[0].shape[1])
        padded = padded + self._neighbours(padded)
        rows = np.concatenate([padded[first:after] for first, after in places])
        strongest = np.repeat(np.maximum.reduceat(rows, starts, axis=0), lengths, axis=0)
        return np.split(self._softmax(self._hidden(np.hstack([rows, strongest]))), starts[1:])


class Softmax:
    """Probabilities of vectors for each of some classes."""

    def __init__(self, softmax: "Model[Floats2d, Floats2d]") -> None:
        self._weights = np.ascontiguousarray(np.asarray(softmax.get_param("W")).T)
        self._bias = np.asarray(softmax.get_param("b"))

    def __call__(self, rows: Floats) -> Floats:
        """A row of probabilities for each row."""
        scores = self.scores(rows)
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def scores(self, rows: Floats) -> Floats:
        """For each row the scores of the classes, the largest being the likeliest."""
        scores: Floats = rows @ self._weights
        scores += self._bias
        return scores


def _apart(sentences: Sequence[Floats], pad: int, width: int) -> tuple[Floats, list[tuple[int, int]]]:
    """The words of all sentences as one array with empty rows around each sentence, and where each one lies."""
    places: list[tuple[int, int]] = []
    size = pad
    for sentence in sentences:
        places.append((size, size + len(sentence)))
        size += len(sentence) + pad
    rows = np.zeros((size, width), dtype=np.float32)
    for sentence, (first, after) in zip(sentences, places, strict=True):
        if first < after:
            rows[first:after] = sentence
    return rows, places


def _beside_neighbours(rows: Floats, sight: int) -> Floats:
    count, width = rows.shape
    if not sight:
        return rows
    beside = np.zeros((count, width * (2 * sight + 1)), dtype=np.float32)
    for place, shift in enumerate(range(-sight, sight + 1)):
        columns = slice(place * width, (place + 1) * width)
        if shift < 0:
            beside[-shift:, columns] = rows[:shift]
        elif shift:
            beside[:-shift, columns] = rows[shift:]
        else:
            beside[:, columns] = rows
    return beside
