"""How much of each limit is used up now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.core.limits import Limits
from app.store.store import Reader
from app.store.uses import Use

MOST_SUBJECTS = 20


def limits_in_use(reader: Reader, limits: Limits, *, at: datetime, most: int = MOST_SUBJECTS) -> Iterator[Use]:
    """Each limit of the policy, for those who used most of it; a limit that nobody used is there once, for nobody."""
    for limit in limits.each():
        subjects = reader.uses.subjects(limit, at=at, most=most)
        if not subjects:
            yield Use(limit=limit, subject=limit.tier or "", used=0, free_at=None)
        for subject in subjects:
            yield reader.uses.use(limit, subject, at=at)
