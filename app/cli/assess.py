"""`countersign assess`: the verdict, and nothing else. No database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.draft_files import STDIN, drafts_in, placed
from app.cli.output import print_json
from app.core.drafts import Draft
from app.core.errors import CountersignError, InvalidDraft, InvalidInput
from app.records import verdict_record
from app.settings import read_settings
from app.trial import open_trial

app = typer.Typer()


@app.command("assess")
def assess(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A draft: JSON, .eml, or JSON lines.")] = STDIN,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Each line is a draft.")] = False,
    world: Annotated[Path | None, typer.Option(metavar="DIR", help="The world folder.")] = None,
    policy: Annotated[Path | None, typer.Option(metavar="FILE", help="A policy; the world's own by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer is always JSON.")] = False,  # noqa: ARG001
) -> None:
    """Judge drafts: findings, checks, risk, route. Answers with one JSON line for each; nothing is stored or sent."""
    trial = open_trial(world or read_settings().world, policy)
    many = jsonl or file.lower().endswith(".jsonl")
    for draft in drafts_in(file, jsonl=jsonl):
        try:
            print_json(verdict_record(_sound(draft), trial.assess(_sound(draft))))
        except CountersignError as error:
            if not many:
                raise InvalidInput(placed(file, error)) from None
            client_id = draft.client_id if isinstance(draft, Draft) else None
            print_json({"client_id": client_id, "error": str(error)})


def _sound(draft: Draft | InvalidDraft) -> Draft:
    if isinstance(draft, InvalidDraft):
        raise draft
    return draft
