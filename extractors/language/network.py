"""The network that tells which words belong to an undertaking: spaCy's convolutional word vectors, seen once more
with their neighbours and with the strongest features of the whole sentence, then one label a word. Beside it, from
the same vectors, the part of speech of each word, which keeps what the treebank taught.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.tokens import Doc
from thinc.api import Maxout, Model, Softmax, chain, expand_window, residual, with_array
from thinc.types import Floats2d

from extractors.language.labels import LABELS, TAGS

WIDTH = 64
_ROWS = {"NORM": 3000, "PREFIX": 1000, "SUFFIX": 1500, "SHAPE": 1000}
_DEPTH = 4
_HIDDEN = 64
_SIGHT = 2  # words to either side that the last convolution sees
_PIECES = 3

Backprop = Callable[[list[Floats2d]], list[Floats2d]]


@dataclass(frozen=True, kw_only=True)
class Network:
    """Word vectors of sentences, and from them for each word the probabilities of `LABELS` and of `TAGS`."""

    words: Model[list[Doc], list[Floats2d]]
    labels: Model[list[Floats2d], list[Floats2d]]
    tags: Model[list[Floats2d], list[Floats2d]]

    @classmethod
    def untaught(cls) -> "Network":
        """A network without weights."""
        words: Model[list[Doc], list[Floats2d]] = build_Tok2Vec_model(
            MultiHashEmbed(width=WIDTH, attrs=list(_ROWS), rows=list(_ROWS.values()), include_static_vectors=False),
            MaxoutWindowEncoder(width=WIDTH, window_size=1, maxout_pieces=_PIECES, depth=_DEPTH),
        )
        part_of_speech: Model[Floats2d, Floats2d] = Softmax(len(TAGS), WIDTH)
        return cls(words=words, labels=_label_head(), tags=with_array(part_of_speech))

    def weights(self) -> dict[str, bytes]:
        """The weights by part."""
        return {field.name: self._part(field.name).to_bytes() for field in fields(self)}

    def with_weights(self, weights: Mapping[str, bytes]) -> "Network":
        """This network with the weights of `weights`."""
        for name, part in weights.items():
            self._part(name).from_bytes(part)
        return self

    @classmethod
    def read(cls, folder: Path) -> "Network":
        """The network in a model folder. Raises OSError where a file cannot be read."""
        return cls.untaught().with_weights(
            {field.name: (folder / f"{field.name}.bin").read_bytes() for field in fields(cls)}
        )

    def _part(self, name: str) -> Model[object, list[Floats2d]]:
        return cast("Model[object, list[Floats2d]]", getattr(self, name))


def _label_head() -> Model[list[Floats2d], list[Floats2d]]:
    """Word vectors in, label probabilities out."""
    neighbours: Model[Floats2d, Floats2d] = chain(
        expand_window(_SIGHT), Maxout(WIDTH, WIDTH * (2 * _SIGHT + 1), nP=_PIECES, normalize=True, dropout=0.0)
    )
    label: Model[Floats2d, Floats2d] = chain(
        Maxout(_HIDDEN, WIDTH * 2, nP=_PIECES, normalize=True, dropout=0.0), Softmax(len(LABELS), _HIDDEN)
    )
    return chain(with_array(residual(neighbours), pad=_SIGHT), beside_strongest(), with_array(label))


def beside_strongest() -> Model[list[Floats2d], list[Floats2d]]:
    """Each word's vector beside the largest value that any word of the sentence has, feature by feature."""
    return Model("beside_strongest", _beside_strongest)


def _beside_strongest(
    model: Model[list[Floats2d], list[Floats2d]],
    sentences: list[Floats2d],
    is_train: bool,  # noqa: ARG001 - thinc's signature
) -> tuple[list[Floats2d], Backprop]:
    xp = model.ops.xp
    strongest = [words.argmax(axis=0) if len(words) else xp.zeros(words.shape[1], dtype=int) for words in sentences]
    outputs = [
        xp.hstack([words, xp.broadcast_to(words[rows, xp.arange(words.shape[1])], words.shape)])
        if len(words)
        else xp.zeros((0, 2 * words.shape[1]), dtype=words.dtype)
        for words, rows in zip(sentences, strongest, strict=True)
    ]

    def backprop(gradients: list[Floats2d]) -> list[Floats2d]:
        inputs = []
        for words, rows, gradient in zip(sentences, strongest, gradients, strict=True):
            width = words.shape[1]
            own = xp.ascontiguousarray(gradient[:, :width])
            xp.add.at(own, (rows, xp.arange(width)), gradient[:, width:].sum(axis=0))
            inputs.append(own)
        return inputs

    return outputs, backprop
