"""What a database that came from a back-up knows about itself: any draft in it may have left since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.store.columns import moment_text
from app.store.rows import DraftRow
from app.store.tables import drafts, settings

_MARK = "may_have_left_until"


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """Up to which moment drafts were handed in that are from a back-up; None where the database never was one."""

    until: datetime | None = None

    def may_have_left(self, row: DraftRow) -> bool:
        """Whether the draft may have been sent after the back-up was made, so that its provider is asked first."""
        return self.until is not None and row.created_at <= self.until


NEVER_RESTORED = Restored()


def read_restored(connection: sa.Connection) -> Restored:
    """What the database knows. It never forgets: a draft from a back-up may be approved a month later."""
    mark = connection.execute(_READ).scalar()
    return Restored(until=datetime.fromisoformat(mark)) if mark is not None else NEVER_RESTORED


def mark_restored(connection: sa.Connection) -> Restored:
    """From now on every draft that is here counts as one from a back-up; those that come later do not."""
    newest = connection.execute(sa.select(sa.func.max(drafts.c.created_at))).scalar()
    known = read_restored(connection).until
    until = max((moment for moment in (newest, known) if moment is not None), default=None)
    if until is not None:
        connection.execute(sa.delete(settings).where(settings.c.name == _MARK))
        connection.execute(sa.insert(settings).values(name=_MARK, value=moment_text(until)))
    return Restored(until=until)


_READ = sa.select(settings.c.value).where(settings.c.name == _MARK)
