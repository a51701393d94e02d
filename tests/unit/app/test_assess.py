"""The verdict takes the checks as the policy wants them taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.assess import Assessor
from app.core.assessment import Assessment
from app.core.checks import Severity
from app.core.drafts import Draft
from app.core.errors import InvalidDraft
from app.core.facts import Deal, History, Person
from app.core.findings import Findings
from app.core.routes import Route
from app.policy.document import load_policy
from tests.unit.app.checks.builders import DEAL, NOW, draft, found
from tests.unit.app.facts.outside import Outside, world_of

GRAVE = """\
version: 1
rules:
  - {id: grave, when: 'checks.exists(c, c.severity == "high")', route: review}
  - {id: else, route: auto_send}
"""


class OnHold(Outside):
    """A world whose one deal is on hold."""

    def deal(self, deal_id: str) -> Deal | None:
        return replace(DEAL, on_hold=True) if deal_id == DEAL.id else None


def assess(settings: str = "", mail: Draft | None = None) -> Assessment:
    def extractor(draft: Draft, *, sender: Person, at: datetime) -> Findings:
        assert sender.id == "sam"
        return found("Hi Dana, thanks.")

    outside = OnHold()
    assessor = Assessor(extractor=extractor, world=world_of(outside))
    policy = load_policy(GRAVE + settings)
    return assessor.assess(mail or draft(), policy=policy, promises=outside, history=History(), at=NOW)


@pytest.mark.parametrize(
    ("settings", "severity", "observed", "route"),
    [
        ("", Severity.HIGH, None, Route.REVIEW),
        ("checks: {deal.hold: {severity: block}}", Severity.BLOCK, None, Route.BLOCK),
        ("checks: {deal.hold: {severity: low}}", Severity.LOW, None, Route.AUTO_SEND),
        ("checks: {deal.hold: {observe: true}}", Severity.INFO, Severity.HIGH, Route.AUTO_SEND),
        ("checks: {deal.closed: {observe: true}}", Severity.HIGH, None, Route.REVIEW),
    ],
    ids=["as documented", "worse", "milder", "observed", "another check"],
)
def test_a_check_weighs_what_the_policy_says(
    settings: str, severity: Severity, observed: Severity | None, route: Route
) -> None:
    verdict = assess(settings)

    (hold,) = [result for result in verdict.checks if result.check == "deal.hold"]
    assert (hold.severity, hold.observed) == (severity, observed)
    assert verdict.route is route


def test_a_mail_for_nobody_is_not_judged() -> None:
    with pytest.raises(InvalidDraft, match="on_behalf_of: there is no person 'ghost'; use a colleague's id"):
        assess(mail=draft(on_behalf_of="ghost"))
