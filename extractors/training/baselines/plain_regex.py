"""Undertakings by one regular expression: what an afternoon's work without this product would give."""

import re
from collections.abc import Sequence

from extractors.lazily import compiled
from extractors.segments import Sentence
from extractors.training.measure import Span

_PROMISE = compiled(
    r"\b(?:I|we)(?: will|'ll| shall|(?:'m| am|'re| are) (?:going|planning|happy) to| can| promise to| guarantee)\b"
    r"(?! not\b)|\b(?:let me|you'll have|you will have)\b",
    re.IGNORECASE,
)


def find_promises(sentences: Sequence[Sentence]) -> list[Span]:
    """From the first promising words of each sentence to its end."""
    found = ((sentence, _PROMISE.search(sentence.text)) for sentence in sentences)
    return [(sentence.start + match.start(), sentence.end) for sentence, match in found if match]
