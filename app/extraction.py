"""The extractors' findings, in the gate's vocabulary."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import extractors
from app.core.codec import from_record
from app.core.drafts import Draft
from app.core.facts import Person
from app.core.findings import Findings
from extractors.lazily import compiled

_REPLY_PREFIX = compiled(r"^(?:\s*(?:re|aw|sv|tr|rv|fwd?|wg)\s*:)+\s*", re.IGNORECASE)

_LIST_RULES = "item."
"""Rules for the lines of a list ("Report: Friday"), which every other subject looks like."""


def extract_findings(draft: Draft, *, sender: Person, at: datetime) -> Findings:
    """What the draft says, its dates resolved against `at` in the sender's zone and working hours."""
    findings = _extract(draft.text, draft.html, sender=sender, at=at)
    subject = _own_subject(draft)
    if not subject:
        return findings
    said = _extract(subject, None, sender=sender, at=at).commitments
    return replace(findings, subject=tuple(c for c in said if not c.rule.startswith(_LIST_RULES)))


def _extract(text: str, html: str | None, *, sender: Person, at: datetime) -> Findings:
    hours = sender.working_hours
    found = extractors.extract(
        text,
        html=html,
        sent_at=at,
        timezone=sender.timezone,
        working_hours=extractors.WorkingHours(start=hours.start, end=hours.end, days=frozenset(hours.days)),
        holidays=sender.holidays,
        fiscal_year_start=sender.fiscal_year_start,
    )
    return from_record(Findings, {"text": found.text, **found.to_record()})


def _own_subject(draft: Draft) -> str:
    """The subject where it is the sender's own words: not that of the thread which the mail continues."""
    own = _REPLY_PREFIX.sub("", draft.subject)
    continued = _REPLY_PREFIX.sub("", draft.thread.subject or "") if draft.thread else None
    return "" if own == continued else own
