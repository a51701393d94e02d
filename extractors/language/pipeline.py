"""The trained pipeline at run time: loaded once, on first use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from extractors.language.encoder import Encoder
from extractors.language.tagger import Tagged, Tagger, batches

if TYPE_CHECKING:
    from spacy.language import Language as Spacy
    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d

    from extractors.language.network import Network

MODEL_FOLDER = Path(__file__).parent.parent / "model"
PARSER_FOLDER = "parser"


class _Component(Protocol):
    """A part of a spaCy pipeline that predicts and then writes what it predicted."""

    model: Model[list[Doc], list[Floats2d]]

    def predict(self, docs: list[Doc]) -> object: ...

    def set_annotations(self, docs: list[Doc], scores: object) -> None: ...


class Language:
    """Tokenizer, network and parser; safe to share between threads: reading adds at most a word to what is known."""

    def __init__(self, parser: Spacy, network: Network) -> None:
        self._parser = parser
        self._tagger = Tagger(network)
        first, *rest = parser.pipe_names
        self._words = Encoder(cast("_Component", parser.get_pipe(first)).model)
        self._components = [cast("_Component", parser.get_pipe(name)) for name in rest]

    @classmethod
    def load(cls, folder: Path = MODEL_FOLDER) -> Language:
        """The pipeline in a model folder. Raises OSError where a file is missing or cannot be read."""
        import spacy  # noqa: PLC0415 - half a second that text without a model need not spend

        from extractors.language.network import Network  # noqa: PLC0415

        parser = spacy.load(folder / PARSER_FOLDER)
        return cls(parser, Network.read(folder))

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        """Every sentence's words with their label probabilities."""
        return self._tagger.tag([self._parser.make_doc(sentence) for sentence in sentences])

    def parse(self, docs: Sequence[Doc]) -> None:
        """Give the words of these sentences their tags, heads and dependency labels."""
        for parsed in batches([doc for doc in docs if len(doc)]):
            for doc, vectors in zip(parsed, self._words.vectors(parsed), strict=True):
                doc.tensor = vectors  # type: ignore[assignment] # spaCy says float64 and keeps what it is given
            for component in self._components:
                component.set_annotations(parsed, component.predict(parsed))


@lru_cache(maxsize=1)
def language() -> Language | None:
    """The product's own pipeline, or None where spaCy or the trained model cannot be had."""
    try:
        return Language.load()
    except (ImportError, OSError):
        return None
