"""Whom a document was made for, by what stands in it. A customer who is merely spoken of is not whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.documents.customers import Customer, plain
from extractors.lazily import compiled

_HEAD = 600
"""Characters in which a document says what it is."""
_HEADLINES = 6
_LONGEST_HEADLINE = 110
_BEFORE = 180
"""Characters before a name that may say what the document has to do with it."""
_BEHIND = 90
_MOST_PLACES = 40
"""Of one name; a text has said by then what it has to say of it."""
_OFTEN = 3

_MADE = (
    r"(?:prepared|created|written|produced|customi[sz]ed|tailored|designed|compiled|drawn up|issued|submitted"
    r"|presented|developed|personali[sz]ed|drafted|proposed|quoted|configured|put together|intended|meant|valid"
    r"|reserved)"
)
_SOLELY = r"(?:(?:exclusively|specially|specifically|solely|only|especially|expressly|by [^\n.;]{2,40}?)[ ]+)?"
_KINDS = (
    r"(?:proposal|quote|quotation|offer|pricing|prices?|price ?list|price schedule|rate card|order form|order"
    r"|discounts?|statement of work|sow|agreement|contract|msa|nda|dpa|addendum|terms|roll-?out|implementation"
    r"|migration|project|plan|business case|roi|assessment|audit|analysis|minutes|meeting notes|renewal|invoice"
    r"|estimate|workshop|scope"
    r"|statement|account plan|success plan|forecast|solution design|architecture|requirements|questionnaire)"
)
_THIS = r"(?:this|the|our|your|enclosed|following)[ ](?:[\w-]+[ ]){0,3}?"
_JOINT = r"[ \t]*[:|,;\t\n]?[ \t\n]*(?:the[ ])?"
_FOR = compiled(
    rf"(?:(?P<lead>[\n|•:–—(*#>]|\.[ ])[ \t]*|{_THIS}(?:is|was|were|are|has been|have been)[ ])"
    rf"{_SOLELY}{_MADE}[ ]+{_SOLELY}(?:for|to)[ ]*(?:the use (?:of|by))?{_JOINT}(?:[^\n,:]{{2,40}},[ ]*)?$"
)
"""`Prepared for`, at the beginning of a line or sentence; `This proposal was prepared exclusively for`."""
_ADDRESS = compiled(
    rf"[\n|•\t][ \t*#>-]*(?:bill(?:ed|ing)?[ -]to|ship(?:ped|ping)?[ -]to|sold[ -]to|deliver(?:ed|y)?[ -]to"
    rf"|invoiced?[ -]to|quoted?[ -](?:to|for)|licen[cs]ee|subscriber|buyer|purchaser|attn\.?|attention|addressee"
    rf"|made[ -]out[ -]to|exclusively for|end user)"
    rf"(?:[ ]name)?[ \t]*{_JOINT}(?:[^\n,:]{{2,40}},[ ]*)?$"
)
_FIELD = compiled(
    r"[\n|•\t][ \t*#>-]*(?:customer|client|account|company|organi[sz]ation|prospect|opportunity|deal|project|to"
    r"|for|recipient|contracting party)(?:[ ]name)?[ \t*]*[:|,;\t][ \t*]*(?:[^\n,:]{2,40},[ ]*)?$"
)
_GREETING = compiled(r"\n[ \t]*(?:dear|hello|hi|welcome),?[ ](?:the[ ])?$")
_GREETED = compiled(r"^(?:[ ]team)?[,!:\n]")
_SECRET_BEFORE = compiled(
    r"(?:confidential (?:to|for|information of)|proprietary to|exclusive(?:ly)? (?:to|for)|property of"
    r"|private to|for the (?:sole|exclusive|internal) use (?:of|by)|(?:only|solely) for|licensed to"
    r"|restricted to)[ ]+(?:the[ ])?$"
)
_SECRET_BEHIND = compiled(
    r"^(?:['’]s?)?[ ,]*[-–—|:(]?[ ]*(?:strictly[ ])?(?:only\b|eyes only|internal\b|confidential\b|use only)"
)
_PARTY = compiled(
    r"^[^\n.;]{0,60}?\(?(?:the|hereinafter|hereafter|referred to as|“|\"|')[^\n.;()]{0,25}"
    r"(?:customer|client|licensee|subscriber|buyer|purchaser|receiving party|disclosing party)\b"
)
_BETWEEN = compiled(r"\bbetween\b[^.;]{0,150}$")
_BOUND = compiled(r"^(?:['’]s?)?[ ](?:shall|agrees|undertakes|is obliged|must pay|will pay)\b")
_REFERENCE = compiled(
    r"case stud(?:y|ies)|success stor|customer stor|testimonial|reference (?:customers?|clients?|list|sites?)"
    r"|reference projects?|customer references|\breferences:|press release|webinar|trusted by|our customers"
    r"|customers include|clients include|who uses|how [^\n]{2,60}(?:cut|saved?|reduced?|gained|doubled|improved?"
    r"|moved|switched|uses)\b|newsletter|award|blog"
)
_TITLE_LINES = 2
_ENTITLED = compiled(r"\b(?:for|to)[ ](?:the[ ])?$")
"""`Route planning for Nordwerk`, as a title."""
_TOGETHER = compiled(r"[^\W_][ ][x×][ ][^\W_]")
"""`Nordwerk x Ours`."""
_OTHER_WORDS = compiled(r"[^\W_]{4,}")
"""A name that stands alone on a line may have its legal form with it, and no more."""
_STORY = compiled(r"industry|challenge|results?\b|solution\b|quote from|testimonial|success|reference")
_NARRATED = compiled(r"^,?[ ](?:in (?:19|20)\d\d|last (?:year|month|quarter)|and (?:others|many)|which|who)\b")
_KIND = compiled(rf"\b{_KINDS}\b")
_TERMS = compiled(r"price|discount|amount|\barr\b|\bmrr\b|\bacv\b|\btcv\b|value|margin|fee\b|rate\b|revenue|cost")
_WHO = compiled(r"customer|client|account|company|prospect")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """What in a document speaks for a customer. `certain`: it says so itself."""

    customer: Customer
    words: str
    certain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A document's text, to be searched for names."""

    text: str
    plain: str
    is_reference: bool
    is_business: bool

    @classmethod
    def of(cls, text: str, title: str) -> Page:
        """The text, with its title as its first line."""
        whole = f"{title}\n{text}" if title and not text.startswith(title) else text
        small = plain(whole)
        head = small[:_HEAD]
        return cls(
            text=whole,
            plain=small,
            is_reference=_REFERENCE.search(head) is not None,
            is_business=_KIND.search(head) is not None,
        )


def trace(page: Page, customer: Customer, own: tuple[Customer, ...]) -> Trace | None:
    """The best sign that the document was made for the customer, or None where it only speaks of it.

    `own` are the readers' companies.
    """
    signs = list(_signs(page, customer, tuple(reader for reader in own if reader.account.id != customer.account.id)))
    return max(signs, key=lambda sign: sign.certain, default=None)


def _signs(page: Page, customer: Customer, own: tuple[Customer, ...]) -> Iterator[Trace]:
    places = [found for _, found in zip(range(_MOST_PLACES), customer.pattern.finditer(page.plain), strict=False)]
    for place in places:
        before, behind = (
            page.plain[max(0, place.start() - _BEFORE) : place.start()],
            page.plain[place.end() :][:_BEHIND],
        )
        if _is_made_for(page, before, behind, place.start()) or _is_headline(page, place, own):
            yield Trace(customer=customer, words=_line(page.text, place.start()), certain=True)
        elif _is_bound(page, before, behind, own) or _is_row_of_terms(page, place.start()):
            yield Trace(customer=customer, words=_line(page.text, place.start()), certain=False)
    if len(places) >= _OFTEN and page.is_business and not page.is_reference and own and not _names(page, own):
        words = f"{customer.account.name} {len(places)} times, and never {own[0].account.name}"
        yield Trace(customer=customer, words=words, certain=False)


def _is_made_for(page: Page, before: str, behind: str, start: int) -> bool:
    # A text's very beginning is the beginning of a line.
    lead = before if start > len(before) else "\n" + before
    made = _FOR.search(lead)
    if made is not None and not (made["lead"] == "\n" and _runs_on(page.text, start - len(made[0]) + 1, behind)):
        return True
    if any(pattern.search(lead) for pattern in (_ADDRESS, _SECRET_BEFORE)):
        return True
    if _SECRET_BEHIND.match(behind) or (_GREETING.search(lead) and _GREETED.match(behind)):
        return True
    return _FIELD.search(lead) is not None and not page.is_reference and not _STORY.search(behind)


def _runs_on(text: str, at: int, behind: str) -> bool:
    """Whether a line goes on with the sentence of the line before: `the plan that we / prepared for them in 2024`."""
    above = text[: max(0, at - 1)].rstrip()[-1:]
    begun = above.islower() or above == ","
    return begun and (text[at : at + 3].lstrip()[:1].islower() or _NARRATED.match(behind) is not None)


def _is_headline(page: Page, place: re.Match[str], own: tuple[Customer, ...]) -> bool:
    """Whether the name stands among the first lines: with what is written for one customer, alone, or as its end."""
    above = page.plain[: place.start()].count("\n")
    if page.is_reference or above >= _HEADLINES:
        return False
    line = _line(page.plain, place.start())
    alone = page.is_business and not _OTHER_WORDS.search(line.replace(place[0], ""))
    is_title = above < _TITLE_LINES
    entitled = is_title and (_TOGETHER.search(line) is not None or _ends_with(line, place[0]))
    so_far = "\n".join(page.plain.split("\n", above + 1)[: above + 1])
    if len(line) > _LONGEST_HEADLINE or any(customer.pattern.search(so_far) for customer in own):
        return False
    return bool(_KIND.search(line) or alone or entitled)


def _ends_with(line: str, name: str) -> bool:
    return line.endswith(name) and _ENTITLED.search(line.removesuffix(name)) is not None


def _is_bound(page: Page, before: str, behind: str, own: tuple[Customer, ...]) -> bool:
    """Whether the name is a party's to an agreement, and the reader's company is not."""
    if not page.is_business or page.is_reference:
        return False
    sentence = before + behind.partition("\n\n")[0]
    party = _PARTY.match(behind) or (_BETWEEN.search(before) and "agreement" in page.plain[:_HEAD])
    together = any(customer.pattern.search(sentence) for customer in own)
    return (party is not None and bool(party) and not together) or _BOUND.match(behind) is not None


def _is_row_of_terms(page: Page, start: int) -> bool:
    """Whether the name stands in a table of customers and what they pay."""
    line = _line(page.plain, start)
    if not any(line.count(joint) for joint in "\t,;|"):
        return False
    heading = page.plain[:start].rpartition("\n")[0].partition("\n")[0]
    return bool(_WHO.search(heading) and _TERMS.search(heading) and any(joint in heading for joint in "\t,;|"))


def _names(page: Page, customers: tuple[Customer, ...]) -> bool:
    return any(customer.pattern.search(page.plain) for customer in customers)


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0].strip()
