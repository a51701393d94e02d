"""What people are told, in plain words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.core.approvals import ApprovalRequest, Seat, Via
from app.core.ids import Ids
from app.core.matters import Matter
from app.core.notices import Notice, NoticeKind
from app.matter import MatterRow

_SUBJECT = 80


def notices(
    ids: Ids,
    row: MatterRow,
    request_id: str | None,
    kind: NoticeKind,
    texts: Iterable[tuple[str, str]],
    *,
    at: datetime,
) -> list[Notice]:
    """One notice for each (recipient, text); a recipient is told once."""
    about_draft = row.matter is Matter.DRAFT
    return [
        Notice(
            id=ids.new("no"),
            recipient=who,
            kind=kind,
            draft_id=row.id if about_draft else None,
            action_id=None if about_draft else row.id,
            request_id=request_id,
            text=text,
            at=at,
        )
        for who, text in dict(texts).items()
    ]


def asked(row: MatterRow, request: ApprovalRequest, seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """To those who are asked now."""
    until = f"until {_moment(request.expires_at)}"
    return [(seat.person, f"{_named(row)} waits for your decision{_why(seat)}, {until}") for seat in seats]


def consulted(row: MatterRow, request: ApprovalRequest) -> list[tuple[str, str]]:
    """To those who get a view."""
    return [
        (who, f"{_named(row)} is before {_names(request)}; you may see it and comment") for who in request.consulted
    ]


def reminded(row: MatterRow, request: ApprovalRequest, people: Iterable[str]) -> list[tuple[str, str]]:
    """To those who have not answered."""
    return [
        (who, f"{_named(row)} still waits for your decision, until {_moment(request.expires_at)}") for who in people
    ]


def escalated(row: MatterRow, request: ApprovalRequest, seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """To those above."""
    return [
        (seat.person, f"{_named(row)} has had no decision from {_names(request)}; now you may decide, too")
        for seat in seats
    ]


def expired(row: MatterRow, request: ApprovalRequest) -> list[tuple[str, str]]:
    """To the sender, those who were asked, and who is accountable."""
    who = (row.on_behalf_of, *request.people, *([request.accountable] if request.accountable else []))
    is_mail = row.matter is Matter.DRAFT
    words = (
        "will not be sent; reopen it if it should" if is_mail else "will not be done; propose it again if it should"
    )
    return [(each, f"{_named(row)} was not decided in time and {words}") for each in who]


def question(row: MatterRow, author: str, text: str) -> list[tuple[str, str]]:
    """To the sender and the agent whose idea it was."""
    words = f"{author} asks about {_named(row)}: {text}"
    return [(row.on_behalf_of, words), (f"agent:{row.agent}", words)]


def answered(row: MatterRow, author: str, text: str, *, asker: str) -> list[tuple[str, str]]:
    """To whoever asked."""
    return [(asker, f"{author} answers about {_named(row)}: {text}")]


def _named(row: MatterRow) -> str:
    subject = row.subject if len(row.subject) <= _SUBJECT else row.subject[: _SUBJECT - 1] + "…"
    return f"{row.matter} {row.id} (“{subject}”, for {row.on_behalf_of})"


def _why(seat: Seat) -> str:
    if seat.via is Via.DELEGATE:
        return f" in the name of {seat.instead_of}"
    return f" instead of {seat.instead_of}" if seat.via is Via.REASSIGNED else ""


def _names(request: ApprovalRequest) -> str:
    return ", ".join(request.people) or "nobody"


def _moment(moment: datetime) -> str:
    return f"{moment:%A %d %B %H:%M} UTC"
