"""Words as the checks compare them: without endings, and with one name for what has many.

`SOC 2 report`, `SOC2` and `compliance report` are all `soc2`; `MSA` is `master services agreement`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from extractors.lazily import compiled


def bag(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "soc2": ("soc 2", "soc2", "soc ii", "compliance report", "soc audit"),
    "iso27001": ("iso 27001", "iso27001", "iso iec 27001"),
    "type1": ("type 1", "type i"),
    "type2": ("type 2", "type ii"),
    "msa": ("master service agreement", "master agreement"),
    "nda": ("non disclosure agreement", "nondisclosure agreement", "confidentiality agreement"),
    "dpa": ("data processing agreement", "data processing addendum"),
    "sow": ("statement of work", "work order"),
    "sla": ("service level agreement",),
    "rfp": ("request for proposal", "rfp questionnaire", "rfi", "tender question"),
    "sso": ("single sign on", "saml", "sso saml", "oidc", "openid connect"),
    "poc": ("proof of concept",),
    "sandbox": ("test environment", "staging environment", "trial environment", "sandbox environment"),
    "trial": ("evaluation", "evaluation end date", "trial period", "pilot"),
    "roi": ("business case", "payback", "roi analysis", "return on investment"),
    "csm": ("customer success manager", "success manager"),
    "cto": ("chief technology officer",),
    "cfo": ("chief financial officer",),
    "minutes": ("the minute", "meeting minute", "meeting note", "minute from", "call note", "note from"),
    "securityreview": ("security review", "infosec", "security call", "security assessment"),
    "pentest": ("pen test", "penetration test", "pentest"),
    "whitepaper": ("white paper",),
    "datasheet": ("data sheet", "spec sheet"),
    "factsheet": ("fact sheet",),
    "casestudy": ("case study", "customer story", "success story"),
    "onepager": ("one pager", "1 pager"),
    "pricelist": (
        "price list",
        "pricing sheet",
        "pricing schedule",
        "rate card",
        "price sheet",
        "price schedule",
    ),
    "deck": ("slide", "slide deck", "presentation", "powerpoint"),
    "documentation": ("doc", "docu"),
    "guide": ("handbook", "manual", "playbook"),
    "quote": ("quotation", "pricing", "price quote"),
    "seat": ("licence", "license", "user licence"),
    "reference": ("customer reference", "reference customer", "reference call"),
    "demounit": ("demo unit", "demo device", "evaluation unit", "evaluation device", "demo tablet"),
    "history": ("historical data", "old data", "old record", "historical record", "legacy data"),
    "training": ("trainer", "onsite training", "on site training"),
    "discount": ("percent off", "percent discount", "percent reduction", "rebate", "price reduction"),
    "kickoff": ("kick off", "kick-off"),
    "invoice": ("bill",),
    "timeline": ("project plan", "rollout plan", "roll out plan", "implementation plan"),
    "bug": ("defect", "problem", "issue"),
}
"""The one name, and the other ways to say it; each way in lower case, without endings."""

_STOP = bag(
    """a an the this that these those it its he him his her she they them their theirs our ours we us you
    your yours i me my mine to of for from with in on at by into over about per via as and or but so if
    when once while until before after than then there here is are be been was were am will would shall
    should can could may might must do does did have has had get got let not no yes please also just
    still only now soon again back up out off down away along through all any some each both few several
    more most other another same own such which who whom whose what how ll ve re d s t m one two three
    four five six seven eight nine ten twenty thirty forty fifty hundred thousand sure able go going
    come next last week day month year quarter today tomorrow tonight morning afternoon evening monday
    tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun eod cob january
    february march april june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec end early late mid weekend hour minute percent"""
)
_FRESHNESS = bag(
    """latest current updated revised new newest final full complete signed countersigned attached promised
    requested actual entire detailed short quick brief named dedicated mutual said relevant necessary
    copy version pdf file"""
)
_TOKEN = compiled(r"[a-z0-9]+(?:\.\d+)?")
_PERCENTAGE = compiled(r"\b[\w.,]{1,12}[ -]?(?:%|per ?cent\b|pct\b)")


def lemma(word: str) -> str:
    """The word without the ending of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def names(text: str) -> tuple[str, ...]:
    """Every word of the text in order, as one name for each thing, function words included.

    A percentage is the word `percent`: how much it is is a slot to compare, and no part of what a thing is.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'s", "")
    plain = _PERCENTAGE.sub(" percent ", plain)
    return _named([lemma(token) for token in _TOKEN.findall(plain)])


def content(names_in_order: Iterable[str]) -> tuple[str, ...]:
    """Only the words that tell one thing from another."""
    return tuple(w for w in names_in_order if w not in _STOP and w not in _FRESHNESS)


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, numbers included."""
    return frozenset(content(names(text)))


def numbers(words: Iterable[str]) -> frozenset[str]:
    """What among the words is a number: a year, a size, a version."""
    return frozenset(w for w in words if w.replace(".", "").isdigit() or w in {"type1", "type2"})


def _named(tokens: list[str]) -> tuple[str, ...]:
    found, at = [], 0
    while at < len(tokens):
        for length in range(_LONGEST, 0, -1):
            phrase = tuple(tokens[at : at + length])
            if phrase in _NAMES and len(phrase) == length:
                found.append(_NAMES[phrase])
                break
        else:
            length = 1
            found.append(tokens[at])
        at += length
    return tuple(found)


_NAMES: Mapping[tuple[str, ...], str] = {
    tuple(lemma(word) for word in way.replace("-", " ").split()): name
    for name, ways in SYNONYMS.items()
    for way in ways
}
_LONGEST = max(len(way) for way in _NAMES)
