"""`countersign doctor`: what is there, what is not, and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.house import AsJson
from app.cli.output import print_json, print_table, styled
from app.core.codec import to_record
from app.doctor import examine
from app.symptoms import Health

app = typer.Typer()


@app.command("doctor")
def doctor(
    ask: Annotated[
        bool,
        typer.Option("--ask", help="Ask each connected account something at its provider, which changes nothing."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What is configured, what is missing, and how to mend it; exit 1 where something needed is missing.

    Without --ask nobody is called.
    """
    symptoms = list(examine(ask=ask))
    if as_json:
        for symptom in symptoms:
            print_json(to_record(symptom))
    else:
        print_table(
            ("part*", "state*", "found", "how to mend it"),
            ((s.what, styled(s.health.value), s.found, s.mend) for s in symptoms),
            nothing="",
        )
    raise typer.Exit(1 if any(symptom.health is Health.MISSING for symptom in symptoms) else 0)
