"""Which sentences promise or accept legal terms, and which only speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.deal.sentences import Sentence, sentences
from app.core.findings import Findings

_TERMS = {
    "liability": r"liabilit(?:y|ies)|\bliable\b|consequential damages",
    "indemnity": r"indemni\w+|hold you harmless|hold \w+ harmless",
    "service levels": r"\bslas?\b(?! (?:credits?|report|dashboard))",
    "service credits": r"(?:service|sla|uptime|downtime) credits?|liquidated damages"
    r"|(?:contractual |sla )penalt(?:y|ies)"
    r"|penalty clauses?",
    "payment terms": r"net[- ]?(?:\d{2,3}|thirty|forty-five|sixty|ninety)\b|payment (?:terms?|period|schedule)"
    r"|(?:\d{2,3}|thirty|forty-five|sixty|ninety)(?:[- ]days?)? (?:days )?(?:to pay|(?:payment )?terms)"
    r"|pay(?:able)? (?:us )?(?:in|within|after) "
    r"(?:\d{2,3}|thirty|forty-five|sixty|ninety) days|instal?ments|(?:quarterly|monthly) (?:payments?"
    r"|billing|invoic\w+)"
    r"|pay (?:us )?(?:quarterly|monthly)|pay(?:ment)? in arrears",
    "data processing": r"\bdpa\b|data[- ]processing|\bgdpr\b|sub-?processors?|data residency"
    r"|standard contractual clauses"
    r"|\bsccs?\b|\bhipaa\b|\bbaa\b|business associate agreement|data protection (?:agreement|addendum|terms)",
    "termination": r"terminat\w+|(?:opt[- ]out|break|exit) (?:clause|right|option)|(?:cancel|walk away|leave|get out"
    r"|end the contract) at any time"
    r"|notice period",
    "governing law": r"governing law|governed by|jurisdiction|arbitration",
    "intellectual property": r"intellectual property|\bip (?:ownership|rights|clause|assignment)"
    r"|source[- ]code escrow"
    r"|\bescrow\b|own(?:s|ership of)? (?:the|all|any) (?:code|work product|deliverables)",
    "exclusivity": r"exclusiv(?:e|ity)\b(?! (?:offer|discount|price|deal|event|invit|look|access|webinar))"
    r"|most[- ]favou?red[- ]\w+",
    "warranty": r"warrant(?:y|ies)\b|\bwarrants?\b",
    "contract terms": r"redlines?|mark-?ups?\b|\bclauses?\b|(?:your|the) (?:\w+ )?(?:legal |contract(?:ual)? )terms"
    r"|terms (?:and|&) conditions"
    r"|your (?:paper|msa|master (?:services? )?agreement|template)|contract (?:language|wording|changes)"
    r"|audit rights?",
}
_TERM = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TERMS.items()}
_WE = r"\b(?:we|i)(?:['’](?:ll|re|d|m|ve))?"
_WE_WILL = (
    r"(?:\b(?:we|i)(?:['’](?:ll|d)| will| can| could| would| shall|(?:['’](?:re|m)| are"
    r"| am) (?:\w+ )?(?:to|going to))"
    r"|\b(?:happy|glad|willing|prepared|pleased|able|ready) to|\bsure, we can)"
)
_ASSENT = re.compile(
    rf"{_WE}(?: \w+)? (?:accept\w*|agree\w*|confirm\w*|commit\w*|grant\w*|sign(?:ed)?|indemnify|warrant"
    rf"|waive|guarantee\w*)\b"
    rf"|{_WE_WILL}(?: \w+){{0,2}}? (?:accept|agree|confirm|commit|grant|offer|give|provide|sign"
    rf"|countersign|include|add|cap"
    r"|limit|raise|lift|remove|drop|strike|extend|indemnify|hold|warrant|assume|take (?:on|over|out)|live with|match"
    r"|guarantee|waive|change|amend|move|stretch|allow|let|go|increase|double|put|write|build|follow|adopt|use"
    r"|accommodate|make|do|be (?:fully |solely )?liable|comply)\b"
    rf"|{_WE}(?: have)? no (?:issue|problem|objection)s?\b|{_WE}(?: are| am)? (?:fine|ok(?:ay)?|happy"
    rf"|comfortable|good) with\b"
    r"|\bconsider\b[^.;!?]{0,60}\b(?:accepted|agreed|approved|done)\b"
    r"|\b(?:is|are|looks?|sounds?)(?: all| perfectly| totally| absolutely)? (?:fine|ok(?:ay)?|good|acceptable|agreed"
    r"|accepted|approved|no problem)\b|\bworks? (?:fine |well )?for (?:us|me)\b|\bno (?:problem"
    r"|objections?)\b(?! so far)"
    r"|^\s*(?:agreed|accepted|approved|yes|okay?|done|deal|fine)\b"
    r"|\b(?:will|shall) be (?:capped|unlimited|limited|governed|payable)\b",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"\byou(?:['’]ll| will| can| may)? (?:also )?(?:have|get|pay|own|terminate|cancel|keep|receive|walk away)\b"
    r"|\b(?:is|are) yours\b",
    re.IGNORECASE,
)
_IN_WRITING = frozenset({"data processing", "contract terms", "indemnity"})
"""Terms that one gets as a document: "you'll get the DPA on Friday" grants nothing."""
_OPEN = re.compile(
    r"\b(?:legal|counsel|lawyers?|attorneys?|procurement)(?: team| department)?(?:['’]s)? (?:is|are|will"
    r"|has|have|needs?|must|still|would|wants?|to)\b"
    r"|\b(?:review|look(?:ing)? (?:at|into|over)|check(?:ing)?|discuss\w*|clarify|forward|pass|share|ask"
    r"|raise|come back|get back"
    r"|talk|follow up|find out|walk\w* (?:you )?through|explain|run (?:it|this|that|them) (?:by|past)"
    r"|take (?:it|this|that|them) to|escalate|compare|summari[sz]e|go (?:through|over))\b"
    r"|\b(?:send|sending|attach\w*|circulate|deliver|prepar\w+|draft)\b|\bsubject to\b|\bonce (?:legal|our"
    r"|counsel|the lawyers)\b|\bif (?:our )?(?:legal|counsel)\b"
    r"|\bpending\b|\bpropos\w+\b(?! to accept)|\bhope\b",
    re.IGNORECASE,
)
"""What leaves a term open: it is looked at, talked about or sent, and not accepted."""
_REFUSED = re.compile(
    r"\b(?:can(?:no|['’])t|can not|cannot|could(?:n['’]t| not)|won['’]t|will not|unable|not able"
    r"|not in a position|isn['’]t|is not|aren['’]t|are not|don['’]t"
    r"|do not|doesn['’]t|does not|never|unfortunately|afraid|no (?:liability"
    r"|responsibility))\b(?! (?:be )?(?:a problem|an issue))(?! (?:have|see) (?:a|any) (?:problem|issue"
    r"|objection))",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:as (?:stated|set out|agreed|per|defined|described)|per (?:the|your|our) (?:contract|agreement"
    r"|order)|invoice|overdue|remittance)\b",
    re.I,
)
"""Reminds of what is agreed already."""
_PIECE = re.compile(
    r"[;\n–—]|,\s(?=(?:but|and (?:we|i|our|legal)|so|while|whereas)\b)|\bbut\b|\bhowever\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalTerm:
    """A legal term that the mail promises or accepts."""

    name: str
    start: int
    end: int
    """Of its piece of the sentence, in the findings' text."""
    text: str


def legal_terms(findings: Findings) -> Iterator[LegalTerm]:
    """The legal terms that the mail binds its sender to, at most one for each piece of a sentence."""
    for sentence in sentences(findings):
        if not sentence.is_question:
            yield from _terms(sentence)


def _terms(sentence: Sentence) -> Iterator[LegalTerm]:
    for start, end in _pieces(sentence.text):
        piece = sentence.text[start:end]
        name = next((name for name, pattern in _TERM.items() if pattern.search(piece)), None)
        if name and _binds(piece, name):
            words = piece.strip(" ,.")
            begin = sentence.start + start + piece.index(words)
            yield LegalTerm(name=name, start=begin, end=begin + len(words), text=words)


def _binds(piece: str, name: str) -> bool:
    granted = name not in _IN_WRITING and _GRANTED.search(piece)
    left_open = any(pattern.search(piece) for pattern in (_OPEN, _REFUSED, _STANDING))
    return bool(granted or _ASSENT.search(piece)) and not left_open


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _PIECE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)
