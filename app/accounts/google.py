"""Google, by the settings: the house's application or service account, its mail and its sign-in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from app.accounts.features import GOOGLE, Feature, scopes_for
from app.accounts.providers import authorities
from app.accounts.service import Talk, Way
from app.core.clock import Clock
from app.core.errors import InvalidInput
from app.core.grants import Grant, Grants
from app.core.inbox import Inbox
from app.core.left_drafts import LeftDrafts
from app.core.ports import Calendars, MailProvider
from app.settings import Settings
from integrations.calendars.google import GoogleCalendars
from integrations.credentials import google
from integrations.credentials.signed_in import SignedIn
from integrations.mail.gmail import GmailMail
from integrations.mail.gmail_inbox import GmailInbox
from integrations.mail.gmail_left import GmailLeftDrafts


def open_mail(settings: Settings, grants: Grants, clock: Clock) -> MailProvider:
    """Gmail, for everybody who has connected an account, or by the service account for all. Raises InvalidInput."""
    keys = keys_of(settings, grants, clock, (Feature.SEND,))
    root = settings.google_api_url or None
    return GmailMail(keys, clock=clock, root=root, ca_file=authorities(settings.accounts_ca_file))


def open_calendars(settings: Settings, grants: Grants, clock: Clock) -> Calendars:
    """Google's calendars, by their owners' grants, the viewer's, or the service account. Raises InvalidInput."""
    keys = keys_of(settings, grants, clock, (Feature.TITLES,))
    root, viewer = settings.google_api_url or None, settings.calendars_viewer
    return GoogleCalendars(
        keys, clock=clock, viewer=viewer, root=root, ca_file=authorities(settings.accounts_ca_file)
    )


def open_inbox(settings: Settings, grants: Grants, clock: Clock) -> Inbox:
    """What comes into mailboxes at Gmail. Raises InvalidInput."""
    return GmailInbox(
        keys_of(settings, grants, clock, (Feature.REPLIES,)),
        clock=clock,
        root=settings.google_api_url or None,
        ca_file=authorities(settings.accounts_ca_file),
        days_back=timedelta(days=settings.inbox_days),
    )


def open_left(settings: Settings, grants: Grants, clock: Clock) -> LeftDrafts:
    """The drafts that agents leave in mailboxes at Gmail. Raises InvalidInput."""
    return GmailLeftDrafts(
        keys_of(settings, grants, clock, (Feature.SEND, Feature.LABEL)),
        clock=clock,
        root=settings.google_api_url or None,
        ca_file=authorities(settings.accounts_ca_file),
    )


def keys_of(settings: Settings, grants: Grants, clock: Clock, features: Sequence[Feature]) -> google.Keys:
    """What opens the accounts. Raises InvalidInput, which names the setting that is missing or wrong."""
    file = settings.google_service_account_file
    if file is None:
        return google.GrantedKeys(grants, _app(settings), clock=clock)
    try:
        return google.ServiceAccountKeys(
            _info(file),
            scopes_for(GOOGLE, features),
            clock=clock,
            ca_file=authorities(settings.accounts_ca_file),
        )
    except ValueError:
        raise InvalidInput(f"{file} is no key of a service account", field="google_service_account_file") from None


def open_door(settings: Settings) -> _Door:
    """Google's sign-in. Raises InvalidInput."""
    return _Door(app=_app(settings))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Door:
    app: google.GoogleApp

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:
        match way:
            case Way.BROWSER:
                return google.sign_in(self.app, account=account, scopes=scopes, open_browser=talk.open_browser)
            case Way.PASTE:
                return google.sign_in_by_pasting(
                    self.app, account=account, scopes=scopes, show=talk.show, ask=talk.ask
                )
            case Way.CODE:
                return google.sign_in_with_code(self.app, account=account, scopes=scopes, show=talk.show)

    def revoke(self, grant: Grant) -> None:
        google.revoke(self.app, grant.secret)


def _app(settings: Settings) -> google.GoogleApp:
    client_id, client_secret = settings.google_client_id, settings.google_client_secret.get_secret_value()
    for name, value in (("google_client_id", client_id), ("google_client_secret", client_secret)):
        if not value:
            raise InvalidInput("is missing; make a desktop client in the Google Cloud console", field=name)
    ours = google.GoogleApp(client_id=client_id, client_secret=client_secret)
    return replace(
        ours,
        auth_uri=settings.google_auth_url or ours.auth_uri,
        token_uri=settings.google_token_url or ours.token_uri,
        revoke_uri=settings.google_revoke_url or ours.revoke_uri,
        userinfo_uri=settings.google_userinfo_url or ours.userinfo_uri,
        ca_file=authorities(settings.accounts_ca_file),
    )


def _info(file: Path) -> dict[str, str]:
    """What the key file holds. Raises InvalidInput where it cannot be read, ValueError where it is none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInput(f"{file} cannot be read: {reason}", field="google_service_account_file") from None
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
