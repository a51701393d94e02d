"""What a draft's readers had from us before, and what else waits in its thread; every question has an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from app.core.drafts import Draft
from app.core.facts import History
from app.core.lifecycle import ON_THE_WAY, STUCK, State
from app.store.prepared import rows_of
from app.store.rows import DraftRow
from app.store.tables import drafts, revisions, sends, sent_recipients

_MOST_COUNTED = 1000
"""Beyond that many mails to somebody, or in a thread, it makes no difference how many there were."""
_MOST_WAITING = 20
_NOT_LEFT = [state.value for state in (State.IN_REVIEW, State.SCHEDULED, *ON_THE_WAY, *STUCK)]
"""What is blocked leaves only after an edit, and mostly never: its agent hands in another."""

_SAME_THREAD = drafts.c.thread_id == sa.bindparam("thread_id")
# SQLite takes drafts without a thread for one long thread, and would rather read every draft than use the index.
_OF_THREAD: Mapping[str, sa.ColumnElement[bool]] = {
    "postgresql": _SAME_THREAD,
    "sqlite": sa.func.likelihood(_SAME_THREAD, sa.literal_column("0.00001")),
}


def _in_thread(dialect: str) -> sa.Subquery:
    return (
        sa.select(sends.c.send_id)
        .select_from(drafts.join(sends, drafts.c.id == sends.c.draft_id))
        .where(_OF_THREAD[dialect], sends.c.sent_at.is_not(None))
        .limit(_MOST_COUNTED)
        .subquery()
    )


@lru_cache(maxsize=64)
def _counts(addresses: int, in_thread: bool, dialect: str) -> sa.Select[tuple[int, int]]:
    """How many mails went to so many addresses (`email0` …), and how many in the thread, where there is one."""
    emails: list[sa.BindParameter[str]] = [sa.bindparam(f"email{number}") for number in range(addresses)]
    to_them = sa.select(sent_recipients.c.send_id).where(sent_recipients.c.email.in_(emails)).limit(_MOST_COUNTED)
    return sa.select(
        sa.select(sa.func.count(sa.distinct(to_them.subquery().c.send_id))).scalar_subquery(),
        sa.select(sa.func.count()).select_from(_in_thread(dialect)).scalar_subquery()
        if in_thread
        else sa.literal_column("0"),
    )


_WAITING = {
    dialect: sa.select(drafts.c.id)
    .where(of_thread, drafts.c.state.in_(_NOT_LEFT))
    .order_by(drafts.c.created_at, drafts.c.id)
    .limit(_MOST_WAITING)
    for dialect, of_thread in _OF_THREAD.items()
}
_BEFORE = (drafts.c.created_at < sa.bindparam("created_at")) | (
    (drafts.c.created_at == sa.bindparam("created_at")) & (drafts.c.id < sa.bindparam("id"))
)
"""Of two that wait, the later one waits for the earlier: were it both ways, neither would ever leave."""

# A draft that was sent is never written again: `updated_at` is when it left. The send's `sent_at` says the same, but
# stands behind the bytes of the mail, which would have to be read over.
_REACHED = (
    sa.select(sent_recipients.c.email, drafts.c.updated_at)
    .select_from(sent_recipients.join(sends).join(drafts))
    .where(sent_recipients.c.email.in_(sa.bindparam("emails", expanding=True)))
    .limit(_MOST_COUNTED)
)
_RECENT = _REACHED.where(drafts.c.updated_at >= sa.bindparam("since"))
_CONTENT = (revisions.c.draft_id == drafts.c.id) & (revisions.c.number == drafts.c.revision)


def _steps(id: sa.ColumnElement[str], step: sa.ColumnElement[int]) -> sa.Select[tuple[int, datetime]]:
    return (
        sa.select(step.label("step"), drafts.c.updated_at)
        .select_from(sent_recipients.join(sends).join(drafts).join(revisions, _CONTENT))
        .where(sent_recipients.c.email.in_(sa.bindparam("emails", expanding=True)), id == sa.bindparam("sequence"))
        .limit(_MOST_COUNTED)
    )


_RECORD = sa.cast(revisions.c.content, sa.JSON)["sequence"]
_STEPS = {
    "postgresql": _steps(_RECORD["id"].as_string(), _RECORD["step"].as_integer()),
    "sqlite": _steps(
        sa.func.json_extract(revisions.c.content, "$.sequence.id"),
        sa.func.json_extract(revisions.c.content, "$.sequence.step"),
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Who counts as outside, and how far back it matters what they had."""

    own_domains: tuple[str, ...]
    since: datetime

    def of(self, addresses: Sequence[str]) -> list[str]:
        """Those addresses, in small letters, that are not on our side: colleagues may get any number of mails."""
        own = {domain.casefold() for domain in self.own_domains}
        lower = dict.fromkeys(address.lower() for address in addresses)
        return [address for address in lower if address.rpartition("@")[2] not in own]


def read_history(connection: sa.Connection, draft: Draft, *, row: DraftRow | None, outside: Outside) -> History:
    """What this gate has sent and keeps waiting, as far as it concerns the draft.

    `row` is the draft's own where it is stored already: only what was handed in before it counts as waiting.
    """
    thread_id = draft.thread.id if draft.thread else None
    emails = [address.lower() for address in draft.recipients]
    asked = {f"email{number}": email for number, email in enumerate(emails)}
    if thread_id is not None:
        asked["thread_id"] = thread_id
    question = _counts(len(emails), thread_id is not None, connection.dialect.name)
    ((to_them, in_thread),) = rows_of(connection, question, asked)
    theirs = outside.of(draft.recipients)
    return History(
        sent_to_recipients=to_them,
        sent_in_thread=in_thread,
        waiting_in_thread=_waiting(connection, thread_id, row) if thread_id is not None else (),
        recent=_recent(connection, theirs, outside.since) if to_them else {},
        steps_sent=_steps_sent(connection, draft.sequence.id, theirs) if draft.sequence and to_them else {},
    )


def _waiting(connection: sa.Connection, thread_id: str, row: DraftRow | None) -> tuple[str, ...]:
    waiting = _WAITING[connection.dialect.name]
    if row is None:
        return tuple(connection.execute(waiting, {"thread_id": thread_id}).scalars())
    before = {"thread_id": thread_id, "created_at": row.created_at, "id": row.id}
    return tuple(connection.execute(waiting.where(_BEFORE), before).scalars())


def _recent(connection: sa.Connection, emails: Sequence[str], since: datetime) -> Mapping[str, tuple[datetime, ...]]:
    moments: dict[str, list[datetime]] = {}
    for email, at in connection.execute(_RECENT, {"emails": emails, "since": since}):
        moments.setdefault(email, []).append(at)
    return {email: tuple(sorted(sent)) for email, sent in moments.items()}


def _steps_sent(connection: sa.Connection, sequence: str, emails: Sequence[str]) -> Mapping[int, datetime]:
    """Each step with the moment when its last mail left."""
    found = connection.execute(_STEPS[connection.dialect.name], {"emails": emails, "sequence": sequence})
    return {row.step: row.updated_at for row in sorted(found, key=lambda row: row.updated_at)}
