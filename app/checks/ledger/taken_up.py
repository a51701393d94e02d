"""Promises that only take up what was spoken of before: `The unloading takes long … I'll tell you what that does`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.checks.deal.sentences import Sentence
from app.checks.topics import Topic
from app.checks.turns import Turns
from app.checks.words import bag, content_words
from extractors.lazily import compiled

_TAKES_UP = Turns(
    r"\b(?:what|how|whether|where|why|if) (?:much |far |long |many |bad(?:ly)? )?(?:that|this|it|they|those|these)\b"
    r"|\b(?:on|about|to|for|regarding|of|into|behind|from) (?:that|this|it|them|these|those|this one|that one)\b"
    r"(?=\s*(?:[.,;:!?)—–-]|$)|\s+(?:by|on|before|until|this|next|tomorrow|no later|within|in)\b)"
    r"|\b(?:the|an?|some|your|my|our) (?:first |real |exact |proper |solid |honest )?(?:answer|figure|number|result"
    r"|outcome|verdict|estimate|conclusion|finding|effect|impact|consequence)s?\b"
    r"(?: from (?:me|us))?(?=\s*[.,;:!?)—–-]|\s+(?:by|on|before|until|this|next|tomorrow|no later|within|in)\b)",
    re.IGNORECASE,
)
_TELLS_LITTLE = bag(
    """team customer day week month time plan people question answer number thing way point truck driver route
    depot office site user system software product mail call meeting tour how long much affect effect what"""
)
_ENOUGH = 3
_HALF = 2
_REPLIES = compiled(
    r"get|come|tell|let|have|give|send|share|work|figure|find|look|check|see|know|report|write|reply|run|calculate"
    r"|answer|hear|put|be|say|show|follow|return|mail",
    re.IGNORECASE,
)


def takes_up(action: str | None, text: str, start: int, read: Sequence[Sentence], old: Topic) -> bool:
    """Whether the words point back to a sentence that speaks of the matter of an open promise."""
    if not _REPLIES.match(action or "") or not _TAKES_UP.search(text):
        return False
    spot = next((n for n, sentence in enumerate(read) if sentence.start <= start < sentence.end), None)
    if spot is None:
        return False
    leading = read[spot].text[: max(start - read[spot].start, 0)]
    about = content_words(f"{read[spot - 1].text if spot else ''} {leading}")
    telling = old.told - _TELLS_LITTLE
    shared = telling & about
    return len(shared) >= _ENOUGH or (len(shared) >= _HALF and len(shared) * _HALF >= len(telling))
