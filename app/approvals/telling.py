"""What people are told, in plain words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.core.approvals import ApprovalRequest, Seat, Via
from app.core.ids import Ids
from app.core.notices import Notice, NoticeKind
from app.store.rows import DraftRow

_SUBJECT = 80


def notices(
    ids: Ids,
    row: DraftRow,
    request_id: str | None,
    kind: NoticeKind,
    texts: Iterable[tuple[str, str]],
    *,
    at: datetime,
) -> list[Notice]:
    """One notice for each (recipient, text); a recipient is told once."""
    return [
        Notice(id=ids.new("no"), recipient=who, kind=kind, draft_id=row.id, request_id=request_id, text=text, at=at)
        for who, text in dict(texts).items()
    ]


def asked(row: DraftRow, request: ApprovalRequest, seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """To those who are asked now."""
    until = f"until {_moment(request.expires_at)}"
    return [(seat.person, f"{_draft(row)} waits for your decision{_why(seat)}, {until}") for seat in seats]


def consulted(row: DraftRow, request: ApprovalRequest) -> list[tuple[str, str]]:
    """To those who get a view."""
    return [
        (who, f"{_draft(row)} is before {_names(request)}; you may see it and comment") for who in request.consulted
    ]


def reminded(row: DraftRow, request: ApprovalRequest, people: Iterable[str]) -> list[tuple[str, str]]:
    """To those who have not answered."""
    return [
        (who, f"{_draft(row)} still waits for your decision, until {_moment(request.expires_at)}") for who in people
    ]


def escalated(row: DraftRow, request: ApprovalRequest, seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """To those above."""
    return [
        (seat.person, f"{_draft(row)} has had no decision from {_names(request)}; now you may decide, too")
        for seat in seats
    ]


def expired(row: DraftRow, request: ApprovalRequest) -> list[tuple[str, str]]:
    """To the sender, those who were asked, and who is accountable."""
    who = (row.on_behalf_of, *request.people, *([request.accountable] if request.accountable else []))
    return [
        (each, f"{_draft(row)} was not decided in time and will not be sent; reopen it if it should") for each in who
    ]


def question(row: DraftRow, author: str, text: str) -> list[tuple[str, str]]:
    """To the sender and the agent that wrote it."""
    words = f"{author} asks about {_draft(row)}: {text}"
    return [(row.on_behalf_of, words), (f"agent:{row.agent}", words)]


def answered(row: DraftRow, author: str, text: str, *, asker: str) -> list[tuple[str, str]]:
    """To whoever asked."""
    return [(asker, f"{author} answers about {_draft(row)}: {text}")]


def _draft(row: DraftRow) -> str:
    subject = row.subject if len(row.subject) <= _SUBJECT else row.subject[: _SUBJECT - 1] + "…"
    return f"draft {row.id} (“{subject}”, for {row.on_behalf_of})"


def _why(seat: Seat) -> str:
    if seat.via is Via.DELEGATE:
        return f" in the name of {seat.instead_of}"
    return f" instead of {seat.instead_of}" if seat.via is Via.REASSIGNED else ""


def _names(request: ApprovalRequest) -> str:
    return ", ".join(request.people) or "nobody"


def _moment(moment: datetime) -> str:
    return f"{moment:%A %d %B %H:%M} UTC"
