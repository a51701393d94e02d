"""Text that is in the mail and that its reader cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.passages import quoted, shown
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings, HiddenText

_HOW = {
    "display_none": "display: none",
    "visibility_hidden": "visibility: hidden",
    "zero_size": "letters of no size",
    "transparent": "transparent letters",
    "same_colour": "letters in the colour of their background",
    "off_screen": "a place off the screen",
    "comment": "an HTML comment",
    "zero_width": "characters of no width",
    "look_alike": "letters of another alphabet that look Latin",
}


def hidden_text(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each way of hiding."""
    by_way: dict[str, list[HiddenText]] = {}
    for hidden in findings.hidden:
        by_way.setdefault(hidden.how, []).append(hidden)
    for how, passages in by_way.items():
        first = shown(passages[0].text)
        says = f": “{first}”" if first else ""
        yield CheckResult(
            check="content.hidden_text",
            severity=Severity.BLOCK,
            message=f"The mail hides text in {_HOW.get(how, how)}{says}",
            spans=tuple((hidden.start, hidden.end) for hidden in passages),
            evidence=(quoted("hidden", passages[0].text, facts),),
        )


CHECK = Check(
    id="content.hidden_text",
    severities=(Severity.BLOCK,),
    when="the mail holds text that its reader cannot see",
    run=hidden_text,
)
