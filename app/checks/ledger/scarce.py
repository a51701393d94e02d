"""What only one customer can have: somebody's presence on a day, and the last of a thing, by whole sentences."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from app.checks.deal.sentences import Sentence
from app.checks.ledger.dues import holding_days
from app.checks.recipients.names import is_first_name
from app.checks.turns import Turns
from app.checks.words import lemma
from app.core.commitments import LedgerEntry
from app.core.things import PRESENCE
from extractors.lazily import compiled

Days = tuple[date, date]
"""The first and the last."""
_LONGEST_STAY = timedelta(days=31)
_MONTHS = {month_abbr[number].lower(): number for number in range(1, 13)}
_MONTH_AND_DAY = Turns(
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?: ?(?:-|–|to|and|through"
    rf"|until) ?"
    r"(?P<last>\d{1,2})(?:st|nd|rd|th)?\b)?",
    re.IGNORECASE,
)
_THERE = compiled(
    rf"{PRESENCE.pattern}|\b(?:comes?|coming|fl(?:y|ies|ying)|travel(?:s|l?ing)?|dr(?:ive|ives|iving)|arrives?|lands?"
    r"|joins? you|train(?:s|ing)?|your way|block(?:ed|ing)?|book(?:ed|ing)?|reserv(?:e|ed|ing)|freed|is yours"
    r"|all yours"
    r"|count on|stays?|accompan\w+|works? (?:with|from|out)|sits? (?:with|in)|on the ground|with you|drops? (?:by"
    r"|in))\b",
    re.IGNORECASE,
)
"""More words for being there; whoever only writes or calls is nowhere."""
_AT_A_PLACE = compiled(
    r"(?i:\bon[- ]?site\b|\bin person\b|\b(?:at|in|out of|from|to) (?:your|the) (?:\w+ ){0,2}?(?:plants?|sites?"
    r"|offices?"
    r"|facility|warehouses?|depots?|mill|factory|premises|yards?|gate|hub|terminal|hospital|branch)\b"
    r"|\bwith your (?:team|people|dispatchers|drivers|staff|planners)\b)|\bin [A-ZÀ-Ö][a-zà-ÿ]{3,}\b"
)
_FROM_AFAR = compiled(
    r"\b(?:sends?|sending|mails?|e-?mails?|forwards?|shares?|calls?|phones?|rings?|writes?|notes from|dials?|remotely"
    r"|online|by (?:phone|video|mail)|(?:over|on) (?:zoom|teams|the phone)|video|webinar|replies|repl(?:y|ies)"
    r"|not (?:be )?(?:available|free|there)|(?:another|other) customers?"
    r"|(?-i:[Hh]e|[Ss]he|[A-Z]\w+) is (?:away|out|off))\b",
    re.IGNORECASE,
)
_AT_A_DESK = compiled(
    r"\b(?:answers?|reviews?|checks?|looks? (?:at|into|over)|prepares?|finish(?:es)?|gets? back)\b", re.IGNORECASE
)
_SENT_THERE = compiled(r"\bsend(?:s|ing)? (?:you )?(?P<who>[A-ZÀ-Ö][\wà-ÿ]+)")
_CAPITALISED = compiled(r"\b[A-ZÀ-Ö][a-zà-öø-ÿ]+\b")
_ENDS = compiled(r"\s(?:of|for|from|with|in|on|at|by|to|until|before|after|that|which|left)\b", re.IGNORECASE)
_GIVEN = Turns(
    r"\b(?:last|only|sole|single|final|remaining|exclusive|one)(?: remaining| free| available)?"
    r" (?P<thing>[a-z][\w-]*(?: [a-z][\w-]*){0,5})",
    re.IGNORECASE,
)
_GONE = compiled(
    r"\b(?:is|are|was|were) (?:already )?(?:out|away|taken|gone|promised|spoken for|not|with another)\b|sorry"
    r"|unfortunately",
    re.IGNORECASE,
)
_LAST = frozenset("last only sole single final remaining exclusive".split())  # noqa: SIM905
_LEFT = frozenset("left remaining remain remains free available there stock".split())  # noqa: SIM905
_TELL_NOTHING = _LAST | frozenset("the our a an one you your we very two whole entire january february".split())  # noqa: SIM905
_ONE_OF_ITS_KIND = dict.fromkeys(("place", "spot", "seat", "window", "berth", "position"), "slot")
_PAPERS = frozenset(
    """report plan guide list sheet deck quote offer proposal document contract draft version invoice minutes email
    mail note question answer summary overview analysis item point step price discount chance time thing day week
    month call meeting version""".split()  # noqa: SIM905
)
"""What is last in a row, and not the last of its kind."""


def days_of(sentence: Sentence) -> list[Days]:
    """The stretches of days that a sentence names."""
    return [
        ((day.from_.date() if day.from_ and day.grain != "minute" else day.due_day), day.due_day)
        for day in holding_days(sentence)
        if day.due_day is not None
    ]


def days_of_entry(entry: LedgerEntry) -> Days | None:
    """The days of a promise: `from January 11 to January 15`, or its due day alone."""
    return None if entry.due_day is None else _days_up_to(entry.due_day, entry.text)


@lru_cache(maxsize=4096)
def _days_up_to(last: date, text: str) -> Days:
    """Remembered, as is all that is read in a promise: an entry is held against every draft of its person."""
    first = last
    for found in _MONTH_AND_DAY.finditer(text):
        named = _day(_MONTHS[found["month"][:3].lower()], int(found["day"]), last)
        if named is not None and last - _LONGEST_STAY <= named < first:
            first = named
    return first, last


def overlap(one: Days, other: Days) -> bool:
    """Whether they have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


@lru_cache(maxsize=4096)
def is_there(text: str) -> bool:
    """Whether somebody will be somewhere, by these words, and not only write or call."""
    if _FROM_AFAR.search(text) and not _sent_person(text):
        return False
    if _AT_A_PLACE.search(text) or _sent_person(text):
        return True
    return _THERE.search(text) is not None and _AT_A_DESK.search(text) is None


def shared_person(sentence: Sentence, entry: LedgerEntry) -> bool:
    """Whether both put one person somewhere, by first name."""
    shared = _first_names(sentence.text) & _first_names(entry.text)
    return bool(shared) and is_there(sentence.text) and is_there(entry.text)


@lru_cache(maxsize=4096)
def _first_names(text: str) -> frozenset[str]:
    return frozenset(name for name in _CAPITALISED.findall(text) if is_first_name(name))


def gives_the_last(entry: LedgerEntry) -> bool:
    """Whether a promise gives away the last of a thing."""
    return bool(_last_given(entry.text))


def shared_last(sentence: Sentence, entry: LedgerEntry) -> bool:
    """Whether both give away the last of one thing."""
    thing = _last_given(entry.text)
    if not thing or _GONE.search(sentence.text):
        return False
    said = _tokens(sentence.text)
    kinds = frozenset(thing[:-1]) - _TELL_NOTHING
    return _is_last(said, thing[-1]) and (not kinds or not kinds.isdisjoint(said))


@lru_cache(maxsize=4096)
def _last_given(text: str) -> tuple[str, ...]:
    """The words for the thing of which the last is given away; empty where none is."""
    given = _GIVEN.search(text)
    thing = _tokens(_ENDS.split(given["thing"], maxsplit=1)[0]) if given else ()
    return () if not thing or thing[-1] in _PAPERS else thing


def _is_last(words: Sequence[str], noun: str) -> bool:
    """Whether it is the last of its kind: `the last demo kit`, `one kit left`."""
    for spot in (n for n, word in enumerate(words) if word == noun):
        before, after = words[max(spot - 4, 0) : spot], words[spot + 1 : spot + 6]
        if _LAST.intersection(before) or ("one" in before and _LEFT.intersection(after)):
            return True
    return False


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_ONE_OF_ITS_KIND.get(word, word) for word in map(lemma, re.findall(r"[a-z]+", text.lower())))


def _sent_person(text: str) -> bool:
    found = _SENT_THERE.search(text)
    return found is not None and is_first_name(found["who"])


def _day(month: int, day: int, near: date) -> date | None:
    """That day of the year in which, or before whose beginning, the other one is."""
    for year in (near.year, near.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found <= near:
            return found
    return None
