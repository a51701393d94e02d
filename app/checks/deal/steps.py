"""What a deal's next step says has to happen first, and what therefore has to wait.

Read are only the plain forms: `legal review first`, `wait for the security review`, `demo before pricing`,
`security review, then order form`, `no pricing until the demo`, `call back in January`. Nothing else is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.checks.deal.named_days import named_days
from extractors.lazily import compiled

THINGS: Mapping[str, str] = {
    "security review": r"security (?:review|assessment|audit|check|questionnaire|sign-?off|approval)"
    r"|infosec(?: review)?"
    r"|pen(?:etration)?[- ]?test",
    "legal review": r"legal (?:review|check|sign-?off|approval|team|department)|(?:review|sign-?off|approval) (?:by"
    r"|from) (?:legal|counsel)|redlines|(?:our |their )?counsel\b|\blegal\b(?! (?:terms|name|entity))",
    "demo": r"demo(?:nstration)?s?\b(?! (?:unit|tablet|device|account|video))|product (?:walk-?through|tour)",
    "pilot": r"pilot|proof of concept|\bpoc\b|trial",
    "IT sign-off": r"(?-i:IT)(?: team| department)?(?:['’]s)? (?:review|sign-?off|approval|check|clearance)\b"
    r"|(?:sign-?off|approval|review|clearance) (?:by|from) (?-i:IT)\b|data[- ]protection (?:review|sign-?off"
    r"|approval|check)",
    "reference": r"reference (?:call|visit|check|customer|talk|conversation)s?",
    "business case": r"business case|roi (?:analysis|calculation)",
    "NDA": r"\bnda\b|non-?disclosure(?: agreement)?",
    "test import": r"(?:test|trial|sample) import|data (?:import|check|sample)",
    "deep dive": r"(?:technical )?deep[- ]?dive|technical (?:session|workshop|meeting)|architecture (?:session"
    r"|workshop|call)",
    "discovery": r"discovery(?: call| meeting| session)?|needs analysis|qualification call|requirements (?:workshop"
    r"|call)|technical call|scoping (?:call|session)",
    "procurement": r"procurement(?: review| sign-?off| approval)?|purchasing sign-?off"
    r"|vendor (?:registration|onboarding"
    r"|review)",
    "board approval": r"board(?: approval| decision| paper| meeting)?\b"
    r"|budget (?:approval|sign-?off|decision|release)"
    r"|cfo (?:approval|sign-?off)|steering (?:call|committee)(?: decision)?",
    "works council": r"works council(?: consultation| approval)?",
    "site visit": r"(?:site|depot|plant) visit",
    "pricing": r"pric(?:e|es|ing)(?! review)|quotes?|quotation|rate card|numbers|commercial (?:offer|proposal)"
    r"|discounts?|proposals?",
    "contract": r"contracts?|order form|agreement|msa|paperwork|signature|sign(?:ing|ed)?\b|countersign\w*|close\b",
    "start": r"kick-?off|roll-?out|implementation|go-?live|onboarding|deployment|provisioning",
    "pilot start": r"pilot start|start (?:of )?the pilot",
}
"""What next steps and mails speak of, under one name each."""
_THING = {name: compiled(rf"\b(?:{pattern})", re.IGNORECASE) for name, pattern in THINGS.items()}
_HELD_BACK_BY: Mapping[str, frozenset[str]] = {
    "security review": frozenset({"contract", "start"}),
    "legal review": frozenset({"contract"}),
    "demo": frozenset({"pricing"}),
    "discovery": frozenset({"pricing"}),
    "procurement": frozenset({"contract", "start"}),
    "board approval": frozenset({"contract", "start"}),
    "works council": frozenset({"start"}),
    "IT sign-off": frozenset({"contract", "start"}),
}
"""What waits for a thing that comes "first", where the step does not say what comes second."""
REVIEWS = frozenset(
    {
        "security review",
        "legal review",
        "demo",
        "pilot",
        "discovery",
        "procurement",
        "board approval",
        "works council",
        "site visit",
        "IT sign-off",
        "reference",
        "business case",
        "NDA",
        "test import",
    }
)
"""What can come first, and can be skipped."""
_ORDERED = (
    compiled(
        r"(?P<first>.+?)[,;]\s*(?P<second>[^,;]+?)\s+(?:after (?:that|this|it)|afterwards|thereafter|next|later)\b",
        re.IGNORECASE,
    ),
    compiled(
        r"(?P<first>.+?)\s*(?:,|;|->|→|>|and)?\s*\b(?:then|before|followed by|prior to)\b\s*(?P<second>.+)",
        re.IGNORECASE,
    ),
    compiled(r"(?P<first>.+?)\s*(?:->|→|=>)\s*(?P<second>.+)", re.IGNORECASE),
    compiled(
        r"\b(?:no|hold(?: off on| back)?|do not (?:send|share|discuss|talk|offer|sign)|don['’]t (?:send|share"
        r"|discuss|talk|offer|sign)|not)\b\s*(?P<second>.+?)\s*\b(?:until|before|till"
        r"|without)\b\s*(?P<first>.+)",
        re.IGNORECASE,
    ),
    compiled(
        r"(?P<second>.+?)\s*\b(?:only )?(?:after|once|pending|subject to|waits? for|depends on)\b\s*(?P<first>.+)",
        re.IGNORECASE,
    ),
)
_FIRST = compiled(
    r"\bfirst\b|\bwait(?:ing|s)? (?:for|on)\b|\bawait(?:ing|s)?\b|\bpending\b|\bmust\b|\bneeds?\b"
    r"|\brequire[sd]?\b|\bblocked (?:by|on)\b",
    re.IGNORECASE,
)
_DONE = compiled(r"\b(?:done|completed?|passed|finished|approved|cleared)\b(?! by)", re.IGNORECASE)
_NOT_YET = compiled(r"\b(?:must|until|before|once|after|needs? to|has to|to be)\b", re.IGNORECASE)
_FORBIDDEN = compiled(r"\bno (?P<what>[\w ]{1,30}?) (?:before|until|yet)\b", re.IGNORECASE)
_SILENCE = compiled(
    r"\b(?:no (?:contact|calls|e?mails?)|do not (?:contact|call|e?mail|write|chase)|don['’]t (?:contact"
    r"|call|e?mail|write|chase)|call(?: them| him| her)? back|follow(?:ing)? up|check (?:back )?in"
    r"|reconnect|touch base|reach out|get back(?: in touch)?|(?:next )?contact(?: only| again| not)?|revisit"
    r"|come back|resume"
    r"|reconvene|(?:speak|talk|try|ring|phone|call|write|ask|meet)(?: \w+)?(?: again)?|park(?:ed)?|on ice|frozen"
    r"|pick(?:ed)? up(?: again)?"
    r"|quiet|silence|peace|nothing|leave (?:them|her|him|it)(?: alone)?|left alone|alone|no (?:chasing|nudg\w+"
    r"|outreach|follow-?ups?|pushing)|next (?:call|talk|step)"
    r"|wait(?: until| till)?|pause(?:d)?)\b[^.;]{0,30}\b(?:until|till|before|after|in|on|not before|from|to"
    r"|only after)(?: the)?(?: (?:early|mid|late|end of|beginning of|start of|middle of))?[- ]*$",
    re.IGNORECASE,
)


_NOT_BEFORE_THAT = compiled(
    r"\bno (?:chasing|contact|calls?|e?mails?|nudg\w+|outreach|follow-?ups?|pushing"
    r"|pressure)\b[^.;]{0,20}\b(?:before|until|till)"
    r" (?:that|then)\b|\b(?:quiet|silence|leave (?:them|her|him)(?: alone)?|wait)\b[^.;]{0,15}\b(?:until"
    r"|till) then\b",
    re.IGNORECASE,
)
_SEASON = compiled(
    r"\b(?P<new_year>new year|next year|(?:holidays|christmas|xmas))\b"
    r"|\bQ(?P<quarter>[1-4])\b(?: ?(?:of )?(?P<year>20\d\d))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Something that has to happen, and what waits for it."""

    first: str
    """Its name among `THINGS`."""
    waiting: frozenset[str]
    """The names of what comes after it; empty where the step says nothing of that."""


def steps(next_step: str) -> Iterator[Step]:
    """What the next step wants first. A step that only names a thing wants it done, and holds nothing back."""
    for part in re.split(r"[.;\n]", next_step):
        yield from _step(part)


def silent_until(next_step: str, *, near: date) -> date | None:
    """The day before which nobody wants to hear from us, as in `call back in January`."""
    for day, start in _days(next_step, near):
        if _SILENCE.search(next_step[:start]) or _NOT_BEFORE_THAT.search(next_step, start):
            return day
    return None


def _days(next_step: str, near: date) -> Iterator[tuple[date, int]]:
    """The days that it names and where, with the first ones of `Q1` and of the new year."""
    for named in named_days(next_step, near=near):
        yield named.day, named.start
    for match in _SEASON.finditer(next_step):
        if match["new_year"]:
            yield date(near.year + 1, 1, 1), match.start()
            continue
        month = 3 * int(match["quarter"]) - 2
        this_year = date(int(match["year"] or near.year), month, 1)
        passed = match["year"] is None and this_year < near
        yield (this_year.replace(year=near.year + 1) if passed else this_year), match.start()


def things_in(text: str) -> frozenset[str]:
    """The names of what a text speaks of."""
    return frozenset(name for name, pattern in _THING.items() if pattern.search(text))


def thing_pattern(name: str) -> re.Pattern[str]:
    """The words for a thing."""
    return _THING[name]


def _step(part: str) -> Iterator[Step]:
    if _DONE.search(part) and not _NOT_YET.search(part):
        return
    forbidden = _FORBIDDEN.search(part)
    held = things_in(forbidden["what"]) if forbidden else frozenset()
    for pattern in _ORDERED:
        match = pattern.search(part)
        firsts, second = (things_in(match["first"]) & REVIEWS, things_in(match["second"])) if match else (None, None)
        if firsts and second:
            for first in sorted(firsts):
                yield Step(first=first, waiting=(second | held) - {first})
            return
    for first in sorted(things_in(part) & REVIEWS):
        usual = _HELD_BACK_BY.get(first, frozenset()) if _FIRST.search(part) else frozenset()
        yield Step(first=first, waiting=(usual | held) - {first})
