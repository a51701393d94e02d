"""Notices to a program of the house's own: one signed JSON POST each, to carry them into chat or to phones."""

from __future__ import annotations

import hashlib
import hmac
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from app.core.digest import canonical_bytes
from app.core.errors import FactUnavailable, InvalidInput, NotDelivered, Undeliverable
from app.core.notices import Notice
from app.core.ports import People
from integrations.notify.letter import page_of

SIGNATURE = "X-Countersign-Signature"
KEY = "Idempotency-Key"
_OK, _MULTIPLE = 200, 300
_NEVER = frozenset({400, 410, 413, 422})
"""What the receiver has understood and will not have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """Where notices are posted."""

    url: str
    secret: str
    """Signs the body: `sha256=` and the hex HMAC-SHA-256 of its bytes."""
    trusted: ssl.SSLContext
    """Whose certificates are believed."""
    takes_codes: bool = False
    """Whether it brings each notice to its reader alone, so that one-time codes may go with it."""
    timeout: float = 10.0
    """Seconds that the receiver may take for each answer."""


class WebhookNotifier:
    """Posts each notice. A POST is never repeated by itself, and a redirection is not followed."""

    name = "webhook"

    def __init__(self, receiver: Receiver, *, people: People, link: str) -> None:
        """`link` is the page's address. Raises InvalidInput for a URL that is none, or without a secret."""
        self._to = urlsplit(receiver.url)
        if self._to.scheme not in ("https", "http") or not self._to.hostname:
            raise InvalidInput("is no https:// address", field="notices_webhook_url")
        if not receiver.secret:
            raise InvalidInput(
                "is missing; without it the receiver cannot tell our notices from anybody else's",
                field="notices_webhook_secret",
            )
        self._receiver = receiver
        self._people = people
        self._link = link

    @property
    def private(self) -> bool:
        """Whether the settings say so, and the way there is encrypted."""
        return self._receiver.takes_codes and self._to.scheme == "https"

    def notify(self, notice: Notice) -> None:
        """Post the notice. Raises NotDelivered, Undeliverable where the receiver will never have it."""
        body = canonical_bytes(self._record(notice))
        headers = {
            "Content-Type": "application/json",
            KEY: notice.id,
            SIGNATURE: signature(body, secret=self._receiver.secret),
        }
        try:
            status = self._post(body, headers)
        except (OSError, HTTPException, ValueError) as error:
            reason = str(error) or type(error).__name__
            raise NotDelivered(f"{self._to.hostname} cannot be told of {notice.id}: {reason}") from error
        if _OK <= status < _MULTIPLE:
            return
        kind = Undeliverable if status in _NEVER else NotDelivered
        raise kind(f"{self._to.hostname} answered {status} to notice {notice.id}; it has to answer 200 to 299")

    def _post(self, body: bytes, headers: Mapping[str, str]) -> int:
        connection = self._connection()
        try:
            query = f"?{self._to.query}" if self._to.query else ""
            connection.request("POST", f"{self._to.path or '/'}{query}", body, dict(headers))
            return connection.getresponse().status
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, timeout = self._to.hostname or "", self._receiver.timeout
        if self._to.scheme == "https":
            return HTTPSConnection(host, self._to.port, timeout=timeout, context=self._receiver.trusted)
        return HTTPConnection(host, self._to.port, timeout=timeout)

    def _record(self, notice: Notice) -> dict[str, str | None]:
        return {
            "id": notice.id,
            "kind": notice.kind.value,
            "recipient": notice.recipient,
            "email": self._email(notice),
            "draft_id": notice.draft_id,
            "action_id": notice.action_id,
            "request_id": notice.request_id,
            "text": notice.text,
            "link": page_of(notice, link=self._link),
            "at": notice.at.isoformat(),
        }

    def _email(self, notice: Notice) -> str | None:
        """The reader's address; None for agents, and for whoever has left."""
        try:
            person = self._people.person(notice.recipient)
        except FactUnavailable as error:
            raise NotDelivered(f"{notice.recipient} cannot be looked up: {error}") from error
        return person.email if person else None


def signature(body: bytes, *, secret: str) -> str:
    """What the header `X-Countersign-Signature` holds for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
