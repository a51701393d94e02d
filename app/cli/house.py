"""The services behind a command, opened for as long as it runs, and the options that many commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app import desk
from app.core.errors import InvalidInput
from app.core.facts import Person
from app.operations.levels import LogLevel
from app.operations.logs import configure_logs
from app.permissions import require_person
from app.services import Services, open_services
from app.settings import read_settings
from app.standing import Standing

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
Acting = Annotated[str, typer.Option("--as", metavar="PERSON", help="Who acts: a person's id or address.")]
Reading = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="PERSON", help="Whose rights apply: a person's id or address. All, as operator, otherwise."
    ),
]
DraftRef = Annotated[
    str, typer.Argument(metavar="ID", help="A draft's id, the beginning of it, or its client id.", show_default=False)
]
Code = Annotated[
    str | None, typer.Option(metavar="CODE", help="Of your authenticator app, where the rule demands step-up.")
]
Digest = Annotated[
    str | None,
    typer.Option(metavar="SHA", help="The digest that was read: anything else is refused. Now's otherwise."),
]


@contextmanager
def house(logs: LogLevel = LogLevel.WARNING, *, judging: bool = False) -> Iterator[Services]:
    """The services, from the settings in force; `logs` is how much is logged where they do not say it.

    `judging`: whether drafts will be judged, for which the CRM has to be read.
    """
    settings = read_settings()
    configure_logs(settings.log_level or logs)
    services = open_services(settings)
    try:
        if judging:
            services.read_crm()
        yield services
    finally:
        services.close()


def acting_person(services: Services, id_or_email: str) -> Person:
    """The colleague who acts. Raises NotFound."""
    return require_person(id_or_email, services.opened.world.people)


def find_draft(services: Services, reference: str, *, person: Person | None = None) -> Standing:
    """The draft with this id, an id that begins like this, or this client id, as the person may read it.

    Without a person: as the operator of this machine. Raises NotFound or InvalidInput.
    """
    with services.store.read() as reader:
        return desk.find(reader, reference, person=person, people=services.opened.world.people)


def reading_person(services: Services, id_or_email: str | None) -> Person | None:
    """Who reads; None is the operator of this machine. Raises NotFound."""
    return acting_person(services, id_or_email) if id_or_email is not None else None


def read_text(file: Path) -> str:
    """A file's text. Raises InvalidInput, which names the file."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror or error}", field=str(file)) from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is not UTF-8 at byte {error.start}; save it as UTF-8 text", field=str(file)) from None
