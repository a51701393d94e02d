"""Whose calendars are asked, by the settings."""

from __future__ import annotations

from app.accounts.features import GOOGLE, MICROSOFT
from app.accounts.providers import provider
from app.core.clock import Clock
from app.core.errors import InvalidInput
from app.core.grants import Grants
from app.core.ports import Calendars, World
from app.settings import Settings

WORLD = "world"
_CALENDARS = {WORLD: "", GOOGLE: GOOGLE, "outlook": MICROSOFT}
"""What the setting may say, and at which provider people connect their calendars."""


def open_calendars(settings: Settings, grants: Grants, world: World, *, clock: Clock) -> Calendars:
    """The calendars that `calendars` names: the world folder's files, or those that people have connected.

    `clock` is the real time, by which providers go. Raises InvalidInput, which names the setting that is missing or
    wrong; NotAvailable where a library is missing.
    """
    at = calendars_at(settings)
    return provider(at).open_calendars(settings, grants, clock) if at else world.calendars


def calendars_at(settings: Settings) -> str:
    """The provider whose calendars are asked; empty for the world folder's. Raises InvalidInput."""
    name = settings.calendars.strip().casefold()
    if name not in _CALENDARS:
        raise InvalidInput(f"knows no calendars '{name}'; write {', '.join(_CALENDARS)}", field="calendars")
    return _CALENDARS[name]


def sees_all(settings: Settings, at: str) -> bool:
    """Whether one permission at this provider opens everybody's calendar."""
    if at == GOOGLE:
        return settings.google_service_account_file is not None
    return bool(settings.microsoft_client_secret.get_secret_value())
