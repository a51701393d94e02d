"""Ratios of counts with 95 % intervals: whole documents are drawn again, since what one document holds hangs
together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.training.measure import Score, Share

RESAMPLES = 1000
SEED = 20261121


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A ratio, the 95 % percentile interval of its resamples, and how many things it is a share of."""

    value: float
    low: float
    high: float
    of: int


def estimate(documents: Sequence[tuple[int, int]]) -> Estimate | None:
    """The ratio of sums over documents, each a pair of (numerator, denominator); None where there is nothing to
    divide by. The same documents give the same interval.
    """
    counts = np.array(documents, dtype=np.int64).reshape(-1, 2)
    top, bottom = (int(total) for total in counts.sum(axis=0))
    if not bottom:
        return None
    size = len(counts)
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
    sums = draws @ counts
    sums = sums[sums[:, 1] > 0]
    low, high = np.percentile(sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return Estimate(value=top / bottom, low=float(low), high=float(high), of=bottom)


def precision(scores: Iterable[Score]) -> Estimate | None:
    return estimate([(score.right, score.right + score.false) for score in scores])


def recall(scores: Iterable[Score]) -> Estimate | None:
    return estimate([(score.right, score.right + score.missed) for score in scores])


def f1(scores: Iterable[Score]) -> Estimate | None:
    return estimate([(2 * score.right, 2 * score.right + score.false + score.missed) for score in scores])


def share(shares: Iterable[Share]) -> Estimate | None:
    return estimate([(share.right, share.of) for share in shares])
