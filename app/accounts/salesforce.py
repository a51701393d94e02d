"""Salesforce, by the settings: the house's app, what is read there, and the sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.crm_fields import fields_in
from app.accounts.providers import authorities
from app.accounts.service import Talk, Way
from app.core.clock import Clock
from app.core.crm_writing import CrmWriter
from app.core.errors import InvalidInput
from app.core.grants import Grant, Grants
from app.settings import Settings
from integrations.credentials.signed_in import SignedIn
from integrations.crm.live import LiveCrm
from integrations.crm.mapping import SALESFORCE
from integrations.crm.salesforce import SalesforceApp, SalesforceCrm, SalesforceWriter
from integrations.crm.salesforce.sign_in import revoke, sign_in_by_pasting


def open_crm(settings: Settings, grants: Grants, account: str, *, clock: Clock) -> LiveCrm:
    """The CRM as this user of Salesforce's sees it. Raises InvalidInput and InvalidWorld."""
    fields = fields_in(settings.world, usual=SALESFORCE)
    return SalesforceCrm(grants=grants, account=account, app=app_of(settings), clock=clock, fields=fields)


def open_writer(settings: Settings, grants: Grants, account: str, *, clock: Clock) -> CrmWriter:
    """What writes there. Raises as above."""
    fields = fields_in(settings.world, usual=SALESFORCE)
    return SalesforceWriter(grants=grants, account=account, app=app_of(settings), clock=clock, fields=fields)


def open_door(settings: Settings) -> _Door:
    """Salesforce's sign-in. Raises InvalidInput."""
    return _Door(app=app_of(settings))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Door:
    app: SalesforceApp

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:
        if way is Way.CODE:
            raise InvalidInput("is not offered by Salesforce; leave it out", field="--device")
        return sign_in_by_pasting(self.app, account=account, scopes=scopes, show=talk.show, ask=talk.ask)

    def revoke(self, grant: Grant) -> None:
        revoke(self.app, grant.secret)


def app_of(settings: Settings) -> SalesforceApp:
    """The house's app. Raises InvalidInput."""
    if not settings.salesforce_client_id:
        raise InvalidInput("is missing; make an app with OAuth in Salesforce", field="salesforce_client_id")
    plain = SalesforceApp(client_id=settings.salesforce_client_id)
    return SalesforceApp(
        client_id=settings.salesforce_client_id,
        client_secret=settings.salesforce_client_secret.get_secret_value(),
        login=settings.salesforce_login_url or plain.login,
        ca_file=authorities(settings.accounts_ca_file),
    )
