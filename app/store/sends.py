"""Send intents: written before the provider is called, completed by its receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.core.errors import StaleVersion
from app.core.ports import Receipt
from app.store.deferred import Deferred
from app.store.prepared import read, write
from app.store.rows import SendIntent
from app.store.tables import sends, sent_recipients

_INSERT = sa.insert(sends)
_FIND = sa.select(sends).where(sends.c.send_id == sa.bindparam("send_id"))
_HOLD = sa.update(sends).where(
    sends.c.send_id == sa.bindparam("intent_id"), sends.c.fence == sa.bindparam("old_fence")
)
_HELD = ("worker", "fence", "leased_until", "handle", "called")
_CONFIRM = sa.update(sends).where(sends.c.send_id == sa.bindparam("intent_id"))
_INSERT_RECIPIENT = sa.insert(sent_recipients)

_LARGE_ROWS = 20
"""How many mails are read at a time."""


class SendRepository:
    """Reads and writes send intents on one connection."""

    def __init__(self, connection: sa.Connection, deferred: Deferred) -> None:
        self._connection = connection
        self._deferred = deferred

    def intend(self, intent: SendIntent) -> None:
        """Keep the intent, at the latest when the transaction ends."""
        values = {name: getattr(intent, name) for name in intent.__slots__}
        self._deferred.put(_INSERT, [{**values, "recipients": list(intent.recipients)}])

    def hold(self, before: SendIntent, after: SendIntent) -> None:
        """Keep who holds the intent, until when, and what lies ready, where its fencing number is that of `before`.

        Raises StaleVersion if somebody has taken it over, at the latest from the end of the transaction.
        """
        self._deferred.flush()
        keys = {"intent_id": before.send_id, "old_fence": before.fence}

        def require_one(touched: int) -> None:
            if touched != 1:
                raise StaleVersion(before.draft_id, before.fence)

        write(self._connection, _HOLD, {**keys, **{name: getattr(after, name) for name in _HELD}}, heard=require_one)

    def find(self, send_id: str) -> SendIntent | None:
        """The intent with this id, or None."""
        self._deferred.flush()
        found = read(self._connection, _FIND, {"send_id": send_id})
        return SendIntent(**{**found[0], "recipients": tuple(found[0]["recipients"])}) if found else None

    def confirm(self, intent: SendIntent, receipt: Receipt, *, at: datetime) -> None:
        """Keep the provider's word that the mail has left, at the latest when the transaction ends."""
        word = {"provider": receipt.provider, "provider_id": receipt.provider_id, "sent_at": at}
        self._deferred.put(_CONFIRM, [{"intent_id": intent.send_id, **word}])
        emails = dict.fromkeys(r.lower() for r in intent.recipients)
        self._deferred.put(_INSERT_RECIPIENT, [{"send_id": intent.send_id, "email": e} for e in emails])

    def of_drafts(self, draft_ids: Sequence[str]) -> Iterator[SendIntent]:
        """Every intent there ever was for these drafts; read a few at a time, for mails may be large."""
        self._deferred.flush()
        query = sa.select(sends).where(sends.c.draft_id.in_(draft_ids)).order_by(sends.c.send_id).limit(_LARGE_ROWS)
        last = ""
        while page := self._connection.execute(query.where(sends.c.send_id > last)).all():
            yield from (SendIntent(**{**row._mapping, "recipients": tuple(row.recipients)}) for row in page)
            last = page[-1].send_id

    def reached(self, draft_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The addresses, in small letters, that each confirmed send of these drafts went to, by send id."""
        self._deferred.flush()
        found = self._connection.execute(
            sa.select(sent_recipients).join(sends).where(sends.c.draft_id.in_(draft_ids))
        )
        emails: dict[str, frozenset[str]] = {}
        for row in found:
            emails[row.send_id] = emails.get(row.send_id, frozenset()) | {row.email}
        return emails
