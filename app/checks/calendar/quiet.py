"""The hours in which nobody at the customer is to be called."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.drafts import Draft
from app.core.facts import Contact, Facts


def readers(draft: Draft, facts: Facts) -> list[Contact]:
    """The customers whom the mail is addressed to, and whose time zone is known; not those in copy."""
    addressed = {to.casefold() for to in draft.to}
    return [
        r.contact for r in facts.recipients if r.contact and r.contact.timezone and r.email.casefold() in addressed
    ]


def is_quiet(moment: datetime, contact: Contact, facts: Facts) -> bool:
    """Whether the moment lies in the quiet hours of the contact's day, which may run over midnight."""
    limits = facts.thresholds
    clock = moment.astimezone(ZoneInfo(str(contact.timezone))).time()
    if limits.quiet_from <= limits.quiet_until:
        return limits.quiet_from <= clock < limits.quiet_until
    return clock >= limits.quiet_from or clock < limits.quiet_until
