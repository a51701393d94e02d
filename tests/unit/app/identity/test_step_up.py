"""Rules that demand a fresh proof: what is enough, what is not, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from app.core.approvals import Requirement, Resolver, ResolverKind, Verdict
from app.core.errors import NotPermitted, StaleDigest, StepUpRequired, WrongCode
from app.core.lifecycle import State
from app.core.proofs import FRESH, Proof, ProofMethod, ProofSource
from app.identity.second_factor import SecondFactors
from app.identity.step_up import proof_by_sign_in
from app.standing import Standing
from tests.support.deciding import approve, reject, standing
from tests.support.gates import Harness
from tests.unit.app.identity.phones import PROVED, enrolled, kinds, person, submitted


def approved(
    harness: Harness, shown: Standing, proof: ProofSource | None, *, by: str = "ruth", digest: str = ""
) -> Standing:
    return harness.gate.decide(
        shown.row.id, person=by, verdict=Verdict.APPROVE, digest=digest or shown.row.digest, proof=proof
    )


def by_code(harness: Harness, factors: SecondFactors, code: str, *, of: str = "ruth") -> ProofSource:
    return partial(factors.prove, person(harness, of), code)


def test_without_a_proof_nothing_is_approved(harness: Harness) -> None:
    shown = submitted(harness)
    with pytest.raises(StepUpRequired, match="the rule demands a fresh proof of who approves"):
        approve(harness, shown)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW


def test_a_code_is_enough_and_its_moment_is_kept(harness: Harness, factors: SecondFactors) -> None:
    phone, shown = enrolled(harness, factors), submitted(harness)
    approved(harness, shown, by_code(harness, factors, phone.code()))

    after = standing(harness, shown.row.id)
    [word] = after.approvals[0].decisions
    assert after.row.state is State.SCHEDULED
    assert (word.verified_at, word.verified_by) == (harness.clock.now(), ProofMethod.TOTP)
    with harness.store.read() as reader:
        [event] = [e for e in reader.audit.events(draft_id=shown.row.id) if e.kind == "draft.approved"]
    assert event.facts["verified_at"] == harness.clock.now().isoformat()
    assert event.facts["verified_by"] == "totp"


def test_a_wrong_code_counts_although_nothing_is_decided(harness: Harness, factors: SecondFactors) -> None:
    phone, shown = enrolled(harness, factors), submitted(harness)
    with pytest.raises(WrongCode):
        approved(harness, shown, by_code(harness, factors, phone.wrong()))
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    with harness.store.read() as reader:
        assert reader.identity.factor("ruth").tries == 1


def test_a_repeated_approval_needs_no_second_code(harness: Harness, factors: SecondFactors) -> None:
    phone, shown = enrolled(harness, factors), submitted(harness)
    source = by_code(harness, factors, phone.code())
    first = approved(harness, shown, source)
    assert approved(harness, shown, source).row == first.row


def test_no_code_is_spent_where_something_else_stands_in_the_way(harness: Harness, factors: SecondFactors) -> None:
    phone, shown = enrolled(harness, factors), submitted(harness)
    source = by_code(harness, factors, phone.code())
    with pytest.raises(StaleDigest):
        approved(harness, shown, source, digest="sha256:00")
    with pytest.raises(NotPermitted):
        approved(harness, shown, source, by="sam")
    assert "identity.proved" not in kinds(harness, "identity")
    assert approved(harness, shown, source).row.state is State.SCHEDULED


def test_no_code_is_looked_at_where_no_rule_demands_one(harness: Harness, factors: SecondFactors) -> None:
    shown = submitted(harness, replace(PROVED, step_up=False))
    after = approved(harness, shown, by_code(harness, factors, "000000"))
    assert after.row.state is State.SCHEDULED
    assert after.approvals[0].decisions[0].verified_at is None


def test_rejecting_needs_no_proof(harness: Harness) -> None:
    shown = submitted(harness)
    assert reject(harness, shown, "ruth").row.state is State.REJECTED


def test_somebody_elses_proof_is_none(harness: Harness, factors: SecondFactors) -> None:
    phone, shown = enrolled(harness, factors, "ada"), submitted(harness)
    with pytest.raises(StepUpRequired, match="ada proved who they are, but ruth decides"):
        approved(harness, shown, by_code(harness, factors, phone.code(), of="ada"))


@pytest.mark.parametrize("age", [FRESH + timedelta(seconds=1), -timedelta(seconds=1)])
def test_an_old_proof_and_one_from_the_future_are_none(harness: Harness, age: timedelta) -> None:
    shown = submitted(harness)
    stale = Proof(person="ruth", method=ProofMethod.SIGN_IN, at=harness.clock.now() - age)
    with pytest.raises(StepUpRequired, match="within 5 minutes"):
        approved(harness, shown, lambda: stale)


def test_each_of_several_proves_it(harness: Harness, factors: SecondFactors) -> None:
    both = Requirement(needed=2, step_up=True, resolver=Resolver(kind=ResolverKind.ROLE, argument="sales_engineer"))
    phones = {each: enrolled(harness, factors, each) for each in ("sam", "tom")}
    shown = submitted(harness, both)
    approved(harness, shown, by_code(harness, factors, phones["sam"].code(), of="sam"), by="sam")
    with pytest.raises(StepUpRequired):
        approved(harness, shown, None, by="tom")
    after = approved(harness, shown, by_code(harness, factors, phones["tom"].code(), of="tom"), by="tom")
    assert after.row.state is State.SCHEDULED


class SignedIn:
    """A double of the page's sign-in, at one moment or never."""

    def __init__(self, at: datetime | None) -> None:
        self.at = at

    def auth_time(self, person_id: str) -> datetime | None:  # noqa: ARG002
        """That moment."""
        return self.at


def test_a_fresh_sign_in_is_a_proof(harness: Harness) -> None:
    now, ruth = harness.clock.now(), person(harness, "ruth")
    shown = submitted(harness)
    at = now - timedelta(minutes=4)
    after = approved(harness, shown, lambda: proof_by_sign_in(ruth, SignedIn(at), now=now))
    [word] = after.approvals[0].decisions
    assert (word.verified_at, word.verified_by) == (at, ProofMethod.SIGN_IN)


@pytest.mark.parametrize("ago", [None, timedelta(minutes=6), timedelta(minutes=-1)])
def test_an_old_or_unknown_sign_in_is_none(harness: Harness, ago: timedelta | None) -> None:
    now = harness.clock.now()
    sign_ins = SignedIn(None if ago is None else now - ago)
    with pytest.raises(StepUpRequired, match="sign in again"):
        proof_by_sign_in(person(harness, "ruth"), sign_ins, now=now)
