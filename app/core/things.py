"""Which scarce thing a promise is about: a person, a team, a machine, a room, a slot. One key, however it is said.

Whoever is on site with one customer is not with another, and the last demo unit goes out once. A report can be sent
to everybody: it has no key. The key only finds promises worth holding against each other; whether two of them really
clash is for a check to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.findings import Commitment, Kind

LONGEST_KEY = 120
"""Characters; a longer one is cut off."""


def thing_of(commitment: Commitment) -> str | None:
    """The key of what a new promise is about, or None where that is not scarce."""
    return scarce_thing(kind=commitment.kind, object=commitment.object, text=commitment.text, actor=commitment.actor)


def scarce_thing(*, kind: Kind, object: str | None, text: str, actor: str | None = None) -> str | None:
    """`person:ana`, `team:implementation`, `machine:demo`, `room:briefing`, `slot:pilot`; None for what is not.

    A person goes by the first name, for customers hear both forms; everything else by its sort and by the word that
    tells it from its like.
    """
    who = named_person(kind=kind, text=text, actor=actor)
    if who is not None:
        return f"person:{who.split()[0].casefold()}"[:LONGEST_KEY]
    if actor and actor not in _UNNAMED_ACTORS and PRESENCE.search(text) and (team := _sorted_thing(actor)):
        return team
    return (_sorted_thing(object) if object else None) or (None if _says_enough(object) else _sorted_thing(text))


def named_person(*, kind: Kind, text: str, actor: str | None = None) -> str | None:
    """The colleague whose presence is promised, by the name that the words give; None where nobody's is."""
    if kind not in _PRESENT_KINDS and not PRESENCE.search(text):
        return None
    if actor and actor not in _UNNAMED_ACTORS and _ONLY_NAME.fullmatch(actor) and _is_name(actor):
        return actor
    found = (match["name"] for pattern in (_PUT_SOMEWHERE, _DOES_SOMETHING) for match in pattern.finditer(text))
    return next((name for name in found if _is_name(name)), None)


def _sorted_thing(words: str) -> str | None:
    """What the words end in, up to their first preposition, where that is a thing of which there are few."""
    core = _TAIL.split(words, maxsplit=1)[0]
    tokens = [_singular(token) for token in _WORD.findall(core.lower().replace("-", ""))]
    sort = _SORTS.get(tokens[-1]) if tokens else None
    if sort is None:
        return None
    after = [_singular(token) for token in _WORD.findall(words[len(core) :].lower().replace("-", ""))]
    before = next((token for token in reversed(tokens[:-1]) if not _tells_nothing(token)), None)
    if before is None or before in _DEEDS:
        before = next((token for token in after if not _tells_nothing(token)), None)
    name = before or tokens[-1]
    return None if name in _NOT_SCARCE else f"{sort}:{_SAME.get(name, name)}"[:LONGEST_KEY]


def _says_enough(object: str | None) -> bool:
    """Whether an object names something, be it none of the scarce things."""
    return any(not _tells_nothing(_singular(token)) for token in _WORD.findall((object or "").lower()))


def _tells_nothing(token: str) -> bool:
    return token in _COMMON or token[0].isdigit()


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


def _is_name(words: str) -> bool:
    parts = words.casefold().replace("’", "'").split()
    return not any(part in _NO_NAMES for part in parts) and _singular(parts[-1]) not in _SORTS


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PRESENT_KINDS = frozenset({Kind.RESOURCE})
_UNNAMED_ACTORS = frozenset({"sender", "organisation"})

_SORTS: Mapping[str, str] = {
    noun: sort
    for sort, nouns in {
        "slot": "slot spot window timeslot berth",
        "machine": "unit device tablet scanner machine rig printer server gateway prototype van truck forklift",
        "room": "room lab studio booth stand auditorium",
        "team": "team crew squad engineer architect consultant trainer technician specialist expert developer",
        "right": "exclusivity access allocation batch stock",
    }.items()
    for noun in nouns.split()
}
_SAME: Mapping[str, str] = {
    "device": "unit",
    "tablet": "unit",
    "evaluation": "demo",
    "trial": "demo",
    "demonstration": "demo",
    "solution": "solutions",
    "rollout": "implementation",
    "onboarding": "implementation",
    "cutover": "golive",
}
_NOT_SCARCE = _words("maintenance time meeting call support sales business organisational parking")
"""A maintenance window serves every customer at once, and a support team is there for all of them."""
_COMMON = _words(
    """the a an our your my their this that these those its all both each any some no and or of for in on at to by
    with one two three four five six seven eight nine ten twelve twenty thirty forty fifty last only remaining
    final first next single sole exclusive dedicated named full fulltime whole entire own very same new
    available extra additional monday tuesday wednesday thursday friday saturday sunday week day month quarter
    morning afternoon january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec early late mid st nd rd th january's left we have can
    will be is are get keep hold reserve you until"""
)
_DEEDS = _words(
    "ll ve give reserve keep bring ship have get send put hold offer assign secure book block set grant dedicate lend"
)
"""Stands before a thing in a whole sentence, and tells nothing of it."""
_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
_TAIL = re.compile(
    r"(?<=\w)\s+(?:of|for|from|with|in|on|at|by|to|into|about|over|until|before|after|as|that|which|who|is|are|left)\b",
    re.IGNORECASE,
)

PRESENCE = re.compile(
    r"\b(?:on[- ]?site|in person|in[- ]house|full[- ]?time|dedicated|dedicate|exclusively|assigned|assign|allocate"
    r"|at your (?:\w+ ){0,2}(?:plants?|sites?|offices?|facility|warehouse|depot|mill|factory|premises|side)"
    r"|(?:the )?(?:whole|entire|all|full) (?:day|week|month|quarter)|workshops?|training|kick-?off|be (?:there|yours)"
    r"|with you (?:on|all|for|from|in|the|that|next|this)|on your (?:project|account|team|rollout|migration|go-live)"
    r"|visit\w*|spend|come to|be in \w+)\b",
    re.IGNORECASE,
)
"""Words that say that somebody will be there, and so nowhere else."""
_NAME = r"(?P<name>[A-ZÀ-Ö][a-zà-öø-ÿ]+(?:[-' ][A-ZÀ-Ö][a-zà-öø-ÿ]+){0,2})"
_ONLY_NAME = re.compile(_NAME)
_PUT_SOMEWHERE = re.compile(
    r"\b(?:assign|dedicate|allocate|put|lend|bring|send|have|get|give you|keep|free up|free|second|fly|offer|commit"
    rf"|reserve|block|book|spare|line up|make)(?:s|ing|ed)? (?:in |over )?{_NAME}"
    r"(?=['’]s\b|\s+(?:to|on|onto|at|in|over|for|as|full|exclusively|from|with|there|out|down|up|all|every|this|next"
    r"|by|available|dedicated|and|until|through|on-?site|who)\b|\s*[,.;:(!]|\s*$)"
)
_DOES_SOMETHING = re.compile(
    rf"\b{_NAME}(?:, [^,.;]{{3,50}},)?(?:['’]ll| will| can| shall| is going to| is|['’]s| are)"
    r"(?: then| also| be| personally| now)* (?:be|being|join|come|coming|lead|leading|run|running|train|training"
    r"|spend|spending|work|working|visit|visiting|fly|flying|travel|travelling|traveling|stay|staying|sit|attend|dedicated"
    r"|available|assigned|yours|reserved|booked|all yours|on-?site|there|with|at|in|on)\b"
)
_NO_NAMES = _words(
    """i i'll i'm we we'll we're we've our you you'll your they their it it'll this that these those the a an he she
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december here there everybody everyone nobody somebody someone both all each legal
    finance engineering product marketing sales support operations please yes no then once if when after before and
    but so as hi hello dear thanks pricing delivery installation training"""
)
