"""The day of a promise, wherever its sentence names it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.checks.deal.sentences import sentences
from app.checks.ledger.dues import due_of
from app.checks.ledger.statements import sentence_of
from app.core.drafts import Draft
from app.extraction import extract_findings
from tests.unit.app.checks.builders import SAM


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Tuesday, November 24 I'll send you the quote.", 24),
        ("By Tuesday, November 24 you'll have the quote from me.", 24),
        ("I'll send you the quote by Tuesday, November 24.", 24),
        ("Instead of Friday, November 20 you get the quote on Tuesday, November 24.", 24),
        ("I'll send you the quote no later than Tuesday, November 24.", 24),
    ],
)
def test_the_day_that_holds(text: str, day: int) -> None:
    draft = Draft(action="reply", agent="x", on_behalf_of=SAM.id, to=("dana@acme.example",), text=text)
    findings = extract_findings(draft, sender=SAM, at=datetime.fromisoformat("2026-11-18T10:00:00-05:00"))
    due = due_of(findings.commitments[0], sentence_of(findings.commitments[0], sentences(findings)))

    assert due is not None
    assert due.due_day == date(2026, 11, day)
