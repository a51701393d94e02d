"""`countersign doctor`: what is there, what is not, and how to mend it."""

from __future__ import annotations

import typer

from app.cli.house import AsJson
from app.cli.output import print_json, print_table, styled
from app.core.codec import to_record
from app.doctor import examine
from app.symptoms import Health

app = typer.Typer()


@app.command("doctor")
def doctor(as_json: AsJson = False) -> None:
    """What is configured, what is missing, and how to mend it; exit 1 where something needed is missing."""
    symptoms = list(examine())
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
