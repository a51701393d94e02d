"""The files that a mail's claims ask for: how many, of what kind, and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.checks.documents.filenames import ANY_FORM, ARCHIVES, PICTURES, RECORDINGS, SHEETS, SLIDES, TEXTS, tokens
from app.checks.documents.mentions import GENERIC, thing_itself
from app.checks.words import SYNONYMS, bag, content_words
from app.core.findings import AttachmentClaim
from extractors.lazily import compiled

FORMATS = {
    "pdf": frozenset({".pdf"}),
    "word": TEXTS,
    "docx": TEXTS,
    "excel": SHEETS,
    "xlsx": SHEETS,
    "spreadsheet": SHEETS,
    "workbook": SHEETS,
    "powerpoint": SLIDES,
    "pptx": SLIDES,
    "csv": frozenset({".csv", ".tsv"}),
    "zip": ARCHIVES,
    "archive": ARCHIVES,
    "screenshot": PICTURES | {".pdf"},
    "recording": RECORDINGS,
}
"""Words that name a file's form; a file of another form is not meant."""
USUAL = {
    "deck": SLIDES,
    "slide": SLIDES,
    "presentation": SLIDES,
    "calculator": SHEETS,
    "model": SHEETS,
    "picture": PICTURES,
    "photo": PICTURES,
    "photograph": PICTURES,
    "image": PICTURES,
    "screenshot": PICTURES,
    "diagram": PICTURES | {".vsdx", ".drawio"},
    "drawing": frozenset({".dwg", ".dxf", ".step", ".stp", ".vsdx"}),
    "recording": RECORDINGS,
}
"""Words for what mostly has this form, though it may have another."""
CARRIED_AS = {
    "invite": frozenset({".ics"}),
    "invitation": frozenset({".ics"}),
    "calendar": frozenset({".ics"}),
    "vcard": frozenset({".vcf"}),
    "card": frozenset({".vcf"}),
}
"""Words by which even a file that rides along is meant."""
_EMPTY = bag(
    "attached enclosed annexed appended attachment enclosure following herewith it them one both pfa below new"
)
_FILE_NAME = compiled(
    r"(?<![\w/@])[\w&+#%~-][\w&+#%~(). -]{0,100}?"
    rf"(?:{'|'.join(re.escape(suffix) for suffix in sorted(ANY_FORM, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_COUNTED = compiled(
    r"(?:(?:the|our|my|these|those|all|attached|following)[ ])*"
    rf"(?P<number>{'|'.join(_NUMBERS)})[ ](?:(?!an?\b)[\w-]+[ ]){{0,3}}?"
    r"(?:deck|file|pdf|contract|version|document|doc|drawing|spreadsheet|workbook|photo|picture|photograph|image|quote"
    r"|quotation|invoice|letter|certificate|form|sheet|report|proposal|agreement|draft|presentation|brochure|datasheet"
    r"|attachment|screenshot|addendum|option|offer|worksheet|receipt|nda|msa|sow)s\b",
    re.IGNORECASE,
)
_AND = compiled(r",?[ ](?:and|plus|as well as|together with|along with)[ ]|[ ]?[+&][ ]?|[;,][ ]", re.IGNORECASE)
_DETERMINED = compiled(r"(?:the|our|my|an?|your|two|three|both|its|their|[A-Z]{2,5}\b)", re.IGNORECASE)
_INSIDE = compiled(r"\b(?:on|of|to|between|with|in|from|for|about|covering|against|regarding)\b", re.IGNORECASE)
_RELATIVE = compiled(r"\s(?:(?:that|which)\s)?(?:you|we|i|they|he|she)(?:['’]\w+)?\s.*$", re.IGNORECASE)
"""`The data sheet you asked for` is a data sheet."""
_AS_FORMAT = compiled(r"[ ](?:as|in)[ ](?:an?[ ])?(?P<format>pdf|word|excel|powerpoint|csv|zip)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One document that a claim says is there. `phrase` is empty where the claim names none ("see attached")."""

    claim: AttachmentClaim
    phrase: str
    count: int = 1
    form: str = ""
    """A word for the form that the claim names outside of the phrase ("is attached as a PDF")."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """File names within the phrase."""
        return tuple(found[0].strip() for found in _FILE_NAME.finditer(self.phrase))

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(token for token in tokens(self.phrase) if token not in _EMPTY)

    @cached_property
    def words(self) -> frozenset[str]:
        """What tells this document from others, by the names that all checks use."""
        return content_words(self.phrase) - _EMPTY - frozenset(FORMATS)

    @cached_property
    def forms(self) -> frozenset[str] | None:
        """The endings that are possible, or None where any is."""
        named = [FORMATS[word] for word in (*self.tokens, self.form) if word in FORMATS]
        return frozenset.union(*named) if named else None

    @property
    def is_unnamed(self) -> bool:
        """Whether any file will do, or any of the right form."""
        return not self.words - GENERIC and not self.names


def wanted_of(claim: AttachmentClaim, following: str) -> Iterator[Wanted]:
    """Each document of a claim; `following` is the text right behind it ("… as a PDF")."""
    document = thing_itself(claim.document or "")
    form = _AS_FORMAT.search(claim.text.partition(document)[2] if document else claim.text) or _AS_FORMAT.match(
        following
    )
    for phrase in _parts(document):
        counted = _COUNTED.match(phrase)
        yield Wanted(
            claim=claim,
            phrase=phrase,
            count=_NUMBERS[counted["number"].lower()] if counted else 1,
            form=form["format"].lower() if form else "",
        )


def _parts(document: str) -> Iterator[str]:
    """The documents of `the quote and the order form`; `comments on the MSA and the DPA` are one."""
    begin = 0
    for joint in _AND.finditer(document):
        if _are_two(document[begin : joint.start()], document[joint.end() :], joint[0]):
            yield document[begin : joint.start()]
            begin = joint.end()
    yield document[begin:]


def _are_two(part: str, rest: str, joint: str) -> bool:
    """Whether each side stands for a document: not `a clean` and `redlined version`, nor a file and its name."""
    if _FILE_NAME.search(part):
        return bool(_FILE_NAME.match(rest) or _DETERMINED.match(rest))
    if joint.startswith((",", ";")) and _FILE_NAME.match(rest):
        return False
    part = _RELATIVE.sub("", part)
    last = (tokens(part) or ("",))[-1]
    names_a_thing = last in GENERIC or last in USUAL or last in FORMATS or last in _THINGS
    return names_a_thing and bool(_DETERMINED.match(rest)) and not _INSIDE.search(part)


_THINGS = frozenset(SYNONYMS) | bag(
    """quote quotation contract agreement addendum proposal offer order msa nda dpa sow draft version letter
    certificate questionnaire redline minute agenda file memo map drawing workbook resume cv license policy sheet
    schedule timeline"""
)
