"""What can be said about a mail that is stuck: it did leave, or it is to be tried again.

What is said counts for the draft as it was drawn last: a button's name holds the draft's version, one press closes
the box in which it was said, and a draft that has moved on, even back to where it stood, is shown again instead.
"""

from __future__ import annotations

from enum import StrEnum

from app.core.errors import StaleVersion
from app.standing import Standing
from app.store.rows import DraftRow
from app.ui.acts import watch
from app.ui.attempt import attempt, done, missing
from app.ui.session import Seat, memory, typed_in

_MOVED_ON = "It has moved on since it was shown to you, so nothing was done. Here is where it is now."


class Word(StrEnum):
    """A person's word on a mail that is stuck, as its button says it."""

    LEFT = "It did leave"
    AGAIN = "Try again"


def word_name(row: DraftRow, word: Word) -> str:
    """The name of this word on exactly this version of the draft."""
    return f"{word.name}-{row.id}-{row.version}"


def opened_word(row: DraftRow) -> Word | None:
    """The word that the reader has begun to say about the draft as it stands."""
    return next((word for word in Word if memory().asked_twice == word_name(row, word)), None)


def settle(seat: Seat, shown: DraftRow, word: Word, box: str) -> None:
    """Keep the reader's word on the draft as it was shown, with the reason that stands in the box."""
    if opened_word(shown) is not word:
        return  # a second press on what the first has done
    reason = typed_in(box).strip()
    if not reason:
        missing("Say how you know: the trail keeps it. Nothing was done.")
        return
    memory().asked_twice = None
    if attempt(lambda: _settle(seat, shown, word, reason)) is not None:
        _tell(shown, word)


def _settle(seat: Seat, shown: DraftRow, word: Word, reason: str) -> Standing | None:
    try:
        return seat.services.gate.settle_send(
            shown.id,
            person=seat.person.id,
            digest=shown.digest,
            left=word is Word.LEFT,
            reason=reason,
            version=shown.version,
        )
    except StaleVersion:
        missing(_MOVED_ON)
        return None


def _tell(shown: DraftRow, word: Word) -> None:
    if word is Word.LEFT:
        done("Kept: it did leave. What it promises stands in the ledger.")
    else:
        watch(shown.id)
        done("It is tried again, on today's facts.")
