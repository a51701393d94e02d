"""From a draft to its findings: bodies and subject."""

from __future__ import annotations

import pytest

from app.core.drafts import Thread
from app.core.facts import Person
from app.extraction import extract_findings
from tests.support.gates import START, a_draft

SAM = Person(id="sam", email="sam@ours.example", name="Sam", timezone="America/New_York")
PROMISE = "We will deliver the pilot by Friday with a 60% discount"


def test_offsets_count_in_the_text_that_is_given_back() -> None:
    findings = extract_findings(a_draft(text="Hi Dana,\n\nI'll send the plan by Friday."), sender=SAM, at=START)
    (commitment,) = findings.commitments
    assert findings.text[commitment.start : commitment.end] == commitment.text
    assert str(commitment.due_day) == "2026-11-20"


def test_a_subject_of_the_senders_own_is_read() -> None:
    findings = extract_findings(a_draft(PROMISE, text="Hello."), sender=SAM, at=START)
    assert [c.text for c in findings.subject] == [PROMISE]


@pytest.mark.parametrize("subject", [PROMISE, f"Re: {PROMISE}", f"RE: Fwd: {PROMISE}"])
def test_the_subject_of_the_thread_is_not_the_senders_own(subject: str) -> None:
    thread = Thread(id="t", subject=f"Re: {PROMISE}")
    findings = extract_findings(a_draft(subject, text="Hello.", thread=thread), sender=SAM, at=START)
    assert findings.subject == ()


@pytest.mark.parametrize("subject", ["", "Re:", "Planner for two mills", "Re: Board paper"])
def test_a_plain_subject_promises_nothing(subject: str) -> None:
    assert extract_findings(a_draft(subject, text="Hello."), sender=SAM, at=START).subject == ()
