"""Teach the linear model that weighs candidates, on networks that have not seen the text in question."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.language import Language as Spacy

from extractors.commitments.candidates import Candidate
from extractors.commitments.evidence import Features
from extractors.commitments.find import weigh_in
from extractors.commitments.people import people_of
from extractors.commitments.weighing import WEIGHTS_FILE, Weights, read_weights
from extractors.dates import find_dates
from extractors.language import Tagged
from extractors.language.network import Network
from extractors.language.tagger import Tagger
from extractors.training.corpus import Document
from extractors.training.measure import Score, Share, overlap, pair
from extractors.training.unresolved import UNRESOLVED

FOLDS = 4
THRESHOLD = 0.2
THRESHOLD_ALONE = 0.3
_REGULARISATION = 0.05
_SMALLEST_WEIGHT = 0.03
_BLURRED = 0.4
"""Share of the candidates of texts that the phrase families were written on whose family is kept from the model."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A candidate with its evidence; `right` is None in debatable text, `strength` the label's where right."""

    document: Document
    fold: int
    candidate: Candidate
    features: Features
    right: bool | None
    strength: str | None


def fold_of(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def folds(documents: Sequence[Document]) -> dict[str, int]:
    """The fold of each group; the four voices of the sales mails are spread over all folds."""
    voices = sorted({d.group for d in documents if d.source.startswith("sales_")})
    return {d.group: voices.index(d.group) % FOLDS if d.group in voices else fold_of(d.group) for d in documents}


def judged_candidates(
    parser: Spacy, documents: Sequence[Document], number: int, network: Network
) -> Iterator[Judged]:
    """The candidates of a fold's documents, as a network sees them that was taught on the other folds."""
    fold = folds(documents)
    tagger = Tagger(network)
    for document in documents:
        if fold[document.group] == number:
            tagged = tagger.tag([parser.make_doc(sentence.text) for sentence in document.sentences])
            yield from _judged(document, number, tagged)


def others(documents: Sequence[Document], number: int) -> list[Document]:
    """The documents outside a fold."""
    fold = folds(documents)
    return [document for document in documents if fold[document.group] != number]


def _judged(document: Document, fold: int, tagged: Sequence[Tagged]) -> list[Judged]:
    mentions = [mention for sentence in document.sentences for mention in find_dates(sentence, UNRESOLVED)]
    people = people_of("\n".join(sentence.text for sentence in document.sentences))
    weighed = weigh_in(document.sentences, tagged, mentions, people)
    spans = [(candidate.start, candidate.end) for candidate, _ in weighed]
    labels = dict(pair(spans, [(label.start, label.end) for label in document.labels]))
    return [
        Judged(
            document=document,
            fold=fold,
            candidate=candidate,
            features=features,
            right=True if nth in labels else None if _debatable(document, spans[nth]) else False,
            strength=document.labels[labels[nth]].strength if nth in labels else None,
        )
        for nth, (candidate, features) in enumerate(weighed)
    ]


def _debatable(document: Document, span: tuple[int, int]) -> bool:
    return any(overlap(span, debatable) > 0 for debatable in document.debatable)


def fit(judged: Sequence[Judged]) -> dict[str, object]:
    """The record of coefficients that these candidates teach."""
    known = [candidate for candidate in judged if candidate.right is not None]
    vectors = DictVectorizer()
    rows = vectors.fit_transform([_blurred(candidate) for candidate in known])
    names = vectors.get_feature_names_out()
    accept = LogisticRegression(C=_REGULARISATION, max_iter=500).fit(rows, [bool(c.right) for c in known])
    right = [candidate for candidate in known if candidate.right]
    strength = LogisticRegression(C=_REGULARISATION, max_iter=500).fit(
        vectors.transform([candidate.features for candidate in right]), [candidate.strength for candidate in right]
    )
    return {
        "threshold": THRESHOLD,
        "threshold_alone": THRESHOLD_ALONE,
        "bias": round(float(accept.intercept_[0]), 4),
        "weights": {
            name: round(float(weight), 4)
            for name, weight in zip(names, accept.coef_[0], strict=True)
            if abs(weight) >= _SMALLEST_WEIGHT
        },
        "strengths": list(strength.classes_),
        "strength_bias": [round(float(bias), 4) for bias in strength.intercept_],
        "strength_weights": {
            name: [round(float(weight), 4) for weight in column]
            for name, column in zip(names, strength.coef_.T, strict=True)
            if np.abs(column).max() >= _SMALLEST_WEIGHT
        },
    }


def _blurred(judged: Judged) -> Features:
    if not judged.document.seen_by_families:
        return judged.features
    draw = int(hashlib.sha256(f"{judged.document.id}:{judged.candidate.start}".encode()).hexdigest(), 16) % 100
    if draw >= _BLURRED * 100:
        return judged.features
    kept = {name: value for name, value in judged.features.items() if not name.startswith("family")}
    return {**kept, "no family": 1.0}


def write(record: dict[str, object], folder: Path) -> None:
    (folder / WEIGHTS_FILE).write_text(json.dumps(record, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def cross_validated(judged: Sequence[Judged], documents: Sequence[Document], folder: Path) -> Iterator[str]:
    """Lines of figures by source, every document judged by weights and a network that have not seen it."""
    accepted: dict[str, list[tuple[float, Judged, str]]] = {}
    for number in range(FOLDS):
        write(fit([c for c in judged if c.fold != number]), folder)
        weights = read_weights(folder)
        for candidate in (c for c in judged if c.fold == number):
            accepted.setdefault(candidate.document.id, []).append(_verdict(weights, candidate))
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.5):
        for source in sorted({document.source for document in documents}):
            yield _line(source, threshold, [d for d in documents if d.source == source], accepted)


def _verdict(weights: Weights, judged: Judged) -> tuple[float, Judged, str]:
    return weights.probability(judged.features), judged, weights.strength(judged.features)


def _line(
    source: str,
    threshold: float,
    documents: Sequence[Document],
    accepted: dict[str, list[tuple[float, Judged, str]]],
) -> str:
    score, firm, strength = Score(), Share(), Share()
    for document in documents:
        found = [(j, s) for p, j, s in accepted.get(document.id, []) if p >= threshold]
        right = [(j, s) for j, s in found if j.right]
        score.right += len(right)
        score.false += sum(j.right is False for j, _ in found)
        score.missed += len(document.labels) - len(right)
        firm.right += sum(j.strength == "firm" for j, _ in right)
        firm.of += sum(label.strength == "firm" for label in document.labels)
        for judged, guess in right:
            strength.count(guess == judged.strength)
    return f"{threshold} {score.line(source)}  firm recall {firm.line('')[44:]}  strength {strength.line('')[44:]}"
