"""Who has earned what: the figures, what they propose, and a person's signature under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.audit.chain import Event
from app.autonomy.outcomes import end_promotion
from app.autonomy.verdicts import still_holds
from app.core.autonomy import Autonomy, Figures, Promotion, Subject, shown
from app.core.errors import Conflict, InvalidInput, NotFound, NotPermitted
from app.core.facts import Person
from app.core.ids import Ids
from app.core.plain import plain
from app.permissions import Operation, require
from app.policy.live import LivePolicy
from app.policy.model import Policy
from app.store.store import Reader, Store
from app.trail import happened


class Status(StrEnum):
    """How far an agent has come with one kind of mail at one tier."""

    EARNING = "earning"
    PROPOSED = "proposed"
    """The figures are good enough; a person has to sign."""
    SIGNED = "signed"
    SUSPENDED = "suspended"
    """Signed, but today's figures or policy do not bear it: people read everything."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Earning:
    """One line of the overview."""

    subject: Subject
    figures: Figures
    status: Status
    why: str
    promotion: Promotion | None = None
    """The one in force."""


def overview(reader: Reader, policy: Policy) -> Sequence[Earning]:
    """Every subject with its figures and what they come to under this policy, ordered by subject."""
    signed = reader.autonomy.in_force()
    every = {**dict.fromkeys(signed, Figures(counts={})), **reader.autonomy.every_figures()}
    return [_earning(policy.autonomy, each, every[each], signed.get(each)) for each in sorted(every)]


def earning_of(reader: Reader, policy: Policy, subject: Subject) -> Earning:
    """One line of `overview`."""
    promotion = reader.autonomy.promotion(subject)
    return _earning(policy.autonomy, subject, reader.autonomy.figures(subject), promotion)


def _earning(asked: Autonomy | None, subject: Subject, figures: Figures, promotion: Promotion | None) -> Earning:
    lacks = _lacks(asked, subject, figures)
    if promotion is not None:
        holds = asked is not None and still_holds(promotion, figures, asked)
        status = Status.SIGNED if holds else Status.SUSPENDED
        by = f"{promotion.signed_by} signed {promotion.id}"
        why = by if holds else f"{by}; {lacks or f'the level that was signed is {shown(promotion.level)}'}"
    else:
        status = Status.EARNING if lacks else Status.PROPOSED
        why = lacks or figures.in_words
    return Earning(subject=subject, figures=figures, status=status, why=why, promotion=promotion)


def _lacks(asked: Autonomy | None, subject: Subject, figures: Figures) -> str:
    """Why a promotion is not proposed; empty where it is."""
    if asked is None:
        return "the policy in force has no `autonomy`"
    if subject.tier not in asked.tiers:
        return f"the policy in force grants no autonomy at {subject.tier} risk"
    if figures.decided < asked.minimum:
        return f"people have decided about {figures.decided} drafts of the {asked.minimum} that it takes"
    if figures.bound < asked.level:
        return f"{figures.in_words}, below {shown(asked.level)}"
    return ""


def sign(
    store: Store, ids: Ids, live: LivePolicy, subject: Subject, *, person: Person, reason: str = "", now: datetime
) -> Promotion:
    """Put a proposed promotion in force. Signing it twice signs it once: the first one is returned.

    Raises NotPermitted, Conflict where it is not proposed, InvalidPolicy where none is in force.
    """
    require(person, Operation.AUTONOMY_SIGN, doing=f"sign for {subject}")
    if subject.agent.casefold() in (person.id.casefold(), person.email.casefold()):
        raise NotPermitted(f"{person.id} may not sign for {subject}: nobody signs for themselves")
    reason = plain(reason, field="reason")
    with store.write(now=now) as tx:
        tx.autonomy.take()
        known = tx.autonomy.promotion(subject)
        if known is not None:
            return known
        policy = live.read(tx)
        figures = tx.autonomy.figures(subject)
        asked, lacks = policy.autonomy, _lacks(policy.autonomy, subject, figures)
        if asked is None or lacks:
            raise Conflict(f"autonomy for {subject} is not proposed: {lacks}")
        made = _promotion(ids.new("au"), subject, figures, asked, person=person, reason=reason, now=now)
        tx.autonomy.put_promotion(made)
        tx.record(_signed(made, asked, policy_version=policy.version))
        return made


def _signed(made: Promotion, asked: Autonomy, *, policy_version: int) -> Event:
    return happened(
        "autonomy.signed",
        f"person:{made.signed_by}",
        promotion=made.id,
        agent=made.subject.agent,
        action=made.subject.action,
        tier=made.subject.tier.value,
        level=made.level,
        minimum=asked.minimum,
        unchanged=made.unchanged,
        decided=made.decided,
        bound=made.bound,
        policy_version=policy_version,
        reason=made.reason,
    )


def _promotion(
    id: str, subject: Subject, figures: Figures, asked: Autonomy, *, person: Person, reason: str, now: datetime
) -> Promotion:
    return Promotion(
        id=id,
        subject=subject,
        level=asked.level,
        unchanged=figures.unchanged,
        decided=figures.decided,
        bound=figures.bound,
        signed_by=person.id,
        signed_at=now,
        reason=reason,
    )


def withdraw(store: Store, subject: Subject, *, person: Person, reason: str, now: datetime) -> Promotion:
    """End a promotion: people read such drafts again, and the agent starts anew.

    Raises NotPermitted, InvalidInput without a reason, NotFound where none is in force.
    """
    require(person, Operation.AUTONOMY_SIGN, doing=f"withdraw autonomy for {subject}")
    reason = plain(reason, field="reason")
    if not reason:
        raise InvalidInput("is missing; say why, for whoever asks later", field="reason")
    with store.write(now=now) as tx:
        tx.autonomy.take()
        promotion = tx.autonomy.promotion(subject)
        actor = f"person:{person.id}"
        ended = promotion and end_promotion(tx, promotion, by=person.id, actor=actor, reason=reason)
        if not ended:
            raise NotFound("autonomy in force for", str(subject))
        return ended
