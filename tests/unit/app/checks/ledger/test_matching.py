"""The checks of new promises against open ones: the same thing in other words, and other things in similar words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks.topics import Topic, same_thing
from app.core.checks import Severity
from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Recipient
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import (
    FRIDAY,
    GLOBEX,
    HANK,
    draft,
    facts,
    failed,
    found,
    ny,
    owed,
    promise,
    results,
    rewritten,
)

TUESDAY = date(2026, 11, 24)
TO_HANK = draft(to=("hank@globex.example",), deal_id=None)


def sending(
    thing: str, day: date | None = TUESDAY, *, words: str = "Tuesday, November 24", grain: str = "day"
) -> Findings:
    text = f"I'll send {thing} by {words}"
    due = (words, day) if day else None
    return found(text, promise(text, thing=thing, due=due, grain=grain))


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("the SOC 2 report", "the SOC 2 report"),
        ("our SOC2 audit report", "SOC 2 Type II Report"),
        ("the compliance report", "the SOC 2 report"),
        ("the updated MSA", "the master services agreement"),
        ("the quote", "the revised quote for 500 seats"),
        ("the SAML integration", "single sign-on integration"),
        ("the pen test summary", "penetration test report"),
    ],
)
def test_another_day_for_the_same_thing(new: str, old: str) -> None:
    findings = sending(new)

    (result,) = results("ledger.contradiction", findings, facts(ledger=(owed(old, FRIDAY),)))

    assert result.severity is Severity.HIGH
    assert rewritten(findings, result).endswith("by Friday, November 20")
    assert results("ledger.duplicate", findings, facts(ledger=(owed(old, FRIDAY),))) == []


def test_the_message_says_what_was_promised_and_what_this_says() -> None:
    (result,) = results(
        "ledger.contradiction", sending("the SOC 2 report"), facts(ledger=(owed("SOC 2 report", FRIDAY),))
    )

    assert result.message == "You promised Dana Reyes the SOC 2 report for Friday 20 Nov; this says Tuesday 24 Nov"
    assert [fact.source for fact in result.evidence] == ["ledger"] * 3


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("the security questionnaire", "the security overview"),
        ("the usage report", "the SOC 2 report"),
        ("the product deck", "the security deck"),
        ("the Q3 report", "the Q4 report"),
        ("the MSA redlines", "the MSA"),
        ("the order form", "the quote"),
        ("the ISO 27001 certificate", "the SOC 2 report"),
        ("it", "the quote"),
        ("the report", "the report inventory"),
        ("2026 price list", "2025 price list"),
    ],
)
def test_other_things_are_no_contradiction(new: str, old: str) -> None:
    assert results("ledger.contradiction", sending(new), facts(ledger=(owed(old, FRIDAY),))) == []


@pytest.mark.parametrize(
    ("mail", "entry"),
    [
        (draft(deal_id=None), owed("the quote", FRIDAY, deal_id="D-9")),
        (draft(), owed("the quote", FRIDAY, recipient="luis@acme.example")),
        (draft(deal_id=None), owed("the quote", FRIDAY, recipient="luis@acme.example")),
        (draft(), owed("the quote", FRIDAY, recipient="luis@acme.example", deal_id=None)),
    ],
    ids=["same recipient", "same deal", "same account", "same account, entry without deal"],
)
def test_whom_it_was_promised_to(mail: Draft, entry: LedgerEntry) -> None:
    assert results("ledger.contradiction", sending("the quote"), facts(ledger=(entry,)), mail)


def test_promises_to_others_are_others() -> None:
    hank = facts(
        recipients=(Recipient(email=HANK.email, contact=HANK),),
        deal=None,
        account=GLOBEX,
        ledger=(owed("the quote", FRIDAY),),
    )
    sister = owed("the quote", FRIDAY, recipient="luis@acme.example", deal_id="D-2")

    assert results("ledger.contradiction", sending("the quote"), hank, TO_HANK) == []
    assert results("ledger.contradiction", sending("the quote"), facts(ledger=(sister,))) == []


def test_an_earlier_day_contradicts_too_but_nobody_is_told_to_be_later() -> None:
    findings = sending("the quote", date(2026, 11, 19), words="tomorrow")

    (result,) = results("ledger.contradiction", findings, facts(ledger=(owed("the quote", FRIDAY),)))

    assert result.suggestion is None


def test_a_day_that_is_past_is_not_suggested() -> None:
    (result,) = results(
        "ledger.contradiction", sending("the quote"), facts(ledger=(owed("the quote", date(2026, 11, 13)),))
    )

    assert result.suggestion is None


def test_a_week_does_not_contradict_a_day_in_it() -> None:
    this_week = sending("the quote", FRIDAY, words="this week", grain="week")
    next_week = sending("the quote", date(2026, 11, 27), words="next week", grain="week")
    wednesday = facts(ledger=(owed("the quote", date(2026, 11, 18)),))

    assert results("ledger.contradiction", this_week, wednesday) == []
    assert results("ledger.contradiction", next_week, wednesday)


def test_of_several_alike_the_same_day_is_meant_and_of_none_nothing_is_said() -> None:
    product, security = owed("the product deck", FRIDAY), owed("the security deck", TUESDAY, id="L-2")
    world = facts(ledger=(product, security))

    assert len(results("ledger.duplicate", sending("the deck"), world)) == 1
    other_day = sending("the deck", date(2026, 12, 1), words="December 1")
    assert results("ledger.contradiction", other_day, world) == []


@pytest.mark.parametrize(("old", "new", "after"), [("8%", "12%", "8%"), ("10 percent", "8%", "10%")])
def test_another_percentage(old: str, new: str, after: str) -> None:
    text = f"We'll give you a {new} discount on the prepayment"
    findings = found(text, promise(text, action="give", thing=f"a {new} discount", kind=Kind.CONCESSION))
    entry = owed(f"{old} discount", None, text=f"We'll give you {old} discount", kind=Kind.CONCESSION, action="give")

    (result,) = results("ledger.contradiction", findings, facts(ledger=(entry,)))

    assert rewritten(findings, result) == text.replace(new, after)
    assert new.rstrip("%") in result.message


def test_the_same_percentage_is_a_duplicate() -> None:
    text = "We'll give you an 8% discount"
    findings = found(text, promise(text, action="give", thing="an 8% discount", kind=Kind.CONCESSION))
    entry = owed("8% discount", None, text="8% off", kind=Kind.CONCESSION, action="give")

    assert results("ledger.contradiction", findings, facts(ledger=(entry,))) == []
    assert len(results("ledger.duplicate", findings, facts(ledger=(entry,)))) == 1


@pytest.mark.parametrize("thing", ["the SOC 2 report", "the compliance report"])
def test_the_same_promise_for_the_same_day_is_a_duplicate(thing: str) -> None:
    (result,) = results("ledger.duplicate", sending(thing), facts(ledger=(owed("SOC 2 report", TUESDAY),)))

    assert result.severity is Severity.LOW
    assert "Thursday 12 Nov already" in result.message


@pytest.mark.parametrize(
    ("findings", "entry"),
    [
        (sending("the quote"), owed("the quote", None)),
        (sending("the quote", None), owed("the quote", TUESDAY)),
        (sending("the quote"), owed("the invoice", TUESDAY)),
        (sending("the quote"), owed("the quote", TUESDAY, action="sign")),
    ],
    ids=["no day then", "no day now", "another thing", "another deed"],
)
def test_half_the_same_is_neither(findings: Findings, entry: LedgerEntry) -> None:
    assert results("ledger.duplicate", findings, facts(ledger=(entry,))) == []
    assert results("ledger.contradiction", findings, facts(ledger=(entry,))) == []


@pytest.mark.parametrize("check", ["ledger.contradiction", "ledger.duplicate"])
def test_without_the_ledger_nothing_is_guessed(check: str) -> None:
    world = failed("ledger", ledger=(owed("the quote", FRIDAY), owed("the quote", TUESDAY, id="L-2")))

    assert results(check, sending("the quote"), world) == []


def test_a_colleagues_promise_is_told_as_his() -> None:
    entry = replace(owed("the quote", FRIDAY), person="tom", made_at=ny(3, 9))

    (result,) = results("ledger.contradiction", sending("the quote"), facts(ledger=(entry,)))

    assert result.message.startswith("tom promised Dana Reyes the quote")


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [
        (("get", "a call", "a call with your infosec folks"), ("schedule", "a security review", "x"), True),
        (("circulate", "the minutes", "x"), ("send", "the meeting notes", "x"), True),
        (("ship", None, "We ship single sign-on"), ("deliver", "SSO integration", "x"), True),
        (("refund", "the shipping fee", "x"), ("refund", "the duplicate invoice", "x"), False),
        (("schedule", "a call", "a call"), ("schedule", "a call", "a call"), False),
        (("sign", "the NDA", "x"), ("send", "the NDA", "x"), False),
        (("check", None, "I'll check"), ("check", None, "I'll check"), False),
    ],
)
def test_topics(new: tuple[str, str | None, str], old: tuple[str, str | None, str], same: bool) -> None:
    topics = [Topic(action=action, object=thing, text=text) for action, thing, text in (new, old)]

    assert same_thing(*topics) is same
    assert same_thing(*reversed(topics)) is same
