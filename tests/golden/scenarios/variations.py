"""Other mails out of real ones: the same words with other days, times and percentages, and the same as HTML."""

from __future__ import annotations

import html as entities
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.core.drafts import Draft

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_CLOCK = re.compile(r"\b(1[0-2]|[1-9])((?::[0-5]\d)?\s?)([ap]\.?m\b)", re.IGNORECASE)
_LONG_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b(?!\s?[ap]\.?m)", re.IGNORECASE)
_MONTH_DAY = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December) ([12]\d|[1-9])\b"
)
_PERCENT = re.compile(r"\b(\d{1,2})(\s?(?:%|percent\b))")


def variations(draft: Draft, *, count: int, seed: int) -> Iterator[Draft]:
    """The draft itself and up to `count` others like it; every third one that was plain text has an HTML body too."""
    seen = set()
    for number in range(count + 1):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - variety, not secrecy
        text = _varied(draft.text, chance) if number else draft.text
        if text in seen or (draft.html is not None and number):
            continue
        seen.add(text)
        yield replace(draft, text=text, html=as_html(text) if number % 3 == 2 else draft.html)


def _varied(text: str, chance: random.Random) -> str:
    changes: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (_WEEKDAY, lambda _: chance.choice(_WEEKDAYS)),
        (_CLOCK, lambda match: _clock(match, chance)),
        (_LONG_CLOCK, lambda match: f"{chance.randint(8, 17):02}:{match[2]}"),
        (_MONTH_DAY, lambda match: f"{match[1]} {chance.randint(1, 28)}"),
        (_PERCENT, lambda match: f"{chance.choice((5, 8, 12, 18, 20, 25, 30))}{match[2]}"),
    ]
    for pattern, new in changes:
        text = pattern.sub(new, text)
    return text


def _clock(match: re.Match[str], chance: random.Random) -> str:
    hour = chance.choice((9, 10, 11, 12, 1, 2, 3, 4))
    half = "a" if 9 <= hour <= 11 else "p"
    return f"{hour}{match[2]}{half.upper() if match[3][0].isupper() else half}{match[3][1:]}"


def as_html(text: str) -> str:
    """The text as a mail program would format it."""
    paragraphs = (entities.escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text.strip("\n")))
    return "<div>" + "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs) + "</div>"
