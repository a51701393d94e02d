"""The extractors' findings, in the gate's vocabulary."""

from __future__ import annotations

from datetime import datetime

import extractors
from app.core.codec import from_record
from app.core.drafts import Draft
from app.core.facts import Person
from app.core.findings import Findings


def extract_findings(draft: Draft, *, sender: Person, at: datetime) -> Findings:
    """What the draft says, its dates resolved against `at` in the sender's zone and working hours."""
    hours = sender.working_hours
    found = extractors.extract(
        draft.text,
        html=draft.html,
        subject=draft.subject,
        sent_at=at,
        timezone=sender.timezone,
        working_hours=extractors.WorkingHours(start=hours.start, end=hours.end, days=frozenset(hours.days)),
        holidays=sender.holidays,
    )
    return from_record(Findings, {"text": found.text, **found.to_record()})
