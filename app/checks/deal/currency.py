"""A price in another currency than the deal's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.deal.money import Money, amounts
from app.checks.deal.prices import is_no_price, is_of_price
from app.checks.deal.sentences import Sentence, sentences
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts
from app.core.findings import Findings, Kind
from extractors.lazily import compiled

_PRICE = compiled(
    r"\b(?:prices?|priced|pricing|costs?|fees?|quotes?|quoted|invoices?|invoiced|total(?:s|ling)?|pay"
    r"|payable|payment|discount\w*|rebate|credit|waive\w*"
    r"|subscriptions?|licen[cs]es?|orders?|order form|contract|offer\w*|proposal|list|off|charge\w*"
    r"|bill(?:ed)?|per (?:seat|user|month|year|site|vehicle|licen[cs]e)"
    r"|(?:a|an|each) (?:seat|user|month|year|site|vehicle|licen[cs]e)|package|deal|deposit|instal?ments?"
    r"|renewal|amount\w*|comes? to|come down)\b",
    re.IGNORECASE,
)
_NO_PRICE = compiled(
    r"\b(?:sav(?:e|es|ed|ing|ings)|revenue|turnover|rais(?:ed|ing)|funding|budget\w*|los(?:e|es|ing|t)"
    r"|down-?time|fines?|waste\w*|fuel|salar\w+|grant"
    r"|acqui\w+|valuation|market|cost(?:s|ing) (?:you|them|your)|donat\w+|competitors?|other customers?"
    r"|another customer|insurance|liability|cover(?:age)?|exchange rates?|convert\w*|equivalent|roughly"
    r"|hotel|travel"
    r"|flights?|tickets?|gift)\b",
    re.IGNORECASE,
)
"""What amounts are about that are no price of this deal, and what says that an amount was converted."""


_THEIRS = compiled(
    r"\b(?:your|their|the|his|her) (?:\w+ ){0,2}(?:depots?|sites?|halls?|warehouses?|drivers?|couriers?|dispatchers?"
    r"|teams?|plants?|offices?|fleet|trucks?|vans?|lorr(?:y|ies)|people|staff|branch(?:es)?|colleagues?)"
    r" (?:\w+ ){0,3}(?:pays?|spends?|burns?|costs?|earns?|makes?|needs?|has|have|loses?|gets?|keeps?|runs?|was|were"
    r"|uses?"
    r"|bought|buys?|swallows?)\b"
    r"|\b(?:you|they|he|she)(?:['’]ve| have)? (?:\w+ )?(?:wrote|said|told|mentioned|sent|reckoned?|estimated?"
    r"|calculated?)\b"
    r"|\bsets? (?:\w+ ){1,2}back\b|\b(?:toll|rent|repair|parking|ferry|customs)s?\b",
    re.IGNORECASE,
)
"""What the customer pays others, or has told us."""


def currency(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each price that cannot be in the deal's currency, unless its sentence gives it there too."""
    deal = facts.deal
    if deal is None or not deal.currency:
        return
    for sentence in sentences(findings):
        for money in _foreign(sentence, deal):
            yield CheckResult(
                check=CHECK.id,
                severity=Severity.MEDIUM,
                message=f"“{money.text}” is not in {deal.currency.upper()}, the currency of {deal.name}",
                spans=((sentence.start + money.start, sentence.start + money.end),),
                evidence=(evidence(facts, "crm", f"deals[{deal.id}].currency", deal.currency),),
            )


def _foreign(sentence: Sentence, deal: Deal) -> list[Money]:
    money = list(amounts(sentence.text))
    if not money or _NO_PRICE.search(sentence.text) or any(one.may_be(deal.currency) for one in money):
        return []
    if is_no_price(sentence.text) or _THEIRS.search(sentence.text):
        return []
    conceded = any(c.kind is Kind.CONCESSION for c in sentence.commitments)
    return money if conceded or _PRICE.search(sentence.text) or is_of_price(sentence.text) else []


CHECK = Check(
    id="deal.currency",
    severities=(Severity.MEDIUM,),
    when="a price is named in another currency than the deal's",
    run=currency,
    needs=("crm",),
)
