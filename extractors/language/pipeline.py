"""The trained pipeline at run time: loaded once, on first use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from extractors.language.labels import TAGS

if TYPE_CHECKING:
    from spacy.language import Language as Spacy
    from spacy.tokens import Doc
    from thinc.types import Floats2d

    from extractors.language.network import Network

MODEL_FOLDER = Path(__file__).parent.parent / "model"
PARSER_FOLDER = "parser"


class _Component(Protocol):
    """A part of a spaCy pipeline that predicts and then writes what it predicted."""

    def predict(self, docs: list[Doc]) -> object: ...

    def set_annotations(self, docs: list[Doc], scores: object) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """A sentence's words, and for each the probability of each of `labels.LABELS` and its likeliest tag."""

    doc: Doc
    probabilities: Floats2d
    tags: Sequence[str]


class Language:
    """Tokenizer, network and parser; safe to share between threads, as reading changes nothing in it."""

    def __init__(self, parser: Spacy, network: Network) -> None:
        self._parser = parser
        self._network = network

    @classmethod
    def load(cls, folder: Path = MODEL_FOLDER) -> Language:
        """The pipeline in a model folder. Raises OSError where a file is missing or cannot be read."""
        import spacy  # noqa: PLC0415 - half a second that text without a model need not spend

        from extractors.language.network import Network  # noqa: PLC0415

        parser = spacy.load(folder / PARSER_FOLDER)
        return cls(parser, Network.read(folder))

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        """Every sentence's words with their label probabilities, all sentences in one pass."""
        return tag(self._network, [self._parser.make_doc(sentence) for sentence in sentences])

    def parse(self, docs: Sequence[Doc]) -> None:
        """Give the words of these sentences their tags, heads and dependency labels."""
        parsed = list(docs)
        if parsed:
            for name in self._parser.pipe_names:
                component = cast("_Component", self._parser.get_pipe(name))
                component.set_annotations(parsed, component.predict(parsed))


def tag(network: Network, docs: list[Doc]) -> list[Tagged]:
    """What a network sees in sentences."""
    if not docs:
        return []
    vectors = network.words.predict(docs)
    labels, tags = network.labels.predict(vectors), network.tags.predict(vectors)
    return [
        Tagged(doc=doc, probabilities=rows, tags=[TAGS[place] for place in likely.argmax(axis=1).tolist()])
        for doc, rows, likely in zip(docs, labels, tags, strict=True)
    ]


@lru_cache(maxsize=1)
def language() -> Language | None:
    """The product's own pipeline, or None where spaCy or the trained model cannot be had."""
    try:
        return Language.load()
    except (ImportError, OSError):
        return None
