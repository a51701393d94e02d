"""Mails that left unattended and were drawn for a look, and what was seen in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from app.core.autonomy import Look, Sample
from app.core.errors import NotFound
from app.core.routes import Route
from app.store.tables import drafts, samples
from app.store.vouched import Written


class SampleRepository:
    """Reads and writes samples on one connection."""

    def __init__(self, connection: sa.Connection, written: Written) -> None:
        self._connection = connection
        self._written = written

    def put(self, sample: Sample) -> None:
        """Keep that a draft was drawn."""
        values = {name: getattr(sample, name) for name in sample.__slots__}
        self._connection.execute(sa.insert(samples).values(**{**values, "route": sample.route.value}))
        self._written.note(samples, sample.draft_id)

    def get(self, draft_id: str) -> Sample:
        """The sample of a draft. Raises NotFound where it was not drawn."""
        row = self._connection.execute(sa.select(samples).where(samples.c.draft_id == draft_id)).first()
        if row is None:
            raise NotFound("sample of draft", draft_id)
        return _sample(row)

    def listed(self, *, looked_at: bool, sender: str | None = None, limit: int) -> Sequence[Sample]:
        """Those nobody has looked at yet, oldest first; or those that somebody has, latest first.

        With a sender, only mails in that person's name.
        """
        query = sa.select(samples).limit(limit)
        if sender is not None:
            query = query.join(drafts, drafts.c.id == samples.c.draft_id).where(drafts.c.on_behalf_of == sender)
        if looked_at:
            query = query.where(samples.c.look.is_not(None)).order_by(samples.c.looked_at.desc(), samples.c.draft_id)
        else:
            query = query.where(samples.c.look.is_(None)).order_by(samples.c.drawn_at, samples.c.draft_id)
        return [_sample(row) for row in self._connection.execute(query)]

    def keep_look(self, sample: Sample, look: Look, *, by: str, at: datetime, reason: str) -> Sample | None:
        """Keep what somebody saw. Returns it as it is now; None where somebody else has looked at it."""
        values = {"look": look.value, "looked_by": by, "looked_at": at, "reason": reason}
        update = sa.update(samples).where(samples.c.draft_id == sample.draft_id, samples.c.look.is_(None))
        if self._connection.execute(update.values(values)).rowcount != 1:
            return None
        self._written.note(samples, sample.draft_id)
        return replace(sample, look=look, looked_by=by, looked_at=at, reason=reason)


def _sample(row: sa.Row[tuple[object, ...]]) -> Sample:
    values = dict(row._mapping)
    look = values["look"]
    return Sample(**{**values, "route": Route(values["route"]), "look": Look(look) if look else None})
