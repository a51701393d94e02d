"""The verdict on one draft: extract, gather facts, check, weigh, route. Nothing is stored and nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.approvals.resolvers import people_for
from app.checks import run_checks
from app.core.approvals import Requirement
from app.core.assessment import Assessment
from app.core.digest import draft_digest
from app.core.drafts import Draft
from app.core.errors import InvalidDraft
from app.core.facts import Facts, History, Person
from app.core.ports import Extractor, OpenPromises, World
from app.facts import gather
from app.policy import Policy, assess_risk, rule_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessor:
    """Judges drafts against a world."""

    extractor: Extractor
    world: World

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

        Raises InvalidDraft where the person it is written for is not in the directory.
        """
        sender = self._sender(draft)
        findings = self.extractor(draft, sender=sender, at=at)
        facts = gather(draft, findings, world=self.world, promises=promises, history=history, at=at)
        checked = run_checks(draft, findings, facts)
        unknown = (*facts.unknown, *checked.unknown)
        risk = assess_risk(draft, findings, checked.results, replace(facts, unknown=unknown))
        ruling = rule_on(
            policy,
            draft=draft,
            findings=findings,
            results=checked.results,
            risk=risk,
            facts=facts,
            unknown=unknown,
        )
        return Assessment(
            digest=draft_digest(draft, policy.version),
            findings=findings,
            checks=checked.results,
            risk=risk,
            ruling=ruling,
            sender=facts.sender,
            account=facts.account,
            unknown=unknown,
            approvers=self._approvers(ruling.approvals, facts, editors) if ruling.approvals else (),
        )

    def _sender(self, draft: Draft) -> Person:
        sender = self.world.people.person(draft.on_behalf_of)
        if sender is None:
            raise InvalidDraft("is nobody in the directory", field="on_behalf_of")
        return sender

    def _approvers(self, requirement: Requirement, facts: Facts, editors: frozenset[str]) -> tuple[str, ...]:
        return people_for(
            requirement, sender=facts.sender, deal=facts.deal, people=self.world.people, editors=editors
        )
