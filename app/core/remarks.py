"""What is asked, answered and noted about a request for approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RemarkKind(StrEnum):
    """What a remark is."""

    QUESTION = "question"
    """A request for information; until it is answered nobody is reminded."""
    ANSWER = "answer"
    COMMENT = "comment"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One remark. It decides nothing."""

    id: str
    draft_id: str
    approval_id: str
    kind: RemarkKind
    author: str
    """`person:<id>` or `agent:<name>`."""
    text: str
    answers: str | None = None
    """For an answer: the question's id."""
    at: datetime


def open_questions(remarks: tuple[Remark, ...], approval_id: str) -> tuple[Remark, ...]:
    """The questions of a request that nobody has answered, oldest first."""
    answered = {remark.answers for remark in remarks}
    return tuple(
        remark
        for remark in remarks
        if remark.kind is RemarkKind.QUESTION and remark.approval_id == approval_id and remark.id not in answered
    )
