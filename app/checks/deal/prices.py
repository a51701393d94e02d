"""Where a mail names a price of ours, gives a discount, or promises or carries a paper with prices.

An amount of money is a price of ours where its own words say so. A savings figure, a budget or what somebody else is
paid is none; nor is a price that everybody can read on the website.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.deal.money import Money, amounts, numbers_as_money
from app.checks.deal.offers import offers
from app.checks.deal.sentences import Sentence, sentences
from app.core.facts import Deal
from app.core.findings import Commitment, Findings, Kind
from extractors.lazily import compiled

_PRICE = compiled(
    r"\b(?:prices?|priced|pricing|list prices?|(?:below|at|off|our) list|licen[cs](?:es?|ing)|subscriptions?|fees?"
    r"|we charge|set-?up|one-?off|packages?|(?:our|usual|daily|day|monthly|yearly|annual) rates?|quotes?"
    r"|ball-?park|rough (?:figure|number|idea)|order of magnitude|estimate|annually|for everything|all[- ]in"
    r"|(?:starts?|starting|begins?) (?:at|from|with)|plans? (?:is|are|start)"
    r"|per (?:seat|user|licen[cs]e|vehicle|truck|van|ship|berth|driver|depot|site|device)"
    r"|per \w+ (?:and|per|a) (?:month|year|annum)"
    r"|(?:a|an|each) (?:seat|user|licen[cs]e|vehicle|truck|site)|monthly|yearly|everything included"
    r"|offers? (?:at|of|for)"
    r"|(?:that|this|it|all) makes|year (?:one|two|three)|(?:one|first|for the|whole) year|(?:reckon|count"
    r"|calculate) (?:with|on)"
    r"|the numbers|(?:your|the) investment|rule of thumb|in the region of"
    r"|(?:platform|product|software|modules?|planner|solution|system|app|tool|licen[cs]e|package|service|it|that"
    r"|this|we"
    r"|you|all|everything) (?:would |will |only |just )*costs?"
    r"|costs? per|(?:costs?|charges?|price) (?:is|are|of|would be|will be)"
    r"|(?:comes?|works? out|amounts?|adds? up|totals?) (?:to|at|in at)|total(?:s|ling)?"
    r"|(?:you|it|that|this|we)(?:['’](?:d|ll|re)| would| will| should| could| are)*"
    r" (?:be|end up|land|look|looking|start) (?:somewhere )?(?:at|around|between|about|near)"
    r"|expect (?:something|to pay|around|about|roughly|between)|(?:runs?|sets?) you|pay(?:s|ing)? us"
    r"|do (?:it|this|that|all|everything|the \w+(?: \w+)?) for|with us|budget)\b"
    r"|\b(?:platform|product|software|modules?|planner|solution|system|app|tool|package|service|it|that|this|all)"
    r"(?:['’]s| is| are| would be| will be| makes)(?: about| around| roughly| just| only)? (?=[€$£\d]|EUR|USD|GBP)",
    re.IGNORECASE,
)
_OWN_PRICE = compiled(
    r"\b(?:(?:i|we)(?:['’]d| would) (?:\w+ )?|(?:you (?:should|could|can|may)|please|to) (?:\w+ )?)budget\b"
    r"|\b(?:spend|invest)(?:s|ing)?\b(?=[^.;!?]{0,50}\b(?:with us|on (?:it|the (?:planner|platform|licen[cs]e)))\b)"
    r"|\b(?:your|the) investment (?:is|would be|will be|comes)\b"
    r"|\b(?:fits?|within|in(?:side| line with)?|for) your (?:\w+ )?budget\b",
    re.IGNORECASE,
)
"""Prices in other clothes, which share a word with what is no price."""
_NO_PRICE = compiled(
    r"\b(?:sav(?:e|es|ed|ing|ings)|revenue|turnover|rais(?:e|ed|ing)|funding|round|budget\w*|spend\w*"
    r"|spent|los(?:e|es|ing|t|s)|down-?time|outages?|breakdowns?|fines?|penalt\w+|damages?|over-?time|insurance|rent"
    r"|waste\w*|fuel|diesel|electricity|salar(?:y|ies)|wages|grant|invest\w*|acqui\w+|valuation|market|gift card"
    r"|donat\w+|competitors?"
    r"|worth|goods|freight|cargo|sales|earn(?:s|ed|ing)?|burn(?:s|ed|ing)?|pockets?|payroll|leas(?:e|es|ed|ing)"
    r"|profits?|margins?|demurrage|delays?|tolls?|claims?"
    r"|(?:port|harbou?r|parking|court|bank|customs|roaming) (?:fees?|dues|charges?)"
    r"|(?:your|the) (?:present|current|existing|old|other|incumbent) \w+|last year|used to"
    r"|currently pay|(?:you|they) (?:still )?pay(?:ing)?(?! us)(?: (?:now|today))?"
    r"|(?:you|they)(?:['’]re| are) (?:still )?paying(?! us)"
    r"|are you (?:still )?paying(?! us))\b",
    re.IGNORECASE,
)
"""What amounts are about that are no price of ours."""
_NOT_SAID = compiled(
    r"^(?:you|they|he|she) (?:\w+ )?(?:wrote|said|told|mentioned|reported)\b"
    r"(?! (?:\w+ ){0,3}(?:price|pricing|ballpark))"
    r"|\baccording to\b|[,(]\s*(?:as )?(?:you|they|i) (?:wrote|said|told|mentioned|read|hear)\b"
    r"|(?:\bnot|n['’]t|\bcannot|\btoo early to) (?:yet )?(?:\w+ ){0,2}"
    r"(?:talk|discuss|name|quote|give|say|promise|put)\b",
    re.IGNORECASE,
)
"""The amount is somebody else's words, or is not spoken of."""
_PUBLIC = compiled(
    r"\b(?:public(?:ly)?|published|on (?:our|the) (?:web ?(?:site|page)|pricing page|site|home ?page)"
    r"|anyone can (?:see|read))\b",
    re.IGNORECASE,
)
_OFFERED = compiled(
    r"\b(?:work|fit|suit|ok(?:ay)?|acceptable|sound|in line|feasible|realistic|within|make sense)\b", re.IGNORECASE
)
"""A question with one of these names its price all the same."""
_PRICING_PAPER = compiled(
    r"\b(?:pricing|prices?|price (?:list|sheet|quote)|quotes?|quotation|rate card|order form"
    r"|cost (?:estimate|breakdown)|discounts?)\b",
    re.IGNORECASE,
)
_LATER = compiled(
    r"\b(?:once|after|when|as soon as|until|before|discuss|talk|conversation|no pricing|without)\b", re.IGNORECASE
)
"""What puts the price off."""
_PIECE = compiled(
    r"[;:()\n–—]|[,.]\s|\b(?:but|however|though|while|whereas|than)\b"
    r"|\band (?=(?:sav|you|your|they|we|that|it|the)\w*\b)",
    re.IGNORECASE,
)
_EACH_TIME = compiled(r"\s*(?:a|an|per|each|every|/)\s?\w+", re.IGNORECASE)
_LEAST = 100
"""A number below this and without a currency is a count of something else."""


def is_no_price(words: str) -> bool:
    """Whether the words are about money that is no price of ours, such as what the customer spends or saves."""
    return bool(_NO_PRICE.search(_OWN_PRICE.sub(" ", words)))


def is_of_price(words: str) -> bool:
    """Whether the words are about a price of ours."""
    return bool(_PRICE.search(words)) and not is_no_price(words)


def prices(findings: Findings, deal: Deal) -> Iterator[tuple[int, int]]:
    """The characters of the findings' text where a price is named, a discount given, or a paper with prices meant."""
    for offer in offers(findings, deal_amount=deal.amount):
        yield offer.start, offer.end
    for sentence in sentences(findings):
        for start, end in _named(sentence):
            yield sentence.start + start, sentence.start + end
        yield from ((c.start, c.end) for c in sentence.commitments if _promises_pricing(c, sentence))
    for claim in findings.attachments:
        if _PRICING_PAPER.search(claim.document or ""):
            yield claim.start, claim.end


def _named(sentence: Sentence) -> Iterator[tuple[int, int]]:
    text = sentence.text
    if _NOT_SAID.search(text) or _PUBLIC.search(text) or (sentence.is_question and not _OFFERED.search(text)):
        return
    spoken_of = is_of_price(text)
    for start, end in _pieces(text):
        piece = text[start:end]
        money = tuple(_amounts(piece))
        if money and (is_of_price(piece) or (spoken_of and not is_no_price(piece))):
            yield from ((start + one.start, start + one.end) for one in money)


def _amounts(piece: str) -> Iterator[Money]:
    """Amounts with their currency, and those of `28k a year`."""
    yield from amounts(piece)
    for number in numbers_as_money(piece):
        if not number.currencies and number.value >= _LEAST and _EACH_TIME.match(piece, number.end):
            yield number


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _PIECE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _promises_pricing(commitment: Commitment, sentence: Sentence) -> bool:
    if commitment.kind in {Kind.MEETING, Kind.FOLLOW_UP} and not commitment.object:
        return False
    words = f"{commitment.object or ''} {commitment.text}"
    return bool(_PRICING_PAPER.search(words)) and not _LATER.search(sentence.text)
