"""Sentences with label probabilities written by hand, as the network would give them."""

import numpy as np

from extractors.language import Tagged
from extractors.language.labels import LABELS
from extractors.segments import Sentence
from tests.support.english import doc


def seen(text: str, certainties: dict[str, tuple[str, float]], *, tags: dict[str, str] | None = None) -> Tagged:
    """The words of a text; `certainties` gives for a word its label and how certain the network is of it."""
    words = doc(text)
    rows = np.zeros((len(words), len(LABELS)), dtype=np.float32)
    for token in words:
        label, certainty = certainties.get(token.text, ("none", 0.99))
        rows[token.i, LABELS.index(label)] = certainty
        rows[token.i, 0] += 1.0 - certainty
    return Tagged(
        doc=words,
        probabilities=rows,
        tags=[(tags or {}).get(token.text, "NN") for token in words],
        strongest=float(1.0 - rows[:, 0].min(initial=1.0)),
    )


def sentence(text: str, *, start: int = 0, item: bool = False) -> Sentence:
    return Sentence(text=text, start=start, item=item)
