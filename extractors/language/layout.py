"""Where the words of several sentences lie when they go through a network together."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.language.layers import Floats


class Layout:
    """The words of sentences one after the other, and their places among empty rows that keep sentences apart.

    No sentence may be empty.
    """

    def __init__(self, lengths: Sequence[int], *, apart: int) -> None:
        """`lengths` are those of the sentences; `apart` is how many empty rows lie before, between and after them."""
        self.lengths = np.array(lengths)
        self.starts = np.cumsum(self.lengths) - self.lengths
        """The number of each sentence's first word."""
        self._size = int(self.lengths.sum()) + apart * (len(lengths) + 1)
        before = np.arange(1, len(lengths) + 1) * apart
        self._places: npt.NDArray[np.int64] = np.repeat(before, self.lengths) + np.arange(self.lengths.sum())

    def spread(self, words: Floats) -> Floats:
        """The words at their places, with rows of zeros around each sentence."""
        rows = np.zeros((self._size, words.shape[1]), dtype=np.float32)
        rows[self._places] = words
        return rows

    def gathered(self, rows: Floats) -> Floats:
        """The words without the rows around them."""
        return rows.take(self._places, axis=0)

    def words_beside_neighbours(self, rows: Floats, sight: int) -> Floats:
        """Each word's row beside those of its neighbours, from left to right."""
        return _beside_neighbours(rows, self._places, sight)

    def all_beside_neighbours(self, rows: Floats, sight: int) -> Floats:
        """The same for every row. What lies beyond the first and the last is too far from any word to matter."""
        return _beside_neighbours(rows, np.arange(self._size), sight)

    def by_sentence(self, words: Floats) -> list[Floats]:
        """The words of each sentence."""
        ends = (self.starts + self.lengths).tolist()
        return [words[start:end] for start, end in zip(self.starts.tolist(), ends, strict=True)]


def _beside_neighbours(rows: Floats, places: npt.NDArray[np.int64], sight: int) -> Floats:
    around = places[:, None] + np.arange(-sight, sight + 1)
    return rows.take(around, axis=0, mode="clip").reshape(len(places), -1)
