"""Promises that were not kept, and mails that take them for kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.checks import Severity
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.facts import Facts
from app.core.findings import Findings
from tests.unit.app.checks.builders import (
    FRIDAY,
    NOW,
    claim,
    facts,
    failed,
    found,
    ny,
    owed,
    promise,
    results,
)

CHECK = "ledger.dependency_broken"
LAST_WEEK = date(2026, 11, 12)
BROKEN = owed("your sandbox", LAST_WEEK, action="set up", state=CommitmentState.BROKEN)
OVERDUE = owed("your sandbox", LAST_WEEK, action="set up")
READY = found("Now that your sandbox is ready, we can begin.")


def broken(*entries: LedgerEntry, **changes: object) -> Facts:
    return facts(broken=entries, **changes)


@pytest.mark.parametrize(
    "text",
    [
        "Now that your sandbox is ready, we can begin.",
        "As promised, your sandbox went live last week.",
        "Once you have tried the sandbox we set up, let's talk.",
        "With the sandbox in place, your team can test.",
        "After your team has used the sandbox, we will train them.",
        "Have you seen the sandbox that we set up?",
        "How are your people getting on with the sandbox?",
    ],
)
@pytest.mark.parametrize("world", [broken(BROKEN), facts(ledger=(OVERDUE,))], ids=["broken", "overdue"])
def test_a_mail_that_takes_it_for_kept(text: str, world: Facts) -> None:
    (result,) = results(CHECK, found(text), world)

    assert result.severity is Severity.HIGH
    assert "builds on it" in result.message


def test_the_message_says_what_became_of_it() -> None:
    (was_broken,) = results(CHECK, READY, broken(BROKEN))
    (is_overdue,) = results(CHECK, READY, facts(ledger=(OVERDUE,)))

    assert was_broken.message.startswith(
        "You promised Dana Reyes your sandbox for Thursday 12 Nov, and it was broken"
    )
    assert "and it is overdue" in is_overdue.message


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry that your sandbox is late. Once it is ready, we can begin.",
        "Your sandbox has not been set up yet.",
        "Once your sandbox is ready, we can begin. I know that it is overdue.",
        "Would you rather have the sandbox in Europe?",
        "Now that your contract is ready, we can begin.",
        "Your sandbox has room for ten users.",
    ],
    ids=["sorry", "not yet", "overdue", "an offer", "another thing", "only named"],
)
def test_silence_where_nothing_is_built_on_it(text: str) -> None:
    assert results(CHECK, found(text), broken(BROKEN)) == []


def sending(before: str = "") -> Findings:
    said = "I'll send the quote by Friday"
    return found(f"{before}{said}.", promise(said, thing="the quote", due=("Friday", FRIDAY)))


QUOTE = owed("the quote", LAST_WEEK, state=CommitmentState.BROKEN)


def test_a_broken_promise_made_again() -> None:
    (result,) = results(CHECK, sending(), broken(QUOTE))

    assert result.spans == ((0, len("I'll send the quote by Friday")),)


@pytest.mark.parametrize("before", ["I'm sorry for missing the deadline. ", "I still owe you the numbers. "])
def test_who_owns_up_may_promise_again(before: str) -> None:
    assert results(CHECK, sending(before), broken(QUOTE)) == []


def test_an_overdue_promise_made_again_is_for_the_other_checks() -> None:
    overdue = replace(QUOTE, state=CommitmentState.OPEN)

    assert results(CHECK, sending(), facts(ledger=(overdue,))) == []


def test_what_was_promised_anew_since_is_no_longer_broken() -> None:
    anew = owed("the quote", FRIDAY, id="L-2", made_at=ny(17, 9))

    assert results(CHECK, sending(), broken(QUOTE, ledger=(anew,))) == []
    stale = replace(anew, due_day=date(2026, 11, 13))
    assert results(CHECK, sending(), broken(QUOTE, ledger=(stale,)))


def test_what_the_mail_carries_is_kept() -> None:
    text = "As promised, the quote is attached."

    assert results(CHECK, found(text), broken(QUOTE))
    assert results(CHECK, found(text, claim("the quote is attached", "the quote")), broken(QUOTE)) == []


@pytest.mark.parametrize(
    "entry",
    [
        replace(OVERDUE, due_day=FRIDAY),
        replace(OVERDUE, due_day=None),
        replace(OVERDUE, due_at=NOW + timedelta(hours=1)),
        replace(OVERDUE, recipient="hank@globex.example", deal_id="D-9", account="globex"),
    ],
    ids=["not due yet", "without a day", "due today", "somebody else's"],
)
def test_what_can_still_be_kept_is_not_broken(entry: LedgerEntry) -> None:
    assert results(CHECK, READY, facts(ledger=(entry,))) == []


def test_without_the_ledger_nothing_is_guessed() -> None:
    assert results(CHECK, READY, failed("ledger", broken=(BROKEN,))) == []
