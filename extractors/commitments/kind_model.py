"""Which kind of commitment a stretch makes, by a linear model on its words.

The coefficients are data, `extractors/model/kinds.json`, made by `extractors.training.kinds_training`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import cast

from extractors.commitments.kinds import kind_of
from extractors.commitments.lexicon import VERB_KINDS
from extractors.findings import CommitmentKind
from extractors.language.pipeline import MODEL_FOLDER
from extractors.lazily import compiled

KINDS_FILE = "kinds.json"
_WORD = compiled(r"[^\W\d_]+(?:['’][a-z]+)?|\d+|[%$€£]")
_STEM = 5


@dataclass(frozen=True, kw_only=True)
class KindWeights:
    """A bias for each kind, and for each feature a coefficient for each kind."""

    kinds: Sequence[CommitmentKind]
    bias: Sequence[int]
    weights: Mapping[str, Sequence[int]]

    def likeliest(self, features: Iterable[str]) -> CommitmentKind:
        """The kind for which the features speak most."""
        columns = [self.weights[feature] for feature in features if feature in self.weights]
        totals = list(map(sum, zip(self.bias, *columns, strict=True)))
        return self.kinds[totals.index(max(totals))]


def read_kind_weights(folder: Path = MODEL_FOLDER) -> KindWeights:
    """The weights in a model folder. Raises OSError where the file cannot be read."""
    record = json.loads((folder / KINDS_FILE).read_text(encoding="utf-8"))
    return KindWeights(
        kinds=cast("Sequence[CommitmentKind]", record["kinds"]), bias=record["bias"], weights=record["weights"]
    )


@lru_cache(maxsize=1)
def kind_weights() -> KindWeights:
    """The weights that the product ships. Raises OSError where they cannot be read."""
    return read_kind_weights()


def likeliest_kind(text: str, *, action: str | None, thing: str | None, dated: bool) -> CommitmentKind:
    """The kind of the commitment whose words are `text`, with its action and object as slots; `dated` says that it
    names a day or time. Raises OSError where the weights cannot be read.
    """
    return kind_weights().likeliest(kind_features(text, action=action, thing=thing, dated=dated))


def kind_features(text: str, *, action: str | None, thing: str | None, dated: bool) -> Iterator[str]:
    """What the model looks at: words and their pairs, the slots, and what the rules without a model would say."""
    found = ["#" if word.isdigit() else word for word in _WORD.findall(text.lower())]
    words = set(found)
    for word in words:
        yield f"word {word}"
    for stem in {word[:_STEM] for word in words if len(word) > _STEM}:
        yield f"stem {stem}"
    for one, two in set(pairwise(["^", *found, "$"])):
        yield f"pair {one} {two}"
    yield f"dated {dated}"
    yield f"action {action}"
    yield f"action {action} dated {dated}"
    last = _WORD.findall((thing or "").lower())[-1:]
    if last:
        yield f"thing {last[0]}"
    verb = action.split()[0] if action else None
    by_rule = kind_of(verb, text, dated=dated)
    yield f"rule {by_rule}"
    yield f"rule {by_rule} dated {dated}"
    yield f"verb {VERB_KINDS.get(verb or '')}"
