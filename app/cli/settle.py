"""`countersign settle`: a person's word on a mail of which the gate cannot find out whether it left."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.house import Acting, AsJson, Digest, DraftRef, acting_person, find_draft, house
from app.cli.output import print_json, say
from app.records import standing_record

app = typer.Typer()


@app.command("settle")
def settle(
    draft: DraftRef,
    *,
    left: Annotated[
        bool,
        typer.Option("--left/--never-left", help="What the mailbox showed you: it is among the sent mail, or not."),
    ],
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="How you know; it stands in the trail.")],
    digest: Digest = None,
    as_json: AsJson = False,
) -> None:
    """Settle a mail that needs a person or has failed. One that never left is judged again, and sent if it may be."""
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        after = services.gate.settle_send(
            seen.row.id,
            person=who.id,
            digest=digest or seen.row.digest,
            left=left,
            reason=reason,
            version=seen.row.version,
        )
    if as_json:
        print_json(standing_record(after))
    else:
        say(f"{after.row.id} is {after.row.state.value}")
