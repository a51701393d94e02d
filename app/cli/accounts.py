"""`countersign accounts`: who has let the gate into which mailbox or calendar, and for what."""

from __future__ import annotations

import os
import sys
import webbrowser
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from app.accounts.features import ICS, Feature, features_named, provider_named
from app.accounts.service import Account, Talk, Way
from app.cli.house import AsJson, Reading, house, reading_person
from app.cli.output import age, clean, moment, print_json, print_table, say, side_console, styled
from app.core.errors import InvalidInput
from app.core.facts import Person
from app.identity.vault import SETTING
from app.services import Rekeyed

app = typer.Typer(
    help="Accounts at Google, Microsoft, Salesforce and HubSpot, and calendars: connect, list, disconnect."
)

Provider = Annotated[
    str,
    typer.Argument(
        metavar="google|microsoft|salesforce|hubspot|ics",
        help="Where the account is; `ics` for a calendar with a private address.",
    ),
]
_KEPT = ("tokens are", "The provider has not been told, and may go on taking them")
_KEPT_OF_A_CALENDAR = ("address is", "Whoever else knows the address can still read the calendar")
"""What is gone from here after a farewell, and what may still be."""

Whose = Annotated[
    str, typer.Option("--account", metavar="ADDRESS", help="The account's address; that of --as otherwise.")
]


@app.command("connect")
def connect(
    provider: Provider,
    *,
    account: Whose = "",
    features: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="FEATURES",
            help=f"What it is for, with commas: {', '.join(Feature)}. With `ics`, the person whose calendar it is.",
        ),
    ] = "",
    device: Annotated[bool, typer.Option("--device", help="Sign in on another device, with a code.")] = False,
    paste: Annotated[
        bool, typer.Option("--paste", help="Sign in with a browser elsewhere, and paste where it ends up.")
    ] = False,
    person: Reading = None,
    as_json: AsJson = False,
) -> None:
    """Have the owner of an account sign in and agree. What comes of it is kept encrypted, and shown nowhere.

    With `ics`, a calendar's private address is asked for, or read from standard input: it is a secret, too.
    """
    if device and paste:
        raise InvalidInput("and --paste cannot both be given; choose one", field="--device")
    way = Way.CODE if device else Way.PASTE if paste else Way.BROWSER
    is_calendar = provider_named(provider) == ICS
    if is_calendar:
        account, features = _whose(account, features), ""
    with house() as services:
        by = reading_person(services, person)
        talk = Talk(open_browser=_open_browser, show=_tell, ask=_ask_secretly if is_calendar else _ask)
        done = services.accounts.connect(
            provider, _named(account, by), features=features_named(provider, features), way=way, talk=talk, by=by
        )
        [seen] = [each for each in services.accounts.every(by=None) if each.grant == done.grant]
    if as_json:
        print_json({**_record(seen), "missing": list(done.missing), "woken": done.woken})
        return
    say(f"{done.grant.account} at {done.grant.provider} is connected for {_for(seen)}")
    if done.missing:
        say(f"Its owner did not agree to {', '.join(done.missing)}; connect it again to ask once more")
    if done.woken:
        say(
            f"{'1 mail that has' if done.woken == 1 else f'{done.woken} mails that have'} waited for it may leave now"
        )


@app.command("list")
def listed(person: Reading = None, as_json: AsJson = False) -> None:
    """The accounts that somebody may manage: what they are good for, since when, and why one is closed."""
    with house() as services:
        found = services.accounts.every(by=reading_person(services, person))
        now = services.clock.now()
    if as_json:
        for account in found:
            print_json(_record(account))
        return
    print_table(
        ("account*", "at*", "state*", "for", "connected*", "scopes or server~", "why closed"),
        (_row(account, now) for account in found),
        nothing="no account is connected; see `countersign accounts connect --help`",
    )


@app.command("disconnect")
def disconnect(provider: Provider, account: Whose = "", person: Reading = None, as_json: AsJson = False) -> None:
    """Have the provider forget the grant, and forget it here. What needs the account waits until it is connected."""
    with house() as services:
        by = reading_person(services, person)
        done = services.accounts.disconnect(provider, _named(account, by), by=by)
    grant = done.grant
    if as_json:
        print_json({"provider": grant.provider, "account": grant.account, "not_told": done.not_told})
        return
    kept, still = _KEPT_OF_A_CALENDAR if grant.provider == ICS else _KEPT
    say(f"{grant.account} at {grant.provider} is disconnected: its {kept} gone from here")
    if done.not_told:
        say(f"{still}: {done.not_told}")


@app.command("rotate")
def rotate(as_json: AsJson = False) -> None:
    """The same as `people rekey`: encrypt every secret anew under the first key of the setting."""
    with house() as services:
        done = services.rekey()
    tell_rekeyed(done, as_json=as_json)


def tell_rekeyed(done: Rekeyed, *, as_json: bool) -> None:
    """What was encrypted anew."""
    if as_json:
        print_json({"people": done.people, "accounts": done.accounts})
    else:
        how_many = f"secrets of people, {done.people}; of accounts, {done.accounts}"
        say(f"encrypted under the first key of {SETTING} now: {how_many}")


def _named(account: str, by: Person | None) -> str:
    if account:
        return account
    if by is None:
        raise InvalidInput("is missing; name the account's address, or say --as whom", field="--account")
    return by.email


def _whose(account: str, person: str) -> str:
    """Whose calendar it is, which may be said either way."""
    if account and person:
        raise InvalidInput("and --account cannot both be given with ics; choose one", field="--for")
    return account or person


def _record(account: Account) -> dict[str, object]:
    """For programs: everything but the secret."""
    grant = account.grant
    return {
        "provider": grant.provider,
        "account": grant.account,
        "place": account.place,
        "state": account.standing.value,
        "for": [feature.value for feature in account.features],
        "scopes": list(grant.scopes),
        "granted_at": grant.granted_at.isoformat(),
        "granted_by": grant.granted_by,
        "renewed_at": grant.renewed_at.isoformat() if grant.renewed_at else None,
        "closed_at": grant.closed_at.isoformat() if grant.closed_at else None,
        "closed": grant.closed,
    }


def _row(account: Account, now: datetime) -> tuple[str | Text, ...]:
    grant = account.grant
    since = f"{moment(grant.granted_at)}, {age(now - grant.granted_at)} ago"
    why = f"{grant.closed} ({moment(grant.closed_at)})" if grant.closed else ""
    short = account.place or ", ".join(scope.rpartition("/")[2] for scope in grant.scopes)
    return grant.account, grant.provider, styled(account.standing.value), _for(account), since, short, why


def _for(account: Account) -> str:
    return ", ".join(account.features) or "nothing"


def _tell(words: str) -> None:
    """To whoever signs in; the answer alone goes to standard output."""
    side_console().print(Text(clean(words)), soft_wrap=True)


def _ask() -> str:
    answer: str = typer.prompt("The address at which the browser ended up, or the token", err=True)
    return answer


def _ask_secretly() -> str:
    """On a terminal without an echo; else the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    answer: str = typer.prompt("The calendar's private .ics address, which is not shown", hide_input=True, err=True)
    return answer


def _open_browser(address: str) -> None:
    """Show the address, and open it where there is a screen: a browser in this terminal would be in the way."""
    _tell(f"Sign in at {address}")
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)
