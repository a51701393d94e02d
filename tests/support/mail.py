"""Mail through a provider, all steps in a row."""

from __future__ import annotations

from app.core.ports import MailProvider, OutgoingMail, Receipt


def deliver(provider: MailProvider, mail: OutgoingMail) -> Receipt:
    """Prepare, verify, send, confirm."""
    handle = provider.prepare(mail)
    provider.verify(mail, handle)
    return provider.confirm(mail, provider.send(mail, handle))
