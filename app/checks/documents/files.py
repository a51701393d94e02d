"""The draft's attachments as they read, and whether somebody has approved what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.checks.documents.filenames import NamedFile
from app.checks.documents.mentions import Mention
from app.checks.documents.shelf import is_fit, match
from app.checks.worktime import today
from app.core.checks import Evidence
from app.core.drafts import Attachment, Draft
from app.core.facts import Facts, FileText


def readings(draft: Draft, facts: Facts) -> Iterator[tuple[Attachment, FileText]]:
    """Each attachment that was read, with what was read; those that only ride along are left out."""
    read: Mapping[str, FileText] = {file.sha256: file for file in facts.files}
    for attachment in draft.attachments:
        if NamedFile(file=attachment).ornament is None and (text := read.get(attachment.sha256)) is not None:
            yield attachment, text


def is_the_librarys(attachment: Attachment, facts: Facts) -> bool:
    """Whether the file is a document that may go to these readers just as it is: somebody has looked at it already.

    Where the library has the file behind its entry, only its very bytes are that document; else its name has to do.
    """
    document = match(Mention.of(attachment), facts)
    if document is None or not is_fit(document, today(facts), facts):
        return False
    return document.sha256 in {None, attachment.sha256}


def told(attachment: Attachment, what: str, value: str, facts: Facts) -> Evidence:
    """What an attachment says, as evidence; it is as old as the draft."""
    return Evidence(source="files", field=f"{attachment.filename}.{what}", value=value, as_of=facts.age_of("files"))
