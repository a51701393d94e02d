"""`countersign people`: who is here, with which roles; and the authenticator apps that prove who somebody is."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.accounts import tell_rekeyed
from app.cli.house import Acting, AsJson, acting_person, house
from app.cli.output import print_json, print_table, say
from app.core.codec import to_record
from app.core.errors import InvalidInput
from app.identity.vault import new_key

app = typer.Typer(help="The people of this company, their roles, and their authenticator apps.")


@app.callback(invoke_without_command=True)
def people(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The people of this company and their roles."""
    if ctx.invoked_subcommand is not None:
        return
    with house() as services:
        everybody = services.opened.world.people.everybody()
    if as_json:
        for person in everybody:
            print_json(to_record(person))
        return
    print_table(
        ("id*", "name", "roles", "manager", "address", "time zone"),
        (
            (person.id, person.name, ", ".join(person.roles), person.manager or "", person.email, person.timezone)
            for person in everybody
        ),
        nothing="nobody is in people.yaml",
    )


@app.command("totp")
def totp(
    person: Acting,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="The first code: puts it into use.")] = None,
    renew: Annotated[
        str | None, typer.Option(metavar="CODE", help="A code of the app in use, to change to another one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enrol an authenticator app: prints its address once; then again with --code and the app's first code."""
    if code is not None and renew is not None:
        raise InvalidInput("and --renew cannot both be given; begin with --renew, then confirm", field="--code")
    with house() as services:
        who = acting_person(services, person)
        if code is not None:
            services.second_factors.confirm(who, code)
            uri = None
        else:
            uri = services.second_factors.begin(who, current=renew)
    if as_json:
        print_json({"person": who.id, "enrolled": uri is None, "uri": uri})
    elif uri is None:
        say(f"{who.id}'s authenticator is in use; every code of it counts once")
    else:
        say("Give this to your authenticator app. It is shown this once:")
        print(uri)
        say(f"Then: countersign people totp --as {who.id} --code CODE")


@app.command("reset")
def reset(
    colleague: Annotated[str, typer.Argument(metavar="PERSON", help="Whose authenticator is lost.")],
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")],
    as_json: AsJson = False,
) -> None:
    """Forget a colleague's authenticator app, so that they can enrol another one. Never one's own."""
    with house() as services:
        whose = acting_person(services, colleague)
        services.second_factors.reset(whose, by=acting_person(services, person), reason=reason)
    if as_json:
        print_json({"person": whose.id, "enrolled": False})
    else:
        say(f"{whose.id} has no authenticator any more, and can enrol another one")


@app.command("key")
def key() -> None:
    """Print a fresh key for secrets. It is kept nowhere."""
    print(new_key())


@app.command("rekey")
def rekey(as_json: AsJson = False) -> None:
    """Encrypt every secret anew under the first key of the setting; the others can be taken out of it then."""
    with house() as services:
        done = services.rekey()
    tell_rekeyed(done, as_json=as_json)
