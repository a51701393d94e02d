"""A document that was made for one customer would go to another: by the library, by its name, or by what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from app.checks.check import Check
from app.checks.customers import account_of
from app.checks.documents.customers import Customer, file_words, named_in, own_customers, plain, strangers_of
from app.checks.documents.dedication import Page, trace
from app.checks.documents.filenames import NamedFile
from app.checks.documents.files import is_the_librarys, told
from app.checks.documents.mentions import Mention, mentions
from app.checks.documents.shelf import audience, match, strangers
from app.checks.documents.uses import Use, uses
from app.checks.once import once
from app.checks.results import evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Attachment, Draft
from app.core.facts import Facts, FileText
from app.core.findings import Findings
from extractors.lazily import compiled

_ABOUT = compiled(
    r"case ?stud|success ?stor|customer ?stor|testimonial|reference|webinar|press|article|interview|logo"
)
"""In a file's name: it speaks of a customer, and was not made for it."""
_FOR_ONE = compiled(
    r"\b(?:proposal|quote|quotation|offer|pricing|price list|contract|agreement|msa|nda|sow|statement of work"
    r"|order form"
    r"|invoice|(?:roll-?out|implementation|project|account|success) plan|minutes|business case|terms)\b"
)
"""What is written for one customer."""
_LONGEST_QUOTED = 120


def other_customer(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """What the library says of a document settles it; of other files, their names and their words are judged."""
    for use in uses(draft, findings, facts):
        if strangers(use.document, facts):
            yield _of_library(use, facts)
    yield from (result for _, result in phrases_of_others(draft, findings, facts))
    yield from (result for _, result in _judged(draft, facts))


def files_of_others(draft: Draft, facts: Facts) -> tuple[Attachment, ...]:
    """The attachments that are another customer's, by the library or by their names and words."""
    by_library = tuple(
        file for file in draft.attachments if (own := match(Mention.of(file), facts)) and strangers(own, facts)
    )
    return by_library + tuple(file for file, _ in _judged(draft, facts))


@once
def _judged(draft: Draft, facts: Facts) -> Iterator[tuple[Attachment, CheckResult]]:
    """Files that are another customer's by their words or their names, each with what is to be said of it."""
    if not draft.attachments:
        return
    others, own = strangers_of(facts), own_customers(facts)
    read = {file.sha256: file for file in facts.files}
    for file in draft.attachments:
        if NamedFile(file=file).ornament or _is_settled(file, facts):
            continue
        text = read.get(file.sha256)
        result = (text and _by_words(file, text, others, own, facts)) or _by_name(file, others, own, facts)
        if result is not None:
            yield file, result


def _is_settled(file: Attachment, facts: Facts) -> bool:
    """Whether the library has said already that it may go to them, or that it may not."""
    document = match(Mention.of(file), facts)
    return is_the_librarys(file, facts) or (document is not None and bool(strangers(document, facts)))


def _of_library(use: Use, facts: Facts) -> CheckResult:
    message = f"{use.document.title} was made for another customer and would go to {_readers(facts)}"
    return use.result("document.other_customer", Severity.BLOCK, message, field="customer")


@once
def phrases_of_others(draft: Draft, findings: Findings, facts: Facts) -> Iterator[tuple[Mention, CheckResult]]:
    """What the mail itself calls another customer's, where the library does not have it."""
    for mention in mentions(draft, findings):
        words = plain(mention.name)
        if mention.statement is None or not _FOR_ONE.search(words) or match(mention, facts):
            continue
        if stranger := next((customer.account for customer in named_in(words, strangers_of(facts))), None):
            yield (
                mention,
                CheckResult(
                    check="document.other_customer",
                    severity=Severity.HIGH,
                    message=(
                        f"“{mention.name}” is another customer's, {stranger.name}, and would go to {_readers(facts)}"
                    ),
                    spans=(mention.statement,),
                    evidence=(evidence(facts, "crm", f"{stranger.id}.name", stranger.name),),
                ),
            )


def _by_words(
    file: Attachment, text: FileText, others: tuple[Customer, ...], own: tuple[Customer, ...], facts: Facts
) -> CheckResult | None:
    """Whom the file's text and title were written for. One customer is enough to stop it."""
    page = Page.of(text.text, text.properties.get("title", ""))
    found = [sign for customer in named_in(page.plain, others) if (sign := trace(page, customer, own)) is not None]
    if not found:
        return None
    sign = max(found, key=lambda one: one.certain)
    name, quoted = sign.customer.account.name, sign.words[:_LONGEST_QUOTED]
    return CheckResult(
        check="document.other_customer",
        severity=Severity.BLOCK if sign.certain else Severity.HIGH,
        message=f"{file.filename} was written for {name} (“{quoted}”) and would go to {_readers(facts)}",
        evidence=(told(file, "text", quoted, facts),),
    )


def _by_name(
    file: Attachment, others: tuple[Customer, ...], own: tuple[Customer, ...], facts: Facts
) -> CheckResult | None:
    stem = PurePath(file.filename).stem
    words = file_words(stem)
    stranger = next((customer.account for customer in others if customer.is_in_file_name(words)), None)
    if stranger is None or _ABOUT.search(" ".join(words)):
        return None
    if any(reader.is_in_file_name(words) for reader in own if reader.account.id != stranger.id):
        return None
    return CheckResult(
        check="document.other_customer",
        severity=Severity.HIGH,
        message=(
            f"{file.filename} bears the name of another customer, {stranger.name}, and would go to"
            f" {_readers(facts)}; look into it before it goes out"
        ),
        evidence=(
            Evidence(source="draft", field="attachments", value=f"{file.filename}: {plain(stem)}", as_of=facts.now),
        ),
    )


def _readers(facts: Facts) -> str:
    """Who would get it."""
    keys = [key for key in audience(facts) if key]
    named = [account.name if (account := account_of(key, facts)) else key for key in keys]
    return " and ".join(named) or "somebody whom the CRM does not know"


CHECK = Check(
    id="document.other_customer",
    severities=(Severity.BLOCK, Severity.HIGH),
    when="a document made for one customer, by the library, its name or its words, would go to another",
    run=other_customer,
    needs=("library", "crm"),
)
