"""Providers whose library is loaded when the settings choose them, or somebody signs in there: not before."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from app.accounts.service import Door
from app.core.clock import Clock
from app.core.crm_writing import CrmWriter
from app.core.errors import InvalidInput, NotAvailable
from app.core.grants import Grants
from app.core.inbox import Inbox
from app.core.left_drafts import LeftDrafts
from app.core.ports import Calendars, MailProvider
from app.settings import Settings
from integrations.crm.live import LiveCrm

_OURS = frozenset({"app", "integrations"})


class Provider(Protocol):
    """What a provider's module has."""

    def open_mail(self, settings: Settings, grants: Grants, clock: Clock) -> MailProvider:
        """Its mail. Raises InvalidInput, which names the setting that is missing or wrong."""
        ...

    def open_calendars(self, settings: Settings, grants: Grants, clock: Clock) -> Calendars:
        """Its calendars. Raises InvalidInput as above."""
        ...

    def open_inbox(self, settings: Settings, grants: Grants, clock: Clock) -> Inbox:
        """What comes into its mailboxes. Raises InvalidInput as above."""
        ...

    def open_left(self, settings: Settings, grants: Grants, clock: Clock) -> LeftDrafts:
        """The drafts that agents leave in its mailboxes. Raises InvalidInput as above."""
        ...

    def open_door(self, settings: Settings) -> Door:
        """Its sign-in. Raises InvalidInput as above."""
        ...


class CrmProvider(Protocol):
    """What a CRM's module has."""

    def open_crm(self, settings: Settings, grants: Grants, account: str, *, clock: Clock) -> LiveCrm:
        """What is read there. Raises InvalidInput, which names the setting that is missing or wrong."""
        ...

    def open_writer(self, settings: Settings, grants: Grants, account: str, *, clock: Clock) -> CrmWriter:
        """What writes there. Raises as above."""
        ...


def provider(name: str) -> Provider:
    """The provider `google` or `microsoft`. Raises NotAvailable where its library is not installed."""
    return cast(Provider, _module(name))


def crm_provider(name: str) -> CrmProvider:
    """The provider `salesforce` or `hubspot`. Raises as above."""
    return cast(CrmProvider, _module(name))


def _module(name: str) -> ModuleType:
    try:
        return import_module(f"app.accounts.{name}")
    except ImportError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        raise NotAvailable(f"the library for {name}: run `pip install 'countersign[{name}]'`") from None


def door(name: str, settings: Settings) -> Door:
    """The provider's sign-in. Raises NotAvailable as above, InvalidInput where a setting is missing or wrong."""
    opened: Door = _module(name).open_door(settings)
    return opened


def authorities(file: Path | None) -> str | None:
    """The setting's file, which has to be there. Raises InvalidInput."""
    if file is not None and not file.is_file():
        raise InvalidInput(f"{file} is not there; name a file of authorities in PEM", field="accounts_ca_file")
    return str(file) if file is not None else None
