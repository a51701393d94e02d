"""A house from before the trail had sums of rows: its rows are vouched for once, as they are found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit.rows import TAKEN_OVER
from app.store.store import Store, Transaction
from app.store.vouched import Sums
from app.trail import happened

VOUCHED_FOR = "rows_vouched_for"


def take_over_rows(store: Store, *, now: datetime) -> None:
    """Have the trail vouch for every row there is, once; whoever comes later, or second, does nothing.

    Workers of a version before this one have to be stopped first: the trail would not know what they write.
    """
    with store.read() as reader:
        if reader.settings.get(VOUCHED_FOR) is not None:
            return
    try:
        with store.write(now=now) as tx:
            tx.settings.put_new(VOUCHED_FOR, "1")
            _vouch_for_all(tx)
    except IntegrityError:
        return  # another process was first


def _vouch_for_all(tx: Transaction) -> None:
    found: dict[str | None, Sums] = {}
    for row in tx.vouched.every():
        found.setdefault(row.draft_id, {}).setdefault(row.table, {})[row.key] = row.sha256
    tx.record(*(happened(TAKEN_OVER, "gate", draft_id=draft_id, rows=rows) for draft_id, rows in found.items()))
