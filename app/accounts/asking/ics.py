"""A calendar at a private address: it is read."""

from __future__ import annotations

from datetime import timedelta

from app.accounts.asking.question import Ailing, Question
from app.accounts.features import ICS
from app.accounts.providers import authorities
from app.accounts.telling import how_to_connect
from app.core.errors import FactUnavailable
from app.core.facts import Person
from integrations.calendars.ics_addresses import IcsAddresses


def ask(question: Question) -> None:
    """Raises Ailing, and InvalidInput where a setting is wrong."""
    now, ca_file = question.clock.now(), authorities(question.settings.accounts_ca_file)
    calendars = IcsAddresses(question.grants, clock=question.clock, ca_file=ca_file, seconds=question.seconds)
    owner = Person(id=question.account, email=question.account, name=question.account)
    try:
        calendars.busy(owner, now, now + timedelta(minutes=1))
    except FactUnavailable as error:
        connect = how_to_connect(ICS, question.account)
        mend = f"look at the calendar where it is published, or run `{connect}` with another address"
        raise Ailing.told(error.reason, otherwise=mend) from None
