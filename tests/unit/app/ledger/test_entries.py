"""The promises of a sent draft, as the ledger keeps them."""

from __future__ import annotations

from app.core.assessment import Assessment, Risk, Ruling
from app.core.ids import RandomIds
from app.core.routes import Route, Tier
from app.ledger.entries import entries_of
from tests.unit.app.checks.builders import ACME, FRIDAY, NOW, SAM, draft, found, promise


def test_an_entry_knows_the_scarce_thing_that_it_is_about() -> None:
    slot, plan = "We'll keep the last pilot slot for you", "I'll send the plan by Friday"
    assessment = Assessment(
        digest="sha256:0",
        findings=found(
            f"{slot}. {plan}.",
            promise(slot, action="keep", thing="the last pilot slot"),
            promise(plan, thing="the plan", due=("Friday", FRIDAY)),
        ),
        checks=(),
        risk=Risk(tier=Tier.LOW),
        ruling=Ruling(route=Route.REVIEW, rule="r", why="", policy_version=1),
        sender=SAM,
        account=ACME,
    )

    entries = entries_of(assessment, draft(), draft_id="dr_1", ids=RandomIds(), at=NOW)

    assert [(entry.thing, entry.due_day) for entry in entries] == [("slot:pilot", None), (None, FRIDAY)]
    assert {entry.account for entry in entries} == {"acme"}
