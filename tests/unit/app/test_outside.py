"""The settings name whose calendars are asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from app.core.clock import SystemClock
from app.core.errors import FactUnavailable, InvalidInput
from app.outside import calendars_at, open_calendars
from app.services import open_services
from app.settings import Settings
from integrations.calendars.google import GoogleCalendars
from integrations.calendars.outlook import OutlookCalendars
from integrations.world import open_world
from tests.cli.company import found_company
from tests.support.databases import lay_tables
from tests.support.gates import START
from tests.unit.app.test_mailboxes import GMAIL, OUTLOOK, NoGrants


def settings(folder: Path, **changes: object) -> Settings:
    home, world = lay_tables(folder / "home"), found_company(folder / "world")
    return Settings.model_validate({"home": home, "world": world, **changes})


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({**GMAIL, "mail": "outbox", "calendars": "google"}, GoogleCalendars),
        ({**OUTLOOK, "mail": "outbox", "calendars": " Outlook "}, OutlookCalendars),
    ],
)
def test_the_settings_choose(tmp_path: Path, changes: dict[str, object], kind: type) -> None:
    chosen = settings(tmp_path, **changes)
    services = open_services(chosen)
    try:
        calendars = services.gate.assessor.world.calendars
        assert isinstance(calendars, kind)
        sam = services.opened.world.people.person("sam")
        assert sam is not None
        with pytest.raises(FactUnavailable, match="calendar"):
            calendars.busy(sam, START, START)
    finally:
        services.close()


def test_without_a_word_they_are_the_folders(tmp_path: Path) -> None:
    plain = settings(tmp_path)
    world = open_world(plain.world).world
    assert calendars_at(plain) == ""
    assert open_calendars(plain, NoGrants(), world, clock=SystemClock()) is world.calendars


def test_what_is_missing_or_wrong_is_named(tmp_path: Path) -> None:
    world = open_world(found_company(tmp_path / "world")).world
    wrong = Settings.model_validate({"calendars": "lotus"})
    with pytest.raises(InvalidInput, match="knows no calendars 'lotus'; write world, google, outlook"):
        open_calendars(wrong, NoGrants(), world, clock=SystemClock())
    lacking = Settings.model_validate({"calendars": "google", "google_client_secret": SecretStr("s")})
    with pytest.raises(InvalidInput, match="is missing") as missing:
        open_calendars(lacking, NoGrants(), world, clock=SystemClock())
    assert missing.value.field == "google_client_id"
