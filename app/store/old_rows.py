"""Rows that nothing will ask for any more, deleted in batches, so that nobody waits long for the write lock."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.store.tables import limit_uses, notices, one_time_codes


class OldRowRepository:
    """Deletes on one connection. Each method deletes at most `limit` rows and returns how many it did."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def delete_codes(self, *, expired_before: datetime, limit: int) -> int:
        """One-time codes that were worth nothing any more by then."""
        return self._delete(one_time_codes, one_time_codes.c.expires_at, expired_before, limit)

    def delete_uses(self, *, before: datetime, limit: int) -> int:
        """Places under limits that were taken before then."""
        return self._delete(limit_uses, limit_uses.c.at, before, limit)

    def delete_notices(self, *, delivered_before: datetime, limit: int) -> int:
        """Notices that a transport had carried by then; what was never carried stays."""
        return self._delete(notices, notices.c.delivered_at, delivered_before, limit)

    def _delete(self, table: sa.Table, moment: sa.Column[datetime], before: datetime, limit: int) -> int:
        key = sa.tuple_(*table.primary_key.columns)
        oldest = sa.select(*table.primary_key.columns).where(moment < before).order_by(moment).limit(limit)
        return self._connection.execute(sa.delete(table).where(key.in_(oldest))).rowcount
