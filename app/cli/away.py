"""`countersign away`: who is out of office, and who decides in their name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from app.cli.house import Acting, AsJson, acting_person, house
from app.cli.output import moment, print_json, print_table, say
from app.core.absences import Absence
from app.core.codec import to_record
from app.core.errors import InvalidInput
from app.core.facts import Person
from app.core.worktime import zone_of

app = typer.Typer(help="Out of office: who is away, and who decides in their name.")


@app.command("set")
def set_(
    *,
    actor: Acting,
    until: Annotated[str, typer.Option(metavar="T", help="ISO 8601; without an offset, in the person's zone.")],
    start: Annotated[str | None, typer.Option("--from", metavar="T", help="From when; from now otherwise.")] = None,
    delegate: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who decides meanwhile; the fallback is asked otherwise.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who is away; you otherwise. For managers and admins.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say that you are away. What waits for you is put before whoever is there, at once."""
    with house() as services:
        by = acting_person(services, actor)
        who = acting_person(services, person) if person else by
        absence = services.gate.reviews.absences.add(
            person=who.id,
            start=_moment(start, who, "from") if start else services.clock.now(),
            until=_moment(until, who, "until"),
            delegate=delegate,
            by=by.id,
        )
    _tell(absence, as_json=as_json)


@app.command("end")
def end(
    absence: Annotated[str, typer.Argument(metavar="ID", help="The absence's id.")],
    actor: Acting,
    as_json: AsJson = False,
) -> None:
    """Be back: the absence ends now, or never begins."""
    with house() as services:
        ended = services.gate.reviews.absences.end(absence, by=acting_person(services, actor).id)
    _tell(ended, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """Who is away now or will be."""
    with house() as services:
        known = services.gate.reviews.absences.known()
    if as_json:
        for absence in known:
            print_json(to_record(absence))
        return
    print_table(
        ("id*", "who", "from*", "until*", "decides meanwhile", "set by"),
        ((a.id, a.person, moment(a.start), moment(a.until), a.delegate or "the fallback", a.set_by) for a in known),
        nothing="nobody is away",
    )


def _moment(text: str, person: Person, field: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"'{text}' is no moment; write it like 2026-12-24T09:00", field=field) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone_of(person))


def _tell(absence: Absence, *, as_json: bool) -> None:
    if as_json:
        print_json(to_record(absence))
        return
    stand_in = f"; {absence.delegate} decides in their name" if absence.delegate else ""
    say(
        f"{absence.id}: {absence.person} is away from {moment(absence.start)} until {moment(absence.until)}{stand_in}"
    )
