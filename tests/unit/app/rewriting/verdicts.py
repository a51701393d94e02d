"""Verdicts on made-up mails, with suggestions that a test writes by the words that they replace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from app.core.assessment import Assessment, Risk, Ruling
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Person
from app.core.routes import Route, Tier
from app.extraction import extract_findings
from app.rewriting import Acceptance, Chosen, accept

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
SENDER = Person(id="sam", email="sam@ours.example", name="Sam Reyes", timezone="America/New_York")


def a_draft(text: str = "", html: str | None = None) -> Draft:
    """A mail of Sam's."""
    return Draft(action="reply", agent="bot", on_behalf_of="sam", to=("lee@acme.example",), text=text, html=html)


def judged(draft: Draft, *results: CheckResult) -> Assessment:
    """A verdict on the draft that consists of these results."""
    return Assessment(
        digest="sha256:0",
        findings=extract_findings(draft, sender=SENDER, at=NOW),
        checks=results,
        risk=Risk(tier=Tier.LOW),
        ruling=Ruling(route=Route.REVIEW, rule="look", why="look", policy_version=1),
        sender=SENDER,
    )


def suggests(
    shown: str,
    old: str,
    new: str,
    *,
    check: str = "calendar.busy",
    severity: Severity = Severity.MEDIUM,
    observed: Severity | None = None,
) -> CheckResult:
    """A result that would have the first `old` in the text shown replaced."""
    start = shown.index(old)
    suggestion = Suggestion(start=start, end=start + len(old), replacement=new, why="it is free")
    return CheckResult(check=check, severity=severity, message="m", suggestion=suggestion, observed=observed)


def accepted(draft: Draft, results: Sequence[CheckResult], chosen: Chosen = "all") -> Acceptance:
    """What becomes of the suggestions."""
    return accept(draft, judged(draft, *results), chosen, extractor=extract_findings, at=NOW)
