"""One person, one machine, one slot, and two customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.checks import Severity
from app.core.commitments import LedgerEntry
from app.core.facts import Facts
from app.core.findings import Findings, Kind
from app.core.things import scarce_thing
from tests.unit.app.checks.builders import GLOBEX, facts, failed, found, owed, promise, results

CHECK = "ledger.rival"
DAY = date(2026, 12, 8)


def promised(text: str, thing: str | None = None, day: date | None = DAY, **changes: object) -> LedgerEntry:
    """An open promise to Globex."""
    entry = owed(
        thing,
        day,
        text=text,
        kind=Kind.RESOURCE,
        recipient="hank@globex.example",
        account="globex",
        deal_id="D-9",
    )
    entry = replace(entry, thing=scarce_thing(kind=Kind.RESOURCE, object=thing, text=text))
    return replace(entry, **changes)  # type: ignore[arg-type]


def promising(text: str, thing: str | None = None, day: date | None = DAY, **how: object) -> Findings:
    due = ("then", day) if day else None
    return found(text, promise(text, thing=thing, due=due, kind=Kind.RESOURCE, **how))  # type: ignore[arg-type]


def world(*entries: LedgerEntry, **changes: object) -> Facts:
    return facts(rivals=entries, customers=(GLOBEX,), **changes)


ANA = promised("Ana Ruiz will be on site with you then")
ANA_TOO = promising("Ana will be on site with you then", actor="Ana")


def test_one_person_on_one_day() -> None:
    (result,) = results(CHECK, ANA_TOO, world(ANA))

    assert result.severity is Severity.HIGH
    assert result.message == (
        "Globex Foods was promised “Ana Ruiz will be on site with you then” for Tuesday 8 Dec already"
    )
    assert {fact.source for fact in result.evidence} == {"ledger"}


@pytest.mark.parametrize(
    ("findings", "entry", "severity"),
    [
        (
            promising("We'll put Ana on it full time", day=None),
            promised("We'll assign Ana Ruiz to you full time", day=None),
            Severity.HIGH,
        ),
        (
            promising("You get the last pilot slot", "the last pilot slot", day=None),
            promised("We'll keep the last pilot slot for you", "the last pilot slot", day=None),
            Severity.HIGH,
        ),
        (
            promising("You get our last demo unit then", "our last demo unit", date(2026, 12, 1)),
            promised("We'll ship our last demo unit", "our last demo unit"),
            Severity.HIGH,
        ),
        (
            promising("We'll bring the demo units then", "the demo units"),
            promised("We'll bring two demo tablets", "two demo tablets"),
            Severity.HIGH,
        ),
        (
            promising("We'll bring two demo units then", "two demo units"),
            promised("We'll bring two demo tablets", "two demo tablets"),
            Severity.LOW,
        ),
        (
            promising("You get the pilot slot", "the pilot slot", day=None),
            promised("We'll keep the last pilot slot for you", "the last pilot slot", day=None),
            Severity.LOW,
        ),
    ],
    ids=["full time twice", "the last slot", "the last unit", "units of one day", "some of many", "one side only"],
)
def test_what_cannot_or_may_not_go_to_both(findings: Findings, entry: LedgerEntry, severity: Severity) -> None:
    (result,) = results(CHECK, findings, world(entry))

    assert result.severity is severity


@pytest.mark.parametrize(
    ("findings", "entry"),
    [
        (ANA_TOO, replace(ANA, due_day=date(2026, 12, 10))),
        (ANA_TOO, replace(ANA, thing="person:tom")),
        (promising("Ana Smith will be on site with you then", actor="Ana Smith"), ANA),
        (promising("You get the pilot slot", "the pilot slot", None), promised("You get it", "the pilot slot", None)),
        (found("I'll send the plan", promise("I'll send the plan", thing="the plan")), ANA),
    ],
    ids=["another day", "another thing", "another Ana", "no day, nothing altogether", "a paper"],
)
def test_what_can_go_to_both(findings: Findings, entry: LedgerEntry) -> None:
    assert results(CHECK, findings, world(entry)) == []


def test_a_week_holds_the_day_in_it() -> None:
    week = promising("Ana will be on site with you then", day=date(2026, 12, 11), grain="week", actor="Ana")

    assert results(CHECK, week, world(ANA))


def test_of_several_the_certain_clash_is_told() -> None:
    slot = promising("You get the last pilot slot", "the last pilot slot", day=None)
    possible = promised("You get the pilot slot", "the pilot slot", None)
    certain = promised("You get the last pilot slot", "the last pilot slot", None, id="L-2")

    (result,) = results(CHECK, slot, world(certain, possible))

    assert result.severity is Severity.HIGH
    assert "L-2.text" in {fact.field for fact in result.evidence}


def test_the_sender_is_in_one_place_too() -> None:
    mine = found(
        "I'll be on site at your plant then",
        promise("I'll be on site at your plant then", due=("then", DAY), kind=Kind.MEETING),
    )
    there = promised("I'll be on site at your plant", person="sam")

    assert results(CHECK, mine, facts(ledger=(there,)))
    assert results(CHECK, mine, facts(ledger=(replace(there, due_day=date(2026, 12, 9)),))) == []
    assert results(CHECK, mine, facts(ledger=(replace(there, person="tom"),))) == []
    assert results(CHECK, mine, facts(ledger=(replace(there, account="acme"),))) == []


def test_somebody_whom_the_crm_does_not_name_is_told_by_id() -> None:
    (result,) = results(CHECK, ANA_TOO, facts(rivals=(replace(ANA, account=None),)))

    assert result.message.startswith("hank@globex.example was promised")


@pytest.mark.parametrize("source", ["ledger", "crm"])
def test_without_ledger_or_crm_nothing_is_guessed(source: str) -> None:
    assert results(CHECK, ANA_TOO, failed(source, rivals=(ANA,))) == []
