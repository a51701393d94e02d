"""Verdicts that cost nothing, to tell the machinery from the judging."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.assess import Assessor
from app.core.assessment import Assessment
from app.core.digest import draft_digest
from app.core.drafts import Draft
from app.core.facts import History
from app.core.ports import OpenPromises
from app.policy import Policy
from app.services import Services
from app.trial import Trial
from tests.benchmarks.letters import promising, proposal


@dataclass(frozen=True, kw_only=True, slots=True)
class RememberingAssessor(Assessor):
    """A double of the assessor that gives one remembered verdict to every draft, at no cost."""

    verdict: Assessment

    def assess(
        self,
        draft: Draft,
        *,
        policy: Policy,
        promises: OpenPromises,  # noqa: ARG002
        history: History,  # noqa: ARG002
        at: datetime,  # noqa: ARG002
        editors: frozenset[str] = frozenset(),  # noqa: ARG002
    ) -> Assessment:
        return replace(self.verdict, digest=draft_digest(draft, policy.version))


def asking_about_a_promise(trial: Trial) -> Assessment:
    """A verdict with one promise in it that puts the draft before the sender's manager."""
    asks = trial.assess(proposal(0))
    return replace(trial.assess(promising(0)), ruling=asks.ruling, approvers=asks.approvers)


def with_verdict(services: Services, verdict: Assessment | None) -> Services:
    """The services with that verdict for everything; as they are without one."""
    if verdict is None:
        return services
    usual = services.gate.assessor
    assessor = RememberingAssessor(extractor=usual.extractor, world=usual.world, verdict=verdict)
    return replace(services, gate=replace(services.gate, assessor=assessor))
