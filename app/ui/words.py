"""Plain words for what the services say: verdicts, people, and stretches of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.assessment import Assessment
from app.core.facts import Person
from app.core.ports import People
from app.core.routes import Route
from app.rewriting import LeftOut

_VERDICTS = {
    Route.AUTO_SEND: "May leave by itself",
    Route.MONITOR: "May leave by itself, and its promises are watched",
    Route.REVIEW: "A person decides",
    Route.BLOCK: "Must not leave as it is",
}
AFTER_CHECKING = (
    "Check again keeps the text and judges it anew; approvals given before count no more.",
    "If no rule stands against the new text, it leaves after the undo window. If a person has to decide, your own"
    " word alone is not enough, because you changed it.",
)
"""What follows once a changed text is kept."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def verdict_words(assessment: Assessment) -> str:
    """Where the draft goes, in a few words."""
    return _VERDICTS[assessment.route]


def stretch(length: timedelta) -> str:
    """A stretch of time in its largest unit: `45 s`, `12 min`, `3 h`, `2 days`. Never below zero."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < 2 * _DAY:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _DAY} days"


def age(moment: datetime, now: datetime) -> str:
    """How long ago it was: `just now`, `2 h ago`; `in 3 h` for a moment to come."""
    if moment > now:
        return f"in {stretch(moment - now)}"
    return "just now" if now - moment < timedelta(seconds=_MINUTE) else f"{stretch(now - moment)} ago"


def clock_time(moment: datetime, person: Person) -> str:
    """The time of day as the person's own clock shows it."""
    return f"{moment.astimezone(ZoneInfo(person.timezone)):%H:%M:%S}"


def day_and_time(moment: datetime, person: Person) -> str:
    """Day and time as the person's own clock shows them."""
    return f"{moment.astimezone(ZoneInfo(person.timezone)):%a %d %b, %H:%M}"


def name_of(id: str, people: People) -> str:
    """The colleague's name; the id itself where the directory does not know it."""
    person = people.person(id)
    return person.name if person else id


def names_of(ids: Iterable[str], people: People, *, last: str = "or") -> str:
    """Names in a sentence: `Dana Okafor or Ruth Calloway`."""
    names = [name_of(each, people) for each in ids]
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def short_digest(digest: str) -> str:
    """Enough of a digest to compare by eye."""
    return digest.removeprefix("sha256:")[:12]


def worded(value: str) -> str:
    """An identifier as words: `due_soon` is `due soon`."""
    return value.replace("_", " ")


def actor_words(actor: str, people: People) -> str:
    """Who did it: a colleague's name for `person:dana`, `agent bot` for `agent:bot`."""
    kind, _, name = actor.partition(":")
    if kind == "person":
        return name_of(name, people)
    return f"{kind} {name}".strip()


def left_out_words(left: LeftOut) -> str:
    """That a suggestion was chosen and is not in the text, and why."""
    return f"Left out suggestion {left.offer.number} ({left.offer.result.check}): it {left.why}."
