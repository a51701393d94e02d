"""`countersign tokens`: with which programs act for people."""

from __future__ import annotations

from typing import Annotated

import typer

from app import tokens as service
from app.cli.house import Acting, AsJson, Reading, acting_person, house, reading_person
from app.cli.output import moment, print_json, print_table, say, styled
from app.core.codec import to_record

app = typer.Typer(help="API tokens: issue, list, revoke.")


@app.command("issue")
def issue(
    person: Acting,
    scope: Annotated[
        list[str], typer.Option(metavar="SCOPE", help=f"Once for each, or with commas: {', '.join(service.Scope)}.")
    ],
    days: Annotated[
        int | None, typer.Option(metavar="N", help="Valid for so long; until revoked, otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token. Its secret is printed once and kept nowhere."""
    with house() as services:
        who = acting_person(services, person)
        now = services.clock.now()
        issued = service.issue(services.store, services.ids, person=who, scopes=scope, days=days, now=now)
    if as_json:
        print_json({**to_record(issued.token), "secret": issued.secret})
        return
    until = f"until {moment(issued.token.expires_at)}" if issued.token.expires_at else "until it is revoked"
    say(f"{issued.token.id} acts for {who.id}, {until}: {', '.join(issued.token.scopes)}")
    say("The secret, shown this once:")
    print(issued.secret)


@app.command("list")
def listed(person: Reading = None, as_json: AsJson = False) -> None:
    """The tokens that somebody may manage, without their secrets."""
    with house() as services:
        now = services.clock.now()
        with services.store.read() as reader:
            found = service.every(reader, person=reading_person(services, person))
    if as_json:
        for token in found:
            print_json({**to_record(token), "standing": service.due_standing(token, now)})
        return
    print_table(
        ("token*", "standing*", "for", "scopes", "issued*", "expires*"),
        (
            (
                token.id,
                styled(service.due_standing(token, now)),
                token.person,
                ", ".join(token.scopes),
                moment(token.created_at),
                moment(token.expires_at),
            )
            for token in found
        ),
        nothing="no token has been issued",
    )


@app.command("revoke")
def revoke(
    token: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as `tokens list` shows it.")],
    person: Reading = None,
    as_json: AsJson = False,
) -> None:
    """Make a token worthless, at once."""
    with house() as services:
        who = reading_person(services, person)
        service.revoke(services.store, token, person=who, now=services.clock.now())
    if as_json:
        print_json({"id": token, "standing": "revoked"})
    else:
        say(f"{token} is revoked")
