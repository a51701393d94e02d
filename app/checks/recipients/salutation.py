"""How a mail addresses its readers: “Hi Dana and Hank,”, “Dear Ms. Reyes:”, “Guten Tag Herr Vogt,”, “Hank,”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.checks.recipients.names import is_first_name, is_title
from app.checks.recipients.wordlist import word_set
from app.core.findings import Findings
from extractors.lazily import compiled

_OPENERS = (
    r"hi+|hello|hey+|hiya|howdy|dear(?:est)?|greetings|(?:a )?(?:very )?good (?:morning|afternoon|evening|day)"
    r"|morning|afternoon|evening|happy (?:new year|monday|tuesday|wednesday|thursday|friday)|welcome(?: back)?"
    r"|guten (?:tag|morgen|abend)|grüß gott|grüezi|moin|servus|hallo|liebe[rs]?|werte[rs]?|sehr geehrte[rs]?"
    r"|bonjour|bonsoir|salut|ch[eè]re?s?|hola|buen(?:os días|as tardes)|estimad[oa]s?|querid[oa]s?|ciao|buongiorno"
    r"|gentile|car[oa]|egregi[oa]|olá|prezad[oa]|bom dia|hej|hei|hallå|kära|beste|geachte|goedemorgen|dzień dobry"
)
_THANKS = (
    r"(?:many )?thanks(?: again)?|thank you|sorry|apologies|congratulations|congrats|understood|agreed|perfect|great"
)
_FILLER = r"(?:(?:there|again|both|all)\b[ ,]*)?"
_WORD = r"(?:[^\W\d_a-zà-ÿ](?:\.|(?:[^\W\d_]*(?:['’.-][^\W\d_]+)*)))"
_TITLE = r"(?:(?i:mr|mrs|ms|mx|dr|prof|rev|hr|fr|mme|mlle|dipl|ing|sr|sra|capt)\.[ ]?)"
_OF = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|bin|al)[ ]){0,2}"
_NAME = rf"{_TITLE}{{0,2}}{_WORD}(?:[ ]{_TITLE}?{_OF}{_WORD}){{0,3}}"
_AND = r"(?:[ ]*,[ ]*(?:and[ ]|und[ ]|et[ ])?|[ ]+(?:and|und|et|y|e|og|en)[ ]+|[ ]*[&/+][ ]*)"
_AND_AGAIN = rf"{_AND}(?:(?i:{_OPENERS})(?:(?<!(?i:welcome))[ ]to)?[ ]+)?"
"""“Dear Elena, dear Marcus,” greets each by itself."""
_END = r"[ ]*(?:[,!:;.–—-]+[ ]*)?$"
_OPENED = compiled(rf"[ ]*(?i:{_OPENERS})[ ,]+(?i:{_FILLER})@?(?P<names>{_NAME}(?:{_AND_AGAIN}{_NAME})*){_END}")
_OPENED_INLINE = compiled(
    rf"[ ]*(?i:{_OPENERS})[ ,]+(?i:{_FILLER})@?"
    rf"(?P<names>{_NAME}(?:[ ]+(?:and|&)[ ]+{_NAME}|{_AND}(?i:{_OPENERS})[ ]+{_NAME})*)"
    r"(?=[ ]*[,!:;.…–—-]|[ ]+[a-z])"
)
_THANKED = compiled(rf"[ ]*(?i:{_THANKS}),?[ ](?P<names>{_NAME})[ ]*[,!.:–—]")
_BARE = compiled(rf"[ ]*(?P<names>{_NAME}(?:{_AND}{_NAME})*)[ ]*[,–—:!-]+[ ]*$")
_BARE_INLINE = compiled(rf"[ ]*(?P<names>{_NAME}),[ ](?=[a-z]|I\b)")
_SPLIT = compiled(_AND_AGAIN)
_NOBODY = word_set(
    "dears families parents students neighbours neighbors singers owners residents shareholders tenants "
    "all everyone everybody team teams folks both there guys gang friend friends colleague colleagues sir sirs "
    "madam customer customers client clients partner partners supplier suppliers vendor vendors user users "
    "member members ladies gentlemen damen herren dame zusammen alle allerseits kollegen kolleginnen tous "
    "toutes equipe équipe todos messieurs mesdames whom whomever again hiring manager managers accounts account "
    "payable receivable purchasing procurement finance billing support office committee board department group "
    "people crew reader readers subscriber world community staff council association helpdesk sales legal "
    "marketing accounting controlling it hr y'all morning afternoon evening day greetings hello hi hey dear "
    "thanks thank you regards sincerely best cheers please understood agreed great perfect sorry apologies "
    "congratulations congrats sure yes no ok okay noted received confirmed done absolutely certainly update "
    "reminder note quick following further attached re fwd subject fyi monday tuesday wednesday thursday friday "
    "saturday sunday january february march july august september october november december christmas easter "
    "thanksgiving good happy new so well as per here this that these we our your the one two three question "
    "questions summary recap agenda background invoice proposal offer order meeting call confirming hereby "
    "short long answers next steps status wonderful excellent fantastic brilliant lovely hope hoping just first "
    "second finally also and but if it's i i'm my in on at to for from with what when where who how why is are "
    "was will would could can may might"
)
"""What stands where a name might and is nobody's; “Hope” and “Will” are here too: in doubt, no name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressed:
    """One person whom the mail addresses. `start` and `end` count in the findings' text."""

    words: tuple[str, ...]
    """Without titles."""
    titled: bool
    start: int
    end: int


def addressed(findings: Findings, *, never: frozenset[str]) -> tuple[Addressed, ...]:
    """The persons whom the first lines address by name; groups and companies (`never`, folded) are none."""
    start, end = findings.authored[0] if findings.authored else (0, 0)
    seen = 0
    for line in re.finditer(r"[^\n]+", findings.text[start:end]):
        if not line[0].strip():
            continue
        names = _names(line[0].replace("\u00a0", " ").rstrip("\r\t "), first=seen == 0)
        if names is not None:
            next_line = findings.text[start + line.end() + 1 : end].partition("\n")[0]
            below = _OPENED.match(next_line.replace("\u00a0", " ").rstrip("\r\t "))
            further = _people(below, start + line.end() + 1, never) if below else ()
            return (*_people(names, start + line.start(), never), *further)
        seen += 1
        if seen == 2:
            break
    return ()


def _names(line: str, *, first: bool) -> re.Match[str] | None:
    found = _OPENED.match(line) or _OPENED_INLINE.match(line)
    if found is not None or not first:
        return found
    for pattern in (_BARE, _THANKED, _BARE_INLINE):
        found = pattern.match(line)
        if found is not None and _is_somebody(found["names"]):
            return found
    return None


def _is_somebody(names: str) -> bool:
    """Whether the words are a name without a greeting's help: “Hank” and “Mr. Vogt”, not “Route Planner”."""
    first = re.split(r"[ ,]", names)[0]
    return is_first_name(first) or is_title(first)


def _people(names: re.Match[str], offset: int, never: frozenset[str]) -> tuple[Addressed, ...]:
    people, at = [], names.start("names")
    bounds = [*(m.span() for m in _SPLIT.finditer(names["names"])), (len(names["names"]), 0)]
    last = 0
    for cut, after in bounds:
        text = names["names"][last:cut].rstrip(".")
        person = _person(text, offset + at + last, never)
        if person is not None:
            people.append(person)
        last = after
    return tuple(people)


def _person(text: str, start: int, never: frozenset[str]) -> Addressed | None:
    words = text.split()
    names = tuple(word.strip(".") for word in words if not is_title(word))
    lowered = {name.casefold().replace("’", "'") for name in names}
    if not names or lowered & _NOBODY or lowered & never or any(name.isupper() and len(name) > 3 for name in names):
        return None
    return Addressed(words=names, titled=len(names) < len(words), start=start, end=start + len(text))
