"""The checks on recipients."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import Severity
from app.core.facts import Facts, Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import DANA, DEAL, HANK, SAM, draft, facts, failed, results

NOTHING = Findings(text="Hi")
STRANGER = Recipient(email="who@acme.example")
COLLEAGUE = Recipient(email=SAM.email, colleague=SAM)


def to(*recipients: Recipient, **changes: object) -> Facts:
    return facts(recipients=recipients, **changes)


@pytest.mark.parametrize(
    ("action", "severity"),
    [("reply", Severity.MEDIUM), ("follow_up", Severity.MEDIUM), ("cold_outreach", Severity.LOW)],
)
def test_an_address_that_nobody_knows(action: str, severity: Severity) -> None:
    (result,) = results("recipient.unknown", NOTHING, to(STRANGER), draft(action=action))

    assert result.severity is severity
    assert "who@acme.example" in result.message


@pytest.mark.parametrize(
    "recipient", [Recipient(email=DANA.email, contact=DANA), COLLEAGUE, Recipient(email="team@OURS.example")]
)
def test_contacts_colleagues_and_our_own_lists_are_known(recipient: Recipient) -> None:
    assert results("recipient.unknown", NOTHING, to(recipient)) == []


@pytest.mark.parametrize("source", ["crm", "people"])
def test_nobody_is_called_unknown_while_a_directory_is_silent(source: str) -> None:
    assert results("recipient.unknown", NOTHING, failed(source, recipients=(STRANGER,))) == []


def test_a_contact_of_another_customer_is_stopped() -> None:
    hank = Recipient(email=HANK.email, contact=HANK)
    ghost = Recipient(email="g@x.example", contact=replace(HANK, id="c-g", account="unlisted"))

    first, second = results("recipient.wrong_account", NOTHING, to(hank, ghost))

    assert first.severity is Severity.BLOCK
    assert first.message == "Hank Scorpio works for Globex Foods, but Acme - Planner is a deal with Acme Mills"
    assert "unlisted" in second.message


@pytest.mark.parametrize(
    "world",
    [
        to(Recipient(email=DANA.email, contact=DANA)),
        to(Recipient(email=HANK.email, contact=replace(HANK, account=None))),
        to(Recipient(email=HANK.email, contact=HANK), deal=replace(DEAL, contacts=("c-hank",))),
        to(Recipient(email=HANK.email, contact=HANK), deal=None),
        to(COLLEAGUE, STRANGER),
    ],
    ids=["same account", "no account", "partner named in the deal", "no deal", "no contact"],
)
def test_others_may_read_along(world: Facts) -> None:
    assert results("recipient.wrong_account", NOTHING, world) == []


@pytest.mark.parametrize(
    ("check", "mark", "severity"),
    [
        ("recipient.sensitive", "sensitive", Severity.HIGH),
        ("recipient.opted_out", "opted_out", Severity.BLOCK),
    ],
)
def test_marked_contacts(check: str, mark: str, severity: Severity) -> None:
    marked = replace(DANA, **{mark: True})  # type: ignore[arg-type]
    world = to(Recipient(email=DANA.email, contact=marked), Recipient(email="d@x.example", contact=marked))

    first, second = results(check, NOTHING, world)

    assert first.severity is second.severity is severity
    assert results(check, NOTHING, facts()) == []
    assert results(check, NOTHING, to(STRANGER)) == []
    assert results(check, NOTHING, to(COLLEAGUE)) == []
    assert results(check, NOTHING, failed("crm", recipients=(STRANGER,))) == []
