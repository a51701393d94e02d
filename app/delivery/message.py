"""The exact bytes of a mail, made from an approved draft."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.core.drafts import Attachment, Draft
from app.core.facts import Person

_POLICY = SMTP.clone(cte_type="7bit")


def compose(draft: Draft, *, draft_id: str, send_id: str, sender: Person, at: datetime) -> bytes:
    """RFC 5322 bytes with CRLF line ends, the same for the same arguments. Bcc stays in the envelope only."""
    message = EmailMessage(policy=_POLICY)
    _address(message, draft, sender)
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{send_id}@{sender.email.rpartition('@')[2]}>"
    _continue_thread(message, draft)
    message["X-Countersign-Draft"] = draft_id
    if draft.client_id is not None:
        message["X-Countersign-Client-Id"] = draft.client_id
    if draft.text:
        message.set_content(draft.text)
        if draft.html is not None:
            message.add_alternative(draft.html, subtype="html")
    elif draft.html is not None:
        message.set_content(draft.html, subtype="html")
    for attachment in draft.attachments:
        _attach(message, attachment)
    _fix_boundaries(message, send_id)
    return message.as_bytes()


def _address(message: EmailMessage, draft: Draft, sender: Person) -> None:
    message["From"] = Address(display_name=sender.name, addr_spec=sender.email)
    if draft.to:
        message["To"] = ", ".join(draft.to)
    if draft.cc:
        message["Cc"] = ", ".join(draft.cc)


def _continue_thread(message: EmailMessage, draft: Draft) -> None:
    if draft.thread is None or draft.thread.message_id is None:
        return
    message["In-Reply-To"] = draft.thread.message_id
    references = dict.fromkeys((*draft.thread.references, draft.thread.message_id))
    message["References"] = " ".join(references)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    header = EmailMessage(policy=_POLICY)
    header["Content-Type"] = attachment.content_type
    part = EmailMessage(policy=_POLICY)
    # A mail that is attached goes along as plain bytes too: parsing it would not give back the same ones.
    kind = "application/octet-stream" if header.get_content_maintype() == "message" else header.get_content_type()
    maintype, _, subtype = kind.partition("/")
    part.set_content(attachment.content, maintype=maintype, subtype=subtype)
    for name, value in header["Content-Type"].params.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.filename)
    if message.get_content_type() != "multipart/mixed":
        message.make_mixed()
    message.attach(part)


def _fix_boundaries(message: EmailMessage, send_id: str) -> None:
    # The library draws boundaries at random; the same draft must give the same bytes.
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_{send_id}_{number}")
