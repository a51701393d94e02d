"""What a mail that came in is: the word of a person, of a mail system, or of a machine that answers for somebody.

The order matters, for a mail may bear several marks. First what only mail systems write (RFC 3464 and 3461), then
what machines say of themselves (RFC 3834 and what came before it), and at last, as a hint, how machines title their
notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from app.core.inbox import Incoming
from app.inbox.contents import NOTHING, Content, Delivery, addresses, readable


class Kind(StrEnum):
    """What it is."""

    REPLY = "reply"
    """A person wrote it, as far as anybody can tell."""
    BOUNCE = "bounce"
    """A mail system says that a mail did not arrive, or has not up to now."""
    AUTO_REPLY = "auto_reply"
    """A machine wrote it: out of office, received, read, list mail."""
    OWN = "own"
    """The owner of the mailbox sent it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A recipient whom a mail did not reach."""

    recipient: str
    is_permanent: bool
    """Whether the same mail to the same address would fail again (class 5 of RFC 3463)."""
    is_final: bool
    """Whether the mail system has given up; else it goes on trying."""
    status: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Classified:
    """What a mail is, and by which mark it is known."""

    kind: Kind
    mark: str
    """Such as `auto-submitted`; empty for a reply, which is what has no mark."""
    failures: tuple[Failure, ...] = ()
    """Those whom a bounce names. It may name nobody."""


_MAIL_SYSTEMS = frozenset({"mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon", "microsoftexchange"})
_MACHINES_ORDER = frozenset({"bulk", "junk", "auto_reply", "auto-reply"})
"""What `Precedence` says of machines' mail. `list` is not among them: what a list carries, people write."""
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?m)^\D{0,40}\b([45])\d\d[ -]")
_ANSWERED = r"\s*(?:(?:re|aw|sv|antw|ré?f|tr|wg|fwd?)\s*:\s*)*+"
_OUT_OF_OFFICE = re.compile(
    _ANSWERED + r"(?:"
    r"(?:automatic|auto)[- ]?(?:reply|response|responder|answer)\b|out[- ]of[- ](?:the[- ])?office\b|ooo\s*:"
    r"|(?:on|away on) (?:annual |parental |sick )?(?:leave|vacation|holiday)\b"
    r"|abwesenheitsnotiz|abwesenheit\s*:|automatische (?:antwort|abwesenheit)|autom\. antwort|nicht im (?:büro|haus)"
    r"|abwesend\b|im urlaub\b"
    r"|réponse automatique|absence du bureau|message d['’]absence|absent(?:e)? du bureau|en (?:congé|vacances)s?\b"
    r"|(?:hors|absence) (?:du |de )?bureau"
    r")",
    re.IGNORECASE,
)


def classify(mail: Incoming, content: Content = NOTHING) -> Classified:
    """What the mail is. `content` may be left out where nobody has looked into it."""
    if mail.is_own:
        return Classified(kind=Kind.OWN, mark="")
    return _of_mail_system(mail, content) or _of_machine(mail) or Classified(kind=Kind.REPLY, mark="")


def is_worth_reading(mail: Incoming) -> bool:
    """Whether the content may tell what the headers do not: a report has its recipients inside."""
    return not mail.is_own and (_report_type(mail) == "delivery-status" or _of_mail_system(mail, NOTHING) is not None)


def _of_mail_system(mail: Incoming, content: Content) -> Classified | None:
    report = _report_type(mail)
    if report == "delivery-status" or content.deliveries:
        return _reported(content)
    failed = addresses(mail.header("x-failed-recipients"))
    if failed:
        failures = tuple(_told_in_words(each, content.text) for each in failed)
        return Classified(kind=Kind.BOUNCE, mark="x-failed-recipients", failures=failures)
    if report:  # a receipt that it was read, or a complaint: both come without a sender
        return Classified(kind=Kind.AUTO_REPLY, mark=f"report {report}")
    is_senderless = mail.has("return-path") and mail.header("return-path").replace(" ", "") in ("<>", "")
    # RFC 3834 has automatic replies come without a sender as well: who says that it is one, is believed.
    if is_senderless and (_is_mail_system(mail.sender) or _of_machine(mail) is None):
        return Classified(kind=Kind.BOUNCE, mark="return-path")
    return None


def _reported(content: Content) -> Classified:
    """By RFC 3464: a report may also say that all went well."""
    failures = tuple(_failure(each) for each in content.deliveries if _did_not_arrive(each))
    if content.deliveries and not failures:
        return Classified(kind=Kind.AUTO_REPLY, mark="delivery-status")
    return Classified(kind=Kind.BOUNCE, mark="delivery-status", failures=failures)


def _did_not_arrive(delivery: Delivery) -> bool:
    if delivery.action:
        return delivery.action in ("failed", "delayed")
    return not delivery.status.startswith("2")


def _failure(delivery: Delivery) -> Failure:
    is_final = delivery.action != "delayed"
    status = delivery.status if _STATUS.fullmatch(delivery.status) else ""
    return Failure(
        recipient=delivery.recipient,
        is_permanent=is_final and not status.startswith("4"),
        is_final=is_final,
        status=status,
        reason=delivery.diagnosis,
    )


def _told_in_words(recipient: str, text: str) -> Failure:
    """From a bounce without a report. What names no class has been given up for good."""
    status = _STATUS.search(text)
    code = status or _CODE.search(text)
    return Failure(
        recipient=recipient,
        is_permanent=code is None or code[1] != "4",
        is_final=True,
        status=status[0] if status else "",
        reason="",
    )


def _of_machine(mail: Incoming) -> Classified | None:
    submitted = mail.header("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    suppress = mail.header("x-auto-response-suppress").strip().lower()
    precedence = mail.header("precedence").strip().lower()
    marks = {
        "auto-submitted": submitted not in ("", "no"),
        "x-auto-response-suppress": suppress not in ("", "none"),
        "precedence": precedence in _MACHINES_ORDER,
        "x-autoreply": mail.header("x-autoreply").strip().lower() not in ("", "no"),
        "x-autorespond": mail.header("x-autorespond").strip() != "",
        "subject": submitted != "no" and _OUT_OF_OFFICE.match(readable(mail.subject)) is not None,
    }
    mark = next((name for name, holds in marks.items() if holds), None)
    return Classified(kind=Kind.AUTO_REPLY, mark=mark) if mark else None


def _report_type(mail: Incoming) -> str:
    """The `report-type` of a multipart/report; empty where the mail is none."""
    head = Message()
    head["Content-Type"] = " ".join(mail.header("content-type")[:2000].split()) or "text/plain"
    if head.get_content_type() != "multipart/report":
        return ""
    value = head.get_param("report-type")
    return value.strip().lower() if isinstance(value, str) and value.strip() else "unnamed"


def _is_mail_system(address: str) -> bool:
    name = address.rpartition("@")[0].casefold()
    return name in _MAIL_SYSTEMS or name.startswith("microsoftexchange")
