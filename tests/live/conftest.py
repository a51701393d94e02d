"""The house of the settings in force, and the account whose owner lends it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from app.core.facts import Person
from app.mailboxes import OUTBOX, chosen
from app.services import Services, open_services
from app.settings import read_settings

ACCOUNT = "COUNTERSIGN_LIVE_ACCOUNT"


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """The house, as the environment or countersign.toml has it."""
    settings = read_settings()
    if chosen(settings) == OUTBOX:
        pytest.skip("set COUNTERSIGN_MAIL to gmail, outlook or smtp, and connect an account (docs/accounts.md)")
    opened = open_services(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def owner(services: Services) -> Person:
    """Whoever lends the account; mail goes from it to itself."""
    address = os.environ.get(ACCOUNT, "")
    person = services.opened.world.people.person(address) if address else None
    if person is None:
        pytest.skip(f"set {ACCOUNT} to the address of somebody in people.yaml, who has connected it")
    return person
