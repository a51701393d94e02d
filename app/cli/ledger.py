"""`countersign ledger`: what was promised, and what became of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from app.cli.house import Acting, AsJson, acting_person, house
from app.cli.output import one_line, print_json, print_table, say, styled
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.errors import InvalidInput
from app.ledger import service
from app.monitoring.due import due_standing
from app.records import commitment_record

app = typer.Typer(help="What was promised to whom, until when, and what became of it.")


@app.callback(invoke_without_command=True)
def ledger(
    ctx: typer.Context,
    as_csv: Annotated[bool, typer.Option("--csv", help="As comma-separated values.")] = False,
    as_ics: Annotated[bool, typer.Option("--ics", help="As a calendar of due days.")] = False,
    as_json: AsJson = False,
    state: Annotated[CommitmentState | None, typer.Option(help="Only those in this state.")] = None,
) -> None:
    """What was promised to whom, until when, and what became of it."""
    if ctx.invoked_subcommand is not None:
        return
    if as_csv + as_ics + as_json > 1:
        raise InvalidInput("--csv, --ics and --json exclude each other; choose one", field="ledger")
    with house() as services:
        now = services.clock.now()
        with services.store.read() as reader:
            entries = service.entries(reader, state=state)
    if as_csv:
        sys.stdout.write(service.as_csv(entries, now=now))
    elif as_ics:
        sys.stdout.buffer.write(service.as_calendar(entries, now=now))
    elif as_json:
        for entry in entries:
            print_json(commitment_record(entry, now=now))
    else:
        _print_table(entries, now)


def _print_table(entries: Sequence[LedgerEntry], now: datetime) -> None:
    print_table(
        ("commitment*", "standing*", "due*", "who", "to", "deal", "promise"),
        (
            (
                entry.id,
                styled(due_standing(entry, now)),
                f"{entry.due_day:%Y-%m-%d}" if entry.due_day else "",
                entry.person,
                entry.recipient,
                entry.deal_id or "",
                one_line(entry.text, 100),
            )
            for entry in entries
        ),
        nothing="nothing has been promised",
    )


@app.command("set")
def settle(
    *,
    commitment: Annotated[str, typer.Argument(metavar="ID", help="A commitment's id, or the beginning of it.")],
    state: Annotated[CommitmentState, typer.Argument(metavar="STATE", help="kept, broken, renegotiated, withdrawn.")],
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="How it is known; it stands in the trail.")] = "",
    hours: Annotated[float | None, typer.Option(metavar="H", help="With kept: the hours that it took.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what became of a promise, and what keeping it cost: estimates of such promises learn from it."""
    with house() as services:
        now = services.clock.now()
        with services.store.read() as reader:
            entry = service.find(reader, commitment)
        who = acting_person(services, person)
        after = service.settle(services.store, entry.id, state, person=who, reason=reason, now=now, hours=hours)
    if as_json:
        print_json(commitment_record(after, now=now))
    else:
        say(f"{after.id} is {after.state.value}: “{one_line(after.text, 120)}”")
