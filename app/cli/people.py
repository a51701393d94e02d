"""`countersign people`: who is here, and with which roles."""

from __future__ import annotations

import typer

from app.cli.house import AsJson, house
from app.cli.output import print_json, print_table
from app.core.codec import to_record

app = typer.Typer()


@app.command("people")
def people(as_json: AsJson = False) -> None:
    """The people of this company and their roles."""
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
