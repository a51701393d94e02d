"""The mail does what the deal's next step says has to wait, or skips what it says comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.checks.check import Check
from app.checks.deal.named_days import named_days
from app.checks.deal.sentences import Sentence, sentences
from app.checks.deal.steps import Step, silent_until, steps, thing_pattern, things_in
from app.checks.results import day_name, evidence
from app.checks.topics import same_thing, topic_of
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, Findings, Kind

_UNASKED = frozenset({"follow_up", "cold_outreach"})
"""Mails that go out on our own account; an answer is due whenever a customer writes."""
_SKIPPING = re.compile(
    r"\b(?:skip\w*|bypass\w*|forgo|forego|drop|leave out|cut out|avoid|go(?:ing)? (?:around|straight"
    r"|ahead)|jump\w* (?:straight|ahead)"
    r"|without (?:the|a|an|any|waiting|going)|no need (?:for|to)|(?:not?|n['’]t) (?:have to |need to )?wait\w*"
    r"|(?:not|n['’]t) (?:need|have to|require|bother)|instead of|rather than|save (?:you|us|ourselves))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|ahead of)\b", re.IGNORECASE)
_NEEDLESS = re.compile(
    r"\b(?:can (?:wait|come later|follow|be skipped)|is(?: not|n['’]t) (?:needed|necessary|required)"
    r"|is (?:optional|unnecessary)"
    r"|later|afterwards)\b",
    re.IGNORECASE,
)
_NOT_SKIPPING = re.compile(
    r"\b(?:cannot|can not|will not|do not want to|not|never|unable to"
    r"|\w+n['’]t(?: want to)?) (?:be )?(?:just |simply )?"
    r"(?:skip|bypass|go ahead|go around|go straight|jump|drop|leave out|avoid|forgo)\w*",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\b(?:once|after|as soon as|when|until|following|subject to|pending|if|provided|assuming"
    r"|on completion|then|afterwards|passed|done|finished|completed|signed off|behind us|went well)\b",
    re.IGNORECASE,
)
"""The mail itself keeps the order, or says that what came first is done."""
_EVENT = re.compile(
    r"\b(?:demo|call|meeting|visit|workshop|kick-?off|webinar|review|session|interview|presentation"
    r"|proposal|quote|contract|order form|business case|report|sow)\b",
    re.IGNORECASE,
)
_IS_NO_DEED = re.compile(
    r"be|have|show|say|follow|stay|remain|check|ask|discuss|review|talk|confirm|correct", re.IGNORECASE
)
"""Verbs that speak of a thing without handing it over, signing or starting it."""
_BINDING = frozenset({"contract", "start", "pricing"})
_NEAR = 45
"""Characters within which words belong to the thing they stand by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clash:
    message: str
    spans: tuple[tuple[int, int], ...]


def next_step(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each passage that goes against the next step, or one for a mail that comes before it may."""
    deal = facts.deal
    if deal is None or not deal.next_step:
        return
    for clash in _clashes(draft, findings, facts, deal.next_step):
        yield CheckResult(
            check=CHECK.id,
            severity=Severity.MEDIUM,
            message=f"{clash.message}; the next step of {deal.name} is “{deal.next_step}”",
            spans=clash.spans,
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].next_step", deal.next_step),),
        )


def _clashes(draft: Draft, findings: Findings, facts: Facts, step_text: str) -> Iterator[_Clash]:
    until = silent_until(step_text, near=today(facts))
    if until is not None and today(facts) < until and _is_unasked(draft):
        yield _Clash(message=f"This mail goes out before {day_name(until, facts)}", spans=())
        return
    wanted = list(steps(step_text))
    for sentence in sentences(findings):
        if not sentence.is_question and (clash := _against(sentence, wanted)):
            yield clash
    for commitment in findings.commitments:
        if clash := _other_day(commitment, step_text, facts):
            yield clash


def _is_unasked(draft: Draft) -> bool:
    return draft.action in _UNASKED or draft.sequence is not None


def _against(sentence: Sentence, wanted: list[Step]) -> _Clash | None:
    for step in wanted:
        if _skips(sentence, step.first):
            where = ((sentence.start, sentence.end),)
            return _Clash(message=f"This passes over the {step.first}", spans=where)
    for step in wanted:
        for commitment in sentence.commitments:
            if done := _does_what_waits(commitment, sentence, step):
                where = ((commitment.start, commitment.end),)
                return _Clash(message=f"This promises the {done} before the {step.first}", spans=where)
    return None


def _skips(sentence: Sentence, thing: str) -> bool:
    """Whether words for skipping stand by the thing, or something binding is done before it."""
    if _NOT_SKIPPING.search(sentence.text):
        return False
    for match in thing_pattern(thing).finditer(sentence.text):
        before = re.split(r"[.;,:]\s", sentence.text[max(0, match.start() - _NEAR) : match.start()])[-1]
        after = re.split(r"[.;:]\s", sentence.text[match.end() : match.end() + _NEAR])[0]
        if _SKIPPING.search(before) or _NEEDLESS.search(after):
            return True
        if _BEFORE.search(before) and any(things_in(c.text) & _BINDING for c in sentence.commitments):
            return True
    return False


def _does_what_waits(commitment: Commitment, sentence: Sentence, step: Step) -> str | None:
    if not step.waiting or commitment.kind is Kind.MEETING or _AFTERWARDS.search(sentence.text):
        return None
    words = f"{commitment.action or ''} {commitment.object or commitment.text}"
    if _IS_NO_DEED.fullmatch(commitment.action or "") or things_in(words) & {step.first}:
        return None
    return next((name for name in sorted(step.waiting) if thing_pattern(name).search(words)), None)


def _other_day(commitment: Commitment, step_text: str, facts: Facts) -> _Clash | None:
    """The same thing as the next step, for a later day; for an event, for any other day."""
    due = commitment.due
    days = [named for named in named_days(step_text, near=today(facts)) if not named.whole_month]
    if due is None or due.due_day is None or due.grain not in {"day", "hour", "minute"} or len(days) != 1:
        return None
    step_day, words = days[0].day, step_text[: days[0].start]
    if not _same_step(commitment, words) or not _differs(due.due_day, step_day, commitment):
        return None
    when = f"{day_name(due.due_day, facts)} instead of {day_name(step_day, facts)}"
    return _Clash(message=f"This says {when}", spans=((commitment.start, commitment.end),))


def _same_step(commitment: Commitment, words: str) -> bool:
    events = {match.lower() for match in _EVENT.findall(words)}
    said = {match.lower() for match in _EVENT.findall(f"{commitment.object or ''} {commitment.text}")}
    if commitment.kind is Kind.MEETING and events & said:
        return True
    text = commitment.text.replace(commitment.due.text, " ") if commitment.due else commitment.text
    action, _, thing = words.strip().partition(" ")
    new = topic_of(commitment.action, commitment.object, text)
    return same_thing(new, topic_of(action.lower(), re.sub(r"\s*\b(?:by|on|for|until|before)\s*$", "", thing), words))


def _differs(new: date, old: date, commitment: Commitment) -> bool:
    return new != old if commitment.kind is Kind.MEETING else new > old


CHECK = Check(
    id="deal.next_step",
    severities=(Severity.MEDIUM,),
    when="the mail skips what the deal's next step wants first, does what has to wait for it, or names another day",
    run=next_step,
    needs=("crm",),
)
