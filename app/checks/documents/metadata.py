"""What a file gives away besides its text: foreign authors, comments, tracked changes, and what is hidden in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.checks.check import Check
from app.checks.documents.customers import Customer, named_in, own_customers, plain, strangers_of
from app.checks.documents.filenames import readable
from app.checks.documents.files import is_the_librarys, readings, told
from app.checks.documents.shelf import audience
from app.checks.words import bag
from app.core.checks import CheckResult, Severity
from app.core.drafts import Attachment, Draft
from app.core.facts import Facts, FileText
from app.core.findings import Findings
from extractors.lazily import compiled

_PEOPLE = ("author", "last modified by", "manager")
_SAME = {
    "creator": "author",
    "authors": "author",
    "lastmodifiedby": "last modified by",
    "modified by": "last modified by",
    "last saved by": "last modified by",
    "last author": "last modified by",
    "lastauthor": "last modified by",
    "organization": "company",
    "organisation": "company",
    "comment": "comments",
    "revisions": "tracked changes",
    "trackedchanges": "tracked changes",
    "track changes": "tracked changes",
    "notes": "speaker notes",
    "speakernotes": "speaker notes",
    "hiddensheets": "hidden sheets",
    "hiddenslides": "hidden slides",
}
_HIDDEN = {
    "tracked changes": "has tracked changes",
    "comments": "has comments",
    "hidden sheets": "has hidden sheets",
    "hidden columns": "has hidden columns",
    "hidden slides": "has hidden slides",
    "hidden text": "has hidden text",
    "speaker notes": "has speaker notes",
    "description": "has a remark among its properties",
}
_NONE = bag("0 no none false n/a na - nil off null")
_BOILERPLATE = compiled(r"(?:generated|created|exported|produced|made|converted|printed) (?:by|with|from|using)\b")
_INTERNAL = compiled(
    r"\binternal\b|do not (?:share|send|show|tell|mention|forward|go)|don'?t (?:share|send|show|tell|mention|go|let)"
    r"|not for (?:the )?(?:customer|client|distribution|external)|walk ?-?away|floor|bottom line|lowest (?:price|we)"
    r"|below|margin|our cost|before (?:this|it|we) (?:go|send)|customer must not|they (?:don'?t|do not) know"
    r"|confidential"
    r"|remove before|delete before|todo|to ?do:|fixme|check with (?:legal|finance)|budget|competitor"
    r"|push (?:them|for)"
)
_TELLING = compiled(
    r"[$€£%]|\b\d+ ?(?:k|usd|eur|gbp|percent)\b|pric|discount|negotiat|accept|they (?:will|can|want|need)"
    r"|customer (?:will|can|is|has|does|wants|needs)|cheap|expensive|approved by|ask \w+"
)
"""What a remark among the properties was not meant to say; `Final version` says nothing."""
_MARKED_UP = compiled(
    r"\bred-?lin|\bmark-?(?:up|ed)|\btrack(?:ed)?[ -]?changes?|\bin track(?:ed)?\b|\bour (?:comments|edits|changes"
    r"|suggestions|amendments)|\bcomments (?:in|inside|within|on|to|from)|\bsuggested (?:edits|changes)"
    r"|\bproposed (?:edits|changes|amendments)|\bannotat|\bblack-?lin|\bcomment(?:ed|s)\b|\bwith (?:my"
    r"|our) notes|\bspeaker notes"
)
"""The mail or the file's name says that there is something to see beside the text."""
_PROGRAMS = bag(
    """admin administrator user owner root unknown author microsoft office windows apple mac openpyxl python docx pptx
    xlsxwriter libreoffice openoffice word excel powerpoint acrobat adobe canva google docs sheets hp dell lenovo asus
    acer toshiba samsung hewlett packard pc laptop computer home default organization company preferred customer
    template test me the of your name inc ltd llc gmbh corp corporation"""
)
_LEGAL = bag("inc ltd llc llp gmbh ag corp corporation co company limited plc sa sas sarl bv nv group holding the")
_COMPANY = bag("inc ltd llc llp gmbh ag corp plc sarl bv consulting consultants agency advisors associates studio")
"""Words by which an author is seen to be no person."""
_TOPICS = ("title", "subject", "keywords", "category")
_ABOUT = compiled(r"case stud|success stor|customer stor|testimonial|reference|webinar|press release|interview")
"""A paper about a customer names it in its title, and that is no secret."""
_ADDRESS = compiled(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_LONGEST_QUOTED = 100


def metadata(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """For each file, each thing that its readers could find and were not meant to."""
    if not (facts.files and audience(facts)):
        return
    others, own = strangers_of(facts), own_customers(facts)
    announced = plain(f"{draft.subject} {findings.text}")
    for file, text in readings(draft, facts):
        if is_the_librarys(file, facts):
            continue
        said = _properties(text)
        yield from _people(file, said, others, own, facts)
        is_marked_up = bool(_MARKED_UP.search(f"{announced} {plain(readable(file.filename))}"))
        yield from _hidden(file, said, is_marked_up, others, facts)


def _properties(text: FileText) -> Mapping[str, str]:
    """Under one name each, without those that say nothing."""
    named = {" ".join(re.split(r"[\s_-]+", name.lower())): value.strip() for name, value in text.properties.items()}
    return {_SAME.get(name, name): value for name, value in named.items() if value and value.lower() not in _NONE}


def _people(
    file: Attachment, said: Mapping[str, str], others: tuple[Customer, ...], own: tuple[Customer, ...], facts: Facts
) -> Iterator[CheckResult]:
    """Who wrote it, and where they work."""
    for field in (*_PEOPLE, "company", "title", "subject", "keywords", "category"):
        value = said.get(field, "")
        words = plain(value)
        if field in _TOPICS and _ABOUT.search(words):
            continue
        if stranger := next((c.account.name for c in named_in(words, others)), None):
            message = (
                f"{file.filename} names another customer, {stranger}, as its {field}: “{value[:_LONGEST_QUOTED]}”"
            )
            yield _result(file, facts, message, field=field, value=value, severity=Severity.MEDIUM)
        elif field in {*_PEOPLE, "company"} and _is_foreign(field, words, own, facts):
            message = f"{file.filename} gives “{value[:_LONGEST_QUOTED]}” as its {field}, who is not of our company"
            yield _result(file, facts, message, field=field, value=value, severity=Severity.LOW)


def _is_foreign(field: str, words: str, own: tuple[Customer, ...], facts: Facts) -> bool:
    """Whether it is an outsider's: neither ours, nor the reader's own, nor a program's. A bare name says nothing."""
    if not facts.own_domains or any(customer.pattern.search(words) for customer in own):
        return False
    if address := _ADDRESS.search(words):
        domain, ours = address[1], {own_domain.casefold() for own_domain in facts.own_domains}
        theirs = {recipient.email.rpartition("@")[2].casefold() for recipient in facts.recipients}
        return not any(domain == known or domain.endswith(f".{known}") for known in ours | theirs)
    is_a_company = field == "company" or not _COMPANY.isdisjoint(re.findall(r"\w+", words))
    tokens = [word for word in re.findall(r"[^\W_]+", words) if word not in _LEGAL]
    return is_a_company and bool(set(tokens) - _PROGRAMS) and not _is_ours(tokens, facts)


def _is_ours(tokens: list[str], facts: Facts) -> bool:
    """Whether a company's name goes with one of our domains: the same words, one of them, or their first letters."""
    parts = {plain(part).replace("-", "") for domain in facts.own_domains for part in domain.split(".")[:-1]}
    labels = {part for part in parts if len(part) > len("co.")}
    joined, initials = "".join(tokens), "".join(token[0] for token in tokens)
    return any(
        label == initials or label in tokens or joined.startswith(label) or label.startswith(joined)
        for label in labels
    )


def _hidden(
    file: Attachment, said: Mapping[str, str], is_marked_up: bool, others: tuple[Customer, ...], facts: Facts
) -> Iterator[CheckResult]:
    """What stands beside the text; markup that the mail announces is meant to be seen, unless it speaks of us."""
    for field, what in _HIDDEN.items():
        value = said.get(field, "")
        words = plain(value)
        if not value or _BOILERPLATE.match(words):
            continue
        is_internal = bool(_INTERNAL.search(words)) or bool(named_in(words, others))
        if field == "description" and not (is_internal or _TELLING.search(words)):
            continue
        if is_marked_up and not is_internal and field in {"tracked changes", "comments", "speaker notes"}:
            continue
        severity = Severity.LOW if field == "speaker notes" and not is_internal else Severity.MEDIUM
        message = f"{file.filename} {what}, which its reader can see: “{value[:_LONGEST_QUOTED]}”"
        yield _result(file, facts, message, field=field, value=value, severity=severity)


def _result(
    file: Attachment, facts: Facts, message: str, *, field: str, value: str, severity: Severity
) -> CheckResult:
    return CheckResult(
        check="document.metadata",
        severity=severity,
        message=f"{message}; take it out, or send a PDF without it",
        evidence=(told(file, field, value[: 2 * _LONGEST_QUOTED], facts),),
    )


CHECK = Check(
    id="document.metadata",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="a file's properties name outsiders or another customer; or it has comments, tracked changes, hidden parts",
    run=metadata,
    needs=("files", "crm"),
)
