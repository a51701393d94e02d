"""What a rule with `step_up` demands of a decision: a proof, by this very person, given just now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.core.approvals import Decision, Requirement
from app.core.errors import StepUpRequired
from app.core.facts import Person
from app.core.proofs import FRESH, Proof, ProofMethod, SignIns


def require_step_up(requirement: Requirement, word: Decision) -> None:
    """Raise StepUpRequired where the rule demands a fresh proof and this word comes without one."""
    if not requirement.step_up:
        return
    if word.verified_at is None or word.verified_by is None:
        raise StepUpRequired(
            "the rule demands a fresh proof of who approves: give a code of your authenticator app "
            "(`countersign approve … --code`, `code` in the API), or enrol it with `countersign people totp`"
        )
    if not is_fresh(word.verified_at, word.at):
        minutes = int(FRESH.total_seconds() // 60)
        raise StepUpRequired(f"the proof of who approves has to be given within {minutes} minutes; prove it again")


def is_fresh(proved: datetime, now: datetime) -> bool:
    """Whether a proof of that moment says anything about now. One from the future does not."""
    return proved <= now <= proved + FRESH


def proof_by_sign_in(person: Person, sign_ins: SignIns, *, now: datetime) -> Proof:
    """The proof that lies in having just signed in.

    Raises StepUpRequired where the sign-in is too old, or nobody knows when it was.
    """
    at = sign_ins.auth_time(person.id)
    if at is None or not is_fresh(at, now):
        raise StepUpRequired("the rule demands a fresh sign-in: sign in again, then approve")
    return Proof(person=person.id, method=ProofMethod.SIGN_IN, at=at)


def with_proof(word: Decision, proof: Proof | None) -> Decision:
    """The word with its proof. Raises StepUpRequired where somebody else proved who they are."""
    if proof is None:
        return word
    if proof.person != word.person:
        raise StepUpRequired(f"{proof.person} proved who they are, but {word.person} decides; both have to be one")
    return replace(word, verified_at=proof.at, verified_by=proof.method)
