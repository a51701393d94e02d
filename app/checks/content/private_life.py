"""What a mail tells about a third person's private life: birth, health, home and private telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.content.scanning import Stems, holding, stems
from app.checks.content.secret import Secret
from extractors.lazily import compiled

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19[2-9]\d|200\d|201\d)"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d\d)|{_YEAR}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH},?\ {_YEAR}|{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?,?\ {_YEAR})(?!\d)"
)
_BIRTH = compiled(
    rf"""
    (?: \b(?:born(?:\ on|\ the)?|date\ of\ birth|birth\ ?date|birthday|geburtsdatum|geboren\ am|née?\ le|geb\.)
        | \bdob\b | \bd\.o\.b\.? )
    [^.!?\n\d]{{0,30}}? (?P<value>{_DATE})
    """,
    re.IGNORECASE | re.VERBOSE,
)

_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey)"
_ROLE = (
    r"(?:[Mm]y|[Oo]ur|[Yy]our|[Tt]he|[Hh]is|[Hh]er|[Aa])\ (?:\w+\ ){0,2}(?:colleague|manager|boss|assistant|driver"
    r"|dispatcher|wife"
    r"|husband|son|daughter|mother|father|partner|employee|engineer|lead|director|CFO|CEO|COO|CTO|buyer|planner"
    r"|analyst)"
)
_NAME = r"(?:[A-Z][a-zà-ÿ'’-]+(?:\ [A-Z][a-zà-ÿ'’-]+)?)"
_WHO = rf"(?:{_NAME}|{_PRONOUN}|{_ROLE})"
_WHOSE = rf"(?:{_NAME}['’]s?|[Hh]is|[Hh]er|[Tt]heir|{_ROLE}['’]s?)"
_CONDITION = (
    r"(?:cancer|tumou?rs?|leuk(?:a)?emia|lymphoma|melanoma|chemo(?:therapy)?|radiotherapy|radiation\ (?:therapy"
    r"|treatment)"
    r"|burn-?out|depression|anxiety(?:\ disorder)?|panic\ attacks?|bipolar(?:\ disorder)?|schizophrenia|PTSD|ADHD"
    r"|autism"
    r"|an?\ eating\ disorder|anorexia|diabetes|diabetic|HIV(?:[ -]positive)?|hepatitis|tuberculosis|epilepsy"
    r"|epileptic"
    r"|multiple\ sclerosis|Parkinson['’]s|Alzheimer['’]s|dementia|heart\ (?:attack|surgery|condition|problems?"
    r"|failure)"
    r"|(?:a\ )?(?:minor\ |mild\ )?stroke|(?:back|knee|hip|brain|bypass)\ (?:surgery|operation)|miscarriage|pregnant"
    r"|pregnancy|IVF|rehab"
    r"|alcoholism|(?:alcohol|drug)\ (?:problem|addiction)|addiction|mental\ (?:health\ (?:issues|problems|leave)"
    r"|breakdown|illness)"
    r"|nervous\ breakdown|antidepressants|medication|kidney\ (?:failure|transplant|disease)|chronic\ (?:illness"
    r"|fatigue|pain)"
    r"|Crohn['’]s|lupus|long\ covid|disability|severely\ disabled)"
)
_NOT_GENERAL = (
    r"(?!\ (?:patients?|care|clinics?|program(?:me)?s?|units?|wards?|screening|data|research|foundation|app"
    r"|customers?|devices?|cent(?:er|re)s?"
    r"|awareness|charity|treatments?|segment|market|products?|charts?|line|orders?|module|records?|management"
    r"|services?)\b)"
)
_HEALTH = compiled(
    rf"""
      \b {_WHO} \ (?:was|is|has\ been|had\ been|got|were
        |just\ got)\ (?:\w+\ ){{0,2}}? diagnosed\ with\ (?!a\ (?:fault|bug|problem)\b)\w+
    | \b {_WHO} ,? \ (?:who\ )? (?:also\ )? (?: is|was|has|had|has\ been|had\ been|['’]s|suffers?\ from|suffered
        |is\ suffering\ from
        |is\ recovering\ from|is\ undergoing|is\ battling|is\ in|went\ (?:through|into)|is\ being\ treated\ for
        |(?:was|has\ been)\ treated\ for
        |was\ hospitali[sz]ed\ (?:for|with|after)|is\ taking|takes|had\ to\ (?:leave|stop)\ (?:because\ of|due\ to)
        |(?:is|was|has\ been|had\ been|will\ be)\ (?:\w+\ )?(?:out|off|away|absent|ill|sick|on\ (?:sick[ ]
        |medical\ )?leave
          |in\ (?:hospital|rehab|treatment|therapy))\ (?:with|for|because\ of|due\ to|after|following)
      ) \ (?:(?!no\b|not\b|never\b)\w+\ ){{0,3}}? {_CONDITION} \b {_NOT_GENERAL}
    | \b {_WHOSE} \ (?:\w+\ ){{0,2}}? {_CONDITION} \b {_NOT_GENERAL}
    """,
    re.VERBOSE,
)
_NO_PERSON = compiled(
    r"(?:The|This|That|These|Those|It|There|What|Which|Here|Today|We|You|And|But|If|When|While|Since|Our|Your|Every"
    r"|Each|Some|Many|No"
    r"|One|Most|Health|Patients?|Anyone|Everyone|Nobody|Who|Let|Hospital|Clinic|System|Diabetes|Cancer)\b",
)
_SOMEBODY = compiled(_ROLE)

_PHONE = r"\+?\(?\d[\d ()./-]{6,17}\d"
_STREET = (
    r"(?:\d{1,5}[a-z]?,?\ (?:[A-Z][\w'’.-]*\ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close"
    r"|Way|Terrace|Place"
    r"|Square|Crescent|Boulevard|Blvd)\b|[A-Z][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|allee|platz)\ \d{1,4}"
    r"|\d{1,4},?\ (?:rue|avenue|boulevard)\ \w+)"
)
_PRIVATE = r"(?:private|personal|home|privat\w*)"
_AT_HOME = compiled(
    rf"""
      \b {_WHOSE} \ (?:\w+\ )? {_PRIVATE} \ (?:(?:mobile|cell|phone|telephone|number|line|cellphone)\ ?){{1,3}}
      [^.!?\n\d+]{{0,25}} (?P<phone>{_PHONE})
    | \b {_WHOSE} \ (?:\w+\ )? {_PRIVATE} \ address [^.!?\n]{{0,25}}? (?P<home>{_STREET})
    | \b {_WHO} \ (?:lives|is\ living|now\ lives|resides|moved)\ (?:at|in|to)\ (?P<lives>{_STREET})
    | \b (?:at|on)\ {_WHOSE}\ {_PRIVATE}\ (?:mobile|cell|phone|number|line)[^.!?\n\d+]{{0,15}} (?P<at>{_PHONE})
    | \b {_PRIVATE}\ (?:(?:mobile|cell|phone|number|address
        |line)\ ?){{1,3}}\ of\ {_NAME}[^.!?\n\d+]{{0,15}} (?P<of>{_PHONE}|{_STREET})
    """,
    re.VERBOSE,
)


_BIRTH_STEMS = stems("born|birth|dob|d.o.b|geburts|gebor|né le|née le|geb.")
_HEALTH_STEMS = stems(
    """diagnosed|cancer|tumo|leuk|lymphoma|melanoma|chemo|radio|radiation|burnout|burn-out|depress|anxiety|panic
bipolar|schizo|PTSD|ADHD
autism|eating dis|anorexia|diabet|HIV|hepatitis|tubercul|epilep|sclerosis|parkinson|alzheimer|dementia|heart|stroke
surgery|operation
miscarr|pregnan|IVF|rehab|alcohol|addict|mental|nervous|medication|kidney|chronic|crohn|lupus|covid|disab"""
)
_HOME_STEMS = stems("private|personal|home|privat|lives|living|resides|moved")


def births(text: str, start: int, end: int) -> Iterator[Secret]:
    """Dates of birth, day and year."""
    for match in _in_lines(_BIRTH, _BIRTH_STEMS, text, start, end):
        yield Secret(what="a date of birth", start=match.start(), end=match.end(), mask="")


def health(text: str, start: int, end: int) -> Iterator[Secret]:
    """Illnesses and the like of one person; "get well soon" and "patients with diabetes" tell of none."""
    for match in _in_lines(_HEALTH, _HEALTH_STEMS, text, start, end):
        if _SOMEBODY.match(match[0]) or not _NO_PERSON.match(match[0]):
            yield Secret(what="somebody's health", start=match.start(), end=match.end(), mask="")


def homes(text: str, start: int, end: int) -> Iterator[Secret]:
    """The private telephone number or address of somebody who is neither writer nor reader."""
    for match in _in_lines(_AT_HOME, _HOME_STEMS, text, start, end):
        what = "a private telephone number" if match["phone"] or match["at"] else "a private address"
        if not re.match(r"(?:[Yy]our|[Mm]y)\ (?!\w+['’])", match[0]):
            yield Secret(what=what, start=match.start(), end=match.end(), mask="")


def _in_lines(pattern: re.Pattern[str], needs: Stems, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for first, last in holding(text, start, end, needs):
        yield from pattern.finditer(text, first, last)
