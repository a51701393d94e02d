"""What `extract` reads and writes: JSON lines, plain texts, RFC 5322 mails in; findings records out."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import extractors
from app.core.errors import InvalidInput
from extractors.lazily import compiled

MAX_TEXT = 1_000_000
"""Characters of a text or an HTML body, as for drafts."""
_MAIL_HEADER = compiled(rb"(?im)\A(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)*?(?:from|to|subject|date|mime-version|received):")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What to extract from. `sent_at` without an offset is a wall clock in `timezone` (an IANA name)."""

    id: object
    text: str
    html: str | None = None
    subject: str | None = None
    sent_at: datetime
    timezone: str

    def record(self) -> dict[str, object]:
        """The findings under the id. Raises InvalidInput."""
        zone = zone_named(self.timezone)
        aware = self.sent_at if self.sent_at.tzinfo else self.sent_at.replace(tzinfo=zone)
        try:
            found = extractors.extract(
                self.text, html=self.html, subject=self.subject, sent_at=aware, timezone=self.timezone
            )
        except (extractors.ExtractionError, OverflowError) as error:
            raise InvalidInput(str(error)) from None
        return {"id": self.id, **found.to_record()}


def line_record(line: bytes, defaults: Asked) -> dict[str, object]:
    """The findings of one JSON line, or `{"id", "error"}` where the line is not valid."""
    id_: object = None
    try:
        record = _json_object(line)
        id_ = record.get("id")
        return _asked(record, defaults).record()
    except InvalidInput as error:
        return {"id": id_, "error": str(error)}


def _json_object(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is not UTF-8 at byte {error.start}; send JSON in UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"is not JSON ({error}); send one object a line") from None
    if not isinstance(record, dict):
        raise InvalidInput(f"is a JSON {type(record).__name__}; send an object with a text")
    return record


def _asked(record: dict[str, object], defaults: Asked) -> Asked:
    text, html = _words(record, "text"), _words(record, "html")
    if text is None and html is None:
        raise InvalidInput("is missing; give the mail's text", field="text")
    sent_at = _words(record, "sent_at")
    return replace(
        defaults,
        id=record.get("id"),
        text=text or "",
        html=html,
        subject=_words(record, "subject"),
        sent_at=parse_moment(sent_at, "sent_at") if sent_at else defaults.sent_at,
        timezone=_words(record, "timezone") or defaults.timezone,
    )


def _words(record: dict[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidInput(f"must be text, not {type(value).__name__}", field=name)
    if value and len(value) > MAX_TEXT:
        raise InvalidInput(f"has {len(value)} characters; at most {MAX_TEXT} are allowed", field=name)
    return value


def parse_moment(value: str, field: str) -> datetime:
    """An ISO 8601 date and time, with or without an offset. Raises InvalidInput."""
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        raise InvalidInput(
            "is no ISO 8601 date and time; write 2026-11-18T10:00:00-05:00, for example", field=field
        ) from None
    return parsed


def zone_named(name: str) -> ZoneInfo:
    """The zone. Raises InvalidInput."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            f"{name!a} is no IANA time zone; write America/New_York, for example", field="timezone"
        ) from None


def whole_file(data: bytes, name: str | None, defaults: Asked, *, sent_at_given: bool) -> Asked:
    """One text or mail. A mail's Date header says when it is sent, unless that was given. Raises InvalidInput."""
    id_ = name or None
    if (name or "").lower().endswith(".eml") or _MAIL_HEADER.match(data.replace(b"\r\n", b"\n")):
        return _limited(_mail(data, replace(defaults, id=id_), sent_at_given=sent_at_given))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is not UTF-8 text at byte {error.start}; save it as UTF-8", field=name or "-") from None
    return _limited(replace(defaults, id=id_, text=text))


def _limited(asked: Asked) -> Asked:
    for field, value in (("text", asked.text), ("html", asked.html or "")):
        if len(value) > MAX_TEXT:
            raise InvalidInput(f"has {len(value)} characters; at most {MAX_TEXT} are allowed", field=field)
    return asked


def _mail(data: bytes, defaults: Asked, *, sent_at_given: bool) -> Asked:
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        text, html = _body(message, "plain"), _body(message, "html")
        date = message.get("Date")
        sent_at = parsedate_to_datetime(str(date)) if date and not sent_at_given else defaults.sent_at
        subject = message.get("Subject")
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise InvalidInput(f"is no well-formed mail ({type(error).__name__}); write it with a mail library") from None
    return replace(defaults, text=text or "", html=html, sent_at=sent_at, subject=str(subject) if subject else None)


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return None
    content = part.get_content()
    return content.replace("\r\n", "\n") if isinstance(content, str) else None


def defaults(sent_at: str | None, timezone: str | None) -> Asked:
    """What applies to lines that do not say so themselves. Raises InvalidInput."""
    zone = timezone or "UTC"
    zone_named(zone)
    moment = parse_moment(sent_at, "--sent-at") if sent_at else datetime.now(UTC)
    return Asked(id=None, text="", sent_at=moment, timezone=zone)
