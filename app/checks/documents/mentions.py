"""The documents that a draft speaks of or carries, and which of them one would look for in a library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePath

from app.checks.words import bag, content, content_words, names
from app.core.drafts import Attachment, Draft
from app.core.facts import Facts
from app.core.findings import AttachmentClaim, Commitment, Findings, Kind
from extractors.lazily import compiled

GENERIC = bag(
    """report document summary overview plan model guide list schedule sheet form study deck brief letter
    material doc documentation certificate certification paper attachment info information template"""
)
"""Words that say what kind of paper it is and not which one."""
_ALWAYS = bag(
    """soc2 whitepaper datasheet factsheet casestudy pricelist brochure pentest battlecard ebook catalogue
    catalog"""
)
"""What nobody writes for one mail."""
_QUALIFIED: Mapping[str, frozenset[str]] = {
    "report": bag(
        "audit analyst annual esg sustainability gartner forrester idc accessibility uptime availability transparency"
    ),
    "overview": bag("""security product company architecture platform integration compliance privacy"""),
    "brief": bag("security product solution"),
    "deck": bag("""product company pitch corporate security roadmap capability platform sales overview"""),
    "guide": bag(
        """implementation admin administrator user api integration buyer deployment installation developer operator
        quickstart started troubleshooting configuration operation hardening"""
    ),
    "reference": bag("api sdk developer command cli technical rest webhook schema configuration"),
    "documentation": bag("api sdk developer technical admin administrator user webhook rest"),
    "specification": bag("api sdk product webhook rest openapi"),
    "spec": bag("api sdk product webhook rest openapi"),
    "matrix": bag("compatibility feature support hardware browser device"),
    "catalogue": bag("training course product service"),
    "roadmap": bag("product platform"),
    "certificate": bag("iso iso27001 gdpr tisax hitrust insurance compliance security conformity pci hipaa"),
    "certification": bag("iso iso27001 gdpr tisax hitrust fedramp compliance security pci hipaa"),
    "policy": bag("security privacy"),
    "questionnaire": bag("caiq sig standard prefilled"),
    "onepager": bag("product security company integration"),
}
"""What comes from a library where one of these words says which it is; a `status report` is written by hand."""
_STANDING = compiled(
    r"\b(?:(?:disaster[- ]recovery|business[- ]continuity|incident[- ]response|crisis|contingency|emergency"
    r"|back-?up|dr|bc) (?:and \w+ )?(?:plan|policy|procedure|concept|strategy|handbook|runbook)"
    r"|bcp|drp|vpat|code of conduct|sub-?processors? list|list of (?:our |all )?(?:\w+ )?sub-?processors?"
    r"|accessibility (?:statement|conformance \w+)"
    r"|(?:certificate of insurance|(?:liability |cyber )?insurance (?:certificate|policy|confirmation))"
    r"|financial statements|annual accounts"
    r"|modern slavery statement|privacy (?:notice|statement)|vulnerability (?:scan|assessment)(?: \w+)?"
    r"|certificate of incorporation|acceptable use policy|support policy|release notes|product catalogu?e)\b",
    re.IGNORECASE,
)
"""Papers that a company has once, and for everybody."""
_OUR_PAPER = compiled(
    r"^(?:(?:a|the) (?:copy|pdf) of )?our (?:(?:own|latest|current|new|full) )?(?!own|latest|current|new|full)"
    r"(?:[\w&/-]+ ){1,3}?"
    r"(?:polic(?:y|ies)|statements?(?! of work)|procedures?|certificates?|certifications?|accreditations?|diagrams?"
    r"|concept|statistics|handbook|manual|runbook|charter|standards?)\b",
    re.IGNORECASE,
)
"""`Our data retention policy`: ours, and not this customer's."""
_THIS_PROJECT = compiled(
    r"\b(?:(?:for|of|with|in|at|on) your?|roll-?out|project|pilot|migration|test|training|onboarding|cutover|go-?live"
    r"|weekly|monthly|draft|joint|mutual|usage|price|pricing|discount|problem|opening|closing|bank|account|meeting"
    r"|data flow|target|interface)\b",
    re.IGNORECASE,
)
_BY_HAND = compiled(
    r"\b(?:revised|updated|amended|draft\w*|redlin\w*|your|custom\w*|tailored|bespoke|personali[sz]ed|signed"
    r"|countersigned|completed|filled|today['’]s|yesterday['’]s|this morning['’]s|answers?|(?<!incident )responses?"
    r"|comments?"
    r"|summar(?:y|ies|ising|izing) of(?! (?:(?:the|our|its) )?(?:latest |last )?(?:pen|soc|iso|security|audit))"
    r"|notes?|minutes|recap)\b",
    re.IGNORECASE,
)
_RECEIVER = compiled(r"\b(?:to|with) your \w+.*$", re.IGNORECASE)
"""`Our policy to your auditors`: theirs is who gets it."""
_MADE = compiled(
    r"\b(?:prepar|build|creat|draft|writ|mak|updat|revis|finish|complet|fill|compil|put\w* together|produc|finali[sz]"
    r"|review|work|customi[sz]|tailor|generat|design|assembl|edit|translat|answer)\w*\b",
    re.IGNORECASE,
)
_IN_THE_MAKING = compiled(r"\b(?:finali[sz]|prepar|writ|creat|build|draft|produc|compil)ing\b", re.IGNORECASE)
_SENT = compiled(
    r"send|shar|forward|shoot|e-?mail|mail|pass|fire|ping|hand|attach|enclos|drop|get|give|let|slip|pop|put|fling"
    r"|sling",
    re.IGNORECASE,
)
"""How a paper changes hands; a product is delivered, shipped or released."""
_MAY_BE_PAPER = frozenset({Kind.ROADMAP, Kind.RESOURCE, Kind.MEETING, Kind.FOLLOW_UP, Kind.OTHER})
_OF_ITS_OWN = compiled(
    r"\s*(?:[,;:–—(]|\s-)\s*(?:(?:so|and|but|as|since|because|where|though|hope|hopefully) )?"
    r"(?:(?:it|they|you|we|i|he|she|there|this|these|that|those)(?:['’]\w+|\s+(?:is|are|was|were|will|can|should|may"
    r"|have|has|had|need|want|asked|covers?|shows?|explains?|contains?|includes?|describes?|answers?|lists?|tells?|do"
    r"|does|find|see|helps?|goes|gives?|might|would|could))\b"
    r"|(?:please|just|let me|feel free|have a look|see|simply|note)\b"
    r"|(?:the|our|your|its?|their|his|her|all|each|both|most|every\w*|page|chapter|section|part|pages|chapters)\b"
    r"(?:\s+(?!that\b|which\b|who\b)[\w’'/&-]+){1,7}?(?<!\bit)(?<!\byou)(?<!\bwe)(?<!\bthey)(?<!\b[Ii])\s+"
    r"(?:is|are|was|were|will|can|should|may|covers?|shows?|explains?|contains?|describes?|tells?|begins?"
    r"|starts?)\b)",
    re.IGNORECASE,
)
"""Where a sentence runs on after the thing: `our reference, the part on imports is in chapter 2`."""
_AND = compiled(r"\s*(?:[+&,;]|\band\b)\s*|$", re.IGNORECASE)
_LOOSE_ARTICLE = compiled(r"an?\b", re.IGNORECASE)
_LOOSE_KINDS = frozenset({"onepager", "deck", "overview", "guide", "brief", "policy"})
"""A `deck` may well be made for the occasion; the `deck` is expected to exist."""
_DESCRIBED_BEHIND = frozenset({"onepager", "overview", "guide"})
_PREPOSITIONS = bag(
    """of for from with in on at by to into about regarding covering that which against versus vs between
    as under per"""
)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One document of a draft. `name` is the noun phrase, or the file's name for what is attached."""

    name: str
    statement: tuple[int, int] | None
    """Where it is spoken of, in the findings' text; None for a file that is only attached."""
    phrase: tuple[int, int] | None = None
    """Where the noun phrase itself stands, where that is known."""
    day: date | None = None
    """When it is to be sent, where that is later than now."""
    attached_as: str | None = None
    """The file's name, for a file that travels with the mail."""
    sha256: str | None = None
    """Of that file's bytes."""

    @classmethod
    def of(cls, file: Attachment) -> Mention:
        """An attached file, as a mention of what it is."""
        return cls(name=file.filename, statement=None, attached_as=file.filename, sha256=file.sha256)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The telling words of the phrase up to its first preposition, the head last.

        Of a `copy of our SOC 2 report` and a `summary of the penetration test` it is the thing behind the `of`.
        """
        words = names(_spaced(self.attached_as) if self.attached_as else self.name)
        ends = [n for n, word in enumerate(words) if n and word in _PREPOSITIONS] or [len(words)]
        head = content(words[: ends[0]])
        if set(head) <= GENERIC and words[ends[0] : ends[0] + 1] == ("of",):
            last = ends[1] if len(ends) > 1 else len(words)
            return content(words[ends[0] + 1 : last]) + head
        return head

    def comes_from_library(self, facts: Facts) -> bool:
        """Whether one would look for it in a library, rather than write it for this customer."""
        if self.attached_as or not self.words or set(self.words) & _customers_names(facts):
            return False
        if _OUR_PAPER.search(self.name):
            return not _THIS_PROJECT.search(self.name)
        head, others = self.words[-1], frozenset(self.words[:-1])
        if head in _LOOSE_KINDS and _LOOSE_ARTICLE.match(self.name):
            return False
        if _STANDING.search(self.name) and not _THIS_PROJECT.search(self.name):
            return True
        if head in _DESCRIBED_BEHIND:
            # `A one-pager on security` is a security one-pager.
            others |= frozenset(content(names(self.name)))
        if head in _ALWAYS or (head in GENERIC and others & _ALWAYS):
            return True
        return bool(others & _QUALIFIED.get(head, frozenset()))


def mentions(draft: Draft, findings: Findings) -> Iterator[Mention]:
    """What is promised, what is said to be attached, and what is attached; nothing that is made for this mail."""
    for commitment in findings.commitments:
        thing = commitment.object
        if thing and changes_hands(commitment) and not _is_made(commitment, thing):
            yield from _named(commitment, thing, commitment.due_day)
    for claim in findings.attachments:
        if claim.document:
            yield from _named(claim, thing_itself(claim.document), None)
    for file in draft.attachments:
        yield Mention.of(file)


def thing_itself(phrase: str) -> str:
    """The words for a thing, without a sentence that runs on behind them."""
    goes_on = _OF_ITS_OWN.search(phrase)
    return phrase[: goes_on.start()] if goes_on and goes_on.start() else phrase


def changes_hands(commitment: Commitment) -> bool:
    """Whether a paper is promised. A roadmap is news of the product, and a resource no paper, unless it is sent."""
    if commitment.kind in _MAY_BE_PAPER:
        return bool(commitment.action and _SENT.match(commitment.action))
    return commitment.kind is Kind.DELIVERABLE


def _is_made(commitment: Commitment, thing: str) -> bool:
    before = commitment.text.partition(thing)[0]
    return bool(_MADE.search(commitment.action or "") or _IN_THE_MAKING.search(before))


def _named(finding: Commitment | AttachmentClaim, phrase: str, day: date | None) -> Iterator[Mention]:
    """One mention for each part of `the SOC 2 report and the data sheet`."""
    at = finding.text.find(phrase)
    begin = 0
    for separator in _AND.finditer(phrase):
        name, start = phrase[begin : separator.start()], finding.start + at + begin
        begin = separator.end()
        if name and not _BY_HAND.search(_RECEIVER.sub("", name)):
            yield Mention(
                name=name,
                statement=(finding.start, finding.end),
                phrase=(start, start + len(name)) if at >= 0 else None,
                day=day,
            )


def _spaced(filename: str) -> str:
    """`Acme_PriceList-v2.pdf` as words."""
    return re.sub(r"[_\-.]+|(?<=[a-z])(?=[A-Z])", " ", PurePath(filename).stem)


def _customers_names(facts: Facts) -> frozenset[str]:
    parties = [facts.account, *(recipient.contact for recipient in facts.recipients)]
    return content_words(" ".join(party.name for party in parties if party))
