"""A notice as a mail: the same bytes whenever it is carried again."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from app.core.errors import FactUnavailable, NotDelivered, Undeliverable
from app.core.facts import Person
from app.core.notices import Notice, NoticeKind
from app.core.ports import People

_SUBJECTS: Mapping[NoticeKind, str] = {
    NoticeKind.ASKED: "A draft waits for your decision",
    NoticeKind.CONSULTED: "A draft that you may look at",
    NoticeKind.REMINDED: "A draft still waits for your decision",
    NoticeKind.ESCALATED: "A draft has had no decision; you may decide",
    NoticeKind.EXPIRED: "A draft was not decided in time",
    NoticeKind.QUESTION: "A question about a draft",
    NoticeKind.ANSWERED: "Your question about a draft was answered",
    NoticeKind.STUCK: "A mail did not leave as it should",
    NoticeKind.UNREPORTED: "Nobody knows whether an action was carried out",
    NoticeKind.PROMOTION_PROPOSED: "An agent has earned autonomy, if you sign",
    NoticeKind.AUTONOMY_ENDED: "An agent has lost its autonomy",
}
_SIGN_IN = "An account has to be signed in to again"


def addressee(notice: Notice, people: People) -> Person:
    """The colleague whom the notice is for.

    Raises Undeliverable for agents, who read the board, and for whoever has left; NotDelivered where the directory
    cannot be read.
    """
    try:
        person = people.person(notice.recipient)
    except FactUnavailable as error:
        raise NotDelivered(f"{notice.recipient} cannot be looked up: {error}") from error
    if person is None:
        raise Undeliverable(f"{notice.recipient} has no address in the directory; the board has the notice")
    return person


def letter(notice: Notice, person: Person, *, sender: str, link: str) -> EmailMessage:
    """The mail. Its Message-ID is made of the notice's id alone. Raises Undeliverable where an address is none."""
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = sender
        mail["To"] = person.email
        mail["Subject"] = _subject(notice)
        mail["Date"] = formatdate(notice.at.timestamp())
        mail["Message-ID"] = f"<{notice.id}@{sender.rpartition('@')[2].strip(' >')}>"
    except ValueError as error:
        raise Undeliverable(f"{notice.id} cannot be addressed to {person.id}: {error}") from error
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Countersign-Notice"] = notice.id
    mail.set_content(f"{notice.text}\n\n{page_of(notice, link=link)}\n", cte="quoted-printable")
    return mail


def _subject(notice: Notice) -> str:
    about_an_account = notice.kind is NoticeKind.STUCK and notice.draft_id is None
    return _SIGN_IN if about_an_account else _SUBJECTS[notice.kind]


def page_of(notice: Notice, *, link: str) -> str:
    """Where the reader finds what the notice is about. `link` is the page's address."""
    return f"{link}/?draft={notice.draft_id}" if notice.draft_id is not None else link
