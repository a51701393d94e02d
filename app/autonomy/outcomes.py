"""What becomes of drafts, kept as it happens, and what follows from it at once."""

from __future__ import annotations

from collections.abc import Mapping

from app.autonomy.edits import edit_outcome
from app.autonomy.sampling import is_drawn, sample_number
from app.core.autonomy import Outcome, Promotion, Sample, Subject, shown
from app.core.lifecycle import STUCK
from app.core.routes import Route
from app.standing import Standing
from app.store.store import Transaction
from app.trail import happened

_GATE = "gate"


def keep_left(tx: Transaction, standing: Standing, *, sampling: Mapping[Route, float]) -> None:
    """The draft has left: keep what people made of it, and draw it for a look where chance says so."""
    keep_outcome(tx, standing, _left(tx, standing))
    permit = standing.row.permit
    if permit is not None and permit.granted_by.startswith("rule:"):
        _draw(tx, standing, sampling)


def keep_stopped(tx: Transaction, standing: Standing) -> None:
    """A person has rejected the draft or taken it back; `standing` is as it was before.

    Where its sending had failed already, that says nothing about its words, and nothing is kept.
    """
    if standing.row.state not in STUCK:
        keep_outcome(tx, standing, Outcome.REJECTED)


def keep_outcome(tx: Transaction, standing: Standing, outcome: Outcome) -> None:
    """Keep what became of the draft, once, and end a promotion that the figures bear no more."""
    draft_id, draft = standing.row.id, standing.draft
    subject = Subject(agent=draft.agent, action=draft.action, tier=tx.autonomy.first_tier(draft_id))
    tx.autonomy.put_outcome(draft_id, subject, outcome, at=tx.now)
    if outcome in (Outcome.UNATTENDED, Outcome.UNCHANGED):
        return  # the bound cannot have fallen
    promotion = tx.autonomy.promotion(subject)
    figures = tx.autonomy.figures(subject) if promotion else None
    if promotion and figures and figures.bound < promotion.level:
        reason = f"{figures.in_words}, below {shown(promotion.level)}"
        end_promotion(tx, promotion, by=_GATE, actor=_GATE, reason=reason)


def end_promotion(
    tx: Transaction, promotion: Promotion, *, by: str, actor: str, reason: str, draft_id: str | None = None
) -> Promotion | None:
    """From now on people read these drafts again. None where the promotion has ended already."""
    ended = tx.autonomy.end_promotion(promotion, by=by, at=tx.now, reason=reason)
    if ended is not None:
        facts = {"promotion": promotion.id, **subject_facts(promotion.subject), "reason": reason}
        if draft_id is not None:
            facts["because_of"] = draft_id
        tx.record(happened("autonomy.ended", actor, **facts))
    return ended


def subject_facts(subject: Subject) -> dict[str, str]:
    """A subject as the trail tells it."""
    return {"agent": subject.agent, "action": subject.action, "tier": subject.tier.value}


def _left(tx: Transaction, standing: Standing) -> Outcome:
    if standing.editors:
        return edit_outcome(tx.autonomy.as_written(standing.row.id), standing.draft)
    permit = standing.row.permit
    by_people = permit is not None and permit.granted_by.startswith("approval:")
    return Outcome.UNCHANGED if by_people else Outcome.UNATTENDED


def _draw(tx: Transaction, standing: Standing, sampling: Mapping[Route, float]) -> None:
    draft_id, ruling = standing.row.id, standing.assessment.ruling
    share = sampling.get(ruling.route, 0.0)
    if not is_drawn(draft_id, policy_version=ruling.policy_version, share=share):
        return
    sample = Sample(
        draft_id=draft_id,
        route=ruling.route,
        policy_version=ruling.policy_version,
        share=share,
        number=sample_number(draft_id, policy_version=ruling.policy_version),
        drawn_at=tx.now,
    )
    tx.samples.put(sample)
    facts = {"route": sample.route.value, "policy_version": sample.policy_version, "share": share}
    tx.record(happened("sample.drawn", _GATE, draft_id=draft_id, **facts, number=sample.number))
