"""The vectors of single words, each kept once it is known."""

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from extractors.language.layers import Floats, Strongest

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d

_KNOWN_WORDS = 20_000  # some 5 MB of vectors, and more words than most senders use
_KEY = ("ORTH", "NORM")
"""What tells words apart: the second 's of "let's see what it's about" is spelt alike and is another word."""

_Key = tuple[int, ...]


class Embedding:
    """Vectors of words by their features: each picks rows of a table, whose sums lie side by side and are reduced."""

    def __init__(self, model: "Model[list[Doc], list[Floats2d]]") -> None:
        nodes = list(model.walk())
        tables = sorted((n for n in nodes if n.name == "hashembed"), key=lambda node: node.attrs["column"])
        self.features: tuple[str, ...] = tuple(
            next(node for node in nodes if node.name == "extract_features").attrs["columns"]
        )
        self._ops = model.ops
        self._tables = [(int(node.attrs["seed"]), np.asarray(node.get_param("E"))) for node in tables]
        self._reduce = Strongest(next(node for node in nodes if node.name == "maxout>>layernorm"))

    def __call__(self, words: npt.NDArray[np.uint64]) -> Floats:
        """A vector for each row of `features`."""
        sums = [
            table[self._ops.hash(self._ops.as_contig(ids), seed) % len(table)].sum(axis=1)
            for ids, (seed, table) in zip(words.T, self._tables, strict=True)
        ]
        return self._reduce(np.hstack(sums))


class _Book:
    """Vectors by row, and the row of each word."""

    def __init__(self, size: int, width: int) -> None:
        self.rows: dict[_Key, int] = {}
        self.vectors = np.zeros((size, width), dtype=np.float32)


class KnownWords:
    """Remembers the vectors of words; may be read and taught by many threads."""

    def __init__(self, embedding: Embedding, width: int) -> None:
        self._embedding = embedding
        self._width = width
        self._teaching = Lock()
        self._book = _Book(_KNOWN_WORDS, width)

    def vectors(self, sentences: "Sequence[Doc]") -> Floats:
        """The vectors of all words of the sentences, one after the other."""
        keys: list[_Key] = [tuple(key) for doc in sentences for key in doc.to_array(list(_KEY)).tolist()]
        book = self._book
        if not book.rows.keys() >= set(keys):
            book = self._taught(sentences, set(keys))
        return book.vectors.take([book.rows[key] for key in keys], axis=0)

    def _taught(self, sentences: "Iterable[Doc]", keys: set[_Key]) -> _Book:
        """A book that has all these words. A full one is replaced, and whoever reads in it reads on."""
        with self._teaching:
            book = self._book
            new = keys - book.rows.keys()
            if len(book.rows) + len(new) > len(book.vectors):
                book, new = _Book(max(_KNOWN_WORDS, len(keys)), self._width), keys
            if new:
                features = _features(sentences, new, self._embedding.features)
                first, after = len(book.rows), len(book.rows) + len(new)
                book.vectors[first:after] = self._embedding(np.array(list(features.values()), dtype=np.uint64))
                # Only now: a word may be looked up as soon as its row is known.
                book.rows.update(zip(features, range(first, after), strict=True))
            self._book = book
            return book


def _features(sentences: "Iterable[Doc]", new: set[_Key], columns: Sequence[str]) -> dict[_Key, list[int]]:
    found: dict[_Key, list[int]] = {}
    for doc in sentences:
        for row in doc.to_array([*_KEY, *columns]).tolist():
            key = tuple(row[: len(_KEY)])
            if key in new:
                found[key] = row[len(_KEY) :]
    return found
