"""The mail does what the deal's next step says has to wait, or skips what it says comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.checks.check import Check
from app.checks.deal.money import amounts
from app.checks.deal.named_days import named_days
from app.checks.deal.prices import is_no_price, prices
from app.checks.deal.sentences import Sentence, sentences
from app.checks.deal.steps import Step, silent_until, steps, thing_pattern, things_in
from app.checks.results import day_name, evidence
from app.checks.topics import same_thing, topic_of
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts
from app.core.findings import Commitment, Findings, Kind
from extractors.lazily import compiled

_UNASKED = frozenset({"follow_up", "cold_outreach"})
"""Mails that go out on our own account; an answer is due whenever a customer writes."""
_SKIPPING = compiled(
    r"\b(?:skip\w*|bypass\w*|forgo|forego|drop|leave out|cut out|avoid|go(?:ing)? (?:around|straight"
    r"|ahead)|jump\w* (?:straight|ahead)"
    r"|without (?:the|a|an|any|waiting|going)|no need (?:for|to)|(?:not?|n['’]t) (?:have to |need to )?wait\w*"
    r"|(?:not|n['’]t) (?:need|have to|require|bother)|instead of|rather than|save (?:you|us|ourselves))\b",
    re.IGNORECASE,
)
_BEFORE = compiled(r"\b(?:before|ahead of)\b", re.IGNORECASE)
_NEEDLESS = compiled(
    r"\b(?:can (?:wait|come later|follow|be skipped)|is(?: not|n['’]t) (?:needed|necessary|required)"
    r"|is (?:optional|unnecessary)"
    r"|later|afterwards)\b",
    re.IGNORECASE,
)
_NOT_SKIPPING = compiled(
    r"\b(?:cannot|can not|will not|do not want to|not|never|unable to"
    r"|\w+n['’]t(?: want to)?) (?:be )?(?:just |simply )?"
    r"(?:skip|bypass|go ahead|go around|go straight|jump|drop|leave out|avoid|forgo)\w*",
    re.IGNORECASE,
)
_AFTERWARDS = compiled(
    r"\b(?:once|after|as soon as|when|until|following|subject to|pending|if|provided|assuming"
    r"|on completion|then|afterwards|passed|done|finished|completed|signed off|behind us|went well)\b",
    re.IGNORECASE,
)
"""The mail itself keeps the order, or says that what came first is done."""
_EVENT = compiled(
    r"\b(?:demo|call|meeting|visit|workshop|kick-?off|webinar|review|session|interview|presentation"
    r"|proposal|quote|contract|order form|business case|report|sow)\b",
    re.IGNORECASE,
)
_IS_NO_DEED = compiled(
    r"be|have|show|say|follow|stay|remain|check|ask|discuss|review|talk|confirm|correct", re.IGNORECASE
)
"""Verbs that speak of a thing without handing it over, signing or starting it."""
_ALREADY_DONE = compiled(
    r"\b(?:is|are|was|has been|have been|['’]s) (?:now |already |all )?(?:set|booked|scheduled|fixed|planned"
    r"|confirmed|pencilled|down|on)\b"
    r"|\b(?:i|we)(?:['’]ve| have) (?:now |already |just )?(?:booked|scheduled|set|reserved|planned|put|drawn up"
    r"|prepared|blocked|fixed)\b"
    r"|\b(?:let['’]s|let us) (?:get|put|book|fix|schedule|start|kick|set|plan|sign|go|do|pencil|agree)\b"
    r"|\bhere(?:['’]s| is| are)\b|\bjust sign\b|\b(?:starts?|begins?|kicks? off|goes? live|will be live"
    r"|takes? place|happens)\b|^\W*attached\b|\bfind attached\b"
    r"|\b(?:you|she|he|they) (?:can|may|could) (?:already |now |then )?sign\b|\bready (?:for|to)\b|\bplease (?:sign"
    r"|countersign)\b",
    re.IGNORECASE,
)
"""The thing is settled, begun or handed over though nobody promises it."""
_NOT_DONE = compiled(
    r"\b(?:not|cannot|never|no|nor|n['’]t|has to wait|have to wait|must wait|would like|you['’]d like|last|was|were"
    r"|other|another|old)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_WAITING = compiled(r"\b(?:rather not|not|don['’]t|do not) (?:want to )?wait\b", re.IGNORECASE)
_LETS = compiled(r"\blet['’]s\b|\blet us\b", re.IGNORECASE)
_HANDING_OVER = frozenset({"be", "have"})
_TALK = compiled(
    r"\b(?:call|meet\w*|speak|talk|chat|catch[- ]?up|half an hour|(?:\d+|ten|fifteen|twenty|thirty) minutes|session"
    r"|get together"
    r"|see (?:you|each other)|diary|diaries|calendar|slot|move (?:this|it|things) forward|decision|decide|sign\w*"
    r"|order|demo|workshop|visit)\b",
    re.IGNORECASE,
)
_PRICING = "pricing"
_MEETINGS = frozenset({"start", "deep dive", "demo", "pilot start"})
"""What happens at a meeting, so that a time for it is what has to wait."""
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
    for clash in _clashes(draft, findings, facts, deal):
        yield CheckResult(
            check=CHECK.id,
            severity=Severity.MEDIUM,
            message=f"{clash.message}; the next step of {deal.name} is “{deal.next_step}”",
            spans=clash.spans,
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].next_step", deal.next_step),),
        )


def _clashes(draft: Draft, findings: Findings, facts: Facts, deal: Deal) -> Iterator[_Clash]:
    step_text, now = deal.next_step, today(facts)
    until = silent_until(step_text, near=now)
    if until is not None and now < until:
        if _is_unasked(draft):
            yield _Clash(message=f"This mail goes out before {day_name(until, facts)}", spans=())
            return
        yield from _too_soon(findings, until, facts)
    wanted = list(steps(step_text))
    last = max((named.day for named in named_days(step_text, near=now) if not named.whole_month), default=None)
    priced = tuple(prices(findings, deal)) if any(_PRICING in step.waiting for step in wanted) else ()
    for sentence in sentences(findings):
        if clash := _against(sentence, wanted, priced, last):
            yield clash
    for commitment in findings.commitments:
        if clash := _other_day(commitment, step_text, facts):
            yield clash


def _is_unasked(draft: Draft) -> bool:
    return draft.action in _UNASKED or draft.sequence is not None


def _too_soon(findings: Findings, until: date, facts: Facts) -> Iterator[_Clash]:
    """Sentences that want to meet or talk before the day until which the customer wants to be left alone."""
    for sentence in sentences(findings):
        days = [d.due_day or (d.from_.date() if d.from_ else None) for d in sentence.dates]
        soon = any(day is not None and today(facts) <= day < until for day in days)
        words = _NO_WAITING.sub(" ", sentence.text)
        if soon and _TALK.search(words) and not _NOT_DONE.search(words):
            message = f"This wants to talk before {day_name(until, facts)}"
            yield _Clash(message=message, spans=((sentence.start, sentence.end),))
            return


def _against(
    sentence: Sentence, wanted: list[Step], priced: tuple[tuple[int, int], ...], last: date | None
) -> _Clash | None:
    where = ((sentence.start, sentence.end),)
    for step in wanted:
        if not sentence.is_question and _skips(sentence, step.first):
            return _Clash(message=f"This passes over the {step.first}", spans=where)
    if last is not None and any(d.due_day is not None and d.due_day > last for d in sentence.dates):
        return None
    for step in wanted:
        for commitment in sentence.commitments:
            if done := _does_what_waits(commitment, sentence, step):
                place = ((commitment.start, commitment.end),)
                return _Clash(message=f"This promises the {done} before the {step.first}", spans=place)
        if done := _has_done_what_waits(sentence, step, priced):
            return _Clash(message=f"This brings the {done} before the {step.first}", spans=where)
    return None


def _has_done_what_waits(sentence: Sentence, step: Step, priced: tuple[tuple[int, int], ...]) -> str | None:
    """What waits is named as a price, set for a day or handed over, and nobody need promise it for that."""
    words = sentence.text
    if not step.waiting or _AFTERWARDS.search(words):
        return None
    if _PRICING in step.waiting and any(start < sentence.end and sentence.start < end for start, end in priced):
        return _PRICING
    asks = sentence.is_question and not _LETS.search(words)
    if _PRICING in step.waiting and not asks and any(amounts(words)) and not is_no_price(words):
        return _PRICING
    if asks or _NOT_DONE.search(words) or not _ALREADY_DONE.search(words):
        return None
    if things_in(words) & {step.first}:
        return None
    return next((n for n in sorted(step.waiting - {_PRICING}) if thing_pattern(n).search(words)), None)


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
    if not step.waiting or _AFTERWARDS.search(sentence.text):
        return None
    words = f"{commitment.action or ''} {commitment.object or commitment.text}"
    delivered = commitment.kind is Kind.DELIVERABLE and commitment.action in _HANDING_OVER
    if not delivered and _IS_NO_DEED.fullmatch(commitment.action or ""):
        return None
    if things_in(words) & {step.first} or (sentence.is_question and commitment.kind is not Kind.DELIVERABLE):
        return None
    meant = step.waiting & _MEETINGS if commitment.kind is Kind.MEETING else step.waiting
    text = commitment.text if delivered or commitment.kind is Kind.MEETING else words
    return next((name for name in sorted(meant) if thing_pattern(name).search(text)), None)


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
