"""Wording that binds us before a court, and that only the legal department may use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from app.checks.check import Check
from app.checks.content.legal_words import ASKED, CITED, LEGAL_STEMS, NEGATED, undertakings
from app.checks.content.passages import Stretch, leaves_the_house, search, shown, told, written_and_signed
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Person
from app.core.findings import Findings
from extractors.lazily import compiled

_LAWYER = compiled(r"\b(?:legal|counsel|lawyer|attorney|general counsel|solicitor)\b", re.IGNORECASE)
_SAME = 80.0
"""Likeness, of 100, from which on a sentence says what was approved."""


def legal(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Once a sentence. What was approved word for word may be said, and lawyers may say it all."""
    if _is_lawyer(facts.sender) or not leaves_the_house(facts):
        return
    told_sentences: set[tuple[bool, int]] = set()
    for stretch, match in search(_pattern(_own_names(facts)), written_and_signed(draft, findings), LEGAL_STEMS):
        start, end = stretch.sentence(match.start())
        place = (stretch.is_subject, start)
        sentence = stretch.text[start:end]
        if place in told_sentences or not _binds(match, stretch, start, end) or _is_approved(sentence, facts):
            continue
        told_sentences.add(place)
        passage = stretch.passage(*match.span())
        says = f"Only the legal department may word an undertaking like this: “{shown(passage.text)}”"
        yield told("content.legal", Severity.MEDIUM, says, passage, facts)


def _is_lawyer(sender: Person) -> bool:
    return any(_LAWYER.search(word) for word in (sender.title, *sender.roles))


def _own_names(facts: Facts) -> str:
    """The first label of our domains: what most companies are called."""
    return "|".join(sorted(re.escape(domain.partition(".")[0]) for domain in facts.own_domains)) or "our side"


@lru_cache(maxsize=16)
def _pattern(own_names: str) -> re.Pattern[str]:
    return undertakings(rf"(?:{own_names})(?:\ \w+)?")


def _binds(match: re.Match[str], stretch: Stretch, start: int, end: int) -> bool:
    sentence, before = stretch.text[start:end], stretch.text[start : match.start()]
    if sentence.rstrip("\"'”’) ").endswith("?") or NEGATED.search(before):
        return False
    if match["no"] is None and NEGATED.search(match[0]):
        return False
    return not ASKED.search(before) and not CITED.search(sentence)


def _is_approved(sentence: str, facts: Facts) -> bool:
    today, account = facts.now.date(), facts.account.id if facts.account else None
    return any(
        fuzz.token_set_ratio(sentence.casefold(), statement.text.casefold()) >= _SAME
        for statement in facts.approved
        if statement.customer in {None, account} and (statement.until is None or statement.until >= today)
    )


CHECK = Check(
    id="content.legal",
    severities=(Severity.MEDIUM,),
    when="the text binds us in words that only the legal department may use",
    run=legal,
    needs=("approved",),
)
