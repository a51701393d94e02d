"""Personal data of somebody: numbers that stand for a person, and what is nobody else's business."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from app.checks.check import Check
from app.checks.content.identifiers import bank_accounts, cards, national_ids
from app.checks.content.passages import Stretch, told, written_and_signed
from app.checks.content.private_life import births, health, homes
from app.checks.content.secret import Secret
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_Finder = Callable[[str, int, int], Iterator[Secret]]
_NUMBERS: tuple[tuple[_Finder, Severity], ...] = (
    (cards, Severity.HIGH),
    (national_ids, Severity.HIGH),
    (bank_accounts, Severity.MEDIUM),
)
_PRIVATE: tuple[tuple[_Finder, Severity], ...] = (
    (health, Severity.HIGH),
    (births, Severity.MEDIUM),
    (homes, Severity.MEDIUM),
)
_OUR_ACCOUNT = compiled(
    r"\bour (?:\w+ )?(?:bank|account|iban|payment)\b|\b(?:pay(?:able|ment)?|transfer|remit\w*"
    r"|wire)\b[^.!?]{0,60}\b(?:to us|invoice)\b"
    r"|\binvoices?\b|\bremit-?to\b|\bbank details\b",
    re.IGNORECASE,
)
_NEAR = 200
_SMALL_WORD = compiled(r"\b[a-z]+\b")
_A_SENTENCE = 3
"""A line of a signature has fewer words in small letters than this."""
_TAKES_ENDING = compiled(r"(?:\b(?:card|number|no\.?|account|iban|visa|mastercard|amex)|:)\s*$", re.IGNORECASE)


def personal_data(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Numbers are masked, and of what is told in words the evidence keeps no more than its kind."""
    for stretch in written_and_signed(draft, findings):
        taken: list[Secret] = []
        for find, severity in (*_NUMBERS, *_PRIVATE):
            for secret in find(stretch.text, stretch.start, stretch.end):
                if any(secret.start < other.end and other.start < secret.end for other in taken):
                    continue
                if find is bank_accounts and _is_ours(secret, stretch, draft, findings):
                    continue
                taken.append(secret)
                yield _result(secret, severity, stretch, facts)


def _is_ours(secret: Secret, stretch: Stretch, draft: Draft, findings: Findings) -> bool:
    """Whether it is the account to which customers pay: an invoice has to name it, and many a signature does."""
    if draft.action == "invoice_reminder" or _OUR_ACCOUNT.search(stretch.before(secret.start, _NEAR)):
        return True
    first, last = stretch.line(secret.start)
    rest = stretch.text[first : secret.start] + stretch.text[secret.end : last]
    in_text = any(start <= secret.start < end for start, end in findings.authored)
    return not in_text and not stretch.is_subject and len(_SMALL_WORD.findall(rest)) < _A_SENTENCE


def _result(secret: Secret, severity: Severity, stretch: Stretch, facts: Facts) -> CheckResult:
    masked = f" ({secret.mask})" if secret.mask else ""
    return told(
        "content.personal_data",
        severity,
        f"The mail tells personal data: {secret.what}{masked}",
        stretch.passage(secret.start, secret.end),
        facts,
        value=secret.mask or secret.what,
        suggestion=_shortened(secret, stretch),
    )


def _shortened(secret: Secret, stretch: Stretch) -> Suggestion | None:
    """The last four digits, as on receipts, where a noun stands before the number for them to belong to."""
    last = secret.mask.strip("•")
    countable = secret.what in {"a payment card number", "a bank account number"}
    if not countable or not _TAKES_ENDING.search(stretch.before(secret.start, 20)):
        return None
    return Suggestion(
        start=secret.start, end=secret.end, replacement=f"ending in {last}", why="the last four tell which one it is"
    )


CHECK = Check(
    id="content.personal_data",
    severities=(Severity.HIGH, Severity.MEDIUM),
    when="the mail tells a card number, a national id or somebody's health; medium: IBAN, birth date, home",
    run=personal_data,
)
