"""`countersign audit`: the trail; its integrity; a copy to keep elsewhere."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from app.audit.service import export_lines, head_text, parse_head, trail_for, verify_lines, verify_store
from app.cli.house import AsJson, Reading, house, reading_person
from app.cli.output import one_line, print_json, print_table, say
from app.core.errors import InvalidInput
from app.records import event_record

app = typer.Typer(help="The trail: read it, verify it, export it.")

_TOLD_ELSEWHERE = {"state", "version", "digest", "client_id", "recipients", "rows"}


@app.callback(invoke_without_command=True)
def audit(
    ctx: typer.Context,
    draft: Annotated[str | None, typer.Option(metavar="ID", help="Only this draft's events.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 50,
    person: Reading = None,
    as_json: AsJson = False,
) -> None:
    """What happened, newest last."""
    if ctx.invoked_subcommand is not None:
        return
    with house() as services, services.store.read() as reader:
        people = services.opened.world.people
        who = reading_person(services, person)
        events = trail_for(reader, person=who, people=people, draft=draft or None, limit=limit)
    if as_json:
        for event in events:
            print_json(event_record(event))
        return
    print_table(
        ("event*", "at*", "what*", "who", "draft*", "facts"),
        ((str(e.seq), e.at[:19], e.kind, e.actor, e.draft_id or "", _facts(e.facts)) for e in events),
        nothing="nothing has happened yet",
    )


def _facts(facts: Mapping[str, object]) -> str:
    told = {
        name: value for name, value in facts.items() if name not in _TOLD_ELSEWHERE and value not in ("", [], None)
    }
    return one_line(", ".join(f"{name} {_plain(value)}" for name, value in told.items()), 160)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@app.command("verify")
def verify(
    file: Annotated[Path | None, typer.Option(metavar="EXPORT", help="An exported trail; needs no database.")] = None,
    head: Annotated[str | None, typer.Option(metavar="SEQ:HASH", help="A head that was noted down earlier.")] = None,
    person: Reading = None,
    as_json: AsJson = False,
) -> None:
    """Prove that nothing in the trail was changed, taken out or put in; exit 1 where it was."""
    expected = parse_head(head) if head else None
    if file is not None:
        with _reading(file) as lines:
            found, drafts = verify_lines(lines, expected=expected), None
    else:
        with house() as services, services.store.snapshot() as reader:
            verified = verify_store(reader, person=reading_person(services, person), expected=expected)
        found, drafts = verified.head, verified.drafts
    if as_json:
        print_json({"whole": True, "seq": found.seq, "hash": found.hash, "drafts": drafts})
        return
    placed = f"; {drafts} drafts stand where it says they stand" if drafts is not None else ""
    say(f"the trail is whole: {found.seq} events{placed}")
    say(f"its head, to note down elsewhere: {head_text(found)}")


@contextmanager
def _reading(file: Path) -> Iterator[TextIO]:
    try:
        with file.open(encoding="utf-8") as lines:
            yield lines
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror or error}", field=str(file)) from None
    except UnicodeDecodeError:
        raise InvalidInput("is not a trail made by `audit export`", field=str(file)) from None


@app.command("export")
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to; standard output otherwise.")
    ] = None,
    person: Reading = None,
) -> None:
    """The whole trail as JSON lines, to be kept and verified elsewhere."""
    with house() as services, services.store.read() as reader:
        lines = export_lines(reader, person=reading_person(services, person))
        if file is None:
            for line in lines:
                print(line)
            return
        count = _write(file, lines)
    print(f"{count} events are in {file}", file=sys.stderr)


def _write(file: Path, lines: Iterator[str]) -> int:
    """All or nothing: a copy that breaks off would look like a trail that was cut."""
    partial = file.with_name(f".{file.name}.partial")
    count = 0
    try:
        with partial.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(line + "\n")
                count += 1
        partial.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise InvalidInput(f"cannot be written: {error.strerror or error}", field=str(file)) from None
    return count
