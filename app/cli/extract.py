"""`countersign extract`: findings only. No state, no configuration, no database."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.extract_lines import Asked, defaults, line_record, whole_file
from app.cli.output import print_json
from app.core.errors import InvalidInput

app = typer.Typer()

_STDIN = "-"


@app.command("extract")
def extract(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A text, a mail, or JSON lines.")] = _STDIN,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Each line is an object with id and text.")] = False,
    sent_at: Annotated[
        str | None, typer.Option(metavar="T", help="When it is sent, ISO 8601; now, where nothing says so.")
    ] = None,
    timezone: Annotated[str | None, typer.Option(metavar="Z", help="The sender's IANA zone; UTC by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer is always JSON.")] = False,  # noqa: ARG001
) -> None:
    """Find commitments, dates, attachment claims and hidden text. Answers with one JSON line for each input line."""
    asked = defaults(sent_at, timezone)
    if jsonl:
        for number, line in enumerate(_lines(file)):
            print_json(line_record(line.removeprefix(BOM_UTF8) if number == 0 else line, asked))
        return
    print_json(_whole(file, asked, sent_at_given=sent_at is not None).record())


def _whole(file: str, asked: Asked, *, sent_at_given: bool) -> Asked:
    if file == _STDIN:
        return whole_file(sys.stdin.buffer.read(), None, asked, sent_at_given=sent_at_given)
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror or error}", field=file) from None
    return whole_file(data, Path(file).name, asked, sent_at_given=sent_at_given)


def _lines(file: str) -> Iterator[bytes]:
    if file == _STDIN:
        yield from sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as stream:
            yield from stream
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror or error}", field=file) from None
