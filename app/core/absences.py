"""Out of office: who is away from when until when, and who decides in their name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """A stretch in which a colleague is not asked, or somebody else is in their place. Half open, in UTC."""

    id: str
    person: str
    start: datetime
    until: datetime
    delegate: str | None
    """The id of whoever decides in their name meanwhile; None: the fallback is asked as well."""
    set_by: str
    set_at: datetime

    def covers(self, moment: datetime) -> bool:
        """Whether the person is away at the moment."""
        return self.start <= moment < self.until
