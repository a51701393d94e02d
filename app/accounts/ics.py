"""Published calendars: the private address of each, how it is handed in, and what is read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.features import ICS, Feature, scopes_for
from app.accounts.providers import authorities
from app.accounts.service import Talk, Way
from app.core.clock import Clock, SystemClock
from app.core.errors import InvalidInput, NotAvailable
from app.core.grants import Grant, Grants
from app.core.ports import Calendars
from app.settings import Settings
from integrations.calendars.ics_address import AddressGone, NotRead, checked, look
from integrations.calendars.ics_addresses import IcsAddresses, agenda_of
from integrations.credentials.signed_in import SignedIn, SignInFailed

_SECONDS = 20.0


def open_calendars(settings: Settings, grants: Grants, clock: Clock) -> Calendars:
    """The calendars whose addresses were handed in. Raises InvalidInput."""
    return IcsAddresses(grants, clock=clock, ca_file=authorities(settings.accounts_ca_file))


def open_door(settings: Settings) -> _Door:
    """How an address is handed in. Raises InvalidInput."""
    return _Door(ca_file=authorities(settings.accounts_ca_file))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Door:
    ca_file: str | None

    def sign_in(self, account: str, scopes: Sequence[str], way: Way, talk: Talk) -> SignedIn:  # noqa: ARG002
        if way is not Way.BROWSER:
            raise InvalidInput("is for accounts; the address is typed or piped in here", field=f"--{_FLAGS[way]}")
        address = checked(talk.ask())
        try:
            seen = look(address, None, now=SystemClock().now(), seconds=_SECONDS, ca_file=self.ca_file)
            agenda_of(seen.content or b"")
        except (AddressGone, NotRead) as error:
            raise SignInFailed(f"that calendar cannot be read: {error}; look at the address, and try again") from None
        return SignedIn(account=account, scopes=scopes_for(ICS, [Feature.CALENDAR]), secret=address)

    def revoke(self, grant: Grant) -> None:
        """Whoever publishes a calendar takes its address back."""
        raise NotAvailable(f"{grant.account} to have the calendar's address changed, for nobody else can")


_FLAGS = {Way.CODE: "device", Way.PASTE: "paste"}
