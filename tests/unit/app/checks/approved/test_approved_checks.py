"""What is announced and guaranteed, against what product and legal have approved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core.checks import Severity
from app.core.facts import ApprovedStatement, Facts, UnknownFact
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import NOW, at, draft, facts, found, ny, promise, results, rewritten


def statement(text: str, kind: Kind = Kind.ROADMAP, **changes: object) -> ApprovedStatement:
    return ApprovedStatement(id="s", kind=kind, text=text, approved_by="product", **changes)  # type: ignore[arg-type]


def allowing(*statements: ApprovedStatement) -> Facts:
    return facts(approved=statements, as_of={"approved": NOW})


def announced(text: str, due: tuple[str, date] | None = None) -> Findings:
    return found(text, promise(text.rstrip("."), kind=Kind.ROADMAP, due=due))


def guaranteed(text: str) -> Findings:
    return found(text, promise(text.rstrip("."), kind=Kind.GUARANTEE))


SSO = announced("SSO will ship by 15 January.", ("15 January", date(2027, 1, 15)))


def test_what_nobody_approved_is_marked() -> None:
    (result,) = results("approved.roadmap", SSO, allowing(statement("Dark mode in 2027")))

    assert result.severity is Severity.HIGH
    assert "nothing of the kind" in result.message
    assert result.suggestion is None


@pytest.mark.parametrize(
    "approved",
    [
        statement("Single sign-on will be generally available in Q1 2027", day=date(2027, 1, 15)),
        statement("Single sign-on", customer="acme"),
        statement("SSO for everybody", until=date(2026, 11, 18)),
        statement("SSO", day=date(2026, 12, 31)),
    ],
)
def test_what_is_approved_may_be_said_in_other_words(approved: ApprovedStatement) -> None:
    assert results("approved.roadmap", SSO, allowing(approved)) == []


@pytest.mark.parametrize(
    ("approved", "why"),
    [
        (statement("SSO", day=date(2027, 3, 31)), "2027-03-31"),
        (statement("SSO", customer="globex"), "globex"),
        (statement("SSO", until=date(2026, 11, 17)), "ran out"),
        (statement("SSO", kind=Kind.GUARANTEE), "nothing of the kind"),
    ],
)
def test_another_day_customer_time_or_kind_does_not_cover_it(approved: ApprovedStatement, why: str) -> None:
    (result,) = results("approved.roadmap", SSO, allowing(approved))

    assert why in result.message


def test_one_statement_that_covers_it_is_enough() -> None:
    late, fine = statement("SSO", day=date(2027, 3, 31)), statement("Single sign-on", customer="acme")

    assert results("approved.roadmap", SSO, allowing(late, fine)) == []


def test_the_approved_day_takes_the_place_of_an_earlier_one() -> None:
    (result,) = results("approved.roadmap", SSO, allowing(statement("SSO", day=date(2027, 3, 31))))

    assert rewritten(SSO, result) == "SSO will ship by 31 March."


@pytest.mark.parametrize(
    "text",
    [
        "I'll send you the roadmap deck.",
        "The demo units will ship on Monday.",
        "We'll roll out Planner at your three plants in March.",
        "I can't promise a date for the connector.",
        "When does the connector ship?",
    ],
)
def test_no_announcement(text: str) -> None:
    assert results("approved.roadmap", announced(text), allowing()) == []


def test_the_road_map_counts_without_a_promise() -> None:
    text = "Offline mode is on the roadmap for March."
    findings = found(text, at("March", ny(1, 0, month=12), grain="month", kind="date"))

    assert results("approved.roadmap", findings, allowing())


def in_march(text: str) -> Findings:
    return found(text, at("March", ny(1, 0, month=12) + timedelta(days=90), grain="month", kind="date"))


@pytest.mark.parametrize(
    "text",
    [
        "Battery-aware routing will be part of Route Planner from March.",
        "The API ships in March.",
        "Driver breaks? Available from March.",
        "As to the driver breaks: available from March.",
        "Native SAP sync is coming in March.",
        "We are working on native SAP sync. It is coming in March.",
        "Ferry crossings will be supported from March on.",
        "Route Planner will support cold-chain constraints by March.",
        "In March we are launching a self-service portal for hauliers.",
        "You will be able to plan trailers separately from March on.",
        "Your drivers will see live traffic from March on.",
        "From March, time windows can be set per customer.",
    ],
)
def test_the_product_as_the_subject_is_announced_without_a_promise(text: str) -> None:
    assert results("approved.roadmap", in_march(text), allowing())


@pytest.mark.parametrize(
    "text",
    [
        "Jonas is available from March.",
        "The workshop on the API is available from March.",
        "Your new vans are coming in March.",
        "The vans that reach you in March can be planned from their first day.",
        "I'll ask whether SAP sync is coming in March.",
        "You wrote that your SAP release is coming in March.",
        "If the API ships in March, we can talk again.",
        "The migration of your data into the app is planned for March.",
        "The API documentation will follow in March.",
        "The new price list comes in March.",
        "Offline mode has been available since March.",
        "Our support team moves to a new office in March.",
    ],
)
def test_what_else_arrives_is_no_announcement(text: str) -> None:
    assert results("approved.roadmap", in_march(text), allowing()) == []


def test_what_is_there_already_is_no_announcement() -> None:
    text = "The API is available from 2 November."
    findings = found(text, at("2 November", ny(2, 0), grain="day", kind="date"))

    assert results("approved.roadmap", findings, allowing()) == []


UPTIME = statement("99.9% uptime in every calendar month", Kind.GUARANTEE)
RESPONSE = statement("Response to critical tickets within four hours", Kind.GUARANTEE)
REFUND = statement("30-day money-back guarantee", Kind.GUARANTEE)


@pytest.mark.parametrize(
    "text",
    [
        "We guarantee 99.99% uptime.",
        "We'll respond to critical tickets within 30 minutes.",
        "We give you a 60-day money-back guarantee.",
        "We guarantee a payback within six months.",
        "Your data will never leave the EU.",
    ],
)
def test_more_than_is_approved_is_marked(text: str) -> None:
    (result,) = results("approved.guarantee", guaranteed(text), allowing(UPTIME, RESPONSE, REFUND))

    assert result.severity is Severity.HIGH


@pytest.mark.parametrize(
    "text",
    [
        "We guarantee 99.9% availability.",
        "We guarantee 99.5% uptime.",
        "We'll respond to critical tickets within eight hours.",
        "We give you a 30-day money-back guarantee.",
        "We can't guarantee 99.99% uptime.",
        "I guarantee you'll love the demo.",
        "I'll keep it short, promise.",
        "Your contract already guarantees 99.99% uptime.",
    ],
)
def test_as_much_as_is_approved_and_no_guarantee_are_not(text: str) -> None:
    assert results("approved.guarantee", guaranteed(text), allowing(UPTIME, RESPONSE, REFUND)) == []


def test_a_guarantee_counts_without_a_promise() -> None:
    assert results("approved.guarantee", found("Your uptime will be at least 99.99%."), allowing(UPTIME))


@pytest.mark.parametrize("check", ["approved.roadmap", "approved.guarantee"])
def test_where_nobody_keeps_such_a_list_nothing_is_accused(check: str) -> None:
    for findings in (SSO, guaranteed("We guarantee 99.99% uptime.")):
        assert results(check, findings, facts()) == []


@pytest.mark.parametrize("check", ["approved.roadmap", "approved.guarantee"])
def test_while_the_list_cannot_be_read_nothing_is_guessed(check: str) -> None:
    unknown = (UnknownFact(source="approved", reason="timed out"),)
    world = facts(unknown=unknown, as_of={"approved": NOW})

    for findings in (SSO, guaranteed("We guarantee 99.99% uptime.")):
        assert results(check, findings, world, draft()) == []
