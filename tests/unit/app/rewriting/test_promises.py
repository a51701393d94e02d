"""A promise after a rewrite is accounted for by one before it, or it is new."""

from __future__ import annotations

from dataclasses import replace

from app.core.checks import Suggestion
from app.core.findings import Commitment, Findings, Kind, Strength
from app.rewriting.promises import added_promise


def promise(start: int, end: int, strength: Strength = Strength.FIRM) -> Commitment:
    return Commitment(
        text="x" * (end - start),
        start=start,
        end=end,
        strength=strength,
        kind=Kind.DELIVERABLE,
        actor="sender",
        action=None,
        object=None,
        recipient=None,
        due=None,
        rule="r",
    )


def findings(*promises: Commitment) -> Findings:
    return Findings(text="x" * 200, commitments=promises)


LONGER = Suggestion(start=20, end=30, replacement="x" * 25, why="")


def test_the_same_promises_moved_by_the_change_are_not_new() -> None:
    before = findings(promise(0, 10), promise(15, 40), promise(50, 60))
    after = findings(promise(0, 10), promise(15, 55), promise(65, 75))
    assert added_promise(before, after, [LONGER]) is None


def test_a_promise_within_the_new_words_is_new_unless_the_old_words_held_one() -> None:
    new = promise(25, 40)
    assert added_promise(findings(promise(0, 20)), findings(promise(0, 20), new), [LONGER]) == new
    assert added_promise(findings(promise(15, 22)), findings(new), [LONGER]) is None


def test_a_promise_beside_the_new_words_is_held_against_what_stood_there() -> None:
    new = promise(45, 60)
    assert added_promise(findings(promise(20, 30)), findings(new), [LONGER]) == new
    assert added_promise(findings(promise(30, 45)), findings(new), [LONGER]) is None


def test_one_promise_that_becomes_two_is_one_more() -> None:
    second = promise(40, 50)
    assert added_promise(findings(promise(0, 50)), findings(promise(0, 30), second), []) == second


def test_an_offer_made_firm_is_new_and_a_promise_made_an_offer_is_not() -> None:
    firm, offer = promise(0, 10), replace(promise(0, 10), strength=Strength.TENTATIVE)
    assert added_promise(findings(offer), findings(firm), []) == firm
    assert added_promise(findings(firm), findings(offer), []) is None


def test_words_taken_away_take_nothing_with_them() -> None:
    gone = Suggestion(start=10, end=20, replacement="", why="")
    assert added_promise(findings(promise(10, 20), promise(25, 40)), findings(promise(15, 30)), [gone]) is None
