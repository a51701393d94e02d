"""Check that a file which the mail speaks of is really there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from app.checks.words import bag, content_words
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Attachment, Draft
from app.core.facts import Facts
from app.core.findings import AttachmentClaim, Findings

_SUFFIXES = {
    "deck": frozenset({".pptx", ".ppt", ".key", ".odp"}),
    "spreadsheet": frozenset({".xlsx", ".xls", ".csv", ".ods", ".numbers"}),
    "calculator": frozenset({".xlsx", ".xls", ".csv", ".ods", ".numbers"}),
    "model": frozenset({".xlsx", ".xls", ".csv", ".ods", ".numbers"}),
    "invite": frozenset({".ics"}),
    "invitation": frozenset({".ics"}),
    "screenshot": frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"}),
    "picture": frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"}),
    "photo": frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic"}),
    "diagram": frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".vsdx", ".drawio"}),
    "recording": frozenset({".mp4", ".mov", ".m4a", ".mp3"}),
    "archive": frozenset({".zip", ".7z", ".gz"}),
}
"""What a file of this kind is usually called at its end."""
_DECORATION = frozenset({".png", ".jpg", ".jpeg", ".gif", ".ics", ".vcf", ".p7s", ".asc"})
"""Files that ride along without being spoken of: logos, invitations, cards, signatures."""
_TELLING = bag(
    """soc2 iso27001 msa nda dpa sow quote invoice casestudy pricelist datasheet whitepaper questionnaire
    redline pentest screenshot logo minutes agenda"""
)
"""Words that say for sure what a file is; one without any (`scan_0042.pdf`, `overview.pdf`) could be anything."""
_GENERIC = frozenset({"report", "document", "form", "plan", "summary", "overview", "agreement", "list", "file"})


def missing(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Each claim takes the file that fits it best; a claim that is left with none is reported."""
    left = list(draft.attachments)
    names = _customers_names(facts)
    for claim in sorted(findings.attachments, key=lambda claim: claim.document is None):
        carried = _carried(claim, left, draft.attachments, names)
        if carried is None:
            yield _result(claim, draft, facts)
        elif carried in left and claim.document is not None:
            left.remove(carried)


def _carried(
    claim: AttachmentClaim,
    left: Sequence[Attachment],
    everything: Sequence[Attachment],
    names: frozenset[str],
) -> Attachment | None:
    if claim.document is None:
        return next(iter(everything), None)
    document = claim.document
    fitting = next((file for file in everything if _fits(document, file, names)), None)
    return fitting or next((file for file in left if _could_be_anything(document, file)), None)


def _fits(document: str, file: Attachment, names: frozenset[str]) -> bool:
    """By its name, by its kind, or by a word that tells documents apart."""
    if "." in file.filename and file.filename.casefold() in document.casefold():
        return True
    words, suffix = content_words(document), PurePath(file.filename).suffix.lower()
    if any(suffix in _SUFFIXES.get(word, ()) for word in words):
        return True
    in_name = content_words(_readable(file.filename)) - names
    shared = words & in_name
    return bool(shared - _GENERIC) or (bool(shared) and not (words & _TELLING and in_name - _GENERIC))


def _could_be_anything(document: str, file: Attachment) -> bool:
    """Whether the file's name neither confirms nor denies that it is the document."""
    name = PurePath(file.filename)
    if name.suffix.lower() in _DECORATION:
        return False
    return not (content_words(_readable(file.filename)) & _TELLING and content_words(document) & _TELLING)


def _customers_names(facts: Facts) -> frozenset[str]:
    """Half of what is sent to a customer has the customer's name in its own; that makes it no better a match."""
    parties = [facts.account, *(recipient.contact for recipient in facts.recipients)]
    return content_words(" ".join(party.name for party in parties if party))


def _readable(filename: str) -> str:
    """`Acme_PriceList-v2.pdf` as words."""
    return re.sub(r"[_\-.]+|(?<=[a-z])(?=[A-Z])", " ", PurePath(filename).stem)


def _result(claim: AttachmentClaim, draft: Draft, facts: Facts) -> CheckResult:
    names = ", ".join(file.filename for file in draft.attachments) or "none"
    what = claim.document or "a file"
    rest = "nothing is attached" if not draft.attachments else f"what is attached is {names}"
    return CheckResult(
        check="attachment.missing",
        severity=Severity.HIGH,
        message=f"The mail says that it carries {what}, but {rest}",
        spans=((claim.start, claim.end),),
        evidence=(Evidence(source="draft", field="attachments", value=names, as_of=facts.now),),
    )
