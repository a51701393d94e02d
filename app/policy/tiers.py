"""How much could go wrong if a draft left as it is, and why, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from app.core.assessment import Risk
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts
from app.core.findings import Findings, Strength
from app.core.routes import Tier

HIGH_VALUE = 100_000
"""A deal of this amount or more, in its own currency, is a high-value deal."""

_ORDER = list(Tier)
_BY_SEVERITY = {
    Severity.INFO: Tier.LOW,
    Severity.LOW: Tier.MEDIUM,
    Severity.MEDIUM: Tier.MEDIUM,
    Severity.HIGH: Tier.HIGH,
    Severity.BLOCK: Tier.CRITICAL,
}

_Signal = tuple[Tier, str]


def assess_risk(draft: Draft, findings: Findings, results: Sequence[CheckResult], facts: Facts) -> Risk:
    """The tier of the gravest thing about the draft, and every reason for more than low, the gravest first.

    Low: no promise, nothing worse than a remark from the checks, every fact at hand. Medium: promises that check out,
    and small results. High: grave results, a firm promise on a high-value deal, a fact that could not be had.
    Critical: a result that blocks, and a fact that could not be had on a high-value deal.
    """
    signals = [*_from_results(results), *_from_commitments(findings, facts.deal), *_from_gaps(draft, facts)]
    signals.sort(key=lambda signal: -_ORDER.index(signal[0]))
    if not signals:
        return Risk(tier=Tier.LOW, reasons=("no promise, and nothing found that speaks against it",))
    return Risk(tier=signals[0][0], reasons=tuple(dict.fromkeys(reason for _, reason in signals)))


def _from_results(results: Sequence[CheckResult]) -> Iterator[_Signal]:
    for result in results:
        tier = _BY_SEVERITY[result.severity]
        if tier is not Tier.LOW:
            yield tier, f"{result.check}: {result.message}"


def _from_commitments(findings: Findings, deal: Deal | None) -> Iterator[_Signal]:
    for commitment in findings.commitments:
        if commitment.strength is not Strength.FIRM:
            yield Tier.MEDIUM, f'{commitment.strength} offer: "{commitment.text}"'
        elif _is_high_value(deal):
            yield Tier.HIGH, f'firm promise on a deal of {HIGH_VALUE:,} or more: "{commitment.text}"'
        else:
            yield Tier.MEDIUM, f'firm promise: "{commitment.text}"'


def _from_gaps(draft: Draft, facts: Facts) -> Iterator[_Signal]:
    tier = Tier.CRITICAL if _is_high_value(facts.deal) else Tier.HIGH
    for gap in facts.unknown:
        yield tier, f"not known ({gap.source}): {gap.reason}"
    if draft.deal_id and facts.deal is None:
        yield tier, f"not known (crm): there is no deal '{draft.deal_id}'"


def _is_high_value(deal: Deal | None) -> bool:
    return deal is not None and (deal.amount >= HIGH_VALUE or math.isnan(deal.amount))
