"""`countersign submit`: drafts into the gate, verdicts out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import typer
from rich.progress import track
from rich.text import Text

from app.cli.draft_files import drafts_in, placed
from app.cli.failures import exit_code
from app.cli.house import AsJson, house
from app.cli.output import one_line, print_json, print_table, side_console, styled
from app.core.drafts import Draft
from app.core.errors import CountersignError
from app.records import standing_record
from app.services import Services
from app.standing import Standing

app = typer.Typer()

_WORTH_A_BAR = 20


@dataclass
class _Complaints:
    """Says what is wrong as it comes, and remembers the exit code that it makes."""

    code: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, name: str, error: CountersignError) -> None:
        print(f"countersign: {placed(name, error)}", file=sys.stderr)
        self.code = max(self.code, exit_code(error))


@app.command("submit")
def submit(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Drafts: .json, .eml, .jsonl, or - for a pipe.")
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Each line of the files is a draft.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hand drafts to the gate. The same client id again gives the same draft; bad ones are named, good ones go on."""
    complaints = _Complaints()
    with house(judging=True) as services:
        handed = _hand_in(services, _drafts(files, complaints, jsonl=jsonl), complaints)
        if as_json:
            for item in handed:
                print_json(standing_record(item))
        else:
            print_table(("draft*", "client id", "state*", "tier", "route*", "rule", "why"), _rows(handed), nothing="")
    raise typer.Exit(complaints.code)


def _drafts(files: Sequence[str], complaints: _Complaints, *, jsonl: bool) -> Iterator[tuple[str, Draft]]:
    shown = len(files) > _WORTH_A_BAR and sys.stderr.isatty()
    for name in track(files, "submitting", console=side_console(), transient=True, disable=not shown):
        try:
            for draft in drafts_in(name, jsonl=jsonl):
                if isinstance(draft, Draft):
                    yield name, draft
                else:
                    complaints.add(name, draft)
        except CountersignError as error:
            complaints.add(name, error)


def _hand_in(services: Services, drafts: Iterator[tuple[str, Draft]], complaints: _Complaints) -> Iterator[Standing]:
    for name, draft in drafts:
        try:
            yield services.gate.submit(draft)
        except CountersignError as error:
            complaints.add(name, error)


def _rows(handed: Iterator[Standing]) -> Iterator[tuple[str | Text, ...]]:
    for item in handed:
        row, verdict = item.row, item.assessment
        yield (
            row.id,
            one_line(row.client_id or "", 24),
            row.state.value if item.new else f"{row.state.value}, here before",
            styled(verdict.risk.tier.value),
            styled(row.route.value),
            verdict.ruling.rule,
            one_line(verdict.ruling.why, 90),
        )
