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
    r"|find|includ(?:e|ed|ing)|drop|bring|suppl(?:y|ied)|use|read|rely|refer)(?:s|es|ing|r?ed)?\b",
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


_THEY_HAVE = compiled(
    r"\b(?:you|they|he|she|your (?:[\w-]+ ){1,3}?|their (?:[\w-]+ ){1,3}?)(?:['’](?:re|ve|s))? ?"
    r"(?:(?:still|only|already|probably|may|might|currently|just|just|happen to|seem to|all|have|has|had|are|is) )*"
    r"(?:have|has|had|found|find|finds|use|uses|using|read|reading|got|received|downloaded|quote[ds]?|cite[ds]?"
    r"|looking at|working (?:from|with)|saw|keep|keeps|mention(?:ed)?)\b"
    r"(?:(?!\b(?:i|we|i['’]m|i['’]ll)\b)[^.;:!?]){0,50}$",
    re.IGNORECASE,
)
"""What the reader has or has read is not what they get."""


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
        for found in _handed_over(sentence.text):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if edition_of(found[0]) and not any(first < end and start < last for first, last in taken):
                yield Mention(
                    name=f"{without_edition(spoken_of.title)} {found[0]}", statement=(sentence.start, sentence.end)
                )


def _handed_over(text: str) -> list[re.Match[str]]:
    """The editions of a sentence; of several, those that stand nearest behind words that hand something over.

    `As you found only the 2.9, I am attaching 3.1` hands over one of the two.
    """
    editions = [found for found in _EDITION.finditer(text) if edition_of(found[0])]
    if len({edition_of(found[0]) for found in editions}) < 2:
        return [found for found in editions if not _THEY_HAVE.search(text[: found.start()])]
    verbs = [verb.end() for verb in _HANDS_OVER.finditer(text) if not _THEY_HAVE.search(text[: verb.end()] + " ")]
    return [
        found
        for number, found in enumerate(editions)
        if any((editions[number - 1].end() if number else 0) <= verb <= found.start() for verb in verbs)
    ]


def _named(sentence: Sentence, facts: Facts) -> Document | None:
    """The library's document whose whole name stands in the sentence; the longest name counts."""
    words = content_words(sentence.text)
    kin = [d for d in facts.library if (family := family_of(d.title)) and family <= words]
    return max(kin, key=lambda document: len(family_of(document.title)), default=None)
