"""Grants as mail needs them: without the key, a mailbox is closed, and what is to leave it waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.core.errors import MailboxClosed, NotAvailable
from app.core.grants import Grant, Grants


@dataclass(frozen=True, slots=True)
class GrantsForMail:
    """The grants inside. Where they raise NotAvailable, which the gate would give up on, it is MailboxClosed."""

    inside: Grants

    def of(self, provider: str, account: str) -> Grant | None:
        """As inside."""
        with _waiting():
            return self.inside.of(provider, account)

    def all_of(self, provider: str) -> tuple[Grant, ...]:
        """As inside."""
        with _waiting():
            return self.inside.all_of(provider)

    def renewed(self, grant: Grant, secret: str) -> Grant:
        """As inside."""
        with _waiting():
            return self.inside.renewed(grant, secret)

    def closed(self, grant: Grant, reason: str) -> None:
        """As inside."""
        self.inside.closed(grant, reason)


@contextmanager
def _waiting() -> Iterator[None]:
    try:
        yield
    except NotAvailable as error:
        raise MailboxClosed(str(error)) from None
