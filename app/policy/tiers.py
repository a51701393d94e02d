"""How much could go wrong if a draft left as it is, and why, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from app.core.assessment import Risk
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, UnknownFact
from app.core.findings import Findings, Strength
from app.core.routes import Tier

HIGH_VALUE = 100_000
"""A deal of this amount or more, in its own currency, is a high-value deal."""

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
    gaps = [*facts.unknown, *missing_deal(draft.deal_id, known=facts.deal is not None)]
    promises = ((commitment.strength, commitment.text) for commitment in findings.commitments)
    return weigh(promises, results, gaps, high_value=is_high_value(facts.deal.amount if facts.deal else None))


def weigh(
    promises: Iterable[tuple[Strength, str]],
    results: Iterable[CheckResult],
    unknown: Iterable[UnknownFact],
    *,
    high_value: bool,
) -> Risk:
    """The risk of all this together. Promises are given by strength and words; `high_value`: `is_high_value`."""
    signals = [
        *_from_results(results),
        *_from_promises(promises, high_value=high_value),
        *_from_gaps(unknown, high_value=high_value),
    ]
    signals.sort(key=lambda signal: -signal[0].rank)
    if not signals:
        return Risk(tier=Tier.LOW, reasons=("no promise, and nothing found that speaks against it",))
    return Risk(tier=signals[0][0], reasons=tuple(dict.fromkeys(reason for _, reason in signals)))


def _from_results(results: Iterable[CheckResult]) -> Iterator[_Signal]:
    for result in results:
        tier = _BY_SEVERITY[result.severity]
        if tier is not Tier.LOW:
            yield tier, f"{result.check}: {result.message}"


def _from_promises(promises: Iterable[tuple[Strength, str]], *, high_value: bool) -> Iterator[_Signal]:
    for strength, text in promises:
        if strength is not Strength.FIRM:
            yield Tier.MEDIUM, f'{strength} offer: "{text}"'
        elif high_value:
            yield Tier.HIGH, f'firm promise on a deal of {HIGH_VALUE:,} or more: "{text}"'
        else:
            yield Tier.MEDIUM, f'firm promise: "{text}"'


def _from_gaps(unknown: Iterable[UnknownFact], *, high_value: bool) -> Iterator[_Signal]:
    tier = Tier.CRITICAL if high_value else Tier.HIGH
    for gap in unknown:
        yield tier, f"not known ({gap.source}): {gap.reason}"


def missing_deal(deal_id: str | None, *, known: bool) -> Iterator[UnknownFact]:
    """The gap where a draft names a deal that the CRM does not have."""
    if deal_id and not known:
        yield UnknownFact(source="crm", reason=f"there is no deal '{deal_id}'")


def is_high_value(amount: float | None) -> bool:
    """Whether a deal of this amount is a high-value deal; one whose amount is not a number is."""
    return amount is not None and (amount >= HIGH_VALUE or math.isnan(amount))
