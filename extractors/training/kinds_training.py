"""Teach the linear model that tells a commitment's kind."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # comes with scikit-learn
from sklearn.svm import LinearSVC
from spacy.language import Language as Spacy

from extractors.commitments.kind_model import KINDS_FILE, KindWeights, kind_features
from extractors.commitments.parsed_slots import parsed_slots
from extractors.commitments.people import people_of
from extractors.dates import find_dates
from extractors.findings import CommitmentKind
from extractors.segments import Sentence
from extractors.training.corpus import Document, Label
from extractors.training.unresolved import UNRESOLVED

_REGULARISATION = 0.1
_RAREST = 2
_SMALLEST = 10
_SCALE = 100
"""Coefficients are kept as whole hundredths; those below `_SMALLEST` hundredths for every kind are dropped."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A labelled commitment as the model sees it."""

    source: str
    kind: CommitmentKind
    features: tuple[str, ...]


def examples(documents: Sequence[Document], parser: Spacy) -> Iterator[Example]:
    """One example for each undertaking that lies in a sentence of its document."""
    for document in documents:
        people = people_of("\n".join(sentence.text for sentence in document.sentences))
        for label in document.labels:
            sentence = _holding(document, label)
            if sentence is None:
                continue
            doc = parser(sentence.text)
            span = (max(label.start - sentence.start, 0), min(label.end, sentence.end) - sentence.start)
            dates = [(m.start - sentence.start, m.end - sentence.start) for m in find_dates(sentence, UNRESOLVED)]
            slots = parsed_slots(doc, span, dates=dates, people=people)
            features = kind_features(
                sentence.text[slice(*span)],
                action=slots.action,
                thing=slots.object,
                dated=any(start < span[1] and end > span[0] for start, end in dates),
            )
            yield Example(source=document.source, kind=_kind(label.kind), features=tuple(features))


def _holding(document: Document, label: Label) -> Sentence | None:
    return next((s for s in document.sentences if s.start <= label.start < s.end), None)


def _kind(name: str) -> CommitmentKind:
    for kind in KINDS:
        if kind == name:
            return kind
    sys.exit(f"{name!r} is no kind of commitment; label it as one of {', '.join(KINDS)}.")


KINDS: tuple[CommitmentKind, ...] = (
    "concession",
    "deliverable",
    "follow_up",
    "guarantee",
    "meeting",
    "other",
    "resource",
    "roadmap",
)


def fit(taught: Sequence[Example]) -> KindWeights:
    """The weights that these examples teach."""
    often = Counter(feature for example in taught for feature in example.features)
    columns = {feature: nth for nth, feature in enumerate(sorted(f for f, n in often.items() if n >= _RAREST))}
    places = [[columns[f] for f in example.features if f in columns] for example in taught]
    ends = np.cumsum([0, *map(len, places)], dtype=np.int32)
    row = np.fromiter((place for found in places for place in found), dtype=np.int32)
    matrix = csr_matrix((np.ones(len(row)), row, ends), shape=(len(places), len(columns)))
    model = LinearSVC(C=_REGULARISATION, random_state=0).fit(matrix, [KINDS.index(e.kind) for e in taught])
    hundredths = np.rint(model.coef_.T * _SCALE).astype(int)
    return KindWeights(
        kinds=[KINDS[nth] for nth in model.classes_],
        bias=np.rint(model.intercept_ * _SCALE).astype(int).tolist(),
        weights={
            feature: hundredths[nth].tolist()
            for feature, nth in columns.items()
            if np.abs(hundredths[nth]).max() >= _SMALLEST
        },
    )


def write(weights: KindWeights, folder: Path) -> None:
    """The weights as JSON, a feature a line."""
    lines = [
        f"{json.dumps(feature, ensure_ascii=False)}:{json.dumps(column, separators=(',', ':'))}"
        for feature, column in weights.weights.items()
    ]
    head = json.dumps({"kinds": list(weights.kinds), "bias": list(weights.bias)})[:-1]
    (folder / KINDS_FILE).write_text(head + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def unseen_sources(found: Sequence[Example]) -> Iterator[str]:
    """Lines of figures, each source judged by a model that is taught on the others."""
    taken: Counter[tuple[str, str]] = Counter()
    for source in sorted({example.source for example in found}):
        weights = fit([example for example in found if example.source != source])
        judged = [e for e in found if e.source == source]
        guesses = [weights.likeliest(example.features) for example in judged]
        right = sum(guess == example.kind for guess, example in zip(guesses, judged, strict=True))
        taken.update((example.kind, guess) for guess, example in zip(guesses, judged, strict=True))
        yield f"{source:<20} {right / len(judged):.3f}  n {len(judged)}"
    right = sum(taken[kind, kind] for kind in KINDS)
    yield f"{'all':<20} {right / len(found):.3f}  n {len(found)}"
    yield f"{'labelled / found':<20} " + " ".join(f"{kind[:9]:>9}" for kind in KINDS)
    for kind in KINDS:
        yield f"{kind:<20} " + " ".join(f"{taken[kind, guess]:>9}" for guess in KINDS)
