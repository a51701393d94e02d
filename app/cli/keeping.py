"""`countersign backup`, `restore` and `migrate`: what an operator does with the database as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.audit.service import head_text
from app.cli.house import AsJson
from app.cli.output import print_json, say
from app.core.clock import SystemClock
from app.core.errors import InvalidInput
from app.operations.backup import Copy, back_up
from app.operations.migrating import bring_up
from app.operations.restore import mark, restore
from app.settings import read_settings

app = typer.Typer()


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Copy the SQLite database while workers go on, and verify the copy; exit 1 where it is not whole."""
    copy = back_up(read_settings().database_url, file)
    if as_json:
        print_json(_record(copy))
        return
    say(f"{copy.file}: {copy.drafts} drafts, {copy.head.seq} events, {copy.size} bytes; the copy is whole")
    say(f"the head of its trail, to note down elsewhere: {head_text(copy.head)}")


@app.command("restore")
def restore_command(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A back-up.", show_default=False)] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Move a database that is there aside.")] = False,
    marked: Annotated[
        bool, typer.Option("--mark", help="It was restored by other means, such as pg_restore: only mark it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a back-up in the place of the database. Stop `serve` and every worker first.

    Before any draft in it is sent, its provider is asked whether that happened since the back-up.
    """
    settings, clock = read_settings(), SystemClock()
    if (file is None) is not marked:
        raise InvalidInput("name either a FILE or --mark", field="restore")
    if file is None:
        until = mark(settings.database_url, clock=clock).until
        text = until.isoformat() if until else None
        if as_json:
            print_json({"may_have_left_until": text})
        else:
            say(f"marked: drafts handed in until {text} are asked about before they are sent" if text else "empty")
        return
    done = restore(settings.database_url, file, clock=clock, replace_old=replace)
    if as_json:
        print_json({**_record(done.copy), "aside": str(done.aside) if done.aside else None})
        return
    say(f"restored {done.copy.drafts} drafts and {done.copy.head.seq} events into {done.copy.file}")
    if done.aside:
        say(f"the database that was there is {done.aside}")
    say(f"{done.copy.under_way} drafts may have moved on since; the provider is asked before any of them is sent")


@app.command("migrate")
def migrate() -> None:
    """Bring the tables to this version's, while workers of the version before go on. Every command does so too."""
    say(f"the tables are at version {bring_up(read_settings().database_url)}")


def _record(copy: Copy) -> dict[str, object]:
    return {
        "file": str(copy.file),
        "bytes": copy.size,
        "tables": copy.tables,
        "drafts": copy.drafts,
        "under_way": copy.under_way,
        "head": head_text(copy.head),
    }
