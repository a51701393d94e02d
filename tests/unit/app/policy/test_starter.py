"""Every default of the starter policy, shown on a draft that goes all the way from text to route."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assess import Assessor
from app.core.drafts import Draft, Thread
from app.core.routes import Route
from app.extraction import extract_findings
from app.policy import Policy
from app.policy.catalogue import OF_RECORDS
from app.policy.model import Resource
from app.policy.soundness import checked_policy, flaws_in
from app.policy.starter import starter_text
from app.trial import ListedPromises
from integrations.world import open_world
from tests.unit.app.policy import samples
from tests.unit.app.policy.starter_scenarios import NOW, SCENARIOS, Scenario, found_house


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small house."""
    return found_house(tmp_path_factory.mktemp("starter"))


@pytest.fixture(scope="module")
def starter() -> Policy:
    """The starter, as somebody would publish it."""
    return checked_policy(starter_text())


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_default_works(scenario: Scenario, world: Path, starter: Policy) -> None:
    opened = open_world(world)
    thread = Thread(id="t-1", message_id="<m-1@acme.example>", references=("<m-1@acme.example>",), subject="Pilot")
    draft = Draft(
        action=scenario.action,
        agent="bot",
        on_behalf_of="sam",
        to=(scenario.to,),
        subject="Re: Pilot" if scenario.thread else "Maintenance planning",
        text=scenario.text,
        html=scenario.html,
        deal_id=scenario.deal,
        thread=thread if scenario.thread else None,
        sequence=scenario.sequence,
    )
    verdict = Assessor(extractor=extract_findings, world=opened.world).assess(
        draft, policy=starter, promises=ListedPromises(opened.ledger), history=scenario.sent, at=NOW
    )
    told = [(match.rule, match.why) for match in verdict.ruling.matches], verdict.checks, verdict.findings.commitments
    assert (verdict.route, verdict.ruling.rule) == (scenario.route, scenario.rule), told


@pytest.mark.parametrize(
    ("operation", "route", "rule"),
    [
        ("browse", Route.AUTO_SEND, "browsing"),
        ("post", Route.REVIEW, "anything-public-or-lasting"),
        ("page", Route.REVIEW, "anything-public-or-lasting"),
        ("update_record", Route.REVIEW, "records"),
        ("create_record", Route.REVIEW, "records"),
        ("delete_record", Route.REVIEW, "records"),
        ("unheard_of", Route.REVIEW, "builtin.no-rule"),
    ],
)
def test_other_actions_go_by_what_is_at_stake(operation: str, route: Route, rule: str, starter: Policy) -> None:
    resource = Resource.RECORD_MUTATION if operation in OF_RECORDS else Resource.AGENT_ACTION
    verdict = samples.ruling(starter, resource=resource, operation=operation)
    assert (verdict.route, verdict.rule) == (route, rule)


def test_the_starter_has_no_flaws(starter: Policy) -> None:
    assert flaws_in(starter) == ()
    assert starter.warnings == ()


def test_every_rule_of_the_starter_is_shown_to_decide(starter: Policy) -> None:
    shown = {scenario.rule for scenario in SCENARIOS}
    others = {"browsing", "anything-public-or-lasting", "records"}
    assert {rule.id for rule in starter.rules} == (shown | others) - {"builtin.no-rule"}
