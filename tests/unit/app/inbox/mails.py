"""Mail as it comes in, written for the tests by the rules of the RFCs."""

from __future__ import annotations

from datetime import UTC, datetime
from email.parser import Parser

from app.core.inbox import HEADERS, Incoming
from app.inbox.contents import addresses, message_ids

RECEIVED = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)

USUAL = "From: Lee <lee@acme.example>\nTo: sam@ours.example\nSubject: Re: The plan\nMessage-ID: <a1@acme.example>\n"


def raw_mail(head: str = "", body: str = "Fine with me.\n", *, usual: str = USUAL) -> bytes:
    """A mail with these headers besides the usual ones."""
    return (usual + head + "\n" + body).replace("\n", "\r\n").encode()


def incoming(
    raw: bytes, *, key: str = "m1", thread: str = "t1", is_own: bool = False, at: datetime = RECEIVED
) -> Incoming:
    """What a provider tells of the mail."""
    message = Parser().parsestr(raw.decode())
    kept = [(name.lower(), str(value)) for name, value in message.items() if name.lower() in HEADERS]
    return Incoming(
        key=key,
        message_id=next(iter(message_ids(str(message.get("Message-ID", "")))), ""),
        thread_id=thread,
        sender=next(iter(addresses(str(message.get("From", "")))), ""),
        recipients=(*addresses(str(message.get("To", ""))), *addresses(str(message.get("Cc", "")))),
        subject=str(message.get("Subject", "")),
        headers=tuple(kept),
        received_at=at,
        is_own=is_own,
    )


def report(*groups: str, text: str = "Your mail did not get through.\n", returned: str = "", head: str = "") -> bytes:
    """A delivery status notification with one group of fields for each recipient."""
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{text}",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.acme.example\n\n" + "\n".join(groups),
    ]
    if returned:
        parts.append(f"Content-Type: text/rfc822-headers\n\n{returned}")
    body = "".join(f"--B\n{part}\n" for part in parts) + "--B--\n"
    usual = (
        "From: Mail Delivery System <MAILER-DAEMON@mx.acme.example>\nTo: sam@ours.example\n"
        "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <dsn1@mx.acme.example>\nReturn-Path: <>\n"
    )
    kind = 'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n'
    return raw_mail(kind + head, body, usual=usual)


def group(recipient: str = "lee@acme.example", action: str = "failed", status: str = "5.1.1", more: str = "") -> str:
    """The fields of one recipient."""
    return f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n{more}"
