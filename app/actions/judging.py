"""The verdict on an action: facts, risk, the published policy, and the floors. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actions.holding import floors_on
from app.actions.standing import ActionStanding
from app.approvals.resolvers import people_for
from app.assess import Assessor
from app.core.actions import Action, action_digest
from app.core.assessment import Assessment, Risk, Ruling
from app.core.drafts import Draft
from app.core.facts import Facts, History, UnknownFact
from app.core.findings import Findings
from app.core.routes import Tier
from app.core.thresholds import USUAL
from app.delivery.recheck import back_to_review, failed_closed, objections
from app.facts import Gathering, PeopleInTime
from app.limits.floors import with_floors
from app.policy import Policy, rule_on_values
from app.policy.catalogue import Level, Reversible, stakes_of
from app.policy.fact_values import action_values, cel_facts
from app.policy.live import LivePolicy
from app.policy.tiers import is_high_value, missing_deal, weigh
from app.store.action_rows import ActionRow
from app.store.rows import Permit
from app.store.store import Reader

_NOTHING = Findings(text="")
_ASKED_OF = frozenset({"people", "crm", "deal"})
"""The sources that say something about an action. What the others do not know is no reason to hold one up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionJudge:
    """Judges actions with what the house knows."""

    assessor: Assessor
    policy: LivePolicy

    def admit(self, action: Action) -> Draft:
        """The action's surroundings in the shape in which facts are gathered: a mail to nobody that says nothing.

        Raises InvalidDraft where the person or the deal that it names does not exist, FactUnavailable as for drafts.
        """
        return self.assessor.admit(_carrier(action))

    def verdict(
        self,
        reader: Reader,
        action: Action,
        *,
        at: datetime,
        row: ActionRow | None = None,
        editors: frozenset[str] = frozenset(),
    ) -> Assessment:
        """The verdict on the facts of this moment; `row` is its own where it is kept already.

        Raises InvalidPolicy where none is in force, and FactUnavailable where the directory cannot be read.
        """
        policy = self.policy.read(reader)
        facts, unknown = self._facts(reader, action, policy, at=at)
        risk = risk_of(action, facts, unknown)
        ruling = _ruling(policy, action, facts, risk, unknown)
        verdict = Assessment(
            digest=action_digest(action, policy.version),
            findings=_NOTHING,
            checks=(),
            risk=risk,
            ruling=ruling,
            sender=facts.sender,
            account=facts.account,
            unknown=unknown,
            approvers=self._approvers(ruling, facts, action, editors),
        )
        floors = floors_on(reader, action, verdict, policy.limits, row=row, at=at)
        return with_floors(verdict, floors, people=self.assessor.world.people, editors=editors)

    def recheck(self, reader: Reader, standing: ActionStanding, permit: Permit | None, *, at: datetime) -> Recheck:
        """The verdict on today's facts, and why the action may not be done under this permit."""
        try:
            fresh = self.verdict(reader, standing.action, at=at, row=standing.row, editors=standing.editors)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, what cannot be judged must not be done
            reason = f"{type(error).__name__}: {error}"
            return Recheck(
                verdict=failed_closed(standing.assessment, reason), reasons=(f"it cannot be judged: {reason}",)
            )
        reasons = objections(permit, standing.assessment, fresh)
        verdict = back_to_review(permit, standing.assessment, fresh) if reasons else fresh
        return Recheck(verdict=verdict, reasons=reasons)

    def _facts(
        self, reader: Reader, action: Action, policy: Policy, *, at: datetime
    ) -> tuple[Facts, tuple[UnknownFact, ...]]:
        world, lookups = self.assessor.world, self.assessor.lookups
        draft = _carrier(action)
        gathering = Gathering(draft, world=world, at=at, thresholds=policy.thresholds, lookups=lookups)
        facts = gathering.facts(_NOTHING, promises=reader.ledger.at(at), history=History())
        return facts, tuple(gap for gap in facts.unknown if gap.source in _ASKED_OF)

    def _approvers(self, ruling: Ruling, facts: Facts, action: Action, editors: frozenset[str]) -> tuple[str, ...]:
        if ruling.approvals is None:
            return ()
        people = PeopleInTime(self.assessor.lookups, USUAL.facts_budget, self.assessor.world.people)
        return people_for(
            ruling.approvals,
            sender=facts.sender,
            deal=facts.deal,
            people=people,
            editors=editors,
            agent=action.agent,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Recheck:
    """The verdict of today, and why the action must not be done; no reasons where it may."""

    verdict: Assessment
    reasons: tuple[str, ...]


def risk_of(action: Action, facts: Facts, unknown: Sequence[UnknownFact]) -> Risk:
    """How much could go wrong: what the catalogue says is at stake, the size of the deal, and what is not known.

    Low: little is at stake in every respect. High: it changes much and cannot be taken back whole, or the catalogue
    does not have it; on a high-value deal also what would be medium otherwise.
    """
    high_value = is_high_value(facts.deal.amount if facts.deal else None)
    gaps = weigh((), (), unknown, high_value=high_value)
    stakes = list(_stakes(action, high_value=high_value))
    signals = [*stakes, *((gaps.tier, reason) for reason in gaps.reasons if unknown)]
    if not signals:
        return Risk(tier=Tier.LOW, reasons=("little is at stake, and all of it can be undone",))
    order = list(Tier)
    signals.sort(key=lambda signal: -order.index(signal[0]))
    return Risk(tier=signals[0][0], reasons=tuple(reason for _, reason in signals))


def _stakes(action: Action, *, high_value: bool) -> Iterator[tuple[Tier, str]]:
    stakes = stakes_of(action.kind)
    lasting = stakes.reversibility is not Reversible.YES
    if stakes.impact is Level.HIGH and lasting:
        yield Tier.HIGH, f"{action.kind}: {stakes.why}"
    elif Level.LOW is not stakes.impact or Level.LOW is not stakes.data_sensitivity or lasting:
        yield Tier.HIGH if high_value else Tier.MEDIUM, f"{action.kind}: {stakes.why}"


def _ruling(policy: Policy, action: Action, facts: Facts, risk: Risk, unknown: Sequence[UnknownFact]) -> Ruling:
    values = {**cel_facts(_carrier(action), _NOTHING, (), risk, facts), **action_values(action)}
    gaps = [*unknown, *missing_deal(action.deal_id, known=facts.deal is not None)]
    return rule_on_values(policy, values, results=(), unknown=gaps, resource=action.resource, operation=action.kind)


def _carrier(action: Action) -> Draft:
    return Draft(
        action=action.kind,
        agent=action.agent,
        on_behalf_of=action.on_behalf_of,
        to=(),
        client_id=action.client_id,
        deal_id=action.deal_id,
    )
