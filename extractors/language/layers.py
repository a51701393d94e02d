"""The layers of a taught network at run time, in plain numpy: what thinc computes, without its bookkeeping."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from thinc.api import Model
    from thinc.types import Floats2d

Floats = npt.NDArray[np.float32]

_SMALLEST_VARIANCE = np.float32(1e-8)


class Strongest:
    """Vectors reduced to the strongest of a few linear pieces, and brought to one scale."""

    def __init__(self, layer: "Model[Floats2d, Floats2d]") -> None:
        by_name = {node.name: node for node in layer.walk()}
        maxout, norm = by_name["maxout"], by_name["layernorm"]
        weights = np.asarray(maxout.get_param("W"))
        self._out, self._pieces, into = weights.shape
        self.weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(into, self._pieces * self._out))
        """One row for each number of a vector that comes in."""
        self._bias = np.ascontiguousarray(np.asarray(maxout.get_param("b")).T.reshape(self._pieces * self._out))
        self._scale, self._shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))
        self._share = np.float32(1.0 / self._out)
        self._mean = np.full((self._out, 1), self._share, dtype=np.float32)

    def __call__(self, rows: Floats) -> Floats:
        """One vector out for each vector in."""
        return self.strongest(rows @ self.weights)

    def strongest(self, pieces: Floats) -> Floats:
        """The vectors out, from the vectors in times the weights, which are used up."""
        pieces += self._bias
        out = self._out
        rows = np.maximum(pieces[:, :out], pieces[:, out : 2 * out])
        for piece in range(2, self._pieces):
            np.maximum(rows, pieces[:, piece * out : (piece + 1) * out], out=rows)
        rows -= rows @ self._mean
        variance = np.einsum("ij,ij->i", rows, rows)
        variance *= self._share
        variance += _SMALLEST_VARIANCE
        rows *= np.reciprocal(np.sqrt(variance))[:, None]
        rows *= self._scale
        rows += self._shift
        return rows


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


def sight_of(layer: "Model[Floats2d, Floats2d]") -> int:
    """How many neighbours to either side a convolution sees."""
    return int(next(node for node in layer.walk() if node.name == "expand_window").attrs["window_size"])
