"""HubSpot, by the settings: what is read there, and how its token is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.crm_fields import fields_in
from app.accounts.providers import authorities
from app.accounts.service import Talk, Way
from app.core.clock import Clock
from app.core.crm_writing import CrmWriter
from app.core.errors import InvalidInput, NotAvailable
from app.core.grants import Grant, Grants
from app.settings import Settings
from integrations.credentials.signed_in import SignedIn
from integrations.crm.hubspot import HubspotApp, HubspotCrm, HubspotWriter
from integrations.crm.hubspot.sign_in import sign_in_with_token
from integrations.crm.live import LiveCrm
from integrations.crm.mapping import HUBSPOT


def open_crm(settings: Settings, grants: Grants, account: str, *, clock: Clock) -> LiveCrm:
    """The CRM as the private app of this HubSpot account sees it. Raises InvalidInput and InvalidWorld."""
    fields = fields_in(settings.world, usual=HUBSPOT)
    return HubspotCrm(grants=grants, account=account, app=app_of(settings), clock=clock, fields=fields)


def open_writer(settings: Settings, grants: Grants, account: str, *, clock: Clock) -> CrmWriter:
    """What writes there. Raises as above."""
    fields = fields_in(settings.world, usual=HUBSPOT)
    return HubspotWriter(grants=grants, account=account, app=app_of(settings), clock=clock, fields=fields)


def open_door(settings: Settings) -> _Door:
    """How HubSpot's token is taken in. Raises InvalidInput."""
    return _Door(app=app_of(settings))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Door:
    app: HubspotApp

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:  # noqa: ARG002
        if way is Way.CODE:
            raise InvalidInput("is not offered by HubSpot; leave it out", field="--device")
        talk.show("Copy the token from your private app's page in HubSpot")
        return sign_in_with_token(self.app, account=account, ask=talk.ask)

    def revoke(self, grant: Grant) -> None:
        """A private app's token is taken away by its owner."""
        raise NotAvailable(f"HubSpot account {grant.account} to delete its private app, for it offers no other way")


def app_of(settings: Settings) -> HubspotApp:
    """The house's app. Raises InvalidInput."""
    plain = HubspotApp()
    return HubspotApp(host=settings.hubspot_url or plain.host, ca_file=authorities(settings.accounts_ca_file))
