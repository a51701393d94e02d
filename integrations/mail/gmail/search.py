"""Finding mail in a mailbox: the conversation that a mail answers, and what became of a draft."""

from __future__ import annotations

from app.core.ports import Handle
from integrations.mail.gmail.content import Letter, same_subject
from integrations.mail.gmail.mailbox import Mail, Mailbox

_THREADS_LOOKED_AT = 5
_SENT_LOOKED_AT = 20


def conversation_of(mailbox: Mailbox, letter: Letter) -> str | None:
    """The thread of the mail that this one answers; None where it answers none, or Gmail would not put it there.

    Gmail wants the thread, References or In-Reply-To, and the subject to agree.
    """
    if not letter.parents:
        return None
    parent = _searched(mailbox, letter.parents) or _among_newest(mailbox, letter.parents)
    if parent is None or not same_subject(parent.subject, letter.content.first("subject")):
        return None
    return parent.thread


def sent_mail(mailbox: Mailbox, handle: Handle) -> Mail | None:
    """The sent mail that came of the draft, whoever sent it: in its thread, else among what was sent since."""
    for mail in mailbox.thread(handle["thread"]):
        if _came_of(mail, handle):
            return mail
    ids = mailbox.sent_since(handle["history"], _SENT_LOOKED_AT) if handle["history"] else None
    if ids is None:
        ids, _ = mailbox.newest_sent(_SENT_LOOKED_AT)
    found = (mailbox.mail(each) for each in ids)
    return next((mail for mail in found if mail is not None and _came_of(mail, handle)), None)


def sent_with(mailbox: Mailbox, send_id: str) -> tuple[Mail | None, bool]:
    """The sent mail that carries this send id, and whether all sent mail was looked at."""
    ids, complete = mailbox.newest_sent(_SENT_LOOKED_AT)
    for each in ids:
        mail = mailbox.mail(each)
        if mail is not None and mail.is_sent and _carries(mail, f"<{send_id}@"):
            return mail, True
    return None, complete


def _came_of(mail: Mail, handle: Handle) -> bool:
    known = mail.id == handle["message"] or _carries(mail, handle["message_id"])
    return mail.is_sent and (known or (handle["draft_id"] != "" and mail.draft_id == handle["draft_id"]))


def _carries(mail: Mail, beginning: str) -> bool:
    return mail.message_id.startswith(beginning) or mail.original_message_id.startswith(beginning)


def _searched(mailbox: Mailbox, parents: tuple[str, ...]) -> Mail | None:
    if not mailbox.can_search:
        return None
    return next((found for each in parents[:3] if (found := mailbox.with_message_id(each)) is not None), None)


def _among_newest(mailbox: Mailbox, parents: tuple[str, ...]) -> Mail | None:
    """What has just come is found by no search yet, and most often that is what is answered."""
    for thread in mailbox.newest_threads(_THREADS_LOOKED_AT):
        found = next((mail for mail in mailbox.thread(thread) if mail.message_id in parents), None)
        if found is not None:
            return found
    return None
