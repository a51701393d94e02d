"""The linear model that weighs a candidate's evidence; its coefficients are data, `extractors/model/weights.json`."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from extractors.commitments.evidence import Features
from extractors.findings import Strength
from extractors.language.pipeline import MODEL_FOLDER

WEIGHTS_FILE = "weights.json"


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Coefficients by feature: one for whether a candidate is a commitment, one a strength for which it is.

    `threshold_alone` is asked of what only the network saw, `threshold` where a phrase family saw it too.
    """

    threshold: float
    threshold_alone: float
    bias: float
    weights: Mapping[str, float]
    strengths: tuple[Strength, ...]
    strength_bias: Sequence[float]
    strength_weights: Mapping[str, Sequence[float]]

    def probability(self, features: Features) -> float:
        """How likely the candidate is a commitment, 0 to 1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(min(total, 50.0), -50.0)))

    def accepts(self, features: Features) -> bool:
        """Whether the evidence is enough."""
        asked = self.threshold if "family" in features else self.threshold_alone
        return self.probability(features) >= asked

    def strength(self, features: Features) -> Strength:
        """The likeliest strength."""
        totals = list(self.strength_bias)
        for name, value in features.items():
            for nth, weight in enumerate(self.strength_weights.get(name, ())):
                totals[nth] += weight * value
        return self.strengths[totals.index(max(totals))]


def read_weights(folder: Path = MODEL_FOLDER) -> Weights:
    """The weights in a model folder. Raises OSError where the file cannot be read."""
    record = json.loads((folder / WEIGHTS_FILE).read_text(encoding="utf-8"))
    return Weights(
        threshold=record["threshold"],
        threshold_alone=record["threshold_alone"],
        bias=record["bias"],
        weights=record["weights"],
        strengths=cast("tuple[Strength, ...]", tuple(record["strengths"])),
        strength_bias=record["strength_bias"],
        strength_weights=record["strength_weights"],
    )
