"""Editions that a mail names apart from the document: `the Security Overview … I'll send version 3.0 of it`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.deal.sentences import Sentence, sentences
from app.checks.documents.editions import edition_of, family_of, without_edition
from app.checks.documents.mentions import Mention
from app.checks.turns import Turns
from app.checks.words import content_words
from app.core.facts import Document, Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_HANDS_OVER = compiled(
    r"\b(?:sen[dt]|shar(?:e|ed|ing)|forward(?:ed|ing)?|attach(?:ed|ing)?|enclos(?:e|ed|ing)|mail(?:ed|ing)?|giv(?:e"
    r"|ing)"
    r"|get(?:ting)?|have|receive|pass(?:ed|ing)?|hand(?:ed|ing)?|provid(?:e|ed|ing)|here(?: is|['’]s)|deliver|upload"
    r"|put"
    r"|find|includ(?:e|ed|ing)|drop|bring|suppl(?:y|ied)|use|read|rely|refer)\w*\b",
    re.IGNORECASE,
)
_EDITION = compiled(
    r"\b(?:(?:the|its|our|my|a|an|their) )?(?:(?:copy|edition|version|release|issue|one|pdf|file) )?"
    r"(?:(?:of|from|dated|is|number|no\.?|marked|,) )?"
    r"(?:(?:version|ver\.?|v|edition|release|revision|rev\.?) ?\d{1,3}(?:\.\d{1,3}){0,2}"
    r"|(?:\w+ )?20[0-4]\d(?: (?:version|edition|one|issue|release|copy))?|\d{1,2}\.\d{1,2})\b",
    re.IGNORECASE,
)
"""An edition without the name of what it is an edition of."""
_NOT_SHARED = Turns(
    r"\b(?:replac\w+|supersed\w+|instead of|rather than|no longer|not|outdated|old(?:er)?|delete|discard|ignore|bin"
    r"|since|unlike|compared|changed|than|until|upgrad\w+)\b",
    re.IGNORECASE,
)
"""Speaks of an old edition as old."""


def bare_editions(findings: Findings, facts: Facts) -> Iterator[Mention]:
    """Editions in sentences that hand something over, each with the name of the document that was spoken of last."""
    if not any(_EDITION.search(findings.text[start:end]) for start, end in findings.authored):
        return
    spoken_of: Document | None = None
    for sentence in sentences(findings):
        named = _named(sentence, facts)
        spoken_of = named or spoken_of
        if spoken_of is None or _NOT_SHARED.search(sentence.text) or not _HANDS_OVER.search(sentence.text):
            continue
        taken = [(day.start, day.end) for day in sentence.dates if day.grain != "year"]
        for found in _EDITION.finditer(sentence.text):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if edition_of(found[0]) and not any(first < end and start < last for first, last in taken):
                yield Mention(
                    name=f"{without_edition(spoken_of.title)} {found[0]}", statement=(sentence.start, sentence.end)
                )


def _named(sentence: Sentence, facts: Facts) -> Document | None:
    """The library's document whose whole name stands in the sentence; the longest name counts."""
    words = content_words(sentence.text)
    kin = [d for d in facts.library if (family := family_of(d.title)) and family <= words]
    return max(kin, key=lambda document: len(family_of(document.title)), default=None)
