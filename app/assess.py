"""The verdict on one draft: extract, gather facts, check, weigh, route. Nothing is stored and nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial

from app.approvals.resolvers import people_for
from app.checks import run_checks
from app.core.approvals import Requirement
from app.core.assessment import Assessment
from app.core.digest import draft_digest
from app.core.drafts import Draft
from app.core.facts import Facts, History
from app.core.ports import Extractor, OpenPromises, World
from app.core.thresholds import USUAL
from app.core.waking_hours import first_waking_moment
from app.facts import CrmInTime, Gathering, Lookups, PeopleInTime
from app.intake import check_references
from app.policy import Policy, assess_risk, rule_on_values
from app.policy.fact_values import cel_facts
from app.policy.kept_facts import facts_text
from app.policy.tiers import missing_deal


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessor:
    """Judges drafts against a world, in any number of threads at the same time."""

    extractor: Extractor
    world: World
    lookups: Lookups = field(default_factory=Lookups, repr=False, compare=False)
    """Whose questions wait for the world's sources, and no longer than a policy lets them."""

    def admit(self, draft: Draft) -> Draft:
        """The draft as it may be judged: the people and the deal that it names exist.

        Raises InvalidDraft where they do not, and FactUnavailable where the directory does not say so in time. A CRM
        that does not answer is no reason to refuse: its facts will be unknown.
        """
        return check_references(draft, self._people, CrmInTime(self.lookups, USUAL.facts_budget, self.world.crm))

    def assess(
        self,
        draft: Draft,
        *,
        policy: Policy,
        promises: OpenPromises,
        history: History,
        at: datetime,
        editors: frozenset[str] = frozenset(),
    ) -> Assessment:
        """The verdict at the moment `at`. `editors` are the ids of people who changed the text.

        Raises InvalidDraft where the person it is written for is not in the directory, and FactUnavailable where the
        directory cannot say so in time.
        """
        gathering = Gathering(draft, world=self.world, at=at, thresholds=policy.thresholds, lookups=self.lookups)
        findings = self.extractor(draft, sender=gathering.sender, at=at)
        facts = gathering.facts(findings, promises=promises, history=history)
        checked = run_checks(draft, findings, facts, settings=policy.checks)
        unknown = (*facts.unknown, *checked.unknown)
        risk = assess_risk(draft, findings, checked.results, replace(facts, unknown=unknown))
        values = cel_facts(draft, findings, checked.results, risk, facts)
        gaps = [*unknown, *missing_deal(draft.deal_id, known=facts.deal is not None)]
        ruling = rule_on_values(policy, values, results=checked.results, unknown=gaps)
        return Assessment(
            digest=draft_digest(draft, policy.version),
            findings=findings,
            checks=checked.results,
            risk=risk,
            ruling=ruling,
            sender=facts.sender,
            account=facts.account,
            unknown=unknown,
            not_before=_not_before(draft, facts),
            approvers=self._approvers(ruling.approvals, facts, editors) if ruling.approvals else (),
            write_facts=cache(partial(facts_text, values)),
        )

    def _approvers(self, requirement: Requirement, facts: Facts, editors: frozenset[str]) -> tuple[str, ...]:
        return people_for(requirement, sender=facts.sender, deal=facts.deal, people=self._people, editors=editors)

    @property
    def _people(self) -> PeopleInTime:
        return PeopleInTime(self.lookups, USUAL.facts_budget, self.world.people)


def _not_before(draft: Draft, facts: Facts) -> datetime | None:
    """A scheduled mail waits for the morning of those who get it, where their time zones are known."""
    if draft.send_after is None:
        return None
    zones = {r.contact.timezone for r in facts.recipients if r.contact is not None and r.contact.timezone is not None}
    return first_waking_moment(draft.send_after, zones, facts.thresholds)
