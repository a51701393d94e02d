"""`countersign queue` and `countersign show`: what waits, and everything about one draft."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from app import desk
from app.actions.desk import waiting as actions_waiting
from app.actions.records import action_record
from app.actions.standing import ActionStanding
from app.cli.dossier import print_dossier
from app.cli.house import AsJson, DraftRef, Reading, acting_person, find_draft, house, reading_person
from app.cli.output import moment, one_line, print_json, print_table, styled
from app.desk import QueueItem
from app.records import standing_record

app = typer.Typer()


@app.command("queue")
def queue(
    person: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Only what this person may decide, edit or reject.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What waits for a person, most urgent first, and why it stands where it stands."""
    with house() as services:
        reading = acting_person(services, person) if person else None
        with services.store.read() as reader:
            items = desk.queue(reader, services.opened.world.crm, person=reading, now=services.clock.now())
            actions = actions_waiting(reader, person=reading, people=services.opened.world.people)
    if as_json:
        for item in items:
            record = standing_record(item.standing)
            print_json({**record, "first_because": item.first_because, "mine": item.mine})
        for action in actions:
            print_json(action_record(action))
        return
    print_table(
        ("draft*", "route*", "rule", "for", "to", "subject", "first because", "asked", "until*"),
        map(_row, items),
        nothing="no mail waits" if actions else "nothing waits",
    )
    if actions:
        print_table(
            ("action*", "state*", "risk", "rule", "for", "what", "asked", "until*"),
            map(_action_row, actions),
            nothing="",
        )


def _action_row(standing: ActionStanding) -> tuple[str | Text, ...]:
    row, asked = standing.row, standing.pending
    return (
        row.id,
        row.state.value,
        styled(standing.assessment.risk.tier.value),
        standing.assessment.ruling.rule,
        row.on_behalf_of,
        one_line(row.subject, 60),
        ", ".join(asked.people) if asked else "",
        moment(asked.expires_at) if asked else "",
    )


def _row(item: QueueItem) -> tuple[str | Text, ...]:
    standing = item.standing
    asked = standing.pending
    return (
        standing.row.id,
        styled(standing.row.route.value),
        standing.assessment.ruling.rule,
        standing.row.on_behalf_of,
        one_line(", ".join(standing.draft.to), 40),
        one_line(standing.row.subject, 40),
        item.first_because,
        ", ".join(asked.people) if asked else "",
        moment(asked.expires_at) if asked else "",
    )


@app.command("show")
def show(draft: DraftRef, person: Reading = None, as_json: AsJson = False) -> None:
    """Everything about one draft: what it says, what was found, how it is known, who is asked, what to do."""
    with house() as services:
        standing = find_draft(services, draft, person=reading_person(services, person))
        if as_json:
            print_json(standing_record(standing))
        else:
            print_dossier(standing, now=services.clock.now())
