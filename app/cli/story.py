"""One result of a check, told so that a stranger sees what is wrong, how it is known, and what to do."""

from __future__ import annotations

from datetime import datetime

from app.cli.output import age, one_line, say
from app.core.checks import CheckResult
from app.standing import Standing


def tell(title: str, standing: Standing, result: CheckResult, *, now: datetime) -> None:
    """The story of one draft: who writes to whom, the words at fault, the evidence, the suggestion."""
    draft, verdict = standing.draft, standing.assessment
    say(f"{title} — {draft.agent} writes for {verdict.sender.name} to {', '.join(draft.to)}", style="bold")
    tell_result(result, verdict.findings.text, now=now)
    asked = ", ".join(standing.pending.people) if standing.pending else ""
    to_whom = f" → {asked}" if asked else ""
    say(f"   {verdict.route.value}{to_whom}: {verdict.ruling.why} (rule {verdict.ruling.rule})")


def tell_result(result: CheckResult, text: str, *, now: datetime, number: int | None = None) -> None:
    """What a check has to say, with its spans, evidence and suggestion; `number` is what the suggestion is called."""
    say(f"   {result.severity.value}  {result.check}: {one_line(result.message, 300)}")
    for start, end in result.spans:
        say(f"     says        “{one_line(text[start:end], 200)}”  [{start}–{end}]")
    for fact in result.evidence:
        old = age(now - fact.as_of)
        say(f"     known from  {fact.source}: {one_line(fact.field, 80)} = {one_line(fact.value, 160)}  ({old} old)")
    if result.suggestion is not None:
        s = result.suggestion
        before, after = one_line(text[s.start : s.end], 120), one_line(s.replacement, 120)
        name = "suggestion" if number is None else f"suggestion {number}"
        say(f"     {name:<11} “{before}” → “{after}”: {one_line(s.why, 160)}")
