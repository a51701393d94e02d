"""What a CRM's no means."""

from __future__ import annotations

from app.accounts.asking.question import Ailing
from integrations.crm.line import Refused, Resting, Trouble


def refused(error: Trouble, permit: str) -> Ailing:
    """`permit` is what helps where its user may not read deals."""
    match error:
        case Refused() if error.later or error.status >= 500:
            return Ailing(str(error), "ask again later")
        case Refused() if error.status == 403:
            return Ailing(str(error), permit)
        case Resting():
            return Ailing(str(error), "ask again later")
    return Ailing.told(str(error), otherwise="see docs/connect-crm.md")
