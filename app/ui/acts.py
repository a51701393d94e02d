"""What the buttons do. Each call names the digest that was shown; every refusal becomes a calm line."""

from __future__ import annotations

from app.core.approvals import Verdict
from app.core.commitments import CommitmentState
from app.core.lifecycle import State
from app.core.proofs import ProofSource
from app.edits import DraftEdit
from app.ledger.service import settle
from app.rewriting import offers
from app.rewriting.service import accept_suggestions
from app.standing import Standing
from app.ui.attempt import attempt, done, missing
from app.ui.session import Notice, Seat, leave_it, memory
from app.ui.words import left_out_words

_MOST_WATCHED = 3


def approve(seat: Seat, shown: Standing, reason: str = "", code: str = "") -> None:
    """Approve exactly the bytes that were shown, in answer to the request that was shown.

    `code`: of the reader's authenticator app; it is spent only where the rule demands one. Where it is refused, the
    boxes stay open.
    """
    if not _is_at_hand(shown):
        return
    proof = (lambda: seat.services.second_factors.prove(seat.person, code)) if code else None
    standing = attempt(lambda: _decide(seat, shown, Verdict.APPROVE, reason.strip(), proof))
    if standing is None:
        return
    leave_it()
    if standing.row.state is State.IN_REVIEW:
        done("Approved. It waits for somebody else's approval as well.")
    else:
        watch(shown.row.id)


def reject(seat: Seat, shown: Standing, reason: str) -> None:
    """Reject the draft for good. Without a reason nothing happens but a request for one."""
    if not _is_at_hand(shown):
        return
    if not reason.strip():
        missing("Say why: the agent and the trail keep the reason.")
        return
    if attempt(lambda: _decide(seat, shown, Verdict.REJECT, reason.strip())) is not None:
        done("Rejected. It will not be sent.")
    leave_it()


def _is_at_hand(shown: Standing) -> bool:
    """Whether the reader can have meant this draft: buttons of the one before outlive it by a moment."""
    return memory().at_hand == (shown.row.id, shown.row.digest)


def _decide(
    seat: Seat, shown: Standing, verdict: Verdict, reason: str = "", proof: ProofSource | None = None
) -> Standing:
    return seat.services.gate.decide(
        shown.row.id,
        person=seat.person.id,
        verdict=verdict,
        digest=shown.row.digest,
        reason=reason,
        request_id=shown.pending.id if shown.pending else None,
        proof=proof,
    )


def undo(seat: Seat, draft_id: str) -> None:
    """Take back a draft that has not begun to leave."""
    attempt(lambda: seat.services.gate.undo(draft_id, person=seat.person.id))


def save_edit(seat: Seat, draft_id: str, digest: str, edit: DraftEdit) -> bool:
    """Have the changed text judged again. False where it was refused: what was typed has to stay at hand."""
    if edit == DraftEdit():
        memory().notice = Notice(look="plain", text="Nothing was changed.")
        return True
    standing = attempt(lambda: seat.services.gate.edit(draft_id, edit, person=seat.person.id, digest=digest))
    if standing is None:
        return False
    _tell_new_verdict(standing)
    return True


def save_suggestions(seat: Seat, shown: Standing, numbers: tuple[int, ...]) -> bool:
    """Have the text judged again with the suggestions of these numbers in it. False where it was refused."""
    done = attempt(
        lambda: accept_suggestions(
            seat.services.gate,
            shown.row.id,
            numbers,
            person=seat.person.id,
            digest=shown.row.digest,
            offered=offers(shown.assessment),
        )
    )
    if done is None:
        return False
    standing, accepted = done
    _tell_new_verdict(standing, *map(left_out_words, accepted.left_out))
    return True


def _tell_new_verdict(standing: Standing, *besides: str) -> None:
    words = " ".join(("Checked again. This is the new verdict.", *besides))
    memory().notice = Notice(look="plain" if besides else "good", text=words)
    if standing.row.state is State.SCHEDULED:
        watch(standing.row.id)


def settle_commitment(seat: Seat, commitment_id: str, state: CommitmentState, reason: str) -> None:
    """Say what became of a promise. Anything but `kept` needs a reason."""
    if state is not CommitmentState.KEPT and not reason.strip():
        missing("Say why: the trail keeps the reason.")
        return
    settled = attempt(
        lambda: settle(
            seat.services.store,
            commitment_id,
            state,
            person=seat.person,
            reason=reason.strip(),
            now=seat.services.clock.now(),  # the seat's moment is that of the run that drew the button
        )
    )
    if settled is not None:
        done(f"Noted: {state.value}.")


def watch(draft_id: str) -> None:
    """Keep the draft's departure in sight."""
    kept = memory()
    kept.let_go = [draft_id, *(each for each in kept.let_go if each != draft_id)][:_MOST_WATCHED]
