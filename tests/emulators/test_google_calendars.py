"""Google Calendar through the emulator: titles where the owner lets the gate see them, else when they are busy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.clock import ManualClock
from app.core.facts import Person
from integrations.calendars.google import GoogleCalendars
from integrations.credentials.google import GrantedKeys, scopes_for
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import app_at

pytestmark = pytest.mark.emulators

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
SAM = Person(id="sam", email=ACCOUNT, name="Sam", timezone="Europe/Berlin")


def seen(front: Front, owner: Owner) -> list[tuple[str, str, bool, str]]:
    clock = ManualClock(NOW)
    keys = GrantedKeys(owner.grants, app_at(front), clock=clock)
    calendars = GoogleCalendars(keys, clock=clock, root=front.root)
    slots = calendars.busy(SAM, NOW, NOW + timedelta(days=7))
    assert (front.objections, calendars.as_of(SAM)) == ([], NOW)
    return [(slot.start.isoformat(), slot.summary, slot.away, slot.location) for slot in slots]


def test_titles(front: Front, owner: Owner) -> None:
    owner.sign_in(*scopes_for("titles"))
    assert seen(front, owner) == [
        ("2026-11-19T11:00:00+01:00", "Pipeline review", False, "Room 4"),
        ("2026-11-23T00:00:00+01:00", "Annual leave", True, ""),
    ]


def test_free_and_busy(front: Front, owner: Owner) -> None:
    owner.sign_in(*scopes_for("calendar"))
    assert seen(front, owner) == [
        ("2026-11-19T11:00:00+01:00", "", False, ""),
        ("2026-11-23T01:00:00+01:00", "", False, ""),
    ]
