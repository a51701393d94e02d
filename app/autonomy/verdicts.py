"""What an agent has earned, brought to the verdict on a draft of its own words."""

from __future__ import annotations

from dataclasses import replace

from app.core.assessment import Assessment
from app.core.autonomy import Autonomy, Figures, Promotion, Subject, shown
from app.core.drafts import Draft
from app.core.routes import Route
from app.policy.earned import earned_match, with_earned
from app.policy.model import Policy
from app.store.store import Reader


def subject_of(draft: Draft, assessment: Assessment) -> Subject:
    """What the draft's agent would need autonomy for."""
    return Subject(agent=draft.agent, action=draft.action, tier=assessment.risk.tier)


def with_autonomy(
    reader: Reader, draft: Draft, verdict: Assessment, policy: Policy, *, editors: frozenset[str]
) -> Assessment:
    """The verdict under what the draft's agent has earned so far, if anything.

    An agent earns it for its own words: what a person has edited is judged by the rules alone.
    """
    if verdict.route is not Route.REVIEW or policy.autonomy is None or editors:
        return verdict
    subject = subject_of(draft, verdict)
    promotion = reader.autonomy.promotion(subject)
    if promotion is None:
        return verdict
    figures = reader.autonomy.figures(subject)
    if not still_holds(promotion, figures, policy.autonomy):
        return verdict
    ruling = with_earned(policy, verdict.ruling, earned_match(_why(promotion, figures)))
    return verdict if ruling is verdict.ruling else replace(verdict, ruling=ruling, approvers=())


def still_holds(promotion: Promotion, figures: Figures, asked: Autonomy) -> bool:
    """Whether the figures of today bear the promotion, under what the policy asks for today."""
    in_reach = promotion.subject.tier in asked.tiers
    return in_reach and figures.bound >= max(asked.level, promotion.level)


def _why(promotion: Promotion, figures: Figures) -> str:
    signed = f"{promotion.signed_by} signed {promotion.id} on {promotion.signed_at:%Y-%m-%d}"
    return f"earned for {promotion.subject}: {figures.in_words}, level {shown(promotion.level)}; {signed}"
