"""How fast extraction is: beside spaCy's bare tokenizer and sentencizer, and beside the sentencizer with dateparser's
`search_dates`, on the same mails in the same run; how its cost grows with length; and what memory it takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import spacy
from dateparser.search import search_dates

from extractors import extract
from tests.support.golden_emails import load_golden_emails

WORDS = 150
MAILS = 40
ROUNDS = 5
LENGTHS = (50, 150, 500, 1_500, 5_000)
SENT_AT = datetime.fromisoformat("2026-11-18T10:00:00-05:00")
_PEAK = (
    "import resource, datetime; from extractors import extract;"
    "at = datetime.datetime.fromisoformat('2026-11-18T10:00:00-05:00');"
    "[extract('I will send the deck by Friday. ' * 30, sent_at=at, timezone='America/New_York') for _ in range(50)];"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def extraction_speed() -> Iterator[dict[str, object]]:
    """The figures of a process of its own that is kept to one core."""
    one_core = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    printed = subprocess.run(
        [sys.executable, "-m", __name__], capture_output=True, text=True, check=True, env=one_core
    ).stdout
    yield from map(json.loads, printed.splitlines())


def measured() -> Iterator[dict[str, object]]:
    """The ratios, each the median of rounds that take turns, in process time."""
    mails = list(mails_of(WORDS, MAILS))
    sentencizer = spacy.blank("en")
    sentencizer.add_pipe("sentencizer")
    ways: dict[str, Callable[[str], object]] = {
        "extract": _extract,
        "sentencizer": sentencizer,
        "sentencizer_and_search_dates": lambda text: [_dates(s.text) for s in sentencizer(text).sents],
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(_seconds(way, mails))
    median = {name: sorted(of)[ROUNDS // 2] for name, of in times.items()}
    yield {
        "bench": "extraction_speed",
        "words": WORDS,
        "ms_per_mail": round(median["extract"] / MAILS * 1000, 2),
        "rate_to_sentencizer": round(median["sentencizer"] / median["extract"], 3),
        "rate_to_sentencizer_and_search_dates": round(median["sentencizer_and_search_dates"] / median["extract"], 2),
    }
    yield {"bench": "extraction_growth", "microseconds_per_word": {str(n): _per_word(n) for n in LENGTHS}}
    yield {"bench": "extraction_memory", "peak_mb": _peak_mb()}


def mails_of(words: int, count: int) -> Iterator[str]:
    """So many texts of about so many words each, made of the paragraphs of the golden mails."""
    paragraphs = [p for mail in load_golden_emails() for p in mail.text.split("\n\n") if len(p.split()) > 3]
    at = 0
    for _ in range(count):
        text: list[str] = []
        while sum(len(p.split()) for p in text) < words:
            text.append(paragraphs[at % len(paragraphs)])
            at += 1
        yield "\n\n".join(text)


def _extract(text: str) -> object:
    return extract(text, sent_at=SENT_AT, timezone="America/New_York", holidays="US")


def _dates(text: str) -> Any:
    return search_dates(text, languages=["en"])


def _seconds(way: Callable[[str], object], mails: Iterable[str]) -> float:
    begun = time.process_time()
    for mail in mails:
        way(mail)
    return time.process_time() - begun


def _per_word(words: int) -> float:
    mails = list(mails_of(words, max(2, 3_000 // words)))
    total = sum(len(mail.split()) for mail in mails)
    return round(min(_seconds(_extract, mails) for _ in range(3)) / total * 1_000_000, 1)


def _peak_mb() -> float:
    """Of a process of its own, imports and model included."""
    printed = subprocess.run([sys.executable, "-c", _PEAK], capture_output=True, text=True, check=True).stdout
    return round(int(printed) / 1024, 1)


if __name__ == "__main__":
    for record in measured():
        print(json.dumps(record))
