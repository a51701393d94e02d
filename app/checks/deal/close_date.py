"""Days that clash with the CRM's close date: a signature after it, an offer that ends or work that begins before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.checks.check import Check
from app.checks.deal.sentences import Sentence, sentences
from app.checks.results import day_name, evidence
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import DateMention, Findings
from extractors.lazily import compiled

_SIGNING = compiled(
    r"\b(?:counter-?)?sign(?:ed|ing|s|ature|atures|-?off)?\b(?!-in\b|-on\b| up\b|posts?\b| (?:in"
    r"|on) ?(?:to|with|at|page|as)\b)|\bclos(?:e|ed|ing) (?:the|this|our) (?:deal|contract)"
    r"|\b(?:finali[sz]e|execute|conclude|wrap up)"
    r" (?:the|this|our) (?:deal|contract|agreement|paperwork)|\bget (?:the|this) (?:deal|contract"
    r"|agreement) (?:done|over the line)",
    re.IGNORECASE,
)
_STARTING = compiled(
    r"\b(?:kick(?:ing|s)? off|kick-?off (?:is|on|will be)|(?:go(?:ing|es)?|be|is|are)[- ]live|start(?:s|ing)?"
    r"|begin(?:s|ning)?|launch(?:es|ing)?|onboard(?:ing)? (?:you|your)|roll(?:s|ing)? (?:\w+ )?out|deploy(?:s|ing)?"
    r"|install(?:s|ing)?|provision(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_OF_THE_WORK = compiled(
    r"\b(?:kick(?:ing|s)?[- ]?off|(?:go(?:ing|es)?|be|is|are)[- ]live|implementation|roll[- ]?out"
    r"|rolling out|deploy\w*|onboarding|project|subscription|contract|licen[cs]es?|service|installation"
    r"|migration|production)\b",
    re.IGNORECASE,
)
_NO_WORK = compiled(
    r"\b(?:call|meeting|demo|pilot|trial|poc|proof of concept|workshop|webinar|session|review|evaluation"
    r"|sandbox|visit|plan(?:ning)?|agenda|invite|invitation|discuss\w*|talk\w*|send\w*"
    r"|share|guide|document\w*|checklist|deck|quote|proposal|order form"
    r"|schedule|timeline|estimate|report|analysis|draft|template|budget|statement)\b",
    re.I,
)
"""What begins before a signature for good reason."""
_AS_IT_IS = compiled(
    r"\b(?<!you )(?<!we )(?:is|are|been|being|stays?|remains?|runs?|running) (?:already |now |currently "
    r"|still )?live\b"
    r"|\b(?:starts?|begins?) (?:at|from) [$€£\d]",
    re.IGNORECASE,
)
"""What is in use already, and begins nothing: `what is live today`."""
_HOLDING = compiled(
    r"\b(?:offer|quote|quotation|price|prices|pricing|discount|proposal|rate"
    r"|terms)\b[^.;!?]{0,40}\b(?:valid|hold|holds|held|good|open|stand|stands|honou?r\w*|expir\w+|end|ends"
    r"|lapses?|runs? out|available|guaranteed|locked)\b"
    r"|\b(?:hold|honou?r|keep|guarantee|lock)\b[^.;!?]{0,40}\b(?:offer|quote|price|prices|pricing|discount"
    r"|rate)\b[^.;!?]{0,15}\b(?:until|till|through|to|up to)\b"
    r"|\b(?:valid|good) (?:until|till|through|to)\b",
    re.IGNORECASE,
)
_IF = compiled(
    r"\b(?:if|provided|as long as|should you|in case|unless|assuming|were you to|whether|when do|before or after)\b",
    re.IGNORECASE,
)
_PAST = compiled(r"\b(?:signed|was|were|had|has been|have been|last|ago|since|expired|nda)\b(?! by\b)", re.IGNORECASE)
_NO = compiled(r"\b(?:not|n['’]t|cannot|never|no longer|nothing)\b|n['’]t\b", re.IGNORECASE)
_CLAUSE = compiled(r"[;:()\n–—]|[,.]\s|\b(?:and|so that|so|then|but|while|because)\b", re.IGNORECASE)
_CLOSED = frozenset({"closed_won", "closed_lost"})
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clash:
    severity: Severity
    message: str
    start: int
    end: int


def close_date(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each day that cannot be right if the deal closes when the CRM says; none once it is closed."""
    deal = facts.deal
    if deal is None or deal.close_date is None or deal.stage in _CLOSED:
        return
    for sentence in sentences(findings):
        for mention in sentence.dates:
            clash = _clash(sentence, mention, deal.close_date, facts)
            if clash is not None:
                yield CheckResult(
                    check=CHECK.id,
                    severity=clash.severity,
                    message=clash.message,
                    spans=((clash.start, clash.end),),
                    evidence=(evidence(facts, "crm", f"deals[{deal.id}].close_date", deal.close_date),),
                )


def _clash(sentence: Sentence, mention: DateMention, closes: date, facts: Facts) -> _Clash | None:
    clause = _clause(sentence, mention)
    if sentence.is_question or _IF.search(clause) or _NO.search(clause):
        return None
    words = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
    said = _said(clause, words, _days(mention), closes, today(facts))
    if said is None:
        return None
    severity, message = said
    return _Clash(
        severity=severity,
        message=f"{message}; the CRM has it close on {day_name(closes, facts)}",
        start=mention.start,
        end=mention.end,
    )


def _said(
    clause: str, words: str, days: tuple[date | None, date | None], closes: date, now: date
) -> tuple[Severity, str] | None:
    first, last = days
    if first is None or last is None:
        return None
    comes_before = now <= last < closes
    if _HOLDING.search(clause):
        return (Severity.LOW, f"The offer ends ({words}) before the deal does") if comes_before else None
    if _SIGNING.search(clause):
        late = first > closes and not _PAST.search(clause)
        return (Severity.MEDIUM, f"This puts the signature ({words}) after the deal") if late else None
    if comes_before and _begins_work(_AS_IT_IS.sub(" ", clause) if last == now else clause):
        return Severity.MEDIUM, f"This begins the work ({words}) before the deal is closed"
    return None


def _begins_work(clause: str) -> bool:
    return bool(_STARTING.search(clause) and _OF_THE_WORK.search(clause)) and not _NO_WORK.search(clause)


def _days(mention: DateMention) -> tuple[date | None, date | None]:
    """The first and the last day that the words may mean."""
    first = mention.from_.date() if mention.from_ else mention.due_day
    if mention.to is None:
        return first, mention.due_day or first
    last = (mention.to - _INSTANT).date()
    return first, max(last, mention.due_day) if mention.due_day else last


def _clause(sentence: Sentence, mention: DateMention) -> str:
    """The words about the date, up to the next break on either side."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    breaks = [m.span() for m in _CLAUSE.finditer(sentence.text)]
    first = max((stop for _, stop in breaks if stop <= start), default=0)
    last = min((begin for begin, _ in breaks if begin >= end), default=len(sentence.text))
    return sentence.text[first:last]


CHECK = Check(
    id="deal.close_date",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="a signature after the CRM's close date, or an offer that ends or work that begins before it",
    run=close_date,
    needs=("crm",),
)
