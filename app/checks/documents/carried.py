"""What a mail claims to carry, and what it carries."""

from __future__ import annotations

from app.checks.documents.claimed import Wanted, wanted_of
from app.checks.documents.filenames import NamedFile
from app.checks.documents.handed import handed
from app.checks.words import content_words
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

_BEHIND = 30
"""Characters behind a claim that may still say the form of its file."""


def files_of(draft: Draft, facts: Facts) -> list[NamedFile]:
    """The attachments; those that have a library document's file name, or its bytes, go by its title too."""
    titles = {document.file.rpartition("/")[2].casefold(): document.title for document in facts.library}
    same = {document.sha256: document.title for document in facts.library if document.sha256}
    return [
        NamedFile(file=file, title=titles.get(file.filename.casefold()) or same.get(file.sha256, ""))
        for file in draft.attachments
    ]


def claims_of(findings: Findings) -> list[Wanted]:
    """Every document that is claimed, those that are named before those that any file could be."""
    asked_for = [
        w
        for c in (*findings.attachments, *handed(findings))
        for w in wanted_of(c, findings.text[c.end : c.end + _BEHIND])
    ]
    return sorted(asked_for, key=lambda one: one.is_unnamed)


def customer_words(facts: Facts) -> frozenset[str]:
    """The words of the customer's own name, and of its people's."""
    parties = [facts.account, *(recipient.contact for recipient in facts.recipients)]
    return content_words(" ".join(party.name for party in parties if party))
