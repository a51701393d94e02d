"""What the gate sent before a scenario's draft and keeps waiting, as its store would tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.drafts import Draft
from app.core.facts import History
from integrations.fields import Fields

_REMEMBERED = timedelta(days=28)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbox:
    """All mail of a scenario, whoever it was for."""

    sent: Sequence[Fields]
    waiting: Sequence[Fields]


def history_of(draft: Draft, outbox: Outbox, *, at: datetime, own_domains: Collection[str]) -> History:
    """What of it concerns the draft."""
    everybody = {address.lower() for address in draft.recipients}
    outside = {address for address in everybody if address.rpartition("@")[2] not in own_domains}
    thread = draft.thread.id if draft.thread else None
    sent = sorted(((row.moment("at") or at, row) for row in outbox.sent), key=lambda pair: pair[0])
    recent: dict[str, tuple[datetime, ...]] = {}
    for moment, row in sent:
        for address in _receivers(row) & outside if at - _REMEMBERED <= moment <= at else ():
            recent[address] = (*recent.get(address, ()), moment)
    return History(
        sent_to_recipients=sum(bool(_receivers(row) & everybody) for _, row in sent),
        sent_in_thread=sum(thread is not None and row.optional_text("thread") == thread for _, row in sent),
        waiting_in_thread=tuple(
            row.text("id", "dr-earlier") for row in outbox.waiting if thread and row.optional_text("thread") == thread
        ),
        recent=recent,
        steps_sent={int(row.text("step")): moment for moment, row in sent if _is_step(row, draft, outside)},
    )


def _receivers(row: Fields) -> set[str]:
    return {address.lower() for address in row.words("to")}


def _is_step(row: Fields, draft: Draft, outside: set[str]) -> bool:
    same = draft.sequence is not None and row.optional_text("sequence") == draft.sequence.id
    return same and bool(_receivers(row) & outside)
