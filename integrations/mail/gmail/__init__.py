"""Mail through Gmail and Google Workspace."""

from __future__ import annotations

from integrations.mail.gmail.provider import GmailMail

__all__ = ["GmailMail"]
