"""Whose calendars are asked and whose CRM is read, by the settings."""

from __future__ import annotations

from app.accounts.features import GOOGLE, HUBSPOT, ICS, MICROSOFT, SALESFORCE
from app.accounts.providers import crm_provider, provider
from app.core.clock import Clock
from app.core.crm_writing import CrmWriter
from app.core.errors import InvalidInput, NotAvailable
from app.core.grants import Grants
from app.core.ports import Calendars, World
from app.settings import Settings
from integrations.crm.live import LiveCrm

WORLD = "world"
_CALENDARS = {WORLD: "", GOOGLE: GOOGLE, "outlook": MICROSOFT, ICS: ICS}
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


def open_crm(settings: Settings, grants: Grants, *, clock: Clock) -> LiveCrm | None:
    """The CRM that `crm` names; None where it is the world folder's. Nothing is read yet. Raises as above."""
    name = crm_at(settings)
    return crm_provider(name).open_crm(settings, grants, _crm_account(settings), clock=clock) if name else None


def open_crm_writer(settings: Settings, grants: Grants, *, clock: Clock) -> CrmWriter:
    """What writes into that CRM. Raises as above, and NotAvailable where it is the world folder's file."""
    name = crm_at(settings)
    if not name:
        raise NotAvailable("a CRM to write to: set COUNTERSIGN_CRM (docs/connect-crm.md)")
    return crm_provider(name).open_writer(settings, grants, _crm_account(settings), clock=clock)


def _crm_account(settings: Settings) -> str:
    name = settings.crm_account.strip().lower()
    if not name:
        raise InvalidInput(f"is missing; name the account that was connected at {settings.crm}", field="crm_account")
    return name


def crm_at(settings: Settings) -> str:
    """The provider whose CRM is read; empty for the world folder's. Raises InvalidInput."""
    name = settings.crm.strip().casefold()
    if name not in (WORLD, SALESFORCE, HUBSPOT):
        raise InvalidInput(f"knows no CRM '{name}'; write {WORLD}, {SALESFORCE} or {HUBSPOT}", field="crm")
    return "" if name == WORLD else name


def sees_all(settings: Settings, at: str) -> bool:
    """Whether one permission at this provider opens everybody's calendar."""
    if at == GOOGLE:
        return settings.google_service_account_file is not None
    return at == MICROSOFT and bool(settings.microsoft_client_secret.get_secret_value())
