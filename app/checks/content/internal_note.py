"""A note that was meant for colleagues, in a mail that leaves the house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.internal_words import (
    CALLS,
    CRM,
    CRM_STEMS,
    MARKER_STEMS,
    MARKERS,
    MENTION,
    MENTION_STEMS,
    NOTE_STEMS,
    NOTE_TO,
    OF_READER,
    OF_READER_STEMS,
    ONE_OF_TWO,
    SELF,
    SELF_STEMS,
)
from app.checks.content.passages import Stretch, leaves_the_house, search, shown, told, written_and_signed
from app.checks.content.remarks import remarks
from app.checks.content.removal import without_line, without_sentence
from app.checks.content.scanning import Stems
from app.checks.turns import Sought
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

_BRACKETS = "[(<{*"
_PATTERNS: tuple[tuple[Sought, Stems], ...] = ((MARKERS, MARKER_STEMS), (SELF, SELF_STEMS), (CRM, CRM_STEMS))


def internal_note(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A note is told once, whatever speaks for it; among colleagues it may stand."""
    if not leaves_the_house(facts):
        return
    stretches = list(written_and_signed(draft, findings))
    told_lines: set[tuple[bool, int]] = set()
    for pattern, needs in (*_PATTERNS, *_of_readers(facts)):
        for stretch, match in search(pattern, stretches, needs):
            line = (stretch.is_subject, stretch.line(_start(match))[0])
            if line not in told_lines and not _is_table(match, stretch):
                told_lines.add(line)
                yield _result(stretch, _start(match), match.end(), facts)
    for stretch, match in _called(stretches):
        line = (stretch.is_subject, stretch.line(match.start())[0])
        if line not in told_lines and not _gets_the_mail(match["name"], draft, facts):
            told_lines.add(line)
            yield _result(stretch, match.start(), match.end(), facts)
    readers, alone = _words_of_readers(draft, facts), _only_reader(draft, facts)
    for stretch in stretches:
        for start, end in remarks(stretch, readers, alone):
            line = (stretch.is_subject, stretch.line(start)[0])
            if line not in told_lines:
                told_lines.add(line)
                yield _result(stretch, start, end, facts)


def _called(stretches: list[Stretch]) -> Iterator[tuple[Stretch, re.Match[str]]]:
    yield from search(NOTE_TO, stretches, NOTE_STEMS)
    for stretch, match in search(MENTION, stretches, MENTION_STEMS):
        if CALLS.match(match["says"]) or (match["mark"] and match["name"][0].isupper()):
            yield stretch, match


def _of_readers(facts: Facts) -> Iterator[tuple[Sought, Stems]]:
    """Readers are not spoken of by name in the third person, least of all in what they must not hear."""
    names = {r.contact.name.split()[0] for r in facts.recipients if r.contact and r.contact.name}
    if facts.account:
        names |= {facts.account.name, *facts.account.aliases}
    if names:
        pattern = OF_READER.format(names="|".join(re.escape(name) for name in sorted(names)))
        yield re.compile(pattern, re.IGNORECASE), OF_READER_STEMS


def _gets_the_mail(name: str, draft: Draft, facts: Facts) -> bool:
    """Whether the one who is called is a reader, so that anybody may see it."""
    return name.casefold() in _words_of_readers(draft, facts)


def _words_of_readers(draft: Draft, facts: Facts) -> frozenset[str]:
    names = [p.name for r in facts.recipients for p in (r.contact, r.colleague) if p]
    words = {word.casefold() for full in names for word in full.split()}
    return frozenset(
        words | {part.casefold() for address in draft.recipients for part in re.split(r"[.@_+-]", address)}
    )


def _only_reader(draft: Draft, facts: Facts) -> tuple[str, ...]:
    """The first name of the only reader; among several, one may well be told about another."""
    if len(draft.recipients) != 1:
        return ()
    return tuple(r.contact.name.split()[0] for r in facts.recipients if r.contact and r.contact.name.split())


def _is_table(match: re.Match[str], stretch: Stretch) -> bool:
    is_label = re.match(r"\s*internal\s*:", match[0], re.IGNORECASE)
    return bool(is_label and ONE_OF_TWO.search(stretch.text, stretch.start, stretch.end))


def _start(match: re.Match[str]) -> int:
    return match.start() + len(match[0]) - len(match[0].lstrip())


def _result(stretch: Stretch, start: int, end: int, facts: Facts) -> CheckResult:
    passage = stretch.passage(start, end)
    return told(
        "content.internal_note",
        Severity.HIGH,
        f"This reads like a note for colleagues: “{shown(passage.text)}”",
        passage,
        facts,
        suggestion=_cut(stretch, start, end),
    )


def _cut(stretch: Stretch, start: int, end: int) -> Suggestion | None:
    """A bracket, a line or a sentence goes as a whole; a note that the mail hangs on is for a person to take out."""
    why = "it was meant for colleagues"
    first, last = stretch.line(start)
    if stretch.text[start] in _BRACKETS and stretch.text[first:start].strip():
        return without_sentence(stretch, start, end, why)
    if not stretch.text[first:start].strip(" \t-*#"):
        return without_line(stretch, start, min(end, last), why)
    return without_sentence(stretch, start, end, why)


CHECK = Check(
    id="content.internal_note",
    severities=(Severity.HIGH,),
    when="the mail to a customer holds a note for colleagues: an INTERNAL, a note to self, a CRM note, a TODO",
    run=internal_note,
)
