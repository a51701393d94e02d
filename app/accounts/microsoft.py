"""Microsoft, by the settings: the house's application, its mail and its sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.accounts.providers import authorities
from app.accounts.service import Talk, Way
from app.core.clock import Clock
from app.core.errors import InvalidInput, NotAvailable
from app.core.grants import Grant, Grants
from app.core.inbox import Inbox
from app.core.left_drafts import LeftDrafts
from app.core.ports import Calendars, MailProvider
from app.settings import Settings
from integrations.calendars.outlook import OutlookCalendars
from integrations.credentials import microsoft
from integrations.credentials.microsoft_app import MicrosoftApp
from integrations.credentials.signed_in import SignedIn
from integrations.graph import GRAPH, Graph
from integrations.mail.outlook import OutlookMail
from integrations.mail.outlook_inbox import OutlookInbox
from integrations.mail.outlook_left import OutlookLeftDrafts

_PAGE = "https://myapps.microsoft.com"


def open_mail(settings: Settings, grants: Grants, clock: Clock) -> MailProvider:
    """Outlook, for everybody who has connected an account, or by the application for all. Raises InvalidInput."""
    return OutlookMail(open_graph(settings, grants, clock))


def open_calendars(settings: Settings, grants: Grants, clock: Clock) -> Calendars:
    """Calendars in Outlook, each by its owner's grant or a colleague's. Raises InvalidInput."""
    return OutlookCalendars(open_graph(settings, grants, clock), clock=clock)


def open_inbox(settings: Settings, grants: Grants, clock: Clock) -> Inbox:
    """What comes into mailboxes at Outlook. Raises InvalidInput."""
    days_back = timedelta(days=settings.inbox_days)
    return OutlookInbox(open_graph(settings, grants, clock), clock=clock, days_back=days_back)


def open_left(settings: Settings, grants: Grants, clock: Clock) -> LeftDrafts:
    """The drafts that agents leave in mailboxes at Outlook. Raises InvalidInput."""
    return OutlookLeftDrafts(open_graph(settings, grants, clock))


def open_graph(settings: Settings, grants: Grants, clock: Clock) -> Graph:
    """Calls to Graph. Raises InvalidInput, which names the setting that is missing or wrong."""
    app = _app(settings)
    access = microsoft.open_access(app, grants)
    return Graph(access, clock=clock, base=settings.microsoft_graph_url or GRAPH, ca_file=app.ca_file)


def open_door(settings: Settings) -> _Door:
    """Microsoft's sign-in. Raises InvalidInput."""
    return _Door(app=_app(settings))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Door:
    app: MicrosoftApp

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:
        match way:
            case Way.BROWSER:
                return microsoft.sign_in(self.app, account=account, scopes=scopes, open_browser=talk.open_browser)
            case Way.CODE:
                return microsoft.sign_in_with_code(self.app, account=account, scopes=scopes, show=talk.show)
            case Way.PASTE:
                raise InvalidInput("is for Google; where there is no browser here, use --device", field="paste")

    def revoke(self, grant: Grant) -> None:
        """Microsoft ends no single sign-in on request: its owner takes the application away."""
        raise NotAvailable(f"{grant.account} to remove the application at {_PAGE}, for Microsoft offers no other way")


def _app(settings: Settings) -> MicrosoftApp:
    if not settings.microsoft_client_id:
        raise InvalidInput("is missing; register an application in Microsoft Entra", field="microsoft_client_id")
    plain = MicrosoftApp(client_id="")
    graph = settings.microsoft_graph_url.rpartition("/")[0]
    return MicrosoftApp(
        client_id=settings.microsoft_client_id,
        tenant=settings.microsoft_tenant,
        client_secret=settings.microsoft_client_secret.get_secret_value(),
        authority=settings.microsoft_login_url or plain.authority,
        resource=graph or plain.resource,
        ca_file=authorities(settings.accounts_ca_file),
    )
