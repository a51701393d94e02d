"""How long a verdict takes: extraction, facts, checks and policy on a 150-word draft, all facts local."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from app.core.drafts import Draft
from app.trial import open_trial
from tests.benchmarks.rooms import PROMISE, numbered, sample_draft
from tests.support.processes import ROOT

RUNS = 400
WARM_UP = 40
WORDS = 150
_FILLER = (
    "The plants in your region run two shifts, and the planner covers both without extra licences. "
    "Most teams begin with one line, look at the first month of work orders together, and only then add the others. "
)


def verdict_latency() -> dict[str, object]:
    """p50 and p99 in milliseconds, in one thread of one process."""
    trial = open_trial(ROOT / "sample_data", None)
    draft = _of_150_words()
    times = []
    for run in range(WARM_UP + RUNS):
        asked = numbered(draft, "verdict", run)
        begun = time.perf_counter()
        trial.assess(asked)
        times.append((time.perf_counter() - begun) * 1000)
    measured = sorted(times[WARM_UP:])
    return {
        "bench": "verdict_latency",
        "words": len(draft.text.split()),
        "runs": RUNS,
        "p50_ms": round(statistics.median(measured), 2),
        "p99_ms": round(measured[int(RUNS * 0.99) - 1], 2),
    }


def _of_150_words() -> Draft:
    draft = sample_draft(PROMISE)
    missing = WORDS - len(draft.text.split())
    return replace(draft, text=f"{draft.text}\n\n{' '.join((_FILLER * 5).split()[:missing])}.")
