"""Undertakings by words alone: tf-idf and logistic regression over sentences, taught on the train parts."""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from extractors.lazily import compiled
from extractors.segments import Sentence
from extractors.training.measure import Span

_WORD = compiled(r"[\w']+|[?%$]")
_SEED = 20261121


class TfidfFinder:
    """Calls whole sentences undertakings."""

    def __init__(self, texts: Sequence[str], labels: Sequence[bool]) -> None:
        self._model: Pipeline = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, tokenizer=_WORD.findall, token_pattern=None),
            LogisticRegression(C=10, class_weight="balanced", max_iter=1000, random_state=_SEED),
        )
        self._model.fit(list(texts), list(labels))

    def find(self, sentences: Sequence[Sentence]) -> list[Span]:
        if not sentences:
            return []
        called = self._model.predict([sentence.text for sentence in sentences])
        return [(sentence.start, sentence.end) for sentence, yes in zip(sentences, called, strict=True) if yes]
