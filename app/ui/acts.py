"""What the buttons do. Each call names the digest that was shown; every refusal becomes a calm line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.approvals import Verdict
from app.core.commitments import CommitmentState
from app.core.errors import CountersignError, StaleDigest
from app.core.lifecycle import State
from app.edits import DraftEdit
from app.ledger.service import settle
from app.rewriting import offers
from app.rewriting.service import accept_suggestions
from app.standing import Standing
from app.ui.session import Notice, Seat, memory
from app.ui.words import left_out_words

_CHANGED = "It has changed since it was shown to you, so nothing was done. Here is what it is now."
_MOST_WATCHED = 3

T = TypeVar("T")
_log = structlog.get_logger(__name__)


def approve(seat: Seat, shown: Standing, reason: str = "") -> None:
    """Approve exactly the bytes that were shown, in answer to the request that was shown."""
    standing = _tried(lambda: _decide(seat, shown, Verdict.APPROVE, reason.strip()))
    memory().approving = None
    if standing is None:
        return
    if standing.row.state is State.IN_REVIEW:
        memory().notice = Notice(look="good", text="Approved. It waits for somebody else's approval as well.")
    else:
        watch(shown.row.id)


def reject(seat: Seat, shown: Standing, reason: str) -> None:
    """Reject the draft for good. Without a reason nothing happens but a request for one."""
    if not reason.strip():
        memory().notice = Notice(look="bad", text="Say why: the agent and the trail keep the reason.")
        return
    if _tried(lambda: _decide(seat, shown, Verdict.REJECT, reason.strip())) is not None:
        memory().notice = Notice(look="good", text="Rejected. It will not be sent.")
    memory().rejecting = None


def _decide(seat: Seat, shown: Standing, verdict: Verdict, reason: str = "") -> Standing:
    return seat.services.gate.decide(
        shown.row.id,
        person=seat.person.id,
        verdict=verdict,
        digest=shown.row.digest,
        reason=reason,
        request_id=shown.pending.id if shown.pending else None,
    )


def undo(seat: Seat, draft_id: str) -> None:
    """Take back a draft that has not begun to leave."""
    _tried(lambda: seat.services.gate.undo(draft_id, person=seat.person.id))


def save_edit(seat: Seat, draft_id: str, digest: str, edit: DraftEdit) -> bool:
    """Have the changed text judged again. False where it was refused: what was typed has to stay at hand."""
    if edit == DraftEdit():
        memory().notice = Notice(look="plain", text="Nothing was changed.")
        return True
    standing = _tried(lambda: seat.services.gate.edit(draft_id, edit, person=seat.person.id, digest=digest))
    if standing is None:
        return False
    _tell_new_verdict(standing)
    return True


def save_suggestions(seat: Seat, shown: Standing, numbers: tuple[int, ...]) -> bool:
    """Have the text judged again with the suggestions of these numbers in it. False where it was refused."""
    done = _tried(
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
        memory().notice = Notice(look="bad", text="Say why: the trail keeps the reason.")
        return
    settled = _tried(
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
        memory().notice = Notice(look="good", text=f"Noted: {state.value}.")


def watch(draft_id: str) -> None:
    """Keep the draft's departure in sight."""
    kept = memory()
    kept.let_go = [draft_id, *(each for each in kept.let_go if each != draft_id)][:_MOST_WATCHED]


def _tried(act: Callable[[], T]) -> T | None:
    try:
        return act()
    except StaleDigest:
        memory().notice = Notice(look="bad", text=_CHANGED)
    except CountersignError as error:
        memory().notice = Notice(look="bad", text=f"That was not done: {error}.")
    except SQLAlchemyError as error:
        _log.error("the database refused", error=str(error))
        memory().notice = Notice(look="bad", text="The database did not answer, and nothing was changed. Try again.")
    return None
